//! How what is being typed into the search box may go on.

use serde::{Deserialize, Serialize};

/// The answer to `GET calls/suggestions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestions {
    /// Where what a suggestion takes the place of begins, in bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The suggestions, the likeliest first.
    pub items: Vec<Suggestion>,
    /// Whether only the newest calls were looked at, so that values may be missing and counts are at least these.
    #[serde(default)]
    pub partial: bool,
}

/// One way in which it may go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What takes the place.
    pub text: String,
    /// What people read.
    pub label: String,
    /// What it means, where the label does not say it; else empty.
    pub about: String,
    /// Calls of the present filter that a search for it finds; absent for what is not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}
