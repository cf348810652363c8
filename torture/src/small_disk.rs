//! A disk that really is full: a small file system in memory, where the process may mount one.

use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::mount::{MountFlags, UnmountFlags, mount, mount_remount, unmount};

use crate::Error;
use crate::calls::Sizes;
use crate::fail_points::{judge, look, recover};
use crate::random::Dice;
use crate::report::Report;
use crate::server::Site;
use crate::stage::{ACCOUNTS, Stage};
use crate::verify::Care;

const SMALL: &str = "mode=0700,size=6m";
const LARGE: &str = "mode=0700,size=96m";
/// Batches in a row that find no room, until the disk counts as full.
const REFUSED_IN_A_ROW: usize = 12;
const MAX_BATCHES: usize = 2_000;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server's binary.
    pub binary: PathBuf,
    /// What chance follows from.
    pub seed: u64,
}

struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where the process may not mount.
    fn mount(at: &Path) -> Result<Option<Self>, Error> {
        std::fs::create_dir(at)?;
        let size = std::ffi::CString::new(SMALL)?;
        match mount("tmpfs", at, "tmpfs", MountFlags::empty(), size.as_c_str()) {
            Ok(()) => Ok(Some(Self(at.to_path_buf()))),
            Err(Errno::PERM | Errno::ACCESS) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn enlarge(&self) -> Result<(), Error> {
        let size = std::ffi::CString::new(LARGE)?;
        Ok(mount_remount(&self.0, MountFlags::empty(), size.as_c_str())?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whatever still has a file open there keeps it until it ends.
        let _ = unmount(&self.0, UnmountFlags::DETACH);
    }
}

/// Fills the disk, asks and restarts while it is full, and makes room.
pub fn run(options: &Options) -> Result<Report, Error> {
    let mut report = Report::new(format!("full disk, seed {}", options.seed));
    let folder = tempfile::Builder::new().prefix("api-logs-full-").tempdir()?;
    let site = Site::new(&options.binary, folder.path())?;
    let Some(disk) = SmallDisk::mount(&site.data)? else {
        report.note("not tried: a small disk cannot be mounted by this user; the failing disks stand for it");
        return Ok(report);
    };
    let (stage, server) = Stage::on(folder, site, options.seed, Sizes::About(3_000))?;
    let mut dice = Dice::new(options.seed, 1);
    fill(&stage, &stage.client(&server), &mut dice, &mut report)?;
    server.kill()?;
    // A full disk is where people look for what went wrong, so the server has to come up on it.
    let server = stage.site.start()?;
    let client = stage.client(&server);
    report.count("starts on the full disk", 1);
    for account in 0..ACCOUNTS.len() {
        look(&stage, &client, account, &mut report)?;
    }
    fill(&stage, &client, &mut dice, &mut report)?;
    disk.enlarge()?;
    recover(&stage, &client, &mut report)?;
    let care = Care { words: 5, is_every_call_read: true };
    stage.verify(&client, |_| true, care, &mut dice, &mut report)?;
    server.stop()?;
    stage.check(&mut report)?;
    report.count("calls acknowledged", stage.ledger.acknowledged_calls() as u64);
    Ok(report)
}

fn fill(stage: &Stage, client: &crate::client::Client, dice: &mut Dice, report: &mut Report) -> Result<(), Error> {
    let mut refused = 0;
    for _ in 0..MAX_BATCHES {
        let size = dice.between(1, 20);
        let sent = stage.send_new(client, dice.below(ACCOUNTS.len()), size, 0)?;
        judge(&sent.sending, size, report);
        refused = if sent.sending.keeps(size) { 0 } else { refused + 1 };
        if refused == REFUSED_IN_A_ROW {
            return Ok(());
        }
    }
    Err("the small disk does not fill up".into())
}
