//! `api-logs sign-in`

use std::process::ExitCode;

use clap::Args;
use model::{Bot, LogQuery};

use super::{CliError, Common, make_data_dir, say, tell};
use crate::accounts::{Account, AccountScope, Role};
use crate::clock::Clock;
use crate::control::{Control, Invitation};
use crate::settings::Settings;
use crate::store::CallStore;
use crate::store::sqlite::{Limits, SqliteStore};

/// Print a link that signs a person in once.
#[derive(Args)]
pub struct SignIn {
    /// The account; made where it is not there yet.
    #[arg(long, value_name = "ID")]
    account: String,
    /// What the person is: owner, supervisor, `bot_builder`, executive or agent.
    #[arg(long)]
    role: Role,
    /// The person's name; where they have no e-mail address, it is by this that they are known.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// The person's e-mail address, by which they are known.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The bots a supervisor sees, by id or name, with commas between them.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    bots: Vec<String>,
    /// The account's plan; an account that is made gets one with every feature where none is named.
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,
}

impl SignIn {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let settings = common.settings(Vec::new())?;
        make_data_dir(&settings)?;
        let control = Control::open(&settings.data_dir)?;
        let account = account(&control, &settings, &self.account, self.plan.as_deref())?;
        let bots = if self.bots.is_empty() {
            Vec::new()
        } else {
            let store =
                SqliteStore::open(&settings.data_dir, Clock::System, settings.plans.clone(), Limits::default())?;
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            runtime.block_on(bots_named(&store, &account, &settings, &self.bots))?
        };
        let invitation = Invitation { account: account.id, role: self.role, name: self.user, email: self.email, bots };
        let invited = control.invite(&invitation, Clock::System.now())?;
        if let Some(before) = invited.before {
            tell(format_args!(
                "{} was {before} until now; that changes at once, where they are signed in too",
                invited.name
            ));
        }
        let public_url = control.public_url()?.unwrap_or(settings.public_url);
        say(link(&public_url, &invited.token));
        Ok(ExitCode::SUCCESS)
    }
}

/// The account with this id, made where there is none; on this plan, where one is named.
pub fn account(control: &Control, settings: &Settings, id: &str, plan: Option<&str>) -> Result<Account, CliError> {
    let id = id.trim();
    if id.is_empty() {
        return Err("an account needs an id".into());
    }
    let named = match plan {
        Some(name) => Some(
            settings
                .plans
                .get(name)
                .ok_or_else(|| format!("there is no plan {name}; the plans are {}", settings.plans.names()))?,
        ),
        None => None,
    };
    let default = settings.plans.first_with_logs().ok_or("no plan of the settings includes API Logs")?;
    let mut account = control.ensure_account(id, &named.unwrap_or(default).name)?;
    if let Some(plan) = named
        && plan.name != account.plan
    {
        control.set_plan(id, &plan.name)?;
        account.plan.clone_from(&plan.name);
    }
    Ok(account)
}

/// The address that a link's token belongs to.
pub fn link(public_url: &str, token: &str) -> String {
    format!("{public_url}sign-in?token={token}")
}

/// The bots that words name, by id or by the name they have in the account's calls. A word that is neither is taken
/// for the id of a bot that has made no call yet.
pub async fn bots_named(
    store: &dyn CallStore,
    account: &Account,
    settings: &Settings,
    words: &[String],
) -> Result<Vec<Bot>, CliError> {
    let scope = AccountScope::for_ingest(account, settings.plans.of(&account.plan).retention());
    let known = store.facets(&scope, &LogQuery::default()).await?.facets.bot;
    let bots = words.iter().map(|word| {
        let named = known
            .iter()
            .find(|bot| bot.value == *word)
            .or_else(|| known.iter().find(|bot| bot.label.eq_ignore_ascii_case(word)));
        match named {
            Some(bot) => Bot { id: bot.value.clone(), name: bot.label.clone() },
            None => Bot { id: word.clone(), name: word.clone() },
        }
    });
    Ok(bots.collect())
}
