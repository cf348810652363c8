//! Answers that need more than the store gives: a whole call with its curl command, the moment it expires and its
//! diagnosis.

mod curl;
mod suggestions;
mod text_filters;

use model::{CallDetail, Outcome, RawJson, RequestDetail};

use crate::accounts::AccountScope;
use crate::diagnosis::diagnose;
use crate::store::StoredCall;

pub use suggestions::suggestions;
pub use text_filters::with_text_filters;

/// A success that is kept beyond its time: as long as failing calls are.
pub fn detail_beyond_retention(scope: &AccountScope, stored: StoredCall) -> CallDetail {
    let expires_at = stored.call.timestamp.plus_millis(scope.retention().millis_for(&Outcome::Error));
    CallDetail { expires_at, kept_beyond_retention: true, ..detail(scope, stored) }
}

/// A stored call as it is answered.
pub fn detail(scope: &AccountScope, stored: StoredCall) -> CallDetail {
    let StoredCall { call, redactions, truncated, omitted, erased } = stored;
    let is_taken_from_file = omitted
        .iter()
        .map(|omission| &omission.part)
        .chain(erased.iter().map(|erasure| &erasure.part))
        .any(|part| part == "request.body");
    let diagnosis = diagnose(&call).and_then(|diagnosis| serde_json::to_string(&diagnosis).ok()).and_then(RawJson::new);
    let outcome = call.outcome();
    let expires_at = call.timestamp.plus_millis(scope.retention().millis_for(&outcome));
    CallDetail {
        id: call.id,
        timestamp: call.timestamp,
        outcome,
        duration_ms: call.duration_ms,
        bot: call.bot,
        source: call.source,
        user: call.user,
        conversation_id: call.conversation_id,
        connection_id: call.connection_id,
        application: call.application,
        request: call.request.map(|request| RequestDetail {
            curl: curl::command(&request, is_taken_from_file),
            method: request.method,
            url: request.url,
            headers: request.headers,
            body: request.body,
            encoding: request.encoding,
        }),
        response: call.response,
        failure: call.failure,
        script: call.script,
        redactions,
        truncated,
        omitted,
        erased,
        expires_at,
        kept_beyond_retention: false,
        diagnosis,
    }
}
