//! Roles of the host platform.

use std::str::FromStr;

/// What a person is in their account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Has everything; one per account.
    Owner,
    /// Sees the bots they were invited to.
    Supervisor,
    /// Sees every bot.
    BotBuilder,
    /// Sees nothing here.
    Executive,
    /// Sees nothing here.
    Agent,
}

/// Not a role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is owner, supervisor, bot_builder, executive or agent, not {0}")]
pub struct NotARole(String);

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Supervisor, Self::BotBuilder, Self::Executive, Self::Agent];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Supervisor => "supervisor",
            Self::BotBuilder => "bot_builder",
            Self::Executive => "executive",
            Self::Agent => "agent",
        }
    }

    /// The name people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Supervisor => "Supervisor",
            Self::BotBuilder => "Bot Builder",
            Self::Executive => "Executive",
            Self::Agent => "Agent",
        }
    }

    /// Whether the role may see API Logs at all.
    pub const fn may_see_logs(self) -> bool {
        matches!(self, Self::Owner | Self::Supervisor | Self::BotBuilder)
    }

    /// Whether the role sees only the bots it was invited to.
    pub const fn sees_invited_bots_only(self) -> bool {
        matches!(self, Self::Supervisor)
    }
}

impl FromStr for Role {
    type Err = NotARole;

    fn from_str(word: &str) -> Result<Self, NotARole> {
        Self::ALL.into_iter().find(|role| role.as_str() == word).ok_or_else(|| NotARole(word.to_owned()))
    }
}
