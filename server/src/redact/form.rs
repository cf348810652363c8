//! Parameters: the query of a URL, and form bodies.

use model::Headers;

use super::{Hidden, is_mark, name};

/// Whether a body is a form: its headers say so, or it looks like nothing else.
pub fn looks_like_one(headers: &Headers, body: &str) -> bool {
    let says_so = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type") && value.starts_with("application/x-www-form-urlencoded")
    });
    says_so
        || (body.contains('=')
            && !body.contains(|character: char| character.is_whitespace() || "{}<>\"".contains(character)))
}

/// Parameters with the values of the secret ones hidden; the others stay as they were written, byte for byte.
pub fn redact(parameters: &str, hidden: &mut Hidden) -> String {
    let redacted = parameters.split('&').map(|parameter| {
        let Some((name, value)) = parameter.split_once('=') else { return parameter.to_owned() };
        let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        match name::parameter_kind(&decoded) {
            Some(kind) if !value.is_empty() && !is_mark(value) => format!("{name}={}", hidden.mark(kind)),
            _ => parameter.to_owned(),
        }
    });
    redacted.collect::<Vec<_>>().join("&")
}
