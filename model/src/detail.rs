//! One whole call, as it is answered.

use serde::{Deserialize, Serialize};

use crate::{
    Application, Bot, CallId, EndUser, Failure, Headers, Method, Outcome, RawJson, Response, Script, Source, Timestamp,
};

/// The whole call: everything that was stored, and what the server adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallDetail {
    /// The call's id.
    pub id: CallId,
    /// When it was made.
    pub timestamp: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub duration_ms: Option<u64>,
    /// On whose behalf.
    #[serde(default)]
    pub bot: Option<Bot>,
    /// Where it was made.
    pub source: Source,
    /// In whose conversation.
    #[serde(default)]
    pub user: Option<EndUser>,
    /// Which conversation.
    #[serde(default)]
    pub conversation_id: Option<String>,
    /// With whose credentials.
    #[serde(default)]
    pub connection_id: Option<String>,
    /// What it talked to.
    pub application: Application,
    /// What was sent.
    #[serde(default)]
    pub request: Option<RequestDetail>,
    /// What came back.
    #[serde(default)]
    pub response: Option<Response>,
    /// Why nothing came back.
    #[serde(default)]
    pub failure: Option<Failure>,
    /// A run of a script node.
    #[serde(default)]
    pub script: Option<Script>,
    /// What was hidden before the call was stored.
    #[serde(default)]
    pub redactions: Vec<Redaction>,
    /// What was cut before the call was stored.
    #[serde(default)]
    pub truncated: Vec<Truncation>,
    /// Bodies that were not kept, because they are not text.
    #[serde(default)]
    pub omitted: Vec<Omission>,
    /// What was erased after the call was stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Erasure>,
    /// When the call will no longer be kept.
    pub expires_at: Timestamp,
    /// Whether the call is older than successes are kept, and stays as the newest success of its node.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept_beyond_retention: bool,
    /// A [`Diagnosis`](crate::Diagnosis) as JSON: why it failed and what is odd about its request; absent where there is
    /// nothing to say. It is read where it is shown, and passed on as it is everywhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<RawJson>,
}

/// A request with the command that repeats it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDetail {
    /// The request type.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers in the order sent.
    pub headers: Headers,
    /// The body: `None` when it was not captured, empty when it was empty.
    #[serde(default)]
    pub body: Option<String>,
    /// `base64` when the body is not text.
    #[serde(default)]
    pub encoding: Option<String>,
    /// The request as a curl command for a POSIX shell; absent where there is no URL to call.
    #[serde(default)]
    pub curl: Option<String>,
}

/// How many values of one kind were hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// What they were: `authorization`, `cookie`, `token`, ...
    pub kind: String,
    /// How many.
    pub count: u32,
}

/// A part that was cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truncation {
    /// `request.body` or `response.body`.
    pub part: String,
    /// Its size in bytes before the cut.
    pub original_bytes: u64,
}

/// A body that was not kept, because it is not text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Omission {
    /// `request.body` or `response.body`.
    pub part: String,
    /// What the headers say it is: `image/png`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A part that was erased after the call was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// `request.url` (its query), `request.body`, `response.body`, `failure.message`, `script.source`, `script.before`,
    /// `script.after`, `script.result` or `script.error` (its message).
    pub part: String,
    /// When.
    pub at: Timestamp,
}
