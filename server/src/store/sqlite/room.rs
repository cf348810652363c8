//! How much room there is, and what fills it.

use std::path::{Path, PathBuf};

use super::segment::{Half, SegmentKey};
use crate::store::{StoreError, StoreFigures};

/// The disk that the calls lie on, and what of it is kept free: SQLite needs room to come to rest, and a server that
/// runs into a full disk cannot even be repaired on it.
pub struct Room {
    calls_dir: PathBuf,
    least_free_bytes: u64,
}

impl Room {
    /// The disk of a folder.
    pub const fn new(calls_dir: PathBuf, least_free_bytes: u64) -> Self {
        Self { calls_dir, least_free_bytes }
    }

    /// The error where less is free than must be. One call of the system, which takes about a microsecond.
    pub fn check(&self) -> Result<(), StoreError> {
        let free_bytes = self.free_bytes()?;
        if free_bytes < self.least_free_bytes {
            return Err(StoreError::DiskAlmostFull { free_bytes, least_free_bytes: self.least_free_bytes });
        }
        Ok(())
    }

    /// What is there: the files by half, their write-ahead logs, and what is free.
    pub fn figures(&self) -> Result<StoreFigures, StoreError> {
        let mut figures = StoreFigures { free_bytes: self.free_bytes()?, ..StoreFigures::default() };
        for file in std::fs::read_dir(&self.calls_dir)? {
            let file = file?;
            // A file may be removed meanwhile.
            let Ok(bytes) = file.metadata().map(|metadata| metadata.len()) else { continue };
            let name = file.file_name();
            let Some(name) = name.to_str() else { continue };
            if name.ends_with(".db-wal") {
                figures.wal_bytes += bytes;
            } else if let Some(key) = SegmentKey::from_file_name(name) {
                let half = match key.half {
                    Half::Ok => &mut figures.ok,
                    Half::Err => &mut figures.err,
                };
                half.files += 1;
                half.bytes += bytes;
            }
        }
        Ok(figures)
    }

    fn free_bytes(&self) -> Result<u64, StoreError> {
        free_bytes(&self.calls_dir)
    }
}

/// What a process without privileges may still write where a folder lies.
fn free_bytes(folder: &Path) -> Result<u64, StoreError> {
    let disk = rustix::fs::statvfs(folder).map_err(std::io::Error::from)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}
