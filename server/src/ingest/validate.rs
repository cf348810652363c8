//! Whether a call can be kept.

use model::{Call, Headers, Rejection, Timestamp};

use super::MAX_AHEAD_MILLIS;
use crate::accounts::AccountScope;

/// The longest id or name, in bytes; longer ones are mistakes. They stand in tables that questions go through.
const MAX_NAME_BYTES: usize = 1_024;
/// The most bytes of all that is not a body, which nothing cuts: address, headers, messages, a script and its variables.
const MAX_OTHER_BYTES: usize = 4 << 20;

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
    if names(call).any(|name| name.len() > MAX_NAME_BYTES) {
        return Some(("name_too_long", format!("an id or a name has at most {MAX_NAME_BYTES} bytes")));
    }
    if other_bytes(call) > MAX_OTHER_BYTES {
        let most = MAX_OTHER_BYTES >> 20;
        return Some(("call_too_large", format!("all of a call but its bodies has at most {most} MiB")));
    }
    let method = call.request.as_ref().map(|request| request.method.as_str());
    if call.application.as_str().trim().is_empty() || method.is_some_and(|method| method.trim().is_empty()) {
        return Some(("invalid_call", "the application and the method must not be empty".to_owned()));
    }
    None
}

/// Every id and name of a call.
fn names(call: &Call) -> impl Iterator<Item = &str> {
    let Call { application, bot, source, user, request, failure, .. } = call;
    let known = [
        Some(application.as_str()),
        Some(source.kind.as_str()),
        request.as_ref().map(|request| request.method.as_str()),
        failure.as_ref().map(|failure| failure.kind.as_str()),
        call.conversation_id.as_deref(),
        call.connection_id.as_deref(),
    ];
    let bot = bot.iter().flat_map(|bot| [&bot.id, &bot.name]);
    let path = source.path.iter().flat_map(|path| [&path.id, &path.name]);
    let node = source.node.iter().flat_map(|node| [&node.id, &node.name, &node.kind]);
    let agent = source.agent.iter().flat_map(|agent| [&agent.name, &agent.email]).flatten();
    let user = user.iter().flat_map(|user| [&user.id, &user.name]).flatten();
    known.into_iter().flatten().chain(bot.chain(path).chain(node).chain(agent).chain(user).map(String::as_str))
}

/// The bytes of what is not a body.
fn other_bytes(call: &Call) -> usize {
    let of_headers = |headers: &Headers| headers.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
    let of_request = call.request.as_ref().map_or(0, |request| request.url.len() + of_headers(&request.headers));
    let of_response = call.response.as_ref().map_or(0, |response| of_headers(&response.headers));
    let of_failure = call.failure.as_ref().map_or(0, |failure| failure.message.len());
    let of_script = call.script.as_ref().map_or(0, |script| {
        let variables = [&script.before, &script.after, &script.result].into_iter().map(|value| value.as_str().len());
        let source = script.source.as_ref().map_or(0, String::len);
        let error = script.error.as_ref().map_or(0, |error| error.message.len());
        variables.sum::<usize>() + source + error
    });
    of_request + of_response + of_failure + of_script
}
