//! `api-logs config`

use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, Common, say};

/// The settings, as the server would read them from the file, the environment and the flags.
#[derive(Subcommand)]
pub enum Config {
    /// Say everything that is wrong with them; fails where something is.
    Check,
    /// Print every setting that has a value, secrets hidden.
    Print,
}

impl Config {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let settings = common.settings(Vec::new())?;
        match self {
            Self::Check => say("the settings can be used"),
            Self::Print => say(settings.to_toml().trim_end()),
        }
        Ok(ExitCode::SUCCESS)
    }
}
