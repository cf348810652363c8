//! The files: their names, their schema, how they are opened.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use model::{Outcome, Retention, Timestamp};
use rusqlite::{Connection, OpenFlags};

use super::Limits;
use super::row::DAY_MILLIS;
use crate::store::StoreError;

/// How long the writer waits for a file that another process holds.
pub const WRITER_WAITS_FOR: Duration = Duration::from_secs(10);

/// How the names of what SQLite keeps beside a file end.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The half of a day's calls that a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Half {
    /// Calls that succeeded.
    Ok,
    /// Calls that failed, and calls that got no response.
    Err,
}

impl Half {
    /// The half a call with this outcome belongs to.
    pub fn of(outcome: &Outcome) -> Self {
        if *outcome == Outcome::Success { Self::Ok } else { Self::Err }
    }

    /// An outcome of this half, to ask how long it is kept.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Ok => Outcome::Success,
            Self::Err => Outcome::Error,
        }
    }

    const fn suffix(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Err => "err",
        }
    }
}

/// Which file: a UTC day, counted from 1970-01-01, and a half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentKey {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Which half.
    pub half: Half,
}

impl SegmentKey {
    /// The file of a call.
    pub fn of(timestamp: Timestamp, outcome: &Outcome) -> Self {
        Self { day: timestamp.millis().div_euclid(DAY_MILLIS), half: Half::of(outcome) }
    }

    /// Midnight at which the day begins, in milliseconds since 1970.
    pub const fn start(self) -> i64 {
        self.day * DAY_MILLIS
    }

    /// Midnight at which the next day begins.
    pub const fn end(self) -> i64 {
        self.start() + DAY_MILLIS
    }

    /// The day as people write it.
    pub fn date(self) -> String {
        DateTime::from_timestamp_millis(self.start()).map(|time| time.date_naive().to_string()).unwrap_or_default()
    }

    /// The name of the file.
    pub fn file_name(self) -> String {
        format!("{}.{}.db", self.date(), self.half.suffix())
    }

    /// The file that a name names, where it names one.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".db")?;
        let (date, half) = match stem.split_once('.')? {
            (date, "ok") => (date, Half::Ok),
            (date, "err") => (date, Half::Err),
            _ => return None,
        };
        let day = date.parse::<NaiveDate>().ok()?.signed_duration_since(NaiveDate::default()).num_days();
        Some(Self { day, half })
    }
}

/// The files there are, in rising order of day.
pub fn list(calls_dir: &Path) -> Result<Vec<SegmentKey>, StoreError> {
    let mut keys = Vec::new();
    for file in std::fs::read_dir(calls_dir)? {
        keys.extend(file?.file_name().to_str().and_then(SegmentKey::from_file_name));
    }
    keys.sort_unstable();
    Ok(keys)
}

/// The files in which nothing is kept any more, and those of which only what SQLite keeps beside a file is left: a
/// reader that came while its file went has made that anew.
pub fn expired(calls_dir: &Path, retention: Retention, now: Timestamp) -> Result<BTreeSet<SegmentKey>, StoreError> {
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(calls_dir)? {
        let name = file?.file_name();
        let name = name.to_str().unwrap_or_default();
        let of_file = BESIDE.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
        keys.extend(SegmentKey::from_file_name(of_file));
    }
    keys.retain(|key| key.end() <= now.minus_millis(retention.millis_for(&key.half.outcome())).millis());
    Ok(keys)
}

/// Removes a file and what SQLite keeps beside it; says whether the file itself was there. Readers that have it open
/// read on; the space returns with them.
pub fn remove(calls_dir: &Path, key: SegmentKey) -> Result<bool, StoreError> {
    remove_all_of(&calls_dir.join(key.file_name()))
}

/// Opens a file for writing, and makes it where there is none.
pub fn open_for_writing(calls_dir: &Path, key: SegmentKey, limits: &Limits) -> Result<Connection, StoreError> {
    let path = calls_dir.join(key.file_name());
    if !path.try_exists()? {
        create(&path)?;
    }
    let connection = Connection::open(&path)?;
    connection.busy_timeout(WRITER_WAITS_FOR)?;
    // Every commit reaches the disk before it is acknowledged.
    connection.pragma_update(None, "synchronous", "FULL")?;
    use_log(&connection)?;
    // What an earlier connection could not sync is in the log as the system shows it, but perhaps not on the disk, and
    // no later sync brings it there. A commit behind it would be lost with it: so nothing is written behind it.
    empty_log(&connection)?;
    // The names of the file and its log must survive a power cut as their content does; SQLite does not insist.
    std::fs::File::open(calls_dir)?.sync_all()?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "cache_size", -4_096)?;
    if let Some(pages) = limits.max_pages_per_file {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Makes an empty file: whole under another name first, so that no reader ever sees half a schema, and linked to its
/// name only where nobody else made it meanwhile.
fn create(path: &Path) -> Result<(), StoreError> {
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    // A disk that failed, or a process of the same number that was killed, may have left half a draft.
    remove_all_of(&draft)?;
    let connection = Connection::open(&draft)?;
    connection.pragma_update(None, "page_size", 8_192)?;
    use_log(&connection)?;
    connection.execute_batch(include_str!("schema.sql"))?;
    // Closing moves the log into the file as well, and says nothing when it cannot: what is linked below would be empty.
    empty_log(&connection)?;
    connection.close().map_err(|(_, error)| error)?;
    // The content is durable before it has its name: a file that is there is taken for whole.
    std::fs::File::open(&draft)?.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    remove_all_of(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

/// Has SQLite write ahead into a log. When that fails SQLite says so by staying in the mode it was in, in which somebody
/// who only reads cannot open a file that a killed process left.
fn use_log(connection: &Connection) -> Result<(), StoreError> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode == "wal" { Ok(()) } else { Err(StoreError::Unreadable(format!("its journal stays in mode {mode}"))) }
}

/// Moves everything from the write-ahead log into the file, and makes the log empty.
pub fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    let is_blocked: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if is_blocked { Err(StoreError::Unreadable("somebody reads from its write-ahead log".to_owned())) } else { Ok(()) }
}

/// Removes a database and what SQLite keeps beside it, as far as they are there; says whether the database was.
fn remove_all_of(path: &Path) -> Result<bool, StoreError> {
    let mut was_there = false;
    for suffix in std::iter::once("").chain(BESIDE) {
        let mut file = path.to_path_buf().into_os_string();
        file.push(suffix);
        match std::fs::remove_file(PathBuf::from(file)) {
            Ok(()) => was_there = was_there || suffix.is_empty(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(was_there)
}

/// Opens a file for reading; the error of a file that is not there where it was removed meanwhile.
pub fn open_for_reading(calls_dir: &Path, key: SegmentKey) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let path = calls_dir.join(key.file_name());
    let connection = match Connection::open_with_flags(&path, flags) {
        Err(_) if !path.try_exists()? => return Err(std::io::Error::from(std::io::ErrorKind::NotFound).into()),
        opened => opened?,
    };
    connection.busy_timeout(Duration::from_secs(2))?;
    connection.pragma_update(None, "query_only", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    // Never mapped into memory: a disk that fails would end the process instead of the question.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::{Half, SegmentKey, open_for_writing};

    #[test]
    fn a_file_name_says_day_and_half() {
        let key = SegmentKey { day: 20_780, half: Half::Err };
        assert_eq!(key.file_name(), "2026-11-23.err.db");
        assert_eq!(SegmentKey::from_file_name("2026-11-23.err.db"), Some(key));
        for other in ["2026-11-23.err.db-wal", "2026-11-23.db", "notes.txt", "2026-13-01.ok.db"] {
            assert_eq!(SegmentKey::from_file_name(other), None, "{other}");
        }
    }

    #[test]
    fn what_a_killed_process_left_of_a_draft_does_not_stand_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let key = SegmentKey { day: 20_780, half: Half::Err };
        let draft = folder.path().join(format!("2026-11-23.err.draft-{}", std::process::id()));
        std::fs::write(&draft, "half a database").unwrap();
        open_for_writing(folder.path(), key, &super::Limits::default()).unwrap();
        assert!(!draft.exists());
    }
}
