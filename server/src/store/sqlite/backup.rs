//! Copies of files that may be in use.
//!
//! Each file is copied in one snapshot, under another name until it is whole. What has not changed since it was copied
//! is left as it is, so that a second run is quick, and goes on where a first one was broken off.

use std::fs::{File, FileTimes};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use model::{Retention, Timestamp};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::kept::KEPT_NAME;
use super::segment;
use crate::store::StoreError;

/// Pages of 8 KiB that are copied between two words about it: a quarter of a gibibyte.
const PAGES_AT_ONCE: i32 = 32 * 1_024;
/// A file that was written to later than this before it was copied may have been written to once more within the
/// precision of the file system's clock: it is copied again the next time.
const SETTLED: Duration = Duration::from_secs(2);

/// A file may be locked for a moment.
const WAITS_FOR: Duration = Duration::from_secs(2);

/// What a backup did.
#[derive(Debug, Default)]
pub struct BackupReport {
    /// Files copied.
    pub copied: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that lay there already as they are.
    pub unchanged: usize,
    /// Files of the backup in which nothing is kept any more.
    pub removed: usize,
    /// What could not be copied, a line each. What an earlier backup holds of it stays.
    pub faults: Vec<String>,
}

/// Copies the files of calls of a store that may be running meanwhile, and removes from the copy those that the store
/// has removed because nothing in them is kept any more.
pub fn back_up(
    data_dir: &Path,
    to: &Path,
    retention: Retention,
    now: Timestamp,
    tell: &mut dyn FnMut(String),
) -> Result<BackupReport, StoreError> {
    let (from_dir, to_dir) = (data_dir.join("calls"), to.join("calls"));
    std::fs::create_dir_all(&to_dir)?;
    let mut report = BackupReport::default();
    let keys = segment::list(&from_dir)?;
    // What is kept of a day that goes meanwhile is in `kept.db` before its file is gone.
    let names: Vec<String> = keys.iter().map(|key| key.file_name()).chain([KEPT_NAME.to_owned()]).collect();
    for (number, name) in (1..).zip(&names) {
        let (from, copy) = (from_dir.join(name), to_dir.join(name));
        let mut tell_of_file = |what: &str| tell(format!("[{number}/{}] {name}: {what}", names.len()));
        if Stamp::of(&from).is_some_and(|stamp| Stamp::of(&copy) == Some(stamp)) {
            tell_of_file("unchanged");
            report.unchanged += 1;
            continue;
        }
        match copy_file(&from, &copy, &mut tell_of_file) {
            Ok(bytes) => {
                tell_of_file(&format!("copied, {} KiB", bytes.div_ceil(1_024)));
                report.copied += 1;
                report.bytes += bytes;
            }
            // Its day was over meanwhile, or there is none yet.
            Err(_) if !from.try_exists()? => {}
            Err(error) => report.faults.push(format!("{name}: {error}")),
        }
    }
    // A day that is only in the backup stays as long as it is kept: the store may have lost it.
    for key in segment::expired(&to_dir, retention, now)?.into_iter().filter(|key| !keys.contains(key)) {
        segment::remove(&to_dir, key)?;
        report.removed += 1;
    }
    Ok(report)
}

fn copy_file(from: &Path, copy: &Path, tell: &mut impl FnMut(&str)) -> Result<u64, StoreError> {
    let before = Stamp::of(from);
    let connection = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(WAITS_FOR)?;
    let bytes = copy_database(&connection, copy, |percent| tell(&format!("{percent} %")))?;
    if let Some(stamp) = before
        && stamp.is_settled()
        && Stamp::of(from) == Some(stamp)
    {
        File::options().write(true).open(copy)?.set_times(FileTimes::new().set_modified(stamp.modified))?;
    }
    Ok(bytes)
}

/// Copies a database, as it is at one moment, to a path; returns the bytes copied. The copy has its name when it is
/// whole and on the disk. `on_part` hears of the per cent that are done, where it takes long.
pub fn copy_database(from: &Connection, to: &Path, on_part: impl FnMut(i32)) -> Result<u64, StoreError> {
    let partial = beside(to, ".partial");
    remove_where_there(&partial)?;
    // For its owner only, whatever the folder is.
    File::options().write(true).create_new(true).mode(0o600).open(&partial)?;
    // A snapshot from the first page to the last: without it SQLite begins anew whenever somebody writes.
    from.execute_batch("BEGIN")?;
    let copied = from
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(StoreError::from)
        .and_then(|()| copy_pages(from, &partial, on_part));
    from.execute_batch("COMMIT")?;
    copied?;
    let file = File::open(&partial)?;
    file.sync_all()?;
    let bytes = file.metadata()?.len();
    // What somebody who opened the older copy left beside it is not of this one.
    remove_where_there(&beside(to, "-wal"))?;
    remove_where_there(&beside(to, "-shm"))?;
    std::fs::rename(&partial, to)?;
    if let Some(folder) = to.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(bytes)
}

fn copy_pages(from: &Connection, partial: &Path, mut on_part: impl FnMut(i32)) -> Result<(), StoreError> {
    let mut target = Connection::open(partial)?;
    // It is thrown away where it does not become whole, and synced when it is.
    target.pragma_update(None, "journal_mode", "OFF")?;
    target.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(from, &mut target)?;
    loop {
        match backup.step(PAGES_AT_ONCE)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {
                let progress = backup.progress();
                on_part(100 - progress.remaining.saturating_mul(100) / progress.pagecount.max(1));
            }
            _ => return Err(StoreError::Unreadable("the file is locked".to_owned())),
        }
    }
}

/// By which a file is known again: its size and when it was written to. A file whose write-ahead log holds something
/// has none.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: SystemTime,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let has_log = std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
        let file = std::fs::metadata(path).ok().filter(|_| !has_log)?;
        Some(Self { bytes: file.len(), modified: file.modified().ok()? })
    }

    fn is_settled(&self) -> bool {
        self.modified.elapsed().is_ok_and(|age| age > SETTLED)
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_where_there(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
