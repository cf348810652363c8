//! Parameters: the query of a URL, and form bodies.

use std::borrow::Cow;

use model::Headers;

use super::mark::{Hidden, OPENING, is_mark};
use super::{name, text};

/// Whether a body is a form: its headers say so, or it looks like nothing else.
pub fn looks_like_one(headers: &Headers, body: &str) -> bool {
    let says_so = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type")
            && value.trim_start().get(..33).is_some_and(|start| start.eq_ignore_ascii_case(FORM_TYPE))
    });
    // curl says of everything that it is a form.
    let is_structured = body.trim_start().starts_with(['{', '[', '<']);
    let is_other = |byte: u8| byte.is_ascii_whitespace() || b"{}<>\"".contains(&byte);
    !is_structured && (says_so || (body.contains('=') && !body.bytes().any(is_other)))
}

const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// A form with everything hidden that is to be hidden in it.
pub fn redact<'t>(body: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    text::settle(body, |body, hidden| text::then(redact_parameters(body, hidden), text::redact, hidden), hidden)
}

/// Parameters with the values of the secret ones hidden, and what is secret inside encoded values; the others stay as
/// they were written, byte for byte.
pub fn redact_parameters<'t>(parameters: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let trades_code = parameters.contains("authorization_code");
    let mut is_changed = false;
    let redacted = parameters.split('&').map(|parameter| {
        let replacement = redact_parameter(parameter, trades_code, hidden);
        is_changed |= replacement.is_some();
        replacement.map_or(Cow::Borrowed(parameter), Cow::Owned)
    });
    let redacted = redacted.collect::<Vec<_>>().join("&");
    if is_changed { Cow::Owned(redacted) } else { Cow::Borrowed(parameters) }
}

fn redact_parameter(parameter: &str, trades_code: bool, hidden: &mut Hidden) -> Option<String> {
    let (name, value) = parameter.split_once('=')?;
    if value.is_empty() || is_mark(value) {
        return None;
    }
    let decoded_name = if name.contains(['%', '+']) { Cow::Owned(decoded(name)) } else { Cow::Borrowed(name) };
    let contact = || hidden.hides_contacts().then(|| name::contact_kind(&decoded_name)).flatten();
    // A code that is traded for tokens is as good as they are; other codes are plain words.
    let code = || (trades_code && decoded_name == "code").then_some("token");
    let kind = name::parameter_kind(&decoded_name).or_else(code).or_else(contact);
    if let Some(kind) = kind {
        return Some(format!("{name}={}", hidden.hide(kind, &decoded(value))));
    }
    if !value.contains(['%', '+']) {
        return None;
    }
    let redacted = text::redact_nested(&decoded(value), hidden)?;
    Some(format!("{name}={}", encoded_around_marks(&redacted)))
}

/// What a name or a value says.
pub fn decoded(part: &str) -> String {
    percent_encoding::percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// A value as it stands in a form, with its marks left readable.
fn encoded_around_marks(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len() * 2);
    let mut rest = value;
    while let Some(opening) = rest.find(OPENING) {
        let Some(length) = super::mark::length_at(rest, opening) else { break };
        let (before, from_mark) = rest.split_at_checked(opening).unwrap_or((rest, ""));
        let (mark, after) = from_mark.split_at_checked(length).unwrap_or((from_mark, ""));
        encoded.extend(form_urlencoded::byte_serialize(before.as_bytes()));
        encoded.push_str(mark);
        rest = after;
    }
    encoded.extend(form_urlencoded::byte_serialize(rest.as_bytes()));
    encoded
}
