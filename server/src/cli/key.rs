//! `api-logs key`

use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, Common, make_data_dir, say, sign_in};
use crate::clock::Clock;
use crate::control::Control;

/// Ingest keys.
#[derive(Subcommand)]
pub enum Key {
    /// Make a key with which a program may send calls for an account, and print it once.
    Create {
        /// The account; made where it is not there yet.
        #[arg(long, value_name = "ID")]
        account: String,
    },
}

impl Key {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let Self::Create { account } = self;
        let settings = common.settings(Vec::new())?;
        make_data_dir(&settings)?;
        let control = Control::open(&settings.data_dir)?;
        let account = sign_in::account(&control, &settings, &account, None)?;
        say(control.create_key(&account, Clock::System.now())?);
        Ok(ExitCode::SUCCESS)
    }
}
