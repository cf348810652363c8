//! `calls/kept.db`: of every node the newest success whose day's file has gone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use model::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::body::{Packer, Unpacker};
use super::erase::Erasures;
use super::find::Position;
use super::node::{NewestOfNode, NodeKey, newest_of_every_node};
use super::segment::{self, SegmentKey};
use super::terms::Terms;
use crate::accounts::AccountScope;
use crate::store::{Erased, ErasureTarget, StoreError, StoredCall};

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS kept (
    account INTEGER NOT NULL,          -- the account's slot
    bot     TEXT    NOT NULL,          -- the bot's id; '' where the call has none
    node    TEXT    NOT NULL,          -- the node's id
    ts      INTEGER NOT NULL,          -- milliseconds since 1970
    id      BLOB    NOT NULL,          -- 16 bytes
    body    BLOB    NOT NULL,          -- zstd of the stored call as JSON
    PRIMARY KEY (account, bot, node)
) STRICT";

/// The name of the file.
pub const KEPT_NAME: &str = "kept.db";

/// The file.
#[derive(Clone)]
pub struct Kept {
    calls_dir: PathBuf,
    path: PathBuf,
}

impl Kept {
    /// The file in a folder; made when there is something to keep.
    pub fn new(calls_dir: &Path) -> Self {
        Self { calls_dir: calls_dir.to_owned(), path: calls_dir.join(KEPT_NAME) }
    }

    /// Takes the newest success of every node over from a file that is about to go.
    pub fn take_over(&self, key: SegmentKey) -> Result<(), StoreError> {
        if !self.calls_dir.join(key.file_name()).try_exists()? {
            return Ok(());
        }
        let leaving = segment::open_for_reading(&self.calls_dir, key)?;
        leaving.execute_batch("BEGIN")?;
        let mut terms = Terms::default();
        terms.refresh(&leaving)?;
        let unpacker = Unpacker::default();
        let mut packer = Packer::new(None)?;
        let mut database = self.open_for_writing()?;
        let transaction = database.transaction()?;
        for NewestOfNode { slot, node, position: (millis, id), row } in newest_of_every_node(&leaving, &terms, key)? {
            let body: Vec<u8> = leaving
                .prepare_cached("SELECT body FROM call WHERE row = ?1")?
                .query_row([row], |columns| columns.get(0))?;
            let body = packer.pack(&unpacker.unpack(&leaving, &body)?)?;
            transaction
                .prepare_cached(
                    "INSERT INTO kept (account, bot, node, ts, id, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                     ON CONFLICT (account, bot, node) DO UPDATE \
                     SET ts = excluded.ts, id = excluded.id, body = excluded.body \
                     WHERE (excluded.ts, excluded.id) > (ts, id)",
                )?
                .execute(params![slot, node.bot, node.node, millis, id, body])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Removes what was called before a moment.
    pub fn forget(&self, before: Timestamp) -> Result<(), StoreError> {
        if self.path.try_exists()? {
            self.open_for_writing()?.execute("DELETE FROM kept WHERE ts < ?1", [before.millis()])?;
        }
        Ok(())
    }

    /// Erases the bodies of calls of a target. Of calls whose day's file is still there only the file counts.
    pub fn erase(
        &self,
        scope: &AccountScope,
        target: &ErasureTarget,
        at: Timestamp,
        files: &[SegmentKey],
    ) -> Result<Erased, StoreError> {
        let mut erased = Erased::default();
        if !self.path.try_exists()? {
            return Ok(erased);
        }
        let mut database = self.open_for_writing()?;
        let transaction = database.transaction()?;
        let unpacker = Unpacker::default();
        let mut packer = Packer::new(None)?;
        let mut changed = Vec::new();
        {
            let mut statement = transaction.prepare("SELECT bot, node, body FROM kept WHERE account = ?1")?;
            let mut rows = statement.query([scope.slot()])?;
            while let Some(row) = rows.next()? {
                let body = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
                let mut stored = unpacker.unpack(&transaction, body)?;
                let call = &stored.call;
                if !target.includes(call) || !scope.bots().shows(call.bot.as_ref().map(|bot| bot.id.as_str())) {
                    continue;
                }
                let counts = !files.contains(&SegmentKey::of(call.timestamp, &call.outcome()));
                erased.found += u64::from(counts);
                if stored.erase_bodies(at) {
                    erased.calls += u64::from(counts);
                    let node: (String, String) = (row.get(0)?, row.get(1)?);
                    changed.push((node, packer.pack(&stored)?));
                }
            }
        }
        for ((bot, node), body) in &changed {
            transaction
                .prepare_cached("UPDATE kept SET body = ?4 WHERE account = ?1 AND bot = ?2 AND node = ?3")?
                .execute(params![scope.slot(), bot, node, body])?;
        }
        if !changed.is_empty() {
            Erasures::of(&transaction)?.begin(&transaction)?;
        }
        transaction.commit()?;
        Ok(erased)
    }

    /// Takes out of the file what an erasure left behind.
    pub fn finish_erasure(&self) -> Result<(), StoreError> {
        if !self.path.try_exists()? {
            return Ok(());
        }
        let database = self.open_for_writing()?;
        let erasures = Erasures::of(&database)?;
        if erasures.is_unfinished() {
            database.execute_batch("VACUUM")?;
            segment::empty_log(&database)?;
            erasures.finish(&database)?;
        }
        Ok(())
    }

    /// What is kept of a node, with its place in the list.
    pub fn get(&self, slot: u32, node: &NodeKey) -> Result<Option<(Position, StoredCall)>, StoreError> {
        let Some(database) = self.open_for_reading()? else { return Ok(None) };
        let kept: Option<(i64, [u8; 16], Vec<u8>)> = database
            .query_row(
                "SELECT ts, id, body FROM kept WHERE account = ?1 AND bot = ?2 AND node = ?3",
                params![slot, node.bot, node.node],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((millis, id, body)) = kept else { return Ok(None) };
        Ok(Some(((millis, id), Unpacker::default().unpack(&database, &body)?)))
    }

    /// Whether there is a file, and what is wrong with it.
    pub fn check(&self) -> Result<Option<Vec<String>>, StoreError> {
        let Some(database) = self.open_for_reading()? else { return Ok(None) };
        let mut statement = database.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut faults: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        let unpacker = Unpacker::default();
        let mut statement = database.prepare("SELECT bot, node, ts, id, body FROM kept")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let node = NodeKey { bot: row.get(0)?, node: row.get(1)? };
            let place: Position = (row.get(2)?, row.get(3)?);
            let body = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
            match unpacker.unpack(&database, body) {
                Err(error) => faults.push(format!("the call of node {}: {error}", node.node)),
                Ok(StoredCall { call, .. })
                    if NodeKey::of(&call).as_ref() != Some(&node)
                        || (call.timestamp.millis(), call.id.to_bytes()) != place =>
                {
                    faults.push(format!("the call of node {} is another", node.node));
                }
                Ok(_) => {}
            }
        }
        Ok(Some(faults))
    }

    fn open_for_writing(&self) -> Result<Connection, StoreError> {
        let database = Connection::open(&self.path)?;
        database.busy_timeout(Duration::from_secs(10))?;
        database.pragma_update(None, "journal_mode", "WAL")?;
        database.pragma_update(None, "synchronous", "FULL")?;
        database.pragma_update(None, "trusted_schema", "OFF")?;
        // What is removed is gone from the file as well.
        database.pragma_update(None, "secure_delete", "ON")?;
        database.execute_batch(SCHEMA)?;
        Ok(database)
    }

    fn open_for_reading(&self) -> Result<Option<Connection>, StoreError> {
        if !self.path.try_exists()? {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(&self.path, flags)?;
        database.busy_timeout(Duration::from_secs(2))?;
        database.pragma_update(None, "query_only", "ON")?;
        database.pragma_update(None, "trusted_schema", "OFF")?;
        Ok(Some(database))
    }
}
