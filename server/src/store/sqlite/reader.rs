//! Connections for reading, kept between questions, each under the deadline of the question that uses it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

use super::body::Unpacker;
use super::segment::{self, SegmentKey};
use super::terms::Terms;
use crate::store::StoreError;

/// Connections that are kept at most; each has some memory of its own.
const MAX_KEPT: usize = 96;
/// Steps of SQLite's machine between two looks at the clock; about a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 20_000;

/// How long questions may take; what was found by then is the answer, which says so.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the calls of a page: after this a page is answered with a cursor to look on from.
    pub page: Duration,
    /// For the number of calls beside a page; without words counting is quick.
    pub total: Duration,
    /// For that number where words are searched for: a page is not to wait for what facets and histogram bring as well.
    pub total_of_text: Duration,
    /// For facets and the histogram.
    pub count: Duration,
    /// For any question: then it is given up.
    pub question: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            page: Duration::from_millis(400),
            total: Duration::from_millis(600),
            total_of_text: Duration::from_millis(100),
            count: Duration::from_millis(1_500),
            question: Duration::from_secs(2),
        }
    }
}

impl Patience {
    /// Waits for every answer to be whole.
    pub const ENDLESS: Self = Self {
        page: Duration::MAX,
        total: Duration::MAX,
        total_of_text: Duration::MAX,
        count: Duration::MAX,
        question: Duration::MAX,
    };
}

/// When a question must end: at its time, or when nobody waits for it any more.
#[derive(Clone)]
pub struct Deadline {
    began: Instant,
    abandoned: Arc<AtomicBool>,
    /// How long it may take.
    pub patience: Patience,
}

impl Deadline {
    /// A deadline that begins now.
    pub fn new(abandoned: Arc<AtomicBool>, patience: Patience) -> Self {
        Self { began: Instant::now(), abandoned, patience }
    }

    /// Whether the question must end now.
    pub fn is_over(&self) -> bool {
        self.abandoned.load(Ordering::Relaxed) || self.has_lasted(self.patience.question)
    }

    /// How long the question has lasted.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Whether the question has lasted this long, and should come to an end of its own.
    pub fn has_lasted(&self, slice: Duration) -> bool {
        self.elapsed() >= slice
    }
}

/// A connection to one file, with the terms of the file.
pub struct Reader {
    /// The connection.
    pub connection: Connection,
    /// The terms, as new as the question or newer.
    pub terms: Arc<Terms>,
    /// Reads the bodies of the file.
    pub unpacker: Unpacker,
}

/// The connections of all questions.
pub struct Readers {
    calls_dir: PathBuf,
    kept: Mutex<HashMap<SegmentKey, Vec<Reader>>>,
    terms: Mutex<HashMap<SegmentKey, Arc<Terms>>>,
}

impl Readers {
    /// Opens nothing yet.
    pub fn new(calls_dir: PathBuf) -> Self {
        Self { calls_dir, kept: Mutex::default(), terms: Mutex::default() }
    }

    /// The files there are, in rising order of day.
    pub fn segments(&self) -> Result<Vec<SegmentKey>, StoreError> {
        segment::list(&self.calls_dir)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<SegmentKey, Vec<Reader>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn terms(&self) -> MutexGuard<'_, HashMap<SegmentKey, Arc<Terms>>> {
        self.terms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The terms of a snapshot: those known already where it has no newer ones.
    fn terms_of(&self, key: SegmentKey, connection: &Connection) -> Result<Arc<Terms>, StoreError> {
        let known = self.terms().get(&key).map(Arc::clone).unwrap_or_default();
        if Terms::newest_in(connection)? <= known.newest() {
            return Ok(known);
        }
        let mut terms = Terms::clone(&known);
        terms.refresh(connection)?;
        let terms = Arc::new(terms);
        self.terms().insert(key, Arc::clone(&terms));
        Ok(terms)
    }

    /// Closes what is kept of a file that is about to be removed.
    pub fn release(&self, key: SegmentKey) {
        self.kept().remove(&key);
        self.terms().remove(&key);
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
                terms: Arc::default(),
                unpacker: Unpacker::default(),
            },
        };
        let watched = deadline.clone();
        reader.connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || watched.is_over()))?;
        let answer = self.in_one_snapshot(key, &mut reader, read).map_err(|error| match error {
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

    fn in_one_snapshot<T>(
        &self,
        key: SegmentKey,
        reader: &mut Reader,
        read: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        reader.connection.execute_batch("BEGIN")?;
        let answer = self.terms_of(key, &reader.connection).and_then(|terms| {
            reader.terms = terms;
            read(reader)
        });
        let ended = reader.connection.execute_batch("COMMIT");
        let answer = answer?;
        ended?;
        Ok(answer)
    }
}
