//! Tokens that are told by their form or by the address they stand in.

use std::ops::Range;

use super::super::mark::is_mark;
use super::{Found, is_base64url, is_word_start, run_end};

/// Addresses that hold a token in their path; Salesforce's session ids begin with the id of the organisation.
pub const PATHS: [&str; 4] = ["hooks.slack.com/services/", "/api/webhooks/", "/bot", "00D"];

/// Authorities are short; what is longer is none.
const LONGEST_AUTHORITY: usize = 2_048;

/// The signature of a JSON Web Token (RFC 7519). Header and payload stay: who it was made for, and until when it was
/// good, is what people look for, and without the signature they open nothing.
pub fn find_jwt(text: &str, hit: Range<usize>) -> Option<Found> {
    let begins = is_word_start(text, hit.start) && !text.get(..hit.start)?.ends_with('-');
    if !begins || text.get(hit.clone())? != "eyJ" {
        return None;
    }
    let header_end = run_end(text, hit.end, is_base64url);
    if header_end - hit.start < 8 {
        return None;
    }
    let payload_end = run_end(text, dot_at(text, header_end)?, is_base64url);
    let signature_start = dot_at(text, payload_end)?;
    // Encrypted ones have two parts more.
    let end = run_end(text, signature_start, |byte| is_base64url(byte) || byte == b'.');
    let signature = text.get(signature_start..end)?.trim_end_matches('.');
    (!signature.is_empty()).then(|| Found::new(signature_start..signature_start + signature.len(), "signature"))
}

fn dot_at(text: &str, at: usize) -> Option<usize> {
    (text.as_bytes().get(at) == Some(&b'.')).then_some(at + 1)
}

/// The user information of a URL in a text.
pub fn find_user_information(text: &str, hit: Range<usize>) -> Option<Found> {
    let is_in = |byte: u8| !byte.is_ascii_whitespace() && !b"/?#\\\"'<>`".contains(&byte);
    let has_scheme = hit.start.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    if !has_scheme.is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let window_end = text.floor_char_boundary(text.len().min(hit.end + LONGEST_AUTHORITY));
    let end = run_end(text.get(..window_end)?, hit.end, is_in);
    let (user_information, _) = text.get(hit.end..end)?.rsplit_once('@')?;
    let is_hidden = user_information.is_empty() || is_mark(user_information);
    (!is_hidden).then(|| Found::new(hit.end..hit.end + user_information.len(), "credentials"))
}

/// A token in the path of an address.
pub fn find_in_path(text: &str, hit: Range<usize>) -> Option<Found> {
    let digits_end = run_end(text, hit.end, |byte| byte.is_ascii_digit());
    let word_end = |from| run_end(text, from, is_base64url);
    let long_enough = |start: usize, least: usize, kind| {
        let end = word_end(start);
        (end - start >= least).then(|| Found::new(start..end, kind))
    };
    match text.as_bytes().get(hit.clone())? {
        // Telegram: /bot<number>:<token>/
        b"/bot" if digits_end > hit.end => {
            let start = match text.as_bytes().get(digits_end..)? {
                [b':', ..] => digits_end + 1,
                [b'%', b'3', b'A' | b'a', ..] => digits_end + 3,
                _ => return None,
            };
            long_enough(start, 20, "token")
        }
        // Discord: /api/webhooks/<number>/<token>
        b"/api/webhooks/" if digits_end > hit.end => {
            let is_path = text.as_bytes().get(digits_end) == Some(&b'/');
            is_path.then(|| long_enough(digits_end + 1, 20, "token")).flatten()
        }
        // Slack: /services/<team>/<app>/<token>
        b"hooks.slack.com/services/" => {
            let slash_behind = |from: usize| {
                let end = word_end(from);
                (end > from && text.as_bytes().get(end) == Some(&b'/')).then_some(end + 1)
            };
            long_enough(slash_behind(slash_behind(hit.end)?)?, 8, "token")
        }
        b"00D" if is_word_start(text, hit.start) => {
            let end = run_end(text, hit.end, |byte| byte.is_ascii_alphanumeric());
            let start = match text.as_bytes().get(end..)? {
                [b'!', ..] => end + 1,
                [b'%', b'2', b'1', ..] => end + 3,
                _ => return None,
            };
            let end = run_end(text, start, |byte| is_base64url(byte) || byte == b'.');
            (end - start >= 16).then(|| Found::new(start..end, "session"))
        }
        _ => None,
    }
}
