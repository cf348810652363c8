//! Plans of the host platform.

use model::Retention;
use serde::{Deserialize, Serialize};

const DAY_SECONDS: u64 = 86_400;

/// What an account pays for, as far as API Logs cares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The word the platform uses.
    pub name: String,
    /// The name people read.
    pub label: String,
    /// Whether it includes API Logs.
    pub api_logs: bool,
    /// Days for which every call is kept.
    #[serde(default = "seven")]
    pub success_days: u32,
    /// Days for which failing calls are kept.
    #[serde(default = "thirty")]
    pub error_days: u32,
}

const fn seven() -> u32 {
    7
}

const fn thirty() -> u32 {
    30
}

impl Plan {
    /// How long its calls are kept.
    pub fn retention(&self) -> Retention {
        Retention {
            success_seconds: u64::from(self.success_days) * DAY_SECONDS,
            error_seconds: u64::from(self.error_days) * DAY_SECONDS,
        }
    }
}

/// The plans there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans(Vec<Plan>);

impl Plans {
    /// The plans of the settings.
    pub fn new(plans: Vec<Plan>) -> Self {
        Self(plans)
    }

    /// All of them, in the order of the settings.
    pub fn all(&self) -> &[Plan] {
        &self.0
    }

    /// A plan by its name.
    pub fn get(&self, name: &str) -> Option<&Plan> {
        self.0.iter().find(|plan| plan.name == name)
    }

    /// The first plan that includes API Logs: what an account without a named plan gets, and what people are told.
    pub fn first_with_logs(&self) -> Option<&Plan> {
        self.0.iter().find(|plan| plan.api_logs)
    }

    /// The plan of an account. A plan that is no longer in the settings gives nothing.
    pub fn of(&self, name: &str) -> Plan {
        self.get(name).cloned().unwrap_or_else(|| Plan {
            name: name.to_owned(),
            label: name.to_owned(),
            api_logs: false,
            success_days: seven(),
            error_days: thirty(),
        })
    }

    /// The longest any plan keeps a call, for dropping whole days of the store.
    pub fn longest_retention(&self) -> Retention {
        let longest = |of: fn(&Retention) -> u64, least: u64| {
            self.0.iter().map(Plan::retention).map(|retention| of(&retention)).fold(least, u64::max)
        };
        Retention {
            success_seconds: longest(|retention| retention.success_seconds, Retention::STANDARD.success_seconds),
            error_seconds: longest(|retention| retention.error_seconds, Retention::STANDARD.error_seconds),
        }
    }

    /// The names, for messages.
    pub fn names(&self) -> String {
        self.0.iter().map(|plan| plan.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self(vec![
            Plan {
                name: "starter".to_owned(),
                label: "Starter".to_owned(),
                api_logs: false,
                success_days: 7,
                error_days: 30,
            },
            Plan {
                name: "business".to_owned(),
                label: "Business".to_owned(),
                api_logs: true,
                success_days: 7,
                error_days: 30,
            },
        ])
    }
}
