//! Erasing bodies out of every file: first out of the calls, so that no answer shows them, then out of what is left
//! behind in the files.
//!
//! What is still to be done stands in the files themselves, so that an erasure which was broken off goes on after the
//! next start: a file counts its erasures, and a dictionary that no file owns is one that is to go. That takes along a
//! dictionary whose file has expired, and which may hold pieces of calls that nobody can look for any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::dictionaries::{self, LEARNS_AT};
use super::row::rows_of;
use super::segment::{self, SegmentKey};
use super::{Kept, SqliteStore, blocking, runs};
use crate::accounts::AccountScope;
use crate::store::sqlite::columns::Column;
use crate::store::{Erased, ErasureTarget, StoreError};

/// Calls whose bodies are erased in one transaction at most.
const ERASED_AT_ONCE: usize = 500;
/// How often the text index is merged: what was being merged when a row was removed leaves something for a second time.
const MERGES: usize = 2;

/// How often bodies of a file were erased, as the file counts it: odd while an erasure is unfinished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasures(u32);

impl Erasures {
    /// Of a file.
    pub fn of(connection: &Connection) -> Result<Self, StoreError> {
        Ok(Self(connection.pragma_query_value(None, "user_version", |row| row.get(0))?))
    }

    /// Whether the file holds remains of what was erased.
    pub const fn is_unfinished(self) -> bool {
        self.0 % 2 == 1
    }

    /// Notes that something is erased; another erasure that is unfinished counts as one with it.
    pub fn begin(self, connection: &Connection) -> Result<(), StoreError> {
        if self.is_unfinished() { Ok(()) } else { self.count(connection) }
    }

    /// Notes that no remains are left.
    pub fn finish(self, connection: &Connection) -> Result<(), StoreError> {
        if self.is_unfinished() { self.count(connection) } else { Ok(()) }
    }

    fn count(self, connection: &Connection) -> Result<(), StoreError> {
        Ok(connection.pragma_update(None, "user_version", self.0.wrapping_add(1) & i32::MAX.cast_unsigned())?)
    }
}

/// What a file compresses its bodies with instead of a dictionary that is to go.
pub enum Replacement {
    /// What it has learnt anew from its calls.
    Learnt(Vec<u8>),
    /// What another file has learnt.
    Inherited(Vec<u8>),
    /// What else it holds, if anything.
    InFile,
}

/// What is left behind in the files.
struct Remains {
    /// The files in which an erasure is unfinished, and those with a dictionary that is to go.
    files: Vec<SegmentKey>,
    /// Dictionaries that no file owns.
    dictionaries: BTreeSet<u32>,
}

impl Remains {
    /// Looks for them in every file; none where no erasure is unfinished.
    fn find(calls_dir: &Path) -> Result<Option<Self>, StoreError> {
        let mut is_unfinished = false;
        let mut owned = BTreeSet::new();
        let mut held: BTreeMap<SegmentKey, (bool, BTreeSet<u32>)> = BTreeMap::new();
        for key in segment::list(calls_dir)? {
            // A damaged file is not to keep the others from being cleaned; erasing has told of it.
            let Ok((erasures, of_file)) = look_into(calls_dir, key) else { continue };
            is_unfinished |= erasures.is_unfinished();
            owned.extend(of_file.iter().filter(|(_, is_own)| *is_own).map(|(number, _)| *number));
            let numbers = of_file.into_iter().map(|(number, _)| number).collect();
            held.insert(key, (erasures.is_unfinished(), numbers));
        }
        if !is_unfinished {
            return Ok(None);
        }
        let all: BTreeSet<u32> = held.values().flat_map(|(_, numbers)| numbers).copied().collect();
        let dictionaries: BTreeSet<u32> = all.difference(&owned).copied().collect();
        held.retain(|_, (is_unfinished, numbers)| *is_unfinished || !numbers.is_disjoint(&dictionaries));
        Ok(Some(Self { files: held.into_keys().collect(), dictionaries }))
    }
}

/// The erasures of a file, and the dictionaries in it by number, with whether each was learnt from its own calls.
fn look_into(calls_dir: &Path, key: SegmentKey) -> Result<(Erasures, Vec<(u32, bool)>), StoreError> {
    let connection = segment::open_for_reading(calls_dir, key)?;
    connection.execute_batch("BEGIN")?;
    let mut statement = connection.prepare("SELECT number, is_own FROM dictionary")?;
    let held = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok((Erasures::of(&connection)?, held))
}

/// The rows of a file that may hold calls of a target.
fn rows_of_target(
    calls_dir: &Path,
    key: SegmentKey,
    slot: u32,
    target: &ErasureTarget,
) -> Result<Vec<i64>, StoreError> {
    let connection = segment::open_for_reading(calls_dir, key)?;
    connection.execute_batch("BEGIN")?;
    match target {
        ErasureTarget::Call(id) => {
            let (first, last) = rows_of(slot);
            let sql = "SELECT row FROM call INDEXED BY call_by_id WHERE id = ?1 AND row BETWEEN ?2 AND ?3";
            let mut statement = connection.prepare(sql)?;
            let rows = statement.query_map(params![id.to_bytes(), first, last], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        }
        ErasureTarget::EndUser(ids) => {
            let mut statement = connection.prepare("SELECT number FROM end_user WHERE id = ?1")?;
            let mut users = BTreeSet::<u32>::new();
            for id in ids {
                for number in statement.query_map([id], |row| row.get(0))? {
                    users.insert(number?);
                }
            }
            let mut rows = Vec::new();
            if !users.is_empty() {
                runs::each(&connection, |of, run| {
                    let theirs = run.records().filter(|record| users.contains(&record.get(Column::User)));
                    rows.extend(theirs.filter(|_| of == slot).map(|record| record.row(slot)));
                    Ok(())
                })?;
            }
            // The text index wants rising rows.
            rows.sort_unstable();
            Ok(rows)
        }
    }
}

impl SqliteStore {
    /// Erases the bodies of calls in every file, and cleans the files.
    pub(super) async fn erase_everywhere(
        &self,
        scope: &AccountScope,
        target: &ErasureTarget,
    ) -> Result<Erased, StoreError> {
        let _alone = self.housekeeping.lock().await;
        let mut total = Erased::default();
        let mut failed = None;
        let keys = segment::list(&self.calls_dir)?;
        for key in &keys {
            if let Err(error) = self.erase_in_file(*key, scope, target, &mut total).await {
                tracing::error!(day = key.date(), %error, "bodies could not be erased from a day's file");
                failed = Some(error);
            }
        }
        self.live.erase(scope.slot(), |call| {
            target.includes(call) && scope.bots().shows(call.bot.as_ref().map(|bot| bot.id.as_str()))
        });
        let (kept, asked, about) = (Kept::new(&self.calls_dir), scope.clone(), target.clone());
        let at = self.clock.now();
        let of_kept = blocking(move || kept.erase(&asked, &about, at, &keys)).await?;
        total.found += of_kept.found;
        total.calls += of_kept.calls;
        match self.clean().await {
            Ok(()) => total.is_complete = true,
            Err(error) => tracing::warn!(%error, "an erasure could not be finished"),
        }
        // Whoever asked is not to believe that a file was looked through which cannot be read.
        failed.map_or(Ok(total), Err)
    }

    async fn erase_in_file(
        &self,
        key: SegmentKey,
        scope: &AccountScope,
        target: &ErasureTarget,
        total: &mut Erased,
    ) -> Result<(), StoreError> {
        let (calls_dir, slot, about) = (self.calls_dir.clone(), scope.slot(), target.clone());
        let rows = blocking(move || rows_of_target(&calls_dir, key, slot, &about)).await?;
        let at = self.clock.now();
        for rows in rows.chunks(ERASED_AT_ONCE) {
            let (rows, asked, about) = (rows.to_vec(), scope.clone(), target.clone());
            let dictionaries = Arc::clone(&self.dictionaries);
            let erased = self
                .writer
                .in_file(key, move |file| file.erase(key, &dictionaries, &rows, (&about, asked.bots()), at))
                .await?;
            total.found += erased.found;
            total.calls += erased.calls;
        }
        Ok(())
    }

    /// Goes on with erasures that were broken off.
    pub async fn finish_erasures(&self) -> Result<(), StoreError> {
        let _alone = self.housekeeping.lock().await;
        self.clean().await
    }

    /// Takes out of the files what is left behind of erased bodies.
    async fn clean(&self) -> Result<(), StoreError> {
        let (kept, calls_dir) = (Kept::new(&self.calls_dir), self.calls_dir.clone());
        blocking(move || kept.finish_erasure()).await?;
        let Some(remains) = blocking(move || Remains::find(&calls_dir)).await? else { return Ok(()) };
        // All of them before the first is cleaned: a file that is clean no longer says which others are to be.
        for key in &remains.files {
            self.writer.in_file(*key, super::writer::OpenFile::begin_cleaning).await?;
        }
        self.dictionaries.retire(remains.dictionaries);
        for key in remains.files {
            self.clean_file(key).await?;
        }
        Ok(())
    }

    async fn clean_file(&self, key: SegmentKey) -> Result<(), StoreError> {
        let (calls_dir, dictionaries) = (self.calls_dir.clone(), Arc::clone(&self.dictionaries));
        let replacement = blocking(move || replacement(&calls_dir, key, &dictionaries.retired())).await?;
        if let Replacement::Learnt(bytes) = &replacement
            && let Some(number) = dictionaries::number_of(bytes)
        {
            // Learnt from what is left and the same as before: nothing of what is erased was in it.
            let mut retired = self.dictionaries.retired();
            retired.remove(&number);
            self.dictionaries.retire(retired);
        }
        let dictionaries = || Arc::clone(&self.dictionaries);
        let of_file = dictionaries();
        self.writer.in_file(key, move |file| file.replace_dictionary(key, &of_file, &replacement)).await?;
        loop {
            let mut after = Some(i64::MIN);
            while let Some(row) = after {
                let of_file = dictionaries();
                after = self.writer.in_file(key, move |file| file.recompress(key, &of_file, row)).await?;
            }
            let of_file = dictionaries();
            if self.writer.in_file(key, move |file| file.remove_retired(&of_file)).await? {
                break;
            }
        }
        for _ in 0..MERGES {
            let mut has_more = self.writer.in_file(key, |file| file.merge_text(true)).await?;
            while has_more {
                has_more = self.writer.in_file(key, |file| file.merge_text(false)).await?;
            }
        }
        self.writer.in_file(key, super::writer::OpenFile::finish_cleaning).await
    }
}

/// What a file is to use instead of retired dictionaries.
fn replacement(calls_dir: &Path, key: SegmentKey, retired: &BTreeSet<u32>) -> Result<Replacement, StoreError> {
    let (_, held) = look_into(calls_dir, key)?;
    if held.iter().any(|(_, is_own)| *is_own) || held.iter().all(|(number, _)| !retired.contains(number)) {
        return Ok(Replacement::InFile);
    }
    let connection = segment::open_for_reading(calls_dir, key)?;
    let calls: u64 = connection.query_row("SELECT coalesce(sum(calls), 0) FROM run", [], |row| row.get(0))?;
    if calls >= LEARNS_AT {
        match dictionaries::learn(calls_dir, key) {
            Ok((bytes, _)) => return Ok(Replacement::Learnt(bytes)),
            Err(error) => tracing::warn!(day = key.date(), %error, "a file could not learn from its calls"),
        }
    }
    Ok(dictionaries::inherited(calls_dir, key, retired).map_or(Replacement::InFile, Replacement::Inherited))
}
