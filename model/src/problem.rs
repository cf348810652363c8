//! Errors on the wire.

use serde::{Deserialize, Serialize};

/// An error as RFC 9457 problem details, with a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// Stable, for programs: `invalid_query`, `not_signed_in`, ...
    pub code: String,
    /// A short title, the same for every problem of this code.
    pub title: String,
    /// What happened this time and what to do, in words a bot builder understands.
    #[serde(default)]
    pub detail: String,
    /// What is wrong with the query's parameters, where the problem is that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<crate::QueryIssue>,
    /// Quote it to support; it is in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
