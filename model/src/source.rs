//! Where a call was made.

use crate::token::token_enum;

token_enum! {
    /// The kind of place that made a call.
    pub enum SourceKind {
        /// A node of a path in a bot flow.
        BotFlow = "bot_flow",
        /// An agent who tried the integration in the Conversations Inbox.
        Inbox = "inbox",
        /// An API Trigger.
        ApiTrigger = "api_trigger",
        /// The platform itself.
        Platform = "platform",
    }
}

impl SourceKind {
    /// The name people read.
    pub fn label(&self) -> &str {
        match self {
            Self::BotFlow => "Bot flow",
            Self::Inbox => "Conversations Inbox",
            Self::ApiTrigger => "API Trigger",
            Self::Platform => "Platform",
            Self::Other(word) => word,
        }
    }
}
