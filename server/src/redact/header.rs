//! Headers.

use std::borrow::Cow;

use super::mark::{Hidden, OPENING, is_mark};
use super::{name, number, text, url, value};

/// The value of a header with its secret hidden.
pub fn redact(name: &str, value: &str, hidden: &mut Hidden) -> String {
    if value.trim().is_empty() || is_mark(value) {
        return value.to_owned();
    }
    let contact = || hidden.hides_contacts().then(|| name::contact_kind(name)).flatten();
    match name::secret_kind(name).or_else(contact) {
        Some("authorization") => redact_authorization(value, hidden),
        Some("cookie") if name.eq_ignore_ascii_case("set-cookie") => redact_set_cookie(value, hidden),
        Some("cookie") => value.split(';').map(|pair| redact_cookie(pair, hidden)).collect::<Vec<_>>().join(";"),
        Some(kind @ ("email" | "phone")) => hidden.mark(kind),
        Some(kind) => hidden.mark_with_ending(kind, value),
        // Ids of requests are as long as card numbers.
        None if number::is_other(name) && value.bytes().all(|byte| byte.is_ascii_digit()) => value.to_owned(),
        None => text::settle(value, redact_content, hidden).into_owned(),
    }
}

/// Of an address every parameter is read, however it is encoded.
fn redact_content<'t>(value: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let is_address = value.contains("://") && !value.contains(char::is_whitespace);
    if is_address { url::redact(value, hidden) } else { text::redact(value, hidden) }
}

/// The secrets of a header, as they stand in it and behind its scheme.
pub fn credentials(name: &str, value: &str) -> Vec<String> {
    if value.contains(OPENING) {
        return Vec::new();
    }
    match name::secret_kind(name) {
        Some("authorization") => authorization_credentials(value),
        Some("cookie") => value
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .map(|(_, value)| value.trim().to_owned())
            // Short ones are choices, like a theme or a language.
            .filter(|value| value.len() >= 16 && value::looks_random(value))
            .collect(),
        Some(_) => vec![value.trim().to_owned()],
        None => Vec::new(),
    }
}

fn authorization_credentials(value: &str) -> Vec<String> {
    let Some((scheme, credential)) = value.trim().split_once(' ') else { return vec![value.trim().to_owned()] };
    let credential = credential.trim();
    let mut found = vec![credential.to_owned()];
    if scheme.eq_ignore_ascii_case("basic")
        && let Some((user, password)) = value::basic_credentials(credential)
    {
        // Some services take their key as the user, with a password that says nothing.
        found.push(if password.len() < 8 { user } else { password });
    }
    let quoted = credential.split('"').skip(1).step_by(2);
    found.extend(quoted.filter(|value| value.len() >= 16).map(str::to_owned));
    found
}

/// Keeps the scheme, which is what people need to see, and hides the credential behind it.
fn redact_authorization(value: &str, hidden: &mut Hidden) -> String {
    match value.trim().split_once(' ') {
        Some((_, credential)) if is_mark(credential.trim()) => value.to_owned(),
        // The end of a basic credential is the end of the password.
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("basic") => {
            format!("{scheme} {}", hidden.mark("authorization"))
        }
        Some((scheme, credential)) if scheme.len() <= 24 => {
            format!("{scheme} {}", hidden.mark_with_ending("authorization", credential.trim()))
        }
        _ => hidden.mark_with_ending("authorization", value.trim()),
    }
}

fn redact_cookie(pair: &str, hidden: &mut Hidden) -> String {
    match pair.split_once('=') {
        Some((_, value)) if value.is_empty() || is_mark(value) => pair.to_owned(),
        Some((name, _)) => format!("{name}={}", hidden.mark("cookie")),
        None if pair.trim().is_empty() || is_mark(pair.trim()) => pair.to_owned(),
        None => hidden.mark("cookie"),
    }
}

/// Hides the value and keeps the attributes: a wrong path or domain is something to find.
fn redact_set_cookie(value: &str, hidden: &mut Hidden) -> String {
    match value.split_once(';') {
        Some((pair, attributes)) => format!("{};{attributes}", redact_cookie(pair, hidden)),
        None => redact_cookie(value, hidden),
    }
}
