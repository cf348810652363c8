//! What erasing takes out of a call, and what stays: what it says of the call, not what was said in it.
//!
//! Bodies go, and wherever else the same words may stand: the query of the URL, which carries for a GET what a body
//! carries for a POST; the values of headers, but for those that say how the call was made and never what was in it; a
//! script's text, variables, result and error message; what an HTTP client said of a failure. The method, the URL up to
//! its query, the names of headers, the status, times, the bot, the place in the flow, and the end user's name and id stay.

use model::{Call, CallId, Erasure, Headers, RawJson, Timestamp};

use super::StoredCall;

/// Stands where a message was, of which it matters that there was one.
const ERASED: &str = "(erased)";

/// Headers whose values stay: of how the call was made. Any other may repeat what the address or a body says, as
/// `location`, `link` and `grpc-message` do.
const KEPT_HEADERS: [&str; 34] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-ranges",
    "age",
    "allow",
    "alt-svc",
    "cache-control",
    "cf-ray",
    "connection",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "date",
    "etag",
    "expires",
    "grpc-status",
    "host",
    "keep-alive",
    "last-modified",
    "pragma",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "request-id",
    "retry-after",
    "server",
    "strict-transport-security",
    "traceparent",
    "transfer-encoding",
    "user-agent",
    "vary",
    "x-request-id",
];

/// Whose bodies are erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasureTarget {
    /// Those of one call.
    Call(CallId),
    /// Those of every call of an end user, by the ids that such calls have.
    EndUser(Vec<String>),
}

impl ErasureTarget {
    /// Whether a call is among them.
    pub fn includes(&self, call: &Call) -> bool {
        match self {
            Self::Call(id) => call.id == *id,
            Self::EndUser(ids) => {
                call.user.as_ref().and_then(|user| user.id.as_ref()).is_some_and(|id| ids.contains(id))
            }
        }
    }
}

/// What an erasure did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// The calls there are.
    pub found: u64,
    /// Those that had something to erase.
    pub calls: u64,
    /// Whether no file holds remains. Where somebody reads a file for long, they go later; no answer shows them.
    pub is_complete: bool,
}

impl StoredCall {
    /// Erases what was said in the call; whether there was anything.
    pub fn erase_bodies(&mut self, at: Timestamp) -> bool {
        let parts = erase_bodies(&mut self.call);
        self.truncated.retain(|truncation| !parts.contains(&truncation.part.as_str()));
        self.erased.extend(parts.iter().map(|part| Erasure { part: (*part).to_owned(), at }));
        !parts.is_empty()
    }
}

/// Erases what was said in a call; the parts in which there was something.
pub fn erase_bodies(call: &mut Call) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let mut note = |part, is_gone: bool| parts.extend(is_gone.then_some(part));
    if let Some(request) = &mut call.request {
        let query = request.url.find(['?', '#']);
        note("request.url", query.is_some());
        request.url.truncate(query.unwrap_or(request.url.len()));
        note("request.headers", erase_headers(&mut request.headers));
        note("request.body", take_text(&mut request.body, &mut request.encoding));
    }
    if let Some(response) = &mut call.response {
        note("response.headers", erase_headers(&mut response.headers));
        note("response.body", take_text(&mut response.body, &mut response.encoding));
    }
    if let Some(failure) = &mut call.failure {
        note("failure.message", take_message(&mut failure.message));
    }
    if let Some(script) = &mut call.script {
        note("script.source", take_text(&mut script.source, &mut None));
        note("script.before", take_json(&mut script.before));
        note("script.after", take_json(&mut script.after));
        note("script.result", take_json(&mut script.result));
        note("script.error", script.error.as_mut().is_some_and(|error| take_message(&mut error.message)));
    }
    parts
}

fn erase_headers(headers: &mut Headers) -> bool {
    let is_kept = |name: &str| KEPT_HEADERS.iter().any(|kept| name.eq_ignore_ascii_case(kept));
    let erased = headers.iter_mut().filter(|(name, _)| !is_kept(name));
    erased.fold(false, |is_any, (_, value)| take_message(value) || is_any)
}

/// A text that is empty says something and holds nothing: it stays.
fn take_text(text: &mut Option<String>, encoding: &mut Option<String>) -> bool {
    let is_there = text.as_ref().is_some_and(|text| !text.is_empty());
    if is_there {
        *text = None;
        *encoding = None;
    }
    is_there
}

fn take_json(json: &mut RawJson) -> bool {
    !std::mem::take(json).is_null()
}

fn take_message(message: &mut String) -> bool {
    let is_there = !matches!(message.as_str(), "" | ERASED);
    if is_there {
        ERASED.clone_into(message);
    }
    is_there
}
