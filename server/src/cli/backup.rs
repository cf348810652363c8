//! `api-logs backup`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{CliError, Common, make_private_dir, say, tell};
use crate::clock::Clock;
use crate::control::Control;
use crate::store::sqlite::{self, BackupReport};

/// Copy everything a stopped or running server keeps into a folder.
///
/// The folder is a data folder of its own: restoring is serving it, or a copy of it. A second run copies what has
/// changed since, and goes on where a first one was broken off.
#[derive(Args)]
pub struct Backup {
    /// The folder the backup lies in; made where there is none.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

impl Backup {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let settings = common.settings(Vec::new())?;
        if !settings.data_dir.join("control.db").try_exists()? {
            return Err(format!("there is no store in {}", settings.data_dir.display()).into());
        }
        make_private_dir(&self.to)
            .map_err(|error| format!("the folder {} cannot be made: {error}", self.to.display()))?;
        if settings.data_dir.canonicalize()? == self.to.canonicalize()? {
            return Err("the backup would overwrite what it copies; name another folder".into());
        }
        let retention = settings.plans.longest_retention();
        let mut report =
            sqlite::back_up(&settings.data_dir, &self.to, retention, Clock::System.now(), &mut |line| tell(line))?;
        // Last: whichever account a copied call belongs to is then in it. Without it, a new account could be given the
        // place of one that is missing, and with it the other's calls.
        match Control::open(&settings.data_dir)?.back_up(&self.to) {
            Ok(bytes) => {
                tell(format_args!("control.db: copied, {} KiB", bytes.div_ceil(1_024)));
                report.copied += 1;
                report.bytes += bytes;
            }
            Err(error) => report.faults.push(format!("control.db: {error}")),
        }
        for fault in &report.faults {
            tell(format_args!("FAULT {fault}"));
        }
        let BackupReport { copied, bytes, unchanged, removed, faults } = &report;
        say(format_args!(
            "{copied} files copied ({} KiB), {unchanged} unchanged, {removed} expired and removed, {} faults",
            bytes.div_ceil(1_024),
            faults.len()
        ));
        Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
