//! Saved views: a filter with a name, of one person or for the whole account.

use serde::{Deserialize, Serialize};

/// The answer to `GET views`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Views {
    /// Those of the person and those shared with the account, by name.
    pub views: Vec<View>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its number; no other view ever gets it.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The filter as a query string.
    pub query: String,
    /// Whether everybody of the account sees it.
    pub shared: bool,
    /// Who made it.
    pub by: String,
    /// Whether the person who asks may change and remove it.
    pub may_change: bool,
}

/// What somebody wants a view to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewDraft {
    /// Its name.
    pub name: String,
    /// The filter as a query string.
    #[serde(default)]
    pub query: String,
    /// Whether everybody of the account sees it.
    #[serde(default)]
    pub shared: bool,
}

impl ViewDraft {
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 60;
}
