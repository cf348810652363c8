//! A disk as a power cut leaves it.
//!
//! What a process wrote is in the memory of the machine until it is synced. A cut leaves all that was synced, and of
//! the rest any part: each sector of 512 bytes of each write, each change of a file's size, each change of a name, or
//! not. How strict that is, is said by [`Kind`].

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Error;
use crate::journal::{Change, Contents};
use crate::random::Dice;

const SECTOR: usize = 512;

/// What a disk promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No more than POSIX: a file's sync makes its content durable, and a folder's sync its names, each change of
    /// which may be left or not whatever became of the others.
    Posix,
    /// As ext4 and xfs do: names change in order, and every sync makes all name changes before it durable.
    Journalling,
}

#[derive(Clone, Debug)]
enum Pending {
    Write { offset: usize, data: Vec<u8> },
    Resize(usize),
}

#[derive(Clone, Debug, Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Pending>,
    /// What processes read: everything that was written.
    seen: Vec<u8>,
}

/// What a name stands for: a folder, or a file by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

#[derive(Clone, Debug)]
enum NameChange {
    Add { path: String, node: Node },
    Remove { path: String },
    Move { path: String, to: String, node: Node },
}

impl NameChange {
    fn folders(&self) -> Vec<&str> {
        match self {
            Self::Add { path, .. } | Self::Remove { path } => vec![folder_of(path)],
            Self::Move { path, to, .. } => vec![folder_of(path), folder_of(to)],
        }
    }

    fn apply(&self, names: &mut BTreeMap<String, Node>) {
        match self {
            Self::Add { path, node } => {
                names.insert(path.clone(), *node);
            }
            Self::Remove { path } => {
                names.remove(path);
            }
            Self::Move { path, to, node } => {
                names.remove(path);
                names.insert(to.clone(), *node);
            }
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The files of one folder, with what is durable of them.
#[derive(Debug)]
pub struct Disk {
    kind: Kind,
    files: Vec<File>,
    by_inode: BTreeMap<u64, usize>,
    durable_names: BTreeMap<String, Node>,
    pending_names: Vec<NameChange>,
    seen_names: BTreeMap<String, Node>,
}

impl Disk {
    /// An empty folder.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            files: Vec::new(),
            by_inode: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            pending_names: Vec::new(),
            seen_names: BTreeMap::new(),
        }
    }

    /// Applies one step. The dice decide what a failed sync leaves: the system forgets what it could not write.
    pub fn apply(&mut self, change: &Change, dice: &mut Dice) -> Result<(), Error> {
        match change {
            Change::Made { inode, path } => {
                self.files.push(File::default());
                let number = self.files.len() - 1;
                self.by_inode.insert(*inode, number);
                self.rename(NameChange::Add { path: path.clone(), node: Node::File(number) });
            }
            Change::Written { inode, offset, data } => {
                self.file(*inode)?.write(Pending::Write { offset: *offset, data: data.clone() });
            }
            Change::Resized { inode, bytes } => self.file(*inode)?.write(Pending::Resize(*bytes)),
            Change::Synced { inode, is_done: true } => {
                let kind = self.kind;
                self.file(*inode)?.sync();
                if kind == Kind::Journalling {
                    self.sync_names(|_| true);
                }
            }
            Change::Synced { inode, is_done: false } => self.file(*inode)?.lose(dice),
            Change::FolderSynced { path, is_done: true } => match self.kind {
                Kind::Posix => self.sync_names(|change| change.folders().contains(&path.as_str())),
                Kind::Journalling => self.sync_names(|_| true),
            },
            Change::FolderSynced { is_done: false, .. } => {}
            Change::Linked { path, to } => {
                let node = self.node(path)?;
                self.rename(NameChange::Add { path: to.clone(), node });
            }
            Change::Renamed { path, to } => {
                let node = self.node(path)?;
                self.rename(NameChange::Move { path: path.clone(), to: to.clone(), node });
            }
            Change::Removed { path } | Change::FolderRemoved { path } => {
                self.rename(NameChange::Remove { path: path.clone() });
            }
            Change::FolderMade { path } => self.rename(NameChange::Add { path: path.clone(), node: Node::Folder }),
            Change::Seen { contents, was_killed } => self.adopt(contents, *was_killed)?,
        }
        Ok(())
    }

    fn file(&mut self, inode: u64) -> Result<&mut File, Error> {
        let number = self.by_inode.get(&inode).ok_or("the journal names a file that nobody made")?;
        Ok(self.files.get_mut(*number).ok_or("a file is missing")?)
    }

    fn node(&self, path: &str) -> Result<Node, Error> {
        Ok(*self.seen_names.get(path).ok_or_else(|| format!("the journal names {path}, which nobody made"))?)
    }

    fn rename(&mut self, change: NameChange) {
        change.apply(&mut self.seen_names);
        self.pending_names.push(change);
    }

    fn sync_names(&mut self, is_synced: impl Fn(&NameChange) -> bool) {
        let mut left = Vec::new();
        for change in std::mem::take(&mut self.pending_names) {
            if is_synced(&change) {
                change.apply(&mut self.durable_names);
            } else {
                left.push(change);
            }
        }
        self.pending_names = left;
    }

    /// Compares with what is really there after a process ended. A process that was killed may have done one step that
    /// it did not write down; anything else means that the shim misses something.
    fn adopt(&mut self, contents: &Contents, was_killed: bool) -> Result<(), Error> {
        let mut differences = Vec::new();
        for (path, (inode, bytes)) in contents {
            let Some(Node::File(number)) = self.seen_names.get(path).copied() else {
                differences.push(format!("{path} is there"));
                self.files.push(File::default());
                self.by_inode.insert(*inode, self.files.len() - 1);
                self.rename(NameChange::Add { path: path.clone(), node: Node::File(self.files.len() - 1) });
                self.file(*inode)?.write(Pending::Write { offset: 0, data: bytes.clone() });
                continue;
            };
            let file = self.files.get_mut(number).ok_or("a file is missing")?;
            if file.seen != *bytes {
                differences.push(format!("{path} is other: {} and {} bytes", file.seen.len(), bytes.len()));
                file.write(Pending::Resize(bytes.len()));
                file.write(Pending::Write { offset: 0, data: bytes.clone() });
            }
        }
        let is_file = |node: &Node| matches!(node, Node::File(_));
        let gone = self.seen_names.iter().filter(|(path, node)| is_file(node) && !contents.contains_key(*path));
        let gone: Vec<String> = gone.map(|(path, _)| path.clone()).collect();
        for path in gone {
            differences.push(format!("{path} is gone"));
            self.rename(NameChange::Remove { path });
        }
        if differences.len() > usize::from(was_killed) {
            return Err(format!("the shim missed what changed these files: {}", differences.join(", ")).into());
        }
        Ok(())
    }

    /// Writes the folder as a power cut now may leave it.
    pub fn cut(&self, folder: &Path, dice: &mut Dice) -> Result<(), Error> {
        let mut names = self.durable_names.clone();
        match self.kind {
            Kind::Posix => {
                let taste = Taste::roll(dice);
                for change in self.pending_names.iter().filter(|_| taste.keeps(dice)) {
                    change.apply(&mut names);
                }
            }
            Kind::Journalling => {
                let kept = dice.between(0, self.pending_names.len());
                self.pending_names.iter().take(kept).for_each(|change| change.apply(&mut names));
            }
        }
        fs::create_dir_all(folder)?;
        // Folders sort before what is in them.
        for (path, node) in &names {
            let parent = folder_of(path);
            if !parent.is_empty() && names.get(parent) != Some(&Node::Folder) {
                continue;
            }
            match node {
                Node::Folder => fs::create_dir(folder.join(path))?,
                Node::File(number) => {
                    let file = self.files.get(*number).ok_or("a file is missing")?;
                    fs::write(folder.join(path), file.after_cut(dice))?;
                }
            }
        }
        Ok(())
    }
}

/// How much of what is not synced a cut leaves.
#[derive(Clone, Copy)]
enum Taste {
    Nothing,
    Everything,
    OneIn(usize),
}

impl Taste {
    fn roll(dice: &mut Dice) -> Self {
        match dice.below(5) {
            0 => Self::Nothing,
            1 => Self::Everything,
            2 => Self::OneIn(10),
            _ => Self::OneIn(2),
        }
    }

    fn keeps(self, dice: &mut Dice) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::OneIn(times) => dice.one_in(times),
        }
    }
}

impl File {
    fn write(&mut self, pending: Pending) {
        apply_whole(&mut self.seen, &pending);
        self.pending.push(pending);
    }

    fn sync(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            apply_whole(&mut self.durable, &pending);
        }
    }

    /// A sync failed: some of it may have reached the disk, and the system takes the rest for written.
    fn lose(&mut self, dice: &mut Dice) {
        self.durable = self.after_cut(dice);
        self.pending.clear();
    }

    fn after_cut(&self, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        let taste = Taste::roll(dice);
        // Now and then the last writes did not come through at all, and those before did, up to a sector.
        let whole_until = dice.one_in(3).then(|| dice.between(0, self.pending.len()));
        for (index, pending) in self.pending.iter().enumerate() {
            let is_kept = whole_until.map(|until| index < until);
            match pending {
                Pending::Resize(size) => {
                    if is_kept.unwrap_or_else(|| taste.keeps(dice)) {
                        bytes.resize(*size, 0);
                    }
                }
                Pending::Write { offset, data } => {
                    let mut at = 0;
                    let is_torn = whole_until == Some(index);
                    while at < data.len() {
                        let next = data.len().min(at + SECTOR - (offset + at) % SECTOR);
                        let is_sector_kept =
                            if is_torn { dice.one_in(2) } else { is_kept.unwrap_or_else(|| taste.keeps(dice)) };
                        if is_sector_kept {
                            put(&mut bytes, offset + at, data.get(at..next).unwrap_or_default());
                        } else if dice.one_in(16) && bytes.len() < offset + next {
                            // The file grew, and the data did not come.
                            bytes.resize(offset + next, 0);
                        }
                        at = next;
                    }
                }
            }
        }
        bytes
    }
}

fn apply_whole(bytes: &mut Vec<u8>, pending: &Pending) {
    match pending {
        Pending::Resize(size) => bytes.resize(*size, 0),
        Pending::Write { offset, data } => put(bytes, *offset, data),
    }
}

fn put(bytes: &mut Vec<u8>, offset: usize, data: &[u8]) {
    if bytes.len() < offset + data.len() {
        bytes.resize(offset + data.len(), 0);
    }
    if let Some(place) = bytes.get_mut(offset..offset + data.len()) {
        place.copy_from_slice(data);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn after(kind: Kind, changes: &[Change]) -> BTreeSet<Vec<(String, Vec<u8>)>> {
        let mut dice = Dice::new(1, 1);
        let mut disk = Disk::new(kind);
        for change in changes {
            disk.apply(change, &mut dice).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        (0..200)
            .map(|cut| {
                let folder = folder.path().join(cut.to_string());
                disk.cut(&folder, &mut dice).unwrap();
                let contents = crate::journal::contents(&folder).unwrap();
                contents.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect()
            })
            .collect()
    }

    fn made(path: &str, inode: u64) -> [Change; 2] {
        [Change::Made { inode, path: path.to_owned() }, Change::Written { inode, offset: 0, data: vec![b'x'; 1_024] }]
    }

    #[test]
    fn what_is_synced_stays_and_the_rest_may_or_may_not() {
        let changes = [
            &made("a", 1)[..],
            &[
                Change::Synced { inode: 1, is_done: true },
                Change::FolderSynced { path: String::new(), is_done: true },
                Change::Written { inode: 1, offset: 0, data: vec![b'y'; 512] },
            ],
        ]
        .concat();
        let left = after(Kind::Posix, &changes);
        let with = |first: u8| vec![("a".to_owned(), [vec![first; 512], vec![b'x'; 512]].concat())];
        assert_eq!(left, BTreeSet::from([with(b'x'), with(b'y')]));
    }

    #[test]
    fn a_synced_file_needs_a_name_that_is_synced_too() {
        let changes = [&made("a", 1)[..], &[Change::Synced { inode: 1, is_done: true }]].concat();
        assert!(after(Kind::Posix, &changes).contains(&Vec::new()));
        assert_eq!(after(Kind::Journalling, &changes).len(), 1);
    }

    #[test]
    fn a_failed_sync_is_not_made_good_by_the_next() {
        let synced = |is_done| Change::Synced { inode: 1, is_done };
        let named = Change::FolderSynced { path: String::new(), is_done: true };
        let changes = [&made("a", 1)[..], &[named, synced(false), synced(true)]].concat();
        let whole = vec![("a".to_owned(), vec![b'x'; 1_024])];
        let seeds = (0..50).map(|seed| {
            let mut dice = Dice::new(seed, 1);
            let mut disk = Disk::new(Kind::Posix);
            for change in &changes {
                disk.apply(change, &mut dice).unwrap();
            }
            let folder = tempfile::tempdir().unwrap();
            disk.cut(folder.path(), &mut dice).unwrap();
            let contents = crate::journal::contents(folder.path()).unwrap();
            contents.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect::<Vec<_>>()
        });
        assert!(seeds.into_iter().any(|left| left != whole));
    }
}
