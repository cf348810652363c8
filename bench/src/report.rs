//! What was measured, for people and for programs.

mod markdown;

use std::fs;
use std::path::{Path, PathBuf};

use model::Timestamp;
use serde::Serialize;

use crate::Error;
use crate::machine::Machine;
use crate::run::Run;

/// Everything that was measured.
#[derive(Serialize)]
pub struct Report {
    /// When.
    pub at: Timestamp,
    /// On what.
    pub machine: Machine,
    /// Calls in a batch.
    pub batch: usize,
    /// Batches on their way at the same time.
    pub connections: usize,
    /// Part by part.
    pub runs: Vec<Run>,
}

impl Report {
    /// Writes `<date>.json` into the folder, over an earlier one of the same day.
    pub fn write(&self, folder: &Path) -> Result<PathBuf, Error> {
        let date: String = self.at.to_string().chars().take(10).collect();
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{date}.json"));
        fs::write(&path, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(path)
    }

    /// What all tables are about.
    pub fn head(&self) -> String {
        format!("{}\nbatches of {} calls, zstd, {} connections\n", self.machine.line(), self.batch, self.connections)
    }
}
