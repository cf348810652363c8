//! Which dictionary the bodies of a file are compressed with.
//!
//! A new file begins with the newest dictionary of the days before it; once it has enough calls of its own it learns
//! from them, on a thread beside the writer's.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use rusqlite::{Connection, OptionalExtension, params};
use zstd::zstd_safe;

use super::body::{Dictionary, Unpacker};
use super::segment::{self, SegmentKey};
use crate::store::StoreError;

/// A file learns when it has this many calls.
pub const LEARNS_AT: u64 = 2_000;
/// From at most this many of them, and this many bytes.
const SAMPLES: usize = 2_000;
const SAMPLE_BYTES: usize = 4 << 20;

/// The dictionaries in use, by file.
#[derive(Default)]
pub struct Dictionaries(RwLock<HashMap<SegmentKey, Arc<Dictionary>>>);

impl Dictionaries {
    /// The one of a file; none before the writer has opened it, or where it has none.
    pub fn get(&self, key: SegmentKey) -> Option<Arc<Dictionary>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone)
    }

    fn set(&self, key: SegmentKey, dictionary: Dictionary) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::new(dictionary));
    }

    /// Forgets that of a file which is removed.
    pub fn forget(&self, key: SegmentKey) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Uses the newest dictionary of a file from now on; says whether the file has learnt from its own calls.
    pub fn open(&self, key: SegmentKey, connection: &Connection) -> Result<bool, StoreError> {
        let newest: Option<(Vec<u8>, bool)> = connection
            .query_row("SELECT bytes, is_own FROM dictionary ORDER BY is_own DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((bytes, is_own)) = newest else { return Ok(false) };
        self.set(key, Dictionary::new(&bytes)?);
        Ok(is_own)
    }

    /// Adds a dictionary to a file, and uses it from now on.
    pub fn add(&self, key: SegmentKey, connection: &Connection, bytes: &[u8], is_own: bool) -> Result<(), StoreError> {
        let Some(number) = zstd_safe::get_dict_id_from_dict(bytes) else { return Ok(()) };
        connection.execute(
            "INSERT OR IGNORE INTO dictionary (number, is_own, bytes) VALUES (?1, ?2, ?3)",
            params![number.get(), is_own, bytes],
        )?;
        self.set(key, Dictionary::new(bytes)?);
        Ok(())
    }
}

/// The newest dictionary of the files of the same half before a file.
pub fn inherited(calls_dir: &Path, key: SegmentKey) -> Option<Vec<u8>> {
    let mut before = segment::list(calls_dir).ok()?;
    before.retain(|other| other.half == key.half && other.day != key.day);
    // A file that cannot be read passes nothing on.
    before.iter().rev().find_map(|other| {
        let connection = segment::open_for_reading(calls_dir, *other).ok()?;
        let newest = "SELECT bytes FROM dictionary ORDER BY is_own DESC LIMIT 1";
        connection.query_row(newest, [], |row| row.get(0)).ok()
    })
}

/// Learns from the calls of a file.
pub fn learn(calls_dir: &Path, key: SegmentKey) -> Result<Vec<u8>, StoreError> {
    let connection = segment::open_for_reading(calls_dir, key)?;
    let unpacker = Unpacker::default();
    let mut statement = connection.prepare("SELECT body FROM call ORDER BY id LIMIT ?1")?;
    let mut rows = statement.query([SAMPLES])?;
    let mut samples = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let sample = unpacker.unpack_json(&connection, row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
        bytes += sample.len();
        if bytes > SAMPLE_BYTES {
            break;
        }
        samples.push(sample);
    }
    Dictionary::train(&samples)
}
