//! The folder in which a part is measured.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Error;

const NAME: &str = "api-logs-bench-";

/// A new folder, which goes with everything in it when this is dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one inside another.
    pub fn new(work: &Path) -> Result<Self, Error> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = work.join(format!("{NAME}{}-{number}", std::process::id()));
        fs::create_dir_all(&path)?;
        // PostgreSQL refuses to run as root and then needs a way in as somebody else.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed stays for the system to clean up.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes what benchmarks that were stopped on their way have left: it may be many gigabytes.
pub fn clear_away(work: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(work)? {
        let entry = entry?;
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(NAME)?.split('-').next()?.parse::<u32>().ok());
        if process.is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// The bytes of all files in a folder.
pub fn size_of(folder: &Path) -> u64 {
    let Ok(files) = fs::read_dir(folder) else { return 0 };
    let size = |file: fs::DirEntry| match file.metadata() {
        Ok(metadata) if metadata.is_dir() => size_of(&file.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    files.flatten().map(size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_uses_any_more_is_cleared_away() {
        let work = Folder::new(&std::env::temp_dir()).unwrap();
        let used = Folder::new(work.path()).unwrap();
        // Beyond the largest process id there can be.
        let left = work.path().join("api-logs-bench-4194305-0");
        let other = work.path().join("api-logs-bench-notes");
        fs::create_dir_all(left.join("data")).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(left.join("data/file"), [0; 100]).unwrap();
        assert_eq!(size_of(&left), 100);
        clear_away(work.path()).unwrap();
        assert_eq!((left.exists(), other.exists(), used.path().exists()), (false, true, true));
    }
}
