//! `api-logs erase` and `api-logs audit`

use std::process::ExitCode;

use clap::Args;
use model::CallId;

use super::{CliError, Common, account, hold_alone, say, tell};
use crate::accounts::{Account, AccountScope};
use crate::clock::Clock;
use crate::control::{Action, Actor, AuditEntry, Control};
use crate::store::sqlite::{Limits, SqliteStore};
use crate::store::{CallStore, ErasureTarget};

/// Erase the bodies of one call, or of all calls of an end user, from a store that no server is running on.
///
/// Erased are request and response bodies, the query of the URL, values of headers, a script's text, variables, result
/// and error message, and what was said of a failure; whatever was derived from them goes as well. That there was a call
/// stays. Backups that were made before still hold them.
#[derive(Args)]
pub struct Erase {
    /// The account.
    #[arg(long, value_name = "ID")]
    account: String,
    #[command(flatten)]
    target: Target,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Target {
    /// One call.
    #[arg(long, value_name = "ID")]
    call: Option<CallId>,
    /// All calls of an end user, by the channel's id.
    #[arg(long, value_name = "ID", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    end_user: Option<String>,
}

impl Erase {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let settings = common.settings(Vec::new())?;
        let (control, account) = known_account(common, &self.account)?;
        let target = match (self.target.call, self.target.end_user) {
            (Some(id), _) => ErasureTarget::Call(id),
            (_, Some(id)) => ErasureTarget::EndUser(control.ids_of_end_user(&account.id, &id)?),
            _ => return Err("name a call or an end user".into()),
        };
        let _alone = hold_alone(&settings)?.ok_or_else(|| {
            format!(
                "a server is running on {}: ask it (the Owner may send DELETE api/v1/calls/ID/bodies or \
                 api/v1/end-users/ID/bodies), or stop it first",
                settings.data_dir.display()
            )
        })?;
        let clock = Clock::System;
        let entry = control.begin_audit(&account.id, &Actor::CommandLine, &Action::erasing(&target), clock.now())?;
        let scope = AccountScope::for_ingest(&account, settings.plans.of(&account.plan).retention());
        let store = SqliteStore::open(&settings.data_dir, clock, settings.plans.clone(), Limits::default())?;
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let erased = runtime.block_on(async {
            let erased = store.erase(&scope, &target).await;
            store.close().await;
            erased
        })?;
        control.finish_audit(entry, erased.calls)?;
        if erased.found == 0 {
            let whom =
                if matches!(target, ErasureTarget::Call(_)) { "no such call" } else { "no call of that end user" };
            tell(format_args!("there is {whom} in the account {}", account.id));
        }
        say(format_args!("erased the bodies of {} calls", erased.calls));
        if !erased.is_complete {
            tell("no answer shows them any more, but files still hold remains: run this again");
        }
        Ok(if erased.is_complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Print who erased what, newest first.
#[derive(Args)]
pub struct Audit {
    /// The account.
    #[arg(long, value_name = "ID")]
    account: String,
}

/// Audit entries that are read at once.
const PAGE: usize = 500;

impl Audit {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let (control, account) = known_account(common, &self.account)?;
        let mut before = None;
        loop {
            let entries = control.audit(&account.id, before, PAGE)?;
            for entry in &entries {
                say(in_words(entry));
            }
            match entries.last() {
                Some(last) => before = Some(last.id),
                None => return Ok(ExitCode::SUCCESS),
            }
        }
    }
}

fn in_words(entry: &AuditEntry) -> String {
    let who = match &entry.actor {
        Actor::Member { name } => name,
        Actor::CommandLine => "command line",
    };
    let what = match &entry.action {
        Action::EraseCall { call } => format!("erased the bodies of call {call}"),
        Action::EraseEndUser { end_user } => format!("erased the bodies of end user {end_user}"),
    };
    let calls = match entry.calls {
        Some(1) => "1 call".to_owned(),
        Some(calls) => format!("{calls} calls"),
        None => "unfinished".to_owned(),
    };
    // One entry a line, whatever a name or an id holds.
    format!("{}  {who}  {what}  {calls}", entry.at).replace(char::is_control, " ")
}

fn known_account(common: &Common, id: &str) -> Result<(Control, Account), CliError> {
    let control = account::open(common)?;
    let account = control.account(id)?.ok_or_else(|| format!("there is no account {id}"))?;
    Ok((control, account))
}
