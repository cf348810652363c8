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
    /// Revoke a key, also of a running server: calls that are sent with it are refused from now on.
    Revoke {
        /// The key, as it was printed.
        #[arg(value_name = "KEY")]
        key: String,
    },
}

impl Key {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let settings = common.settings(Vec::new())?;
        make_data_dir(&settings)?;
        let control = Control::open(&settings.data_dir)?;
        match self {
            Self::Create { account } => {
                let account = sign_in::account(&control, &settings, &account, None)?;
                say(control.create_key(&account, Clock::System.now())?);
            }
            Self::Revoke { key } => {
                let account = control.revoke_key(key.trim())?.ok_or("there is no such key, or not any more")?;
                say(format_args!("revoked a key of the account {account}"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
