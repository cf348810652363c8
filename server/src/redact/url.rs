//! URLs: the user information, and parameters whose name says that they are secret.

use super::{Hidden, form, is_mark};

/// A URL with its secrets hidden. What is no URL comes back with its parameters read all the same.
pub fn redact(url: &str, hidden: &mut Hidden) -> String {
    let (before_fragment, fragment) = match url.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment)),
        None => (url, None),
    };
    let (before_query, query) = match before_fragment.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (before_fragment, None),
    };
    let mut redacted = redact_user_information(before_query, hidden);
    if let Some(query) = query {
        redacted.push('?');
        redacted.push_str(&form::redact(query, hidden));
    }
    if let Some(fragment) = fragment {
        redacted.push('#');
        redacted.push_str(&form::redact(fragment, hidden));
    }
    redacted
}

fn redact_user_information(url: &str, hidden: &mut Hidden) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = match rest.find('/').and_then(|slash| rest.split_at_checked(slash)) {
        Some((authority, path)) => (authority, path),
        None => (rest, ""),
    };
    match authority.rsplit_once('@') {
        Some((user_information, host)) if !user_information.is_empty() && !is_mark(user_information) => {
            format!("{scheme}://{}@{host}{path}", hidden.mark("credentials"))
        }
        _ => url.to_owned(),
    }
}

/// A text with the URLs in it redacted.
pub fn redact_within(text: &str, hidden: &mut Hidden) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    let mut redacted = String::with_capacity(text.len());
    for piece in text.split_inclusive(|character: char| character.is_whitespace() || "\"'<>()".contains(character)) {
        if piece.contains("://") {
            let word =
                piece.trim_end_matches(|character: char| character.is_whitespace() || "\"'<>()".contains(character));
            redacted.push_str(&redact(word, hidden));
            redacted.push_str(piece.get(word.len()..).unwrap_or_default());
        } else {
            redacted.push_str(piece);
        }
    }
    redacted
}
