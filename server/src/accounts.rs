//! Who may see what: accounts, plans, roles, and the scope that every question to the store carries.

mod plan;
mod role;
mod scope;

pub use plan::{Plan, Plans};
pub use role::Role;
pub use scope::{AccountScope, VisibleBots};

use model::{Access, Bot, Capabilities, Session, Timestamp};

/// An account as the control store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The platform's id.
    pub id: String,
    /// The number that stands for the account in the call store; at most [`Account::MAX_SLOT`].
    pub slot: u32,
    /// The name of its plan.
    pub plan: String,
}

impl Account {
    /// Slots are 20 bits of a row's number.
    pub const MAX_SLOT: u32 = (1 << 20) - 1;
}

/// A person who signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their number in the control store.
    pub member: i64,
    /// The name or e-mail address.
    pub name: String,
    /// What they are in the account.
    pub role: Role,
    /// Their account.
    pub account: Account,
    /// Its plan.
    pub plan: Plan,
    /// The bots a supervisor was invited to.
    pub bots: Vec<Bot>,
}

impl Person {
    /// Whether they may see the logs.
    pub fn access(&self) -> Access {
        if !self.role.may_see_logs() {
            Access::Role
        } else if self.plan.api_logs {
            Access::Granted
        } else {
            Access::Plan
        }
    }

    /// The calls they may see; `Err` says why they may see none.
    pub fn scope(&self) -> Result<AccountScope, Access> {
        match self.access() {
            Access::Granted => Ok(AccountScope::of(
                &self.account,
                self.plan.retention(),
                if self.role.sees_invited_bots_only() {
                    VisibleBots::Only(self.bots.iter().map(|bot| bot.id.clone()).collect())
                } else {
                    VisibleBots::All
                },
            )),
            refused => Err(refused),
        }
    }

    /// What they may do.
    pub fn capabilities(&self) -> Capabilities {
        let is_granted = self.access() == Access::Granted;
        let is_owner = self.role == Role::Owner;
        Capabilities {
            view_logs: is_granted,
            reauthorise: is_granted,
            manage_notifications: is_granted && is_owner,
            manage_plan: is_owner,
            erase: is_granted && is_owner,
        }
    }

    /// What the page is told about them.
    pub fn session(&self, plans: &Plans, support: &str, now: Timestamp) -> Session {
        Session {
            user: self.name.clone(),
            role: self.role.label().to_owned(),
            account: self.account.id.clone(),
            plan: self.plan.label.clone(),
            plan_with_logs: plans.first_with_logs().map(|plan| plan.label.clone()).filter(|_| !self.plan.api_logs),
            access: self.access(),
            capabilities: self.capabilities(),
            bots: self.role.sees_invited_bots_only().then(|| self.bots.iter().map(|bot| bot.name.clone()).collect()),
            retention: self.plan.retention(),
            support: support.to_owned(),
            time_zone: None,
            now,
        }
    }
}
