//! The files: their names, their schema, how they are opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use model::{Outcome, Retention, Timestamp};
use rusqlite::{Connection, OpenFlags};

use super::Limits;
use super::row::DAY_MILLIS;
use crate::store::StoreError;

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

/// The files in which nothing is kept any more.
pub fn expired(calls_dir: &Path, retention: Retention, now: Timestamp) -> Result<Vec<SegmentKey>, StoreError> {
    let mut keys = list(calls_dir)?;
    keys.retain(|key| key.end() <= now.minus_millis(retention.millis_for(&key.half.outcome())).millis());
    Ok(keys)
}

/// Removes a file and what SQLite keeps beside it. Readers that have it open read on; the space returns with them.
pub fn remove(calls_dir: &Path, key: SegmentKey) -> Result<(), StoreError> {
    let path = calls_dir.join(key.file_name());
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(suffix);
        match std::fs::remove_file(PathBuf::from(file)) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Opens a file for writing, and makes it where there is none.
pub fn open_for_writing(calls_dir: &Path, key: SegmentKey, limits: &Limits) -> Result<Connection, StoreError> {
    let path = calls_dir.join(key.file_name());
    if !path.try_exists()? {
        create(calls_dir, &path)?;
    }
    let connection = Connection::open(&path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    // Every commit reaches the disk before it is acknowledged.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    if let Some(pages) = limits.max_pages_per_file {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Makes an empty file: whole under another name first, so that no reader ever sees half a schema, and linked to its
/// name only where nobody else made it meanwhile.
fn create(calls_dir: &Path, path: &Path) -> Result<(), StoreError> {
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let connection = Connection::open(&draft)?;
    connection.pragma_update(None, "page_size", 8_192)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.execute_batch(include_str!("schema.sql"))?;
    connection.close().map_err(|(_, error)| error)?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    // The file and its name must survive a power cut as its content does.
    std::fs::File::open(path)?.sync_all()?;
    std::fs::File::open(calls_dir)?.sync_all()?;
    Ok(())
}

/// Opens a file for reading.
pub fn open_for_reading(calls_dir: &Path, key: SegmentKey) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(calls_dir.join(key.file_name()), flags)?;
    connection.busy_timeout(Duration::from_secs(2))?;
    connection.pragma_update(None, "query_only", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "mmap_size", 256 << 20)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::{Half, SegmentKey};

    #[test]
    fn a_file_name_says_day_and_half() {
        let key = SegmentKey { day: 20_780, half: Half::Err };
        assert_eq!(key.file_name(), "2026-11-23.err.db");
        assert_eq!(SegmentKey::from_file_name("2026-11-23.err.db"), Some(key));
        for other in ["2026-11-23.err.db-wal", "2026-11-23.db", "notes.txt", "2026-13-01.ok.db"] {
            assert_eq!(SegmentKey::from_file_name(other), None, "{other}");
        }
    }
}
