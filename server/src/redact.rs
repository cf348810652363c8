//! Hides secrets, before anything else happens to a call.
//!
//! Pure: a call goes in, a [`RedactedCall`] comes out, and only that can be stored. What is hidden is replaced by a
//! mark like `[redacted:token]` and counted by kind. Redacting twice changes nothing.

mod form;
mod header;
mod json;
mod name;
mod url;
mod xml;

use std::collections::BTreeMap;

use base64::Engine;
use model::{Call, Headers, RawJson, Redaction, Truncation};

/// A call whose secrets are hidden and whose bodies are no longer than allowed; made by [`redact`] and nobody else.
#[derive(Clone, Debug, PartialEq)]
pub struct RedactedCall {
    call: Call,
    redactions: Vec<Redaction>,
    truncated: Vec<Truncation>,
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
}

/// Hides the secrets of a call, and then cuts its bodies to `body_limit` bytes.
///
/// In this order: a secret that the cut would split is found whole.
pub fn redact(mut call: Call, body_limit: usize) -> RedactedCall {
    let mut hidden = Hidden::default();
    let mut truncated = Vec::new();
    if let Some(request) = &mut call.request {
        request.url = url::redact(&request.url, &mut hidden);
        redact_message(&mut request.headers, &mut request.body, &mut request.encoding, &mut hidden);
        truncated.extend(cut(&mut request.body, "request.body", body_limit));
    }
    if let Some(response) = &mut call.response {
        redact_message(&mut response.headers, &mut response.body, &mut response.encoding, &mut hidden);
        truncated.extend(cut(&mut response.body, "response.body", body_limit));
    }
    if let Some(failure) = &mut call.failure {
        failure.message = url::redact_within(&failure.message, &mut hidden);
    }
    if let Some(script) = &mut call.script {
        for value in [&mut script.before, &mut script.after, &mut script.result] {
            // The scanner replaces whole values, so JSON stays JSON; should it not, nothing is kept rather than a secret.
            *value = RawJson::new(json::redact(value.as_str(), &mut hidden)).unwrap_or_default();
        }
        script.source = script.source.take().map(|source| json::redact(&source, &mut hidden));
        if let Some(error) = &mut script.error {
            error.message = json::redact(&error.message, &mut hidden);
        }
    }
    RedactedCall { call, redactions: hidden.into_redactions(), truncated }
}

fn redact_message(
    headers: &mut Headers,
    body: &mut Option<String>,
    encoding: &mut Option<String>,
    hidden: &mut Hidden,
) {
    for (name, value) in headers.iter_mut() {
        *value = header::redact(name, value, hidden);
    }
    let Some(text) = body else { return };
    if encoding.as_deref() == Some("base64") {
        // Text that was sent as base64 is text all the same, and is read as such.
        let decoded = base64::engine::general_purpose::STANDARD.decode(text.as_bytes()).ok();
        match decoded.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| is_readable(text)) {
            Some(decoded) => {
                *text = decoded;
                *encoding = None;
            }
            None => return,
        }
    }
    *text = if form::looks_like_one(headers, text) {
        form::redact(text, hidden)
    } else {
        xml::redact(&json::redact(text, hidden), hidden)
    };
}

fn is_readable(text: &str) -> bool {
    !text.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

/// Cuts a body at a character boundary, and says how long it was.
fn cut(body: &mut Option<String>, part: &str, limit: usize) -> Option<Truncation> {
    let text = body.as_mut().filter(|text| text.len() > limit)?;
    let original_bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    text.truncate(text.floor_char_boundary(limit));
    Some(Truncation { part: part.to_owned(), original_bytes })
}

/// Counts what was hidden, by kind.
#[derive(Default)]
struct Hidden(BTreeMap<&'static str, u32>);

impl Hidden {
    /// Counts one value and gives the mark that stands in its place.
    fn mark(&mut self, kind: &'static str) -> String {
        *self.0.entry(kind).or_default() += 1;
        format!("[redacted:{kind}]")
    }

    /// Like [`Hidden::mark`], with the last four characters, which let people tell two long credentials apart.
    fn mark_with_ending(&mut self, kind: &'static str, value: &str) -> String {
        *self.0.entry(kind).or_default() += 1;
        let characters: Vec<char> = value.chars().collect();
        match characters.last_chunk::<4>() {
            Some(ending) if characters.len() >= 16 && ending.iter().all(char::is_ascii_alphanumeric) => {
                format!("[redacted:{kind}, ends {}]", ending.iter().collect::<String>())
            }
            _ => format!("[redacted:{kind}]"),
        }
    }

    fn into_redactions(self) -> Vec<Redaction> {
        self.0.into_iter().map(|(kind, count)| Redaction { kind: kind.to_owned(), count }).collect()
    }
}

/// Whether a value is one of our marks, or begins with one.
fn is_mark(value: &str) -> bool {
    value.starts_with("[redacted")
}

#[cfg(test)]
mod tests;
