//! Calls coming in: read, checked, redacted, kept. What is wrong with one does not touch the others.

mod decode;
mod har;
mod memory;
mod validate;

pub use decode::{DecodeError, Decoded, MAX_REQUEST_BYTES, MAX_WINDOW_LOG, decompress, read_calls, read_many_calls};
pub use har::read_har;
pub use memory::{Memory, Share};

use model::{Call, CallId, IngestAnswer, Rejection, Timestamp};

use crate::accounts::AccountScope;
use crate::redact::{RedactedCall, Rules, Secrets, redact};
use crate::store::{CallStore, Fate, StoreError};

/// Calls may be this far in the future, for clocks that differ; in milliseconds.
pub const MAX_AHEAD_MILLIS: i64 = 5 * 60_000;

/// Takes calls in. `read` holds what could be read at each index, or why it could not.
pub async fn take_in(
    store: &dyn CallStore,
    scope: &AccountScope,
    read: Vec<Result<Call, Rejection>>,
    now: Timestamp,
    rules: Rules,
) -> Result<IngestAnswer, StoreError> {
    let mut answer = IngestAnswer::default();
    let mut indexes = Vec::with_capacity(read.len());
    let mut calls = Vec::with_capacity(read.len());
    for (index, call) in read.into_iter().enumerate() {
        match call.and_then(|call| validate::check(index, call, scope, now)) {
            Ok(call) => {
                indexes.push((index, call.id));
                calls.push(call);
            }
            Err(rejection) => answer.rejected.push(rejection),
        }
    }
    if calls.is_empty() {
        return Ok(answer);
    }
    // Redaction costs time in proportion to the bodies, so it must not hold up the other requests.
    let redacted = tokio::task::spawn_blocking(move || calls.into_iter().map(|call| redacted(call, rules)).collect())
        .await
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let fates = store.append(scope, redacted).await?;
    for ((index, id), fate) in indexes.into_iter().zip(fates) {
        match fate {
            Fate::Accepted => answer.accepted += 1,
            Fate::Duplicate => answer.duplicates += 1,
            Fate::NoRoom => answer.rejected.push(unstored(
                index,
                id,
                "no_room",
                "there is no room left to store it; send it again later",
            )),
            Fate::DayUnwritable => answer.rejected.push(unstored(
                index,
                id,
                "day_unwritable",
                "the file of its day cannot be written; send it again later",
            )),
        }
    }
    answer.rejected.sort_by_key(|rejection| rejection.index);
    Ok(answer)
}

fn redacted(call: Call, rules: Rules) -> RedactedCall {
    let known = Secrets::of(&call);
    redact(call, known, rules)
}

fn unstored(index: usize, id: CallId, code: &str, message: &str) -> Rejection {
    Rejection { index, id: Some(id.to_string()), code: code.to_owned(), message: message.to_owned() }
}
