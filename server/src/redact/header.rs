//! Headers.

use super::{Hidden, is_mark, name, url};

/// The value of a header with its secret hidden.
pub fn redact(name: &str, value: &str, hidden: &mut Hidden) -> String {
    if value.trim().is_empty() || is_mark(value) {
        return value.to_owned();
    }
    match name::secret_kind(name) {
        Some("authorization") => redact_authorization(value, hidden),
        Some("cookie") if name.eq_ignore_ascii_case("set-cookie") => redact_set_cookie(value, hidden),
        Some("cookie") => value.split(';').map(|pair| redact_cookie(pair, hidden)).collect::<Vec<_>>().join(";"),
        Some(kind) => hidden.mark_with_ending(kind, value),
        None => url::redact_within(value, hidden),
    }
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
