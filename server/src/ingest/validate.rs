//! Whether a call can be kept.

use model::{Call, Rejection, Timestamp};

use super::MAX_AHEAD_MILLIS;
use crate::accounts::AccountScope;

/// The longest id or name, in bytes; longer ones are mistakes.
const MAX_NAME_BYTES: usize = 1_024;

/// The call itself, or why it is not taken.
pub fn check(index: usize, call: Call, scope: &AccountScope, now: Timestamp) -> Result<Call, Rejection> {
    match fault(&call, scope, now) {
        None => Ok(call),
        Some((code, message)) => {
            Err(Rejection { index, id: Some(call.id.to_string()), code: code.to_owned(), message })
        }
    }
}

fn fault(call: &Call, scope: &AccountScope, now: Timestamp) -> Option<(&'static str, String)> {
    let endings =
        usize::from(call.response.is_some()) + usize::from(call.failure.is_some()) + usize::from(call.script.is_some());
    if endings != 1 {
        return Some(("no_result", "a call has exactly one of response, failure and script".to_owned()));
    }
    if call.script.is_some() == call.request.is_some() {
        return Some(("no_request", "a call has a request, unless it is a script, which has none".to_owned()));
    }
    if let Some(response) = &call.response
        && !(100..=999).contains(&response.status.0)
    {
        return Some(("invalid_status", format!("a status is a number from 100 to 999, not {}", response.status)));
    }
    if call.timestamp > now.plus_millis(MAX_AHEAD_MILLIS) {
        return Some(("in_future", format!("its time {} is more than five minutes ahead", call.timestamp)));
    }
    let kept_since = scope.kept_since(&call.outcome(), now);
    if call.timestamp < kept_since {
        return Some((
            "expired",
            format!("its time {} is before {kept_since}, since when calls are kept", call.timestamp),
        ));
    }
    let method = call.request.as_ref().map(|request| request.method.as_str());
    let names = [
        Some(call.application.as_str()),
        method,
        call.bot.as_ref().map(|bot| bot.id.as_str()),
        call.bot.as_ref().map(|bot| bot.name.as_str()),
        call.source.path.as_ref().map(|path| path.name.as_str()),
        call.source.node.as_ref().map(|node| node.name.as_str()),
        call.user.as_ref().and_then(|user| user.id.as_deref()),
        call.user.as_ref().and_then(|user| user.name.as_deref()),
    ];
    if names.into_iter().flatten().any(|name| name.len() > MAX_NAME_BYTES) {
        return Some(("name_too_long", format!("an id or a name has at most {MAX_NAME_BYTES} bytes")));
    }
    if call.application.as_str().trim().is_empty() || method.is_some_and(|method| method.trim().is_empty()) {
        return Some(("invalid_call", "the application and the method must not be empty".to_owned()));
    }
    None
}
