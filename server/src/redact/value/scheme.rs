//! Credentials behind the scheme that HTTP puts before them (RFC 7617, RFC 6750), outside their header.

use std::ops::Range;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use super::{Found, is_word_start, looks_random, run_beginning, run_end};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The longest credential that is decoded to see whether it is one.
const LONGEST_BASIC: usize = 2_048;

/// A token behind `Bearer`. A word of a sentence, as in "bearer authentication", is none.
pub fn find_bearer(text: &str, hit: Range<usize>) -> Option<Found> {
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=\\".contains(&byte);
    let start = behind_scheme(text, &hit)?;
    if !looks_random(run_beginning(text, start, is_in)) {
        return None;
    }
    let token = text.get(start..run_end(text, start, is_in))?.trim_end_matches(['.', '-', '\\']);
    Some(Found::new(start..start + token.len(), "authorization"))
}

/// A user and a password behind `Basic`.
pub fn find_basic(text: &str, hit: Range<usize>) -> Option<Found> {
    let start = behind_scheme(text, &hit)?;
    let window = text.as_bytes().get(start..text.len().min(start + LONGEST_BASIC))?;
    let is_in = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\\".contains(byte);
    let length = window.iter().position(|byte| !is_in(byte)).unwrap_or(window.len());
    let credentials = text.get(start..start + length)?.trim_end_matches('\\');
    let is_one = credentials.len() >= 8 && basic_credentials(credentials).is_some();
    is_one.then(|| Found::new(start..start + credentials.len(), "authorization"))
}

/// The user and the password of a basic credential.
pub fn basic_credentials(credential: &str) -> Option<(String, String)> {
    // A slash in JSON may be escaped.
    let decoded = LENIENT.decode(credential.replace('\\', "")).ok()?;
    let (user, password) = str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// The place behind a scheme and at least one space, which a URL or a form writes otherwise.
fn behind_scheme(text: &str, scheme: &Range<usize>) -> Option<usize> {
    if !is_word_start(text, scheme.start) {
        return None;
    }
    let mut start = scheme.end;
    while let Some(rest) = text.as_bytes().get(start..) {
        start += match rest {
            [b' ' | b'\t' | b'+', ..] => 1,
            [b'%', b'2', b'0', ..] => 3,
            _ => break,
        };
    }
    (start > scheme.end).then_some(start)
}
