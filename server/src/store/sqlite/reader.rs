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
    /// For values of a field while one is being typed: they are to be there before the next letter.
    pub values: Duration,
    /// For reading calls that the text index names, to count them; of those not read by then the same share counts.
    pub reading_named: Duration,
    /// For reading calls where it names none.
    pub reading: Duration,
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
            values: Duration::from_millis(200),
            reading_named: Duration::from_millis(100),
            reading: Duration::from_millis(800),
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
        values: Duration::MAX,
        reading_named: Duration::MAX,
        reading: Duration::MAX,
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

    /// Closes what is kept of a file that was removed, so that its room is given back.
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
            // Looked at under the lock that a release takes: no connection to a removed file stays behind.
            let is_there = self.calls_dir.join(key.file_name()).exists();
            if is_there && kept.values().map(Vec::len).sum::<usize>() < MAX_KEPT {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use model::{Retention, Timestamp};

    use super::{Deadline, Patience, Readers};
    use crate::store::StoreError;
    use crate::store::sqlite::Limits;
    use crate::store::sqlite::segment::{self, Half, SegmentKey};

    #[test]
    fn a_reader_of_a_file_that_goes_finishes_and_lets_go_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let key = SegmentKey { day: 20_780, half: Half::Ok };
        let writing = segment::open_for_writing(folder.path(), key, &Limits::default()).unwrap();
        for number in 0..500 {
            let call = "INSERT INTO call (row, id, body) VALUES (?1, zeroblob(16), randomblob(2000))";
            writing.execute(call, [number]).unwrap();
        }
        let readers = Readers::new(folder.path().to_owned());
        let deadline = Deadline::new(Arc::new(AtomicBool::new(false)), Patience::ENDLESS);
        let sum = |connection: &rusqlite::Connection| -> i64 {
            connection.query_row("SELECT sum(length(body)) FROM call", [], |row| row.get(0)).unwrap()
        };
        let read = readers.read(key, &deadline, |reader| {
            let mut statement = reader.connection.prepare("SELECT body FROM call ORDER BY row").unwrap();
            let mut rows = statement.query([]).unwrap();
            rows.next().unwrap();
            drop(writing);
            segment::remove(folder.path(), key).unwrap();
            readers.release(key);
            let mut rest = 0;
            while let Some(row) = rows.next().unwrap() {
                rest += row.get::<_, Vec<u8>>(0).unwrap().len();
            }
            Ok((rest, sum(&reader.connection)))
        });
        assert_eq!(read.unwrap(), (499 * 2_000, 500 * 2_000));
        assert!(readers.kept().is_empty());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // Whoever had it on their list finds that it has gone, which is no damage.
        let gone = readers.read(key, &deadline, |_| Ok(()));
        assert!(matches!(gone, Err(StoreError::Files(error)) if error.kind() == std::io::ErrorKind::NotFound));
        // What a reader that came too late leaves beside it goes with the next look.
        std::fs::write(folder.path().join("2026-11-23.ok.db-shm"), "").unwrap();
        let long_after = Timestamp::from_millis(key.end()).plus_millis(Retention::STANDARD.longest_millis());
        let expired = segment::expired(folder.path(), Retention::STANDARD, long_after).unwrap();
        assert_eq!(expired.into_iter().collect::<Vec<_>>(), [key]);
        assert!(!segment::remove(folder.path(), key).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
