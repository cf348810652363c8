//! The call record, as the platform sends it.

use serde::{Deserialize, Serialize};

use crate::json::RawJson;
use crate::{Application, CallId, Method, Outcome, SourceKind, StatusCode, Timestamp};

/// Header names and values in the order in which they were sent; a name may come twice.
pub type Headers = Vec<(String, String)>;

/// One call: a request and what came of it, or a run of a script node.
///
/// Exactly one of `response`, `failure` and `script` says how it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Chosen by the platform; the same id again is a duplicate, never a second call.
    pub id: CallId,
    /// When the call was made.
    pub timestamp: Timestamp,
    /// From sending to the last byte, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// The bot on whose behalf; the platform's own calls may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<Bot>,
    /// Where it was made.
    pub source: Source,
    /// The end user in whose conversation it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<EndUser>,
    /// The conversation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// The connection whose credentials it used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// What it talked to.
    pub application: Application,
    /// What was sent; a script has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// What came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// Why nothing came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// A run of a script node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<Script>,
}

impl Call {
    /// How the call ended.
    pub fn outcome(&self) -> Outcome {
        let refused = self.response.as_ref().is_some_and(|response| response.status.0 >= 400);
        let stopped = self.script.as_ref().is_some_and(|script| script.error.is_some());
        if self.failure.is_some() {
            Outcome::NoResponse
        } else if refused || stopped {
            Outcome::Error
        } else {
            Outcome::Success
        }
    }
}

/// A bot, with the name it had when the call was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bot {
    /// The platform's id.
    pub id: String,
    /// The name at the time of the call.
    pub name: String,
}

/// Where a call was made: bot -> path -> node, an agent in the inbox, or the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The kind of place.
    pub kind: SourceKind,
    /// The path of the bot flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<Path>,
    /// The node of that path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<Node>,
    /// The agent who tried the integration in the Conversations Inbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
}

/// A path of a bot flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// The platform's id.
    pub id: String,
    /// The name at the time of the call.
    pub name: String,
}

/// A node of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The platform's id.
    pub id: String,
    /// The name at the time of the call.
    pub name: String,
    /// What the node does, in the platform's word: `json_api`, `script`, ...
    #[serde(rename = "type", default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

/// An agent of the Conversations Inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The agent's e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Agent {
    /// The name, or else the e-mail address, or else a word that says neither is known.
    pub fn label(&self) -> &str {
        let known = |text: &'_ &str| !text.trim().is_empty();
        self.name.as_deref().filter(known).or(self.email.as_deref().filter(known)).unwrap_or("An agent")
    }
}

/// The end user of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndUser {
    /// The channel's id of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The attribute `{{user.user_name}}`; may be empty or a phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl EndUser {
    /// An end user of whom an empty id or name is not known.
    pub fn new(id: Option<String>, name: Option<String>) -> Self {
        let known = |text: &String| !text.is_empty();
        Self { id: id.filter(known), name: name.filter(known) }
    }

    /// The name, or else the channel's id, or else `Anonymous`.
    pub fn label(&self) -> &str {
        let known = |text: &'_ &str| !text.trim().is_empty();
        self.name.as_deref().filter(known).or(self.id.as_deref().filter(known)).unwrap_or("Anonymous")
    }
}

/// A request as it was sent, secrets hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The request type.
    pub method: Method,
    /// The whole URL.
    #[serde(default)]
    pub url: String,
    /// The headers in the order sent.
    #[serde(default)]
    pub headers: Headers,
    /// The body: absent when it was not captured, `""` when it was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `base64` when the body is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// A response as it came, secrets hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The status code.
    pub status: StatusCode,
    /// The headers in the order they came.
    #[serde(default)]
    pub headers: Headers,
    /// The body: absent when it was not captured, `""` when it was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `base64` when the body is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

crate::token::token_enum! {
    /// Why no response came.
    pub enum FailureKind {
        /// The host's name could not be resolved.
        Dns = "dns",
        /// No connection could be made.
        Connect = "connect",
        /// The connection was not trusted.
        Tls = "tls",
        /// The answer did not come in time.
        Timeout = "timeout",
        /// Anything else.
        Unknown = "other",
    }
}

/// Why no response came, in the platform's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind of failure.
    pub kind: FailureKind,
    /// What the platform's HTTP client said.
    #[serde(default)]
    pub message: String,
}

/// A run of a script node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// The script's text, where the platform sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The variables before the run: a JSON object, kept as text so that order and large numbers survive.
    #[serde(default)]
    pub before: RawJson,
    /// The variables after the run.
    #[serde(default)]
    pub after: RawJson,
    /// What stopped it.
    #[serde(default)]
    pub error: Option<ScriptError>,
    /// What it returned.
    #[serde(default)]
    pub result: RawJson,
}

/// The error that stopped a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptError {
    /// The runtime's message.
    pub message: String,
    /// The line, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}
