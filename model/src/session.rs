//! Who is looking, and what they may do.

use serde::{Deserialize, Serialize};

use crate::{Outcome, Timestamp};

crate::token::token_enum! {
    /// Whether the logs may be seen, and if not, why.
    pub enum Access {
        /// They may.
        Granted = "granted",
        /// The role may not.
        Role = "role",
        /// The account's plan does not include them.
        Plan = "plan",
    }
}

/// What the person may do. The page asks these, never the role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// See the calls.
    pub view_logs: bool,
    /// Reauthorise connections.
    pub reauthorise: bool,
    /// Decide who is mailed.
    pub manage_notifications: bool,
    /// Decide about the plan.
    pub manage_plan: bool,
    /// Erase the bodies of calls, and read who erased what.
    #[serde(default)]
    pub erase: bool,
}

/// How long calls are kept, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Calls that succeeded.
    pub success_seconds: u64,
    /// Calls that failed.
    pub error_seconds: u64,
}

impl Retention {
    /// Seven days for every call, thirty for failing ones.
    pub const STANDARD: Self = Self { success_seconds: 7 * 86_400, error_seconds: 30 * 86_400 };

    /// How long a call with this outcome is kept, in milliseconds.
    pub fn millis_for(self, outcome: &Outcome) -> i64 {
        let seconds = if *outcome == Outcome::Success { self.success_seconds } else { self.error_seconds };
        i64::try_from(seconds).unwrap_or(i64::MAX / 1_000).saturating_mul(1_000)
    }

    /// The longest time any call is kept, in milliseconds.
    pub fn longest_millis(self) -> i64 {
        self.millis_for(&Outcome::Success).max(self.millis_for(&Outcome::Error))
    }
}

/// The answer to `GET session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The person's name or e-mail address.
    pub user: String,
    /// The role as people read it, for display only.
    pub role: String,
    /// The account's id.
    pub account: String,
    /// The account's plan as people read it.
    pub plan: String,
    /// The plan to have where this one lacks API Logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_with_logs: Option<String>,
    /// Whether the logs may be seen.
    pub access: Access,
    /// What the person may do.
    pub capabilities: Capabilities,
    /// The names of the bots a supervisor sees; absent for those who see all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bots: Option<Vec<String>>,
    /// How long calls are kept.
    pub retention: Retention,
    /// Where to turn to for help.
    pub support: String,
    /// The account's time zone by its IANA name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The server's time, so that a wrong clock on the reader's side shows no wrong ages.
    pub now: Timestamp,
}
