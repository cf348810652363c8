//! The library that stands between a process and its files (`shim.c`), and the switch that lets steps fail.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::Error;

/// The environment that puts the shim before a process's files in a folder.
pub fn environment(data: &Path) -> Result<Vec<(String, String)>, Error> {
    let shim = env!("TORTURE_SHIM").to_owned();
    Ok(vec![("LD_PRELOAD".to_owned(), shim), ("TORTURE_DIR".to_owned(), text(data)?)])
}

/// A path as text.
pub fn text(path: &Path) -> Result<String, Error> {
    Ok(path.to_str().ok_or("the path of the folder is not text")?.to_owned())
}

/// Kinds of steps that can fail, as `enum kind` of the shim names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Write = 1,
    Sync = 2,
    Resize = 4,
    Open = 8,
    Name = 16,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Write, Self::Sync, Self::Resize, Self::Open, Self::Name];
}

/// How a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `EIO`: the device does not answer.
    Io,
    /// `ENOSPC`: there is no room.
    NoRoom,
    /// A write that writes half and says so; the next goes on.
    ShortWrite,
    /// A write that writes half and fails for lack of room.
    TornWrite,
}

impl Way {
    const fn errno(self) -> u64 {
        match self {
            Self::Io => 5,
            Self::NoRoom | Self::ShortWrite | Self::TornWrite => 28,
        }
    }

    const fn mode(self) -> u64 {
        match self {
            Self::Io | Self::NoRoom => 0,
            Self::ShortWrite => 1,
            Self::TornWrite => 2,
        }
    }
}

/// Which steps fail.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Of which kind.
    pub kind: Kind,
    /// The first of them, counted from one when the switch is set.
    pub first: u64,
    /// The last of them.
    pub last: u64,
    /// How.
    pub way: Way,
}

const NUMBERS: u64 = 7;

/// The switch: a file that the shim has mapped.
#[derive(Debug)]
pub struct Switch {
    file: File,
    path: String,
}

impl Switch {
    /// A switch that lets nothing fail.
    pub fn new(path: &Path) -> Result<Self, Error> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        file.set_len(NUMBERS * 8)?;
        Ok(Self { file, path: text(path)? })
    }

    /// The environment variable with which processes behind the shim obey it.
    pub fn variable(&self) -> (String, String) {
        ("TORTURE_CONTROL".to_owned(), self.path.clone())
    }

    fn set(&self, place: u64, number: u64) -> Result<(), Error> {
        Ok(self.file.write_all_at(&number.to_ne_bytes(), place * 8)?)
    }

    fn get(&self, place: u64) -> Result<u64, Error> {
        let mut bytes = [0; 8];
        self.file.read_exact_at(&mut bytes, place * 8)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    /// Lets steps fail, counted from now.
    pub fn arm(&self, fault: Fault) -> Result<(), Error> {
        self.disarm()?;
        for (place, number) in (1..).zip([fault.first, fault.last, fault.way.errno(), fault.way.mode(), 0, 0]) {
            self.set(place, number)?;
        }
        self.set(0, fault.kind as u64)
    }

    /// Counts steps of a kind and lets none fail.
    pub fn count(&self, kind: Kind) -> Result<(), Error> {
        self.arm(Fault { kind, first: u64::MAX, last: u64::MAX, way: Way::Io })
    }

    /// Lets nothing fail any more.
    pub fn disarm(&self) -> Result<(), Error> {
        self.set(0, 0)
    }

    /// Steps of the kind since the switch was set.
    pub fn counted(&self) -> Result<u64, Error> {
        self.get(5)
    }

    /// How many of them failed.
    pub fn failed(&self) -> Result<u64, Error> {
        self.get(6)
    }
}
