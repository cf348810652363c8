//! `api-logs check`

use std::process::ExitCode;

use super::{CliError, Common, say};
use crate::control::Control;
use crate::store::sqlite;

/// Verifies every file.
pub(super) fn run(common: &Common) -> Result<ExitCode, CliError> {
    let settings = common.settings(Vec::new())?;
    if !settings.data_dir.join("control.db").try_exists()? {
        return Err(format!("there is no store in {}", settings.data_dir.display()).into());
    }
    let mut report = sqlite::check(&settings.data_dir)?;
    match Control::open(&settings.data_dir).and_then(|control| control.faults()) {
        Ok(faults) => report.faults.extend(faults.into_iter().map(|fault| format!("control.db: {fault}"))),
        Err(error) => report.faults.push(format!("control.db: {error}")),
    }
    for fault in &report.faults {
        say(format_args!("FAULT {fault}"));
    }
    say(format_args!("{} files, {} calls, {} faults", report.files + 1, report.calls, report.faults.len()));
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
