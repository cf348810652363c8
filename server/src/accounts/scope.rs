//! The scope of a question.

use std::collections::BTreeSet;

use model::{Outcome, Retention, Timestamp};

use super::Account;

/// Whose calls a question is about: an account, the bots of it that may be seen, and how long calls are kept.
///
/// Only signing in and ingest keys make one, and every method of the store demands one: a question without a scope
/// cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountScope {
    slot: u32,
    retention: Retention,
    bots: VisibleBots,
}

/// The bots of an account that may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisibleBots {
    /// Every bot, and calls without one.
    All,
    /// These, by id.
    Only(BTreeSet<String>),
}

impl VisibleBots {
    /// Whether calls of this bot may be seen.
    pub fn shows(&self, bot: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Only(visible) => bot.is_some_and(|id| visible.contains(id)),
        }
    }
}

impl AccountScope {
    pub(super) fn of(account: &Account, retention: Retention, bots: VisibleBots) -> Self {
        Self { slot: account.slot, retention, bots }
    }

    /// The scope of a program that sends calls for an account: it sees nothing, but what it sends belongs there.
    pub fn for_ingest(account: &Account, retention: Retention) -> Self {
        Self::of(account, retention, VisibleBots::All)
    }

    /// The account's number in the call store.
    pub const fn slot(&self) -> u32 {
        self.slot
    }

    /// The bots that may be seen.
    pub const fn bots(&self) -> &VisibleBots {
        &self.bots
    }

    /// How long calls are kept.
    pub const fn retention(&self) -> Retention {
        self.retention
    }

    /// The oldest moment of which calls with this outcome are still kept, to the second and below.
    pub fn kept_since(&self, outcome: &Outcome, now: Timestamp) -> Timestamp {
        now.minus_millis(self.retention.millis_for(outcome))
    }
}
