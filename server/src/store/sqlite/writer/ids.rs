//! Which ids the files of the store hold, by and large: whether a call is known on another day is asked for each call
//! that comes in, and nearly always answered with no.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use fastbloom::BloomFilter;
use rusqlite::Connection;

use crate::store::StoreError;
use crate::store::sqlite::prepared::PreparedCall;
use crate::store::sqlite::row::rows_of;
use crate::store::sqlite::segment::{self, SegmentKey};

/// Of a hundred ids that a file does not hold, one is looked up in vain.
const FALSE_POSITIVES: f64 = 0.01;
/// A filter is made for at least this many ids, and at first for twice as many as there are.
const LEAST_ROOM: usize = 8_192;
/// Files that are kept open to look up what a filter lets through.
const MAX_OPEN: usize = 16;

/// The ids of a file: what is not in here is not in the file.
struct FileIds {
    filter: BloomFilter,
    held: usize,
    room: usize,
}

/// The ids of every file.
pub struct Ids {
    calls_dir: PathBuf,
    by_file: HashMap<SegmentKey, FileIds>,
    open: HashMap<SegmentKey, Connection>,
}

impl Ids {
    /// Knows nothing yet: the ids of a file are read when they are first asked for.
    pub fn new(calls_dir: PathBuf) -> Self {
        Self { calls_dir, by_file: HashMap::new(), open: HashMap::new() }
    }

    /// Which of the calls a file other than their own holds already: the same id may come again with another time or
    /// outcome. A file that cannot be read holds nothing that anybody could see twice.
    pub fn known_elsewhere(&mut self, key: SegmentKey, calls: &[&PreparedCall]) -> Vec<bool> {
        let mut known = vec![false; calls.len()];
        let others = segment::list(&self.calls_dir).unwrap_or_default();
        for other in others.into_iter().filter(|other| *other != key) {
            let Ok(ids) = self.of_file(other) else { continue };
            let maybe: Vec<usize> = calls
                .iter()
                .enumerate()
                .filter(|(_, call)| ids.filter.contains(&call.id.to_bytes()))
                .map(|(index, _)| index)
                .collect();
            if maybe.is_empty() {
                continue;
            }
            let Ok(connection) = self.connection(other) else { continue };
            for index in maybe {
                if let (Some(call), Some(is_known)) = (calls.get(index), known.get_mut(index)) {
                    *is_known = *is_known || holds(connection, call).unwrap_or(false);
                }
            }
        }
        known
    }

    /// Remembers the ids of calls that are now in a file.
    pub fn add<'c>(&mut self, key: SegmentKey, calls: impl Iterator<Item = &'c PreparedCall>) {
        let Some(ids) = self.by_file.get_mut(&key) else { return };
        for call in calls {
            ids.filter.insert(&call.id.to_bytes());
            ids.held += 1;
        }
        if ids.held > ids.room {
            // Read anew, with more room, when it is next asked for.
            self.by_file.remove(&key);
        }
    }

    /// Forgets a file that is about to be removed.
    pub fn forget(&mut self, key: SegmentKey) {
        self.by_file.remove(&key);
        self.open.remove(&key);
    }

    fn of_file(&mut self, key: SegmentKey) -> Result<&FileIds, StoreError> {
        match self.by_file.entry(key) {
            std::collections::hash_map::Entry::Occupied(entry) => Ok(entry.into_mut()),
            std::collections::hash_map::Entry::Vacant(entry) => Ok(entry.insert(FileIds::read(&self.calls_dir, key)?)),
        }
    }

    fn connection(&mut self, key: SegmentKey) -> Result<&Connection, StoreError> {
        if self.open.len() >= MAX_OPEN && !self.open.contains_key(&key) {
            self.open.clear();
        }
        match self.open.entry(key) {
            std::collections::hash_map::Entry::Occupied(entry) => Ok(entry.into_mut()),
            std::collections::hash_map::Entry::Vacant(entry) => {
                Ok(entry.insert(segment::open_for_reading(&self.calls_dir, key)?))
            }
        }
    }
}

impl FileIds {
    fn read(calls_dir: &Path, key: SegmentKey) -> Result<Self, StoreError> {
        let connection = segment::open_for_reading(calls_dir, key)?;
        let held: usize = connection.query_row("SELECT coalesce(sum(calls), 0) FROM run", [], |row| row.get(0))?;
        let room = (2 * held).max(LEAST_ROOM);
        let mut filter = BloomFilter::with_false_pos(FALSE_POSITIVES).expected_items(room);
        let mut statement = connection.prepare("SELECT id FROM call INDEXED BY call_by_id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            filter.insert(&row.get::<_, [u8; 16]>(0)?);
        }
        Ok(Self { filter, held, room })
    }
}

/// Whether a file holds a call with this id, of this account.
pub fn holds(connection: &Connection, call: &PreparedCall) -> Result<bool, rusqlite::Error> {
    let (first, last) = rows_of(call.slot);
    connection
        .prepare_cached("SELECT 1 FROM call INDEXED BY call_by_id WHERE id = ?1 AND row BETWEEN ?2 AND ?3")?
        .exists(rusqlite::params![call.id.to_bytes(), first, last])
}
