//! What became of calls that were sent.

use serde::{Deserialize, Serialize};

/// The answer to `POST calls`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IngestAnswer {
    /// Calls that are durable now.
    pub accepted: u64,
    /// Calls whose id was there already.
    pub duplicates: u64,
    /// Calls that were not taken, in the order in which they were sent.
    pub rejected: Vec<Rejection>,
}

/// A call that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Its place in what was sent, counted from zero.
    pub index: usize,
    /// Its id, where it could be read.
    pub id: Option<String>,
    /// Stable: `not_json`, `invalid_call`, `no_result`, `expired`, `in_future`, `no_room`, `day_unwritable`, ...
    pub code: String,
    /// What is wrong with it.
    pub message: String,
}
