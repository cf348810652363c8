//! Which dictionary the bodies of a file are compressed with.
//!
//! A new file begins with what the newest other day has learnt from its own calls; once it has enough calls of its own
//! it learns from them, on a thread beside the writer's. What was taken over is not passed on, so that pieces of calls
//! do not go from day to day without end.
//!
//! A dictionary is made of pieces of calls. Where bodies are erased, those that were learnt from calls of their files
//! are disowned, and a dictionary that no file owns is replaced wherever it is used: see [`super::erase`].

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use rusqlite::{Connection, params};
use zstd::zstd_safe;

use super::body::{Dictionary, Unpacker};
use super::erase::Erasures;
use super::segment::{self, SegmentKey};
use crate::store::StoreError;

/// A file learns when it has this many calls.
pub const LEARNS_AT: u64 = 2_000;
/// From at most this many of them, and this many bytes.
const SAMPLES: usize = 2_000;
const SAMPLE_BYTES: usize = 4 << 20;

/// The dictionaries in use, by file.
#[derive(Default)]
pub struct Dictionaries {
    by_file: RwLock<HashMap<SegmentKey, Arc<Dictionary>>>,
    /// Those that are not to be used any more, though files may still hold them.
    retired: RwLock<BTreeSet<u32>>,
}

impl Dictionaries {
    /// The one of a file; none before the writer has opened it, or where it has none.
    pub fn get(&self, key: SegmentKey) -> Option<Arc<Dictionary>> {
        self.by_file.read().unwrap_or_else(PoisonError::into_inner).get(&key).map(Arc::clone)
    }

    fn set(&self, key: SegmentKey, dictionary: Dictionary) {
        self.by_file.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::new(dictionary));
    }

    /// Forgets that of a file which is removed.
    pub fn forget(&self, key: SegmentKey) {
        self.by_file.write().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Uses the newest dictionary of a file from now on; says whether the file has learnt from its own calls.
    pub fn open(&self, key: SegmentKey, connection: &Connection) -> Result<bool, StoreError> {
        let Some((bytes, is_own)) = newest(connection, &self.retired())? else {
            self.forget(key);
            return Ok(false);
        };
        self.set(key, Dictionary::new(&bytes)?);
        Ok(is_own)
    }

    /// Adds a dictionary to a file, and uses it from now on.
    pub fn add(&self, key: SegmentKey, connection: &Connection, bytes: &[u8], is_own: bool) -> Result<(), StoreError> {
        let Some(number) = number_of(bytes) else { return Ok(()) };
        connection.execute(
            "INSERT INTO dictionary (number, is_own, bytes) VALUES (?1, ?2, ?3) \
             ON CONFLICT (number) DO UPDATE SET is_own = max(is_own, excluded.is_own)",
            params![number, is_own, bytes],
        )?;
        self.set(key, Dictionary::new(bytes)?);
        Ok(())
    }

    /// Has none of these used any more, and every other used again.
    pub fn retire(&self, numbers: BTreeSet<u32>) {
        *self.retired.write().unwrap_or_else(PoisonError::into_inner) = numbers;
    }

    /// Those that are not to be used any more.
    pub fn retired(&self) -> BTreeSet<u32> {
        self.retired.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a body can stand in a file as it is compressed: with nothing, or with what the file holds and keeps.
    pub fn are_enough_for(&self, connection: &Connection, body: &[u8]) -> Result<bool, rusqlite::Error> {
        let Some(number) = zstd_safe::get_dict_id_from_frame(body) else { return Ok(true) };
        Ok(!self.retired.read().unwrap_or_else(PoisonError::into_inner).contains(&number.get())
            && connection.prepare_cached("SELECT 1 FROM dictionary WHERE number = ?1")?.exists([number.get()])?)
    }
}

/// The number by which zstd knows a dictionary.
pub fn number_of(dictionary: &[u8]) -> Option<u32> {
    zstd_safe::get_dict_id_from_dict(dictionary).map(NonZeroU32::get)
}

/// What the newest other file of the same half has learnt from its own calls, unless that is retired.
pub fn inherited(calls_dir: &Path, key: SegmentKey, retired: &BTreeSet<u32>) -> Option<Vec<u8>> {
    let mut before = segment::list(calls_dir).ok()?;
    before.retain(|other| other.half == key.half && other.day != key.day);
    // A file that cannot be read passes nothing on.
    before.iter().rev().find_map(|other| {
        let connection = segment::open_for_reading(calls_dir, *other).ok()?;
        newest(&connection, retired).ok().flatten().and_then(|(bytes, is_own)| is_own.then_some(bytes))
    })
}

/// The dictionary that a file has learnt from its own calls, or else the one it began with; and whether it is its own.
fn newest(connection: &Connection, retired: &BTreeSet<u32>) -> Result<Option<(Vec<u8>, bool)>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT bytes, is_own FROM dictionary ORDER BY is_own DESC")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(0)?;
        if number_of(&bytes).is_none_or(|number| !retired.contains(&number)) {
            return Ok(Some((bytes, row.get(1)?)));
        }
    }
    Ok(None)
}

/// Learns from the calls of a file; the dictionary, and how often bodies of the file had been erased.
pub fn learn(calls_dir: &Path, key: SegmentKey) -> Result<(Vec<u8>, Erasures), StoreError> {
    let connection = segment::open_for_reading(calls_dir, key)?;
    connection.execute_batch("BEGIN")?;
    let erasures = Erasures::of(&connection)?;
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
    Ok((Dictionary::train(&samples)?, erasures))
}
