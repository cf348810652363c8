//! `api-logs account`

use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, Common, say};
use crate::control::Control;

/// What is set for an account.
#[derive(Subcommand)]
pub enum Account {
    /// Change it.
    Set {
        /// The account.
        #[arg(long, value_name = "ID")]
        account: String,
        /// Whether e-mail addresses and phone numbers are hidden in its calls before they are stored; then nobody can
        /// search for them any more.
        #[arg(long, value_name = "true|false", action = clap::ArgAction::Set, required_unless_present = "time_zone")]
        hide_contacts: Option<bool>,
        /// The time zone that its people can have times shown in, by its IANA name, such as Europe/Berlin; an empty name
        /// for none.
        #[arg(long, value_name = "NAME")]
        time_zone: Option<String>,
    },
    /// Print it.
    Show {
        /// The account.
        #[arg(long, value_name = "ID")]
        account: String,
    },
}

impl Account {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (Self::Set { account, .. } | Self::Show { account }) = &self;
        let control = open(common)?;
        let found = control.account(account)?.ok_or_else(|| format!("there is no account {account}"))?;
        if let Self::Set { hide_contacts, time_zone, .. } = &self {
            if let Some(name) = time_zone {
                control.set_time_zone(&found.id, Some(name.as_str()).filter(|name| !name.is_empty()))?;
            }
            if let Some(hides) = *hide_contacts {
                control.hide_contacts(&found.id, hides)?;
            }
        }
        say(format_args!("account        {}", found.id));
        say(format_args!("plan           {}", found.plan));
        say(format_args!("hide-contacts  {}", control.hides_contacts(&found.id)?));
        say(format_args!("time-zone      {}", control.time_zone(&found.id)?.as_deref().unwrap_or("none")));
        Ok(ExitCode::SUCCESS)
    }
}

/// The control store of a data folder that is there already.
pub(super) fn open(common: &Common) -> Result<Control, CliError> {
    let settings = common.settings(Vec::new())?;
    if !settings.data_dir.join("control.db").try_exists()? {
        return Err(format!("there is no store in {}", settings.data_dir.display()).into());
    }
    Ok(Control::open(&settings.data_dir)?)
}
