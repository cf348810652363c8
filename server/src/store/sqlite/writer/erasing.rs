//! What the writer does in a file where bodies are erased: in slices, between which calls are written.
//!
//! SQLite leaves what was there in free parts of pages, the text index in its segments until they are merged, and zstd
//! in a dictionary what it was trained on. So a row that is changed is only the beginning: the index is merged, what was
//! compressed with a dictionary that is to go is compressed anew, and the file is written anew as a whole.

use std::collections::BTreeSet;
use std::time::Duration;

use model::{SearchedText, Timestamp};
use rusqlite::{Connection, TransactionBehavior, params};
use zstd::zstd_safe;

use super::file::OpenFile;
use crate::accounts::VisibleBots;
use crate::store::sqlite::body::{Packer, Unpacker};
use crate::store::sqlite::dictionaries::Dictionaries;
use crate::store::sqlite::erase::{Erasures, Replacement};
use crate::store::sqlite::prepared::Shown;
use crate::store::sqlite::segment::{self, SegmentKey};
use crate::store::sqlite::text::indexed;
use crate::store::{Erased, ErasureTarget, StoreError};

/// Bodies that are compressed anew in one slice at most.
const RECOMPRESSED_AT_ONCE: usize = 500;
/// Pages of the text index that are merged in one slice.
const MERGED_AT_ONCE: i64 = 1_000;
/// Of a body as much as holds the number of its dictionary (RFC 8878, section 3.1.1.1).
const HEADER_BYTES: i64 = 18;

/// As long as a question may take, and a little more; an export or a backup may take longer.
const WAITS_FOR_READERS: Duration = Duration::from_secs(3);

impl OpenFile {
    /// Erases the bodies of the calls in some rows, in one transaction.
    pub fn erase(
        &mut self,
        key: SegmentKey,
        dictionaries: &Dictionaries,
        rows: &[i64],
        (target, bots): (&ErasureTarget, &VisibleBots),
        at: Timestamp,
    ) -> Result<Erased, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let dictionary = dictionaries.get(key);
        let mut packer = Packer::new(dictionary.as_deref())?;
        let unpacker = Unpacker::default();
        let mut erased = Erased::default();
        for row in rows {
            let body: Vec<u8> = transaction
                .prepare_cached("SELECT body FROM call WHERE row = ?1")?
                .query_row([row], |columns| columns.get(0))?;
            let mut stored = unpacker.unpack(&transaction, &body)?;
            if !target.includes(&stored.call) || !bots.shows(stored.call.bot.as_ref().map(|bot| bot.id.as_str())) {
                continue;
            }
            erased.found += 1;
            if !stored.erase_bodies(at) {
                continue;
            }
            erased.calls += 1;
            let shown = Shown::of(&stored.call);
            transaction
                .prepare_cached("UPDATE call SET url = ?2, error = ?3, body = ?4 WHERE row = ?1")?
                .execute(params![row, shown.url, shown.error, packer.pack(&stored)?])?;
            transaction.prepare_cached("DELETE FROM text WHERE rowid = ?1")?.execute([row])?;
            transaction
                .prepare_cached("INSERT INTO text (rowid, folded) VALUES (?1, ?2)")?
                .execute(params![row, indexed(SearchedText::of(&stored.call).into_anywhere())])?;
        }
        if erased.calls > 0 {
            Erasures::of(&transaction)?.begin(&transaction)?;
            // What was learnt from the calls may hold pieces of what is erased.
            transaction.execute("UPDATE dictionary SET is_own = 0", [])?;
        }
        transaction.commit()?;
        Ok(erased)
    }

    /// Notes that the file is to be cleaned, whatever happens meanwhile.
    pub fn begin_cleaning(&mut self) -> Result<(), StoreError> {
        Erasures::of(&self.connection)?.begin(&self.connection)
    }

    /// Uses another dictionary from now on, or none.
    pub fn replace_dictionary(
        &mut self,
        key: SegmentKey,
        dictionaries: &Dictionaries,
        replacement: &Replacement,
    ) -> Result<(), StoreError> {
        match replacement {
            Replacement::Learnt(bytes) => dictionaries.add(key, &self.connection, bytes, true)?,
            Replacement::Inherited(bytes) => dictionaries.add(key, &self.connection, bytes, false)?,
            Replacement::InFile => {}
        }
        self.has_learnt = dictionaries.open(key, &self.connection)?;
        Ok(())
    }

    /// Compresses some bodies after a row anew that are compressed with a retired dictionary; where to go on, if
    /// anywhere.
    pub fn recompress(
        &mut self,
        key: SegmentKey,
        dictionaries: &Dictionaries,
        after: i64,
    ) -> Result<Option<i64>, StoreError> {
        let retired = dictionaries.retired();
        let dictionary = dictionaries.get(key);
        let mut packer = Packer::new(dictionary.as_deref())?;
        let unpacker = Unpacker::default();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let rows = rows_with(&transaction, &retired, after, RECOMPRESSED_AT_ONCE)?;
        for row in &rows {
            let body: Vec<u8> = transaction
                .prepare_cached("SELECT body FROM call WHERE row = ?1")?
                .query_row([row], |columns| columns.get(0))?;
            let stored = unpacker.unpack(&transaction, &body)?;
            transaction
                .prepare_cached("UPDATE call SET body = ?2 WHERE row = ?1")?
                .execute(params![row, packer.pack(&stored)?])?;
        }
        transaction.commit()?;
        Ok(rows.last().copied())
    }

    /// Removes the retired dictionaries; does nothing, and says so, where a body needs one.
    pub fn remove_retired(&mut self, dictionaries: &Dictionaries) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let retired = dictionaries.retired();
        let is_free = rows_with(&transaction, &retired, i64::MIN, 1)?.is_empty();
        if is_free {
            for number in retired {
                transaction.execute("DELETE FROM dictionary WHERE number = ?1", [number])?;
            }
        }
        transaction.commit()?;
        Ok(is_free)
    }

    /// Merges a part of the text index into one segment, in which nothing is left of rows that were removed; whether
    /// there is more to merge.
    pub fn merge_text(&mut self, begins: bool) -> Result<bool, StoreError> {
        let pages = if begins { -MERGED_AT_ONCE } else { MERGED_AT_ONCE };
        let before = self.connection.total_changes();
        self.connection.execute("INSERT INTO text (text, rank) VALUES ('merge', ?1)", [pages])?;
        // So the documentation of FTS5 says how to tell that nothing was left to do.
        Ok(self.connection.total_changes() - before >= 2)
    }

    /// Writes the file anew, so that nothing is left in free pages and free parts of pages, and empties its log; the
    /// error where somebody still reads from it.
    pub fn finish_cleaning(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("VACUUM")?;
        // Calls wait meanwhile.
        self.connection.busy_timeout(WAITS_FOR_READERS)?;
        let emptied = segment::empty_log(&self.connection);
        self.connection.busy_timeout(segment::WRITER_WAITS_FOR)?;
        emptied?;
        Erasures::of(&self.connection)?.finish(&self.connection)
    }
}

/// The first rows after one whose bodies are compressed with one of some dictionaries.
fn rows_with(
    connection: &Connection,
    dictionaries: &BTreeSet<u32>,
    after: i64,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    if dictionaries.is_empty() {
        return Ok(found);
    }
    let sql = "SELECT row, substr(body, 1, ?2) FROM call WHERE row > ?1 ORDER BY row";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([after, HEADER_BYTES])?;
    while let Some(row) = rows.next()?
        && found.len() < limit
    {
        let header = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        if zstd_safe::get_dict_id_from_frame(header).is_some_and(|number| dictionaries.contains(&number.get())) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}
