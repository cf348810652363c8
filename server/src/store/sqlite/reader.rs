//! Connections for reading, kept between questions, each under the deadline of the question that uses it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

use super::prepared::Unpacker;
use super::segment::{self, SegmentKey};
use super::terms::Terms;
use crate::store::StoreError;

/// The longest one question may take.
const HARD_LIMIT: Duration = Duration::from_secs(2);
/// Connections that are kept at most.
const MAX_KEPT: usize = 160;
/// Steps of SQLite's machine between two looks at the clock; about a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 20_000;

/// When a question must end: at its time, or when nobody waits for it any more.
#[derive(Clone)]
pub struct Deadline {
    began: Instant,
    abandoned: Arc<AtomicBool>,
}

impl Deadline {
    /// A deadline that begins now.
    pub fn new(abandoned: Arc<AtomicBool>) -> Self {
        Self { began: Instant::now(), abandoned }
    }

    /// Whether the question must end now.
    pub fn is_over(&self) -> bool {
        self.abandoned.load(Ordering::Relaxed) || self.has_lasted(HARD_LIMIT)
    }

    /// Whether the question has lasted this long, and should come to an end of its own.
    pub fn has_lasted(&self, slice: Duration) -> bool {
        self.began.elapsed() >= slice
    }
}

/// A connection to one file, with the terms of the file.
pub struct Reader {
    /// The connection.
    pub connection: Connection,
    /// The terms, as new as the question.
    pub terms: Terms,
    /// Reads the bodies of the file.
    pub unpacker: Unpacker,
}

/// The connections of all questions.
pub struct Readers {
    calls_dir: PathBuf,
    kept: Mutex<HashMap<SegmentKey, Vec<Reader>>>,
}

impl Readers {
    /// Opens nothing yet.
    pub fn new(calls_dir: PathBuf) -> Self {
        Self { calls_dir, kept: Mutex::new(HashMap::new()) }
    }

    /// The files there are, in rising order of day.
    pub fn segments(&self) -> Result<Vec<SegmentKey>, StoreError> {
        segment::list(&self.calls_dir)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<SegmentKey, Vec<Reader>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes what is kept of a file that is about to be removed.
    pub fn release(&self, key: SegmentKey) {
        self.kept().remove(&key);
    }

    /// Closes everything that is kept.
    pub fn release_all(&self) {
        self.kept().clear();
    }

    /// Reads one file, in one snapshot of it, until the deadline.
    pub fn read<T>(
        &self,
        key: SegmentKey,
        deadline: &Deadline,
        read: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let kept = self.kept().get_mut(&key).and_then(Vec::pop);
        let mut reader = match kept {
            Some(reader) => reader,
            None => Reader {
                connection: segment::open_for_reading(&self.calls_dir, key)?,
                terms: Terms::default(),
                unpacker: Unpacker::new()?,
            },
        };
        let watched = deadline.clone();
        reader.connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || watched.is_over()))?;
        let answer = in_one_snapshot(&mut reader, read).map_err(|error| match error {
            StoreError::Database(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                StoreError::TookTooLong
            }
            other => other,
        });
        // A connection whose file misbehaves is not kept.
        if matches!(answer, Ok(_) | Err(StoreError::TookTooLong)) {
            reader.connection.progress_handler(0, None::<fn() -> bool>)?;
            let mut kept = self.kept();
            if kept.values().map(Vec::len).sum::<usize>() < MAX_KEPT {
                kept.entry(key).or_default().push(reader);
            }
        }
        answer
    }
}

fn in_one_snapshot<T>(
    reader: &mut Reader,
    read: impl FnOnce(&Reader) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    reader.connection.execute_batch("BEGIN")?;
    let answer = reader.terms.refresh(&reader.connection).and_then(|()| read(reader));
    let ended = reader.connection.execute_batch("COMMIT");
    let answer = answer?;
    ended?;
    Ok(answer)
}
