//! What the server's processes did to their files, step by step, as the shim wrote it down.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::ledger::monotonic_nanos;
use crate::shim::{self, text};

const MAGIC: u32 = 0x5452_5453;
const HEADER_BYTES: usize = 56;

/// A change of the folder's files or names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An empty file was made.
    Made { inode: u64, path: String },
    /// Bytes were written.
    Written { inode: u64, offset: usize, data: Vec<u8> },
    /// A file was cut or extended.
    Resized { inode: u64, bytes: usize },
    /// A file's content was made durable, or that failed.
    Synced { inode: u64, is_done: bool },
    /// The names in a folder were made durable, or that failed.
    FolderSynced { path: String, is_done: bool },
    /// A file got another name.
    Linked { path: String, to: String },
    /// A file changed its name.
    Renamed { path: String, to: String },
    /// A name was removed.
    Removed { path: String },
    /// A folder was made.
    FolderMade { path: String },
    /// A folder was removed.
    FolderRemoved { path: String },
    /// A process ended, and this is what is in the folder now.
    Seen { contents: Contents, was_killed: bool },
}

impl Change {
    /// What it does, in a few words.
    pub fn name(&self) -> String {
        match self {
            Self::Made { path, .. } => format!("the making of {path}"),
            Self::Written { inode, offset, data } => format!("{} bytes to file {inode} at {offset}", data.len()),
            Self::Resized { inode, bytes } => format!("resizing file {inode} to {bytes}"),
            Self::Synced { inode, .. } => format!("a sync of file {inode}"),
            Self::FolderSynced { path, .. } => format!("a sync of folder {path:?}"),
            Self::Linked { path, to } => format!("a link {path} to {to}"),
            Self::Renamed { path, to } => format!("a rename of {path} to {to}"),
            Self::Removed { path } | Self::FolderRemoved { path } => format!("a removal of {path}"),
            Self::FolderMade { path } => format!("the making of folder {path}"),
            Self::Seen { .. } => "the end of a process".to_owned(),
        }
    }
}

/// Files by their path within the folder: inode and bytes.
pub type Contents = BTreeMap<String, (u64, Vec<u8>)>;

/// A change with the time at which it began.
#[derive(Clone, Debug)]
pub struct Step {
    /// Nanoseconds of [`crate::ledger::monotonic_nanos`].
    pub began: u64,
    /// What was done.
    pub change: Change,
}

/// A folder whose changes are written down, process after process.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    data: PathBuf,
    processes: usize,
    steps: Vec<Step>,
}

impl Journal {
    /// Of a data folder that is made here, empty and durable; the journal is kept in `folder`.
    pub fn begin(folder: &Path, data: &Path) -> Result<Self, Error> {
        fs::create_dir(data)?;
        Ok(Self { folder: folder.to_path_buf(), data: data.to_path_buf(), processes: 0, steps: Vec::new() })
    }

    /// The environment of the next process. One at a time: see [`Journal::process_ended`].
    pub fn environment(&self) -> Result<Vec<(String, String)>, Error> {
        let mut environment = shim::environment(&self.data)?;
        environment.push(("TORTURE_JOURNAL".to_owned(), text(&self.journal())?));
        Ok(environment)
    }

    fn journal(&self) -> PathBuf {
        self.folder.join(format!("journal-{}", self.processes))
    }

    /// Reads what the process did, and notes what it left: one that was killed may have done a last step that it did
    /// not come to write down.
    pub fn process_ended(&mut self, was_killed: bool) -> Result<(), Error> {
        let began = monotonic_nanos();
        let journal = self.journal();
        let bytes = fs::read(&journal).map_err(|error| format!("the shim wrote no journal: {error}"))?;
        fs::remove_file(&journal)?;
        self.steps.extend(parse(&bytes)?);
        self.steps.push(Step { began, change: Change::Seen { contents: contents(&self.data)?, was_killed } });
        self.processes += 1;
        Ok(())
    }

    /// How often something was written into a file, and not into a log beside it.
    pub fn pages_moved(&self) -> u64 {
        let mut files = BTreeSet::new();
        let mut moved = 0;
        for step in &self.steps {
            match &step.change {
                Change::Made { inode, path } if path.ends_with("-wal") || path.ends_with("-journal") => {
                    files.remove(inode);
                }
                Change::Made { inode, .. } => {
                    files.insert(*inode);
                }
                Change::Written { inode, .. } if files.contains(inode) => moved += 1,
                _ => {}
            }
        }
        moved
    }

    /// Everything that was done.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// What is in a folder now. SQLite's `-shm` files are not durable and are left out.
pub fn contents(folder: &Path) -> Result<Contents, Error> {
    let mut contents = Contents::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            let metadata = fs::symlink_metadata(&path)?;
            if metadata.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().ends_with("-shm") {
                let name = text(path.strip_prefix(folder)?)?;
                contents.insert(name, (metadata.ino(), fs::read(&path)?));
            }
        }
    }
    Ok(contents)
}

/// Reads the records of one process. The last one may be cut off: the process was killed.
fn parse(bytes: &[u8]) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    let mut rest = bytes;
    while let Some((step, after)) = parse_one(rest)? {
        steps.push(step);
        rest = after;
    }
    Ok(steps)
}

fn parse_one(bytes: &[u8]) -> Result<Option<(Step, &[u8])>, Error> {
    let Some((header, rest)) = bytes.split_at_checked(HEADER_BYTES) else { return Ok(None) };
    let u32_at = |at: usize| header.get(at..).and_then(|it| it.first_chunk()).map_or(0, |it| u32::from_ne_bytes(*it));
    let u64_at = |at: usize| header.get(at..).and_then(|it| it.first_chunk()).map_or(0, |it| u64::from_ne_bytes(*it));
    let size_at = |at: usize| usize::try_from(u64_at(at));
    if u32_at(0) != MAGIC {
        return Err("the journal of the shim cannot be read".into());
    }
    let (began, inode, result) = (u64_at(8), u64_at(16), u64_at(40));
    let sizes = [u32_at(48) as usize, u32_at(52) as usize, size_at(32)?];
    let Some((path, rest)) = rest.split_at_checked(sizes[0]) else { return Ok(None) };
    let Some((to, rest)) = rest.split_at_checked(sizes[1]) else { return Ok(None) };
    let Some((data, rest)) = rest.split_at_checked(sizes[2]) else { return Ok(None) };
    let (path, to) = (String::from_utf8(path.to_vec())?, String::from_utf8(to.to_vec())?);
    let is_done = result == 0;
    let change = match u32_at(4) {
        1 => Change::Made { inode, path },
        2 => Change::Written { inode, offset: size_at(24)?, data: data.to_vec() },
        3 => Change::Resized { inode, bytes: size_at(24)? },
        4 => Change::Synced { inode, is_done },
        5 => Change::FolderSynced { path, is_done },
        6 => Change::Linked { path, to },
        7 => Change::Renamed { path, to },
        8 => Change::Removed { path },
        9 => Change::FolderMade { path },
        10 => Change::FolderRemoved { path },
        _ => return Err(format!("the server changes its files in a way that is not followed: {path}").into()),
    };
    Ok(Some((Step { began, change }, rest)))
}
