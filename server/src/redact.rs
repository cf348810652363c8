//! Hides secrets, before anything else happens to a call.
//!
//! Pure: a call goes in, a [`RedactedCall`] comes out, and only that can be stored. What is hidden is replaced by a
//! mark like `[redacted:token]` and counted by kind. Redacting twice changes nothing.
//!
//! Three passes: every text by the names and the forms of what it holds (`text`); then, everywhere in the call, the
//! exact values that are known by then (`Secrets`); then bodies are cut. All of it takes time in proportion to the
//! length of what is read, which of a body is a few times what is kept of it.

mod contact;
mod content;
mod form;
mod header;
mod json;
mod mark;
mod multipart;
mod name;
mod number;
mod pem;
mod secrets;
mod text;
mod url;
mod value;
mod xml;

use model::{
    Application, Call, FailureKind, Headers, Method, Omission, RawJson, Redaction, Request, Response, SourceKind,
    Truncation,
};

pub use contact::ContactKey;
use content::Content;
use mark::Hidden;
pub use secrets::Secrets;

/// A body is read so many times as far as it is kept. Hiding makes texts shorter, so that reading only what is kept
/// would keep less; that three quarters of a body are secrets does not happen, and the work stays bounded.
const READ_TIMES: usize = 4;
/// Of a body that was not read to its end, so much is left out before the place where reading stopped: a secret that
/// this place splits is not told as one. Longer ones are told by their beginnings.
const LEFT_OUT: usize = 1_024;
/// Rounds after which a call that was made to need more of them is left as it is.
const MOST_ROUNDS: usize = 4;

/// How calls of an account are redacted.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The most bytes of one body that are kept.
    pub body_limit: usize,
    /// By what contacts are named, where e-mail addresses and phone numbers are hidden.
    pub contacts: Option<ContactKey>,
}

/// A call whose secrets are hidden and whose bodies are no longer than allowed; made by [`redact`] and nobody else.
#[derive(Clone, Debug, PartialEq)]
pub struct RedactedCall {
    call: Call,
    redactions: Vec<Redaction>,
    truncated: Vec<Truncation>,
    omitted: Vec<Omission>,
}

impl RedactedCall {
    /// The call.
    pub const fn call(&self) -> &Call {
        &self.call
    }

    /// What was hidden.
    pub fn redactions(&self) -> &[Redaction] {
        &self.redactions
    }

    /// What was cut.
    pub fn truncated(&self) -> &[Truncation] {
        &self.truncated
    }

    /// What was not kept, because it is not text.
    pub fn omitted(&self) -> &[Omission] {
        &self.omitted
    }
}

/// Hides the secrets of a call, those that `known` holds and those it finds, and then cuts its bodies.
///
/// In this order: a secret that the cut would split is found whole.
pub fn redact(mut call: Call, known: Secrets, rules: Rules) -> RedactedCall {
    let most_read = rules.body_limit.saturating_mul(READ_TIMES);
    let mut omitted = Vec::new();
    let sent = call.request.as_mut().and_then(|request| {
        let Request { headers, body, encoding, .. } = request;
        read_body("request.body", headers, body, encoding, most_read, &mut omitted)
    });
    let received = call.response.as_mut().and_then(|response| {
        let Response { headers, body, encoding, .. } = response;
        read_body("response.body", headers, body, encoding, most_read, &mut omitted)
    });

    let mut hidden = Hidden::new(known, rules.contacts);
    for _ in 0..MOST_ROUNDS {
        redact_by_rules(&mut call, &mut hidden);
        // A mark may end a word, so that a rule sees what it did not see before.
        if !redact_found(&mut call, &mut hidden) {
            break;
        }
    }

    let request_body = call.request.as_mut().and_then(|request| request.body.as_mut());
    let response_body = call.response.as_mut().and_then(|response| response.body.as_mut());
    let truncated = [(request_body, sent), (response_body, received)]
        .into_iter()
        .filter_map(|(body, read)| read?.cut(body?, rules.body_limit))
        .collect();
    RedactedCall { call, redactions: hidden.into_redactions(), truncated, omitted }
}

/// How much of a body was read.
struct ReadBody {
    part: &'static str,
    bytes: usize,
    is_cut: bool,
}

/// Reads a body as text, or leaves it out where it is none.
fn read_body(
    part: &'static str,
    headers: &Headers,
    body: &mut Option<String>,
    encoding: &mut Option<String>,
    most_read: usize,
    omitted: &mut Vec<Omission>,
) -> Option<ReadBody> {
    let sent = body.take_if(|body| !body.is_empty())?;
    match content::read(headers, sent, encoding.take().as_deref(), most_read) {
        Content::Text { text, bytes, is_cut } => {
            *body = Some(text);
            Some(ReadBody { part, bytes, is_cut })
        }
        Content::Binary { bytes } => {
            let media_type = content::media_type(headers);
            omitted.push(Omission { part: part.to_owned(), media_type, bytes: wide(bytes) });
            None
        }
    }
}

impl ReadBody {
    /// Cuts a body at the end of a character and outside of a mark, and says how long it was.
    fn cut(self, body: &mut String, limit: usize) -> Option<Truncation> {
        let sure = if self.is_cut { body.len().saturating_sub(LEFT_OUT) } else { body.len() };
        let end = sure.min(limit);
        if end < body.len() {
            body.truncate(mark::floor_outside(body, body.floor_char_boundary(end)));
        } else if !self.is_cut {
            return None;
        }
        Some(Truncation { part: self.part.to_owned(), original_bytes: wide(self.bytes) })
    }
}

/// Hides what names and forms tell, in every text of a call.
fn redact_by_rules(call: &mut Call, hidden: &mut Hidden) {
    if let Some(request) = &mut call.request {
        replace(&mut request.url, url::redact, hidden);
        redact_message(&mut request.headers, request.body.as_mut(), hidden);
    }
    if let Some(response) = &mut call.response {
        redact_message(&mut response.headers, response.body.as_mut(), hidden);
    }
    if let Some(failure) = &mut call.failure {
        replace(&mut failure.message, text::redact, hidden);
    }
    if let Some(script) = &mut call.script {
        for value in [&mut script.before, &mut script.after, &mut script.result] {
            change_json(value, &mut |text| text::changed(text::redact(text, hidden)));
        }
        let message = script.error.as_mut().map(|error| &mut error.message);
        script.source.iter_mut().chain(message).for_each(|text| replace(text, text::redact, hidden));
    }
    redact_people(call, hidden);
    for word in own_words(call) {
        replace(word, value::redact, hidden);
        if hidden.hides_contacts() {
            replace(word, contact::redact, hidden);
        }
    }
}

/// What the platform and bot builders name in their own words. In names that are this short only keys and contacts give
/// themselves away.
fn own_words(call: &mut Call) -> impl Iterator<Item = &mut String> {
    let Call { application, bot, source, request, failure, .. } = call;
    let application = if let Application::Other(word) = application { Some(word) } else { None };
    let place = if let SourceKind::Other(word) = &mut source.kind { Some(word) } else { None };
    let method = request.as_mut().and_then(|request| match &mut request.method {
        Method::Other(word) => Some(word),
        _ => None,
    });
    let failure = failure.as_mut().and_then(|failure| match &mut failure.kind {
        FailureKind::Other(word) => Some(word),
        _ => None,
    });
    let names = bot.iter_mut().map(|bot| &mut bot.name).chain(source.path.iter_mut().map(|path| &mut path.name));
    let node = source.node.iter_mut().flat_map(|node| [&mut node.name, &mut node.kind]);
    [application, place, method, failure].into_iter().flatten().chain(names).chain(node)
}

fn redact_message(headers: &mut Headers, body: Option<&mut String>, hidden: &mut Hidden) {
    for (name, value) in headers.iter_mut() {
        *value = header::redact(name, value, hidden);
    }
    let Some(body) = body else { return };
    if let Some(boundary) = multipart::boundary(headers, body.as_bytes()) {
        *body = multipart::redact(body, &boundary, hidden);
    } else {
        let rule = if form::looks_like_one(headers, body) { form::redact } else { text::redact };
        replace(body, rule, hidden);
    }
}

/// Names are texts. Ids are looked up by their whole value, so in them only keys and, where asked for, contacts are
/// hidden: a number that happens to look like a card's stays.
fn redact_people(call: &mut Call, hidden: &mut Hidden) {
    let (user_id, user_name) = call.user.as_mut().map(|user| (&mut user.id, &mut user.name)).unzip();
    let (agent_name, agent_email) = call.source.agent.as_mut().map(|agent| (&mut agent.name, &mut agent.email)).unzip();
    for name in [user_name, agent_name].into_iter().flatten().flatten() {
        replace(name, text::redact, hidden);
        if hidden.hides_contacts() {
            // Who has no name is often called by the number.
            replace(name, contact::redact_id, hidden);
        }
    }
    for id in [user_id, agent_email, Some(&mut call.conversation_id)].into_iter().flatten().flatten() {
        replace(id, value::redact, hidden);
        if hidden.hides_contacts() {
            replace(id, contact::redact_id, hidden);
        }
    }
}

fn replace(text: &mut String, rule: text::Rule, hidden: &mut Hidden) {
    if let Some(redacted) = text::changed(rule(text, hidden)) {
        *text = redacted;
    }
}

/// Hides the exact values that are known by now, in every text of a call; says whether there were any.
fn redact_found(call: &mut Call, hidden: &mut Hidden) -> bool {
    let forms = hidden.found.forms();
    let mut is_changed = false;
    change_texts(call, |text| {
        let redacted = text::changed(forms.redact(text, hidden));
        is_changed |= redacted.is_some();
        redacted
    });
    is_changed
}

/// Changes every text of a call in which something secret may stand.
fn change_texts(call: &mut Call, mut change: impl FnMut(&str) -> Option<String>) {
    let mut texts: Vec<&mut String> = Vec::new();
    if let Some(request) = &mut call.request {
        texts.push(&mut request.url);
        texts.extend(request.headers.iter_mut().map(|(_, value)| value));
        texts.extend(&mut request.body);
    }
    if let Some(response) = &mut call.response {
        texts.extend(response.headers.iter_mut().map(|(_, value)| value));
        texts.extend(&mut response.body);
    }
    texts.extend(call.failure.iter_mut().map(|failure| &mut failure.message));
    texts.extend(call.user.iter_mut().flat_map(|user| user.id.iter_mut().chain(&mut user.name)));
    texts.extend(call.source.agent.iter_mut().flat_map(|agent| agent.name.iter_mut().chain(&mut agent.email)));
    texts.extend(&mut call.conversation_id);
    if let Some(script) = &mut call.script {
        texts.extend(&mut script.source);
        texts.extend(script.error.iter_mut().map(|error| &mut error.message));
        for value in [&mut script.before, &mut script.after, &mut script.result] {
            change_json(value, &mut change);
        }
    }
    let mut apply = |text: &mut String| {
        if let Some(changed) = change(text) {
            *text = changed;
        }
    };
    texts.into_iter().for_each(&mut apply);
    own_words(call).for_each(apply);
}

/// Changes JSON, which stays JSON: where the change breaks it, it becomes the text it was.
fn change_json(value: &mut RawJson, change: &mut impl FnMut(&str) -> Option<String>) {
    if let Some(changed) = change(value.as_str()) {
        let quoted = || RawJson::new(format!("\"{}\"", json::escaped(&changed)));
        *value = RawJson::new(changed.clone()).or_else(quoted).unwrap_or_default();
    }
}

fn wide(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
