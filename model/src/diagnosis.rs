//! What a call tells about itself: why it failed and who must act, what is odd about its request, how it differs from
//! the last success of its node, and which other calls failed like it.

use serde::{Deserialize, Serialize};

use crate::token::token_enum;
use crate::{CallId, Notice, Timestamp};

/// What can be said of a call beyond what was stored of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// Why it failed, also where its answer says that it succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// What of the request was probably not meant so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

token_enum! {
    /// Who has to do something.
    pub enum Actor {
        /// Who builds the bot: its nodes, its variables, what it sends.
        BotBuilder = "bot_builder",
        /// Who can sign in to the account behind the connection, or has its key.
        ConnectionOwner = "connection_owner",
        /// Who runs the other system.
        Provider = "provider",
        /// Who runs the system that called us.
        Caller = "caller",
        /// Nobody: it passes by itself.
        Nobody = "nobody",
        /// Who runs the bot platform.
        Platform = "platform",
    }
}

/// Why a call failed, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The rule that knows it; stable: `google.not_shared`.
    pub rule: String,
    /// What happened, in one sentence.
    pub title: String,
    /// What that means.
    pub explanation: String,
    /// Who must act.
    pub actor: Actor,
    /// The same in words.
    pub who: String,
    /// What they must do.
    pub action: String,
    /// How we know.
    pub evidence: Vec<Evidence>,
    /// Whether the response code says that the call succeeded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub says_success: bool,
}

/// A piece of a call that shows why it failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `response.body`, `response.headers`, `request.headers`, `failure` or `script`.
    pub part: String,
    /// Where in it: a JSON pointer or the name of a header; empty where the part is all there is to say.
    pub name: String,
    /// The place in words: `Line 5 of the response`.
    pub place: String,
    /// What stands there, cut to a few hundred characters.
    pub text: String,
    /// Its line in the pretty form of a JSON body, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Its line in a body as it came, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_line: Option<u32>,
}

token_enum! {
    /// What is odd about a value of a request.
    pub enum FindingKind {
        /// A variable that was not filled in: `{{order.id}}`.
        Unresolved = "unresolved",
        /// A value that is empty.
        Empty = "empty",
        /// The word `null`, `undefined`, `NaN` or `[object Object]` where a value was meant.
        NoValue = "no_value",
        /// Two slashes in a path: what belongs between them is empty.
        DoubledSlash = "doubled_slash",
    }
}

/// Something about a request that was probably not meant so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is odd.
    pub kind: FindingKind,
    /// `request.url`, `request.query`, `request.headers` or `request.body`.
    pub part: String,
    /// Where in it: the name of a parameter, a header or a field, or a JSON pointer; empty for the path of a URL.
    pub name: String,
    /// What stands there, cut to a few hundred characters.
    pub text: String,
    /// All of that in a sentence.
    pub sentence: String,
    /// Its line in the pretty form of a JSON body, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// How a call differs from the newest earlier success of its node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The success.
    pub success: CallId,
    /// When it was made.
    pub success_at: Timestamp,
    /// Whether it can be looked at itself: not where it is older than successes are kept.
    pub is_open: bool,
    /// When the node first failed after it.
    #[serde(default)]
    pub first_failing_at: Option<Timestamp>,
    /// What to make of it, in a sentence.
    pub summary: String,
    /// The parts of the two calls, in order.
    pub parts: Vec<PartComparison>,
    /// How many values differ as they do from call to call: ids, times, tokens.
    pub ignored: u32,
    /// Whether something was too large to be compared to its end.
    pub partial: bool,
}

/// How a part of two calls differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartComparison {
    /// `status`, `request.method`, `request.url`, `request.query`, `request.headers`, `request.body`,
    /// `response.headers`, `response.body`, `script.source` or `script.before`.
    pub part: String,
    /// The name people read.
    pub label: String,
    /// What differs; nothing where the parts are the same but for values that differ from call to call.
    pub differences: Vec<Difference>,
    /// How many further differences are not listed.
    pub more: u32,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Where: the name of a parameter or header, or a JSON pointer; empty where the part is one value.
    pub name: String,
    /// What the success had there, cut to a few hundred characters; `None` where it had nothing.
    pub was: Option<String>,
    /// What the call has there.
    pub now: Option<String>,
}

/// Which calls failed like this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Similar {
    /// What they have in common, in words: `Google Sheets answered 403, PERMISSION_DENIED`.
    pub what: String,
    /// The filter that finds them, as a query string.
    pub query: String,
    /// How many they are.
    pub calls: u64,
    /// When the first of them was made.
    #[serde(default)]
    pub first: Option<Timestamp>,
    /// When the last of them was made.
    #[serde(default)]
    pub last: Option<Timestamp>,
    /// The bots that made them.
    pub bots: Affected,
    /// The nodes that made them.
    pub nodes: Affected,
    /// The end users in whose conversations they were made.
    pub users: Affected,
    /// Whether counting was cut short or a day could not be read.
    pub partial: bool,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// Who or what is affected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// How many there are.
    pub count: u64,
    /// Those with the most calls.
    pub most: Vec<Share>,
}

/// One of those affected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The name people read.
    pub label: String,
    /// Its calls.
    pub count: u64,
    /// The filter that finds them, as a query string.
    pub query: String,
}

impl Diagnosis {
    /// Nothing, where there is nothing to say.
    pub fn unless_empty(self) -> Option<Self> {
        (self.cause.is_some() || !self.findings.is_empty()).then_some(self)
    }
}
