//! Names of secrets with a value behind them, in any notation: `?token=...`, `password: "..."`, `api_key='...'`,
//! `<input name="csrf_token" value="...">`, `{\"secret\": \"...\"}`, `Authorization: Token ...`.
//!
//! JSON, forms and XML are read by their own rules first; this one finds the names in everything else: scripts, error
//! messages, attributes, addresses in a text, JSON that is quoted once too often.

use std::ops::Range;

use super::super::mark::{self, OPENING};
use super::super::name;
use super::{Found, run_beginning, run_end};

/// Parts of names at which a text is looked at; [`name::secret_kind`] decides about the whole name.
pub const NAMES: [&str; 54] = [
    "authorization",
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwort",
    "kennwort",
    "pwd",
    "apikey",
    "api_key",
    "api-key",
    "privatekey",
    "private_key",
    "private-key",
    "subscriptionkey",
    "subscription_key",
    "subscription-key",
    "accesskey",
    "access_key",
    "access-key",
    "accountkey",
    "account_key",
    "account-key",
    "authkey",
    "auth_key",
    "auth-key",
    "functions-key",
    "encryptionkey",
    "encryption_key",
    "encryption-key",
    "signingkey",
    "signing_key",
    "signing-key",
    "sharedkey",
    "shared_key",
    "shared-key",
    "masterkey",
    "master_key",
    "master-key",
    "session_key",
    "secret",
    "token",
    "credential",
    "signature",
    "hmac",
    "sessionid",
    "session_id",
    "session-id",
    "sessid",
    "cardnumber",
    "card_number",
    "card-number",
    "cookie",
    "code_verifier",
];

/// Parameters whose short names are secret in an address only.
pub const PARAMETERS: [&str; 15] = [
    "?key=",
    "&key=",
    "&amp;key=",
    "?sig=",
    "&sig=",
    "&amp;sig=",
    "?auth=",
    "&auth=",
    "?jwt=",
    "&jwt=",
    "?pass=",
    "&pass=",
    "?otp=",
    "&otp=",
    "#auth=",
];

/// Names are short; what is longer is no name.
const LONGEST_NAME: usize = 64;
/// Spaces between a name and its value.
const MOST_SPACES: usize = 8;
/// How far behind its name the value of a field of a form in HTML stands.
const LONGEST_TAG: usize = 256;
/// Quotes as they are written in JSON, scripts, HTML and addresses.
const QUOTES: [&str; 7] = ["\"", "'", "`", "&quot;", "&#34;", "&#39;", "%22"];
/// Attributes that name a field of a form in HTML, or a fact about a page.
const NAMING_ATTRIBUTES: [&str; 4] = ["name", "id", "type", "property"];

/// The value behind a name.
pub fn find(text: &str, hit: Range<usize>) -> Option<Found> {
    let name = name_around(text, &hit);
    let kind = name::secret_kind(text.get(name.clone())?)?;
    if text.get(..name.start)?.ends_with(OPENING) {
        return None;
    }
    let closed = skip_closing(text, name.end);
    let (value_at, notation) = match behind_separator(text, closed) {
        Some(at) if is_parameter(text, &name) => (at, Notation::Parameter),
        Some(at) => (at, Notation::Text),
        None => (behind_attribute(text, &name, closed)?, Notation::Text),
    };
    value_at_place(text, value_at, kind, notation).map(|part| Found { part, kind, is_named: true })
}

/// The value of a parameter with a short name.
pub fn find_parameter(text: &str, hit: Range<usize>) -> Option<Found> {
    let name = text.get(hit.clone())?.trim_start_matches(['?', '&', '#']).trim_start_matches("amp;");
    let kind = name::parameter_kind(name.trim_end_matches('='))?;
    unquoted(text, hit.end, kind, Notation::Parameter).map(|part| Found { part, kind, is_named: true })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// In an address or a form: every value is one.
    Parameter,
    /// Anywhere else: a bare word may be a word.
    Text,
}

const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$')
}

fn name_around(text: &str, hit: &Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes.get(..hit.start).unwrap_or_default().iter().rev().take(LONGEST_NAME);
    let after = bytes.get(hit.end..).unwrap_or_default().iter().take(LONGEST_NAME);
    let start = hit.start - before.take_while(|byte| is_name_byte(**byte)).count();
    let end = hit.end + after.take_while(|byte| is_name_byte(**byte)).count();
    start..end
}

/// Behind the quote that closes a quoted name, and the bracket of `user[password]`.
fn skip_closing(text: &str, at: usize) -> usize {
    let after_backslashes = run_end(text, at, |byte| byte == b'\\');
    let after_quote = quote_at(text, after_backslashes).map_or(at, |quote| after_backslashes + quote.len());
    match text.as_bytes().get(after_quote) {
        Some(b']') => after_quote + 1,
        _ => after_quote,
    }
}

fn quote_at(text: &str, at: usize) -> Option<&'static str> {
    let rest = text.as_bytes().get(at..)?;
    QUOTES.into_iter().find(|quote| rest.starts_with(quote.as_bytes()))
}

fn skip_spaces(text: &str, at: usize) -> usize {
    run_end(text, at, |byte| byte.is_ascii_whitespace()).min(at + MOST_SPACES)
}

/// Where a value begins behind `=`, `:`, `=>`, `:=` or their escapes.
fn behind_separator(text: &str, at: usize) -> Option<usize> {
    let at = skip_spaces(text, at);
    let end = match text.as_bytes().get(at..)? {
        [b'%', b'3', b'D' | b'd' | b'A' | b'a', ..] => at + 3,
        [b'=' | b':', ..] => run_end(text, at, |byte| matches!(byte, b'=' | b':' | b'>')),
        _ => return None,
    };
    (end - at <= 3).then(|| skip_spaces(text, end))
}

/// Where the value begins of a field that `name` names in HTML.
fn behind_attribute(text: &str, name: &Range<usize>, closed: usize) -> Option<usize> {
    let before = text.get(..name.start)?.trim_end_matches(['"', '\'', '\\']);
    let before = before.strip_suffix('=').filter(|_| closed > name.end)?;
    let window_end = text.floor_char_boundary(text.len().min(closed + LONGEST_TAG));
    let tag = text.get(closed..window_end)?.split('>').next()?;
    let is_naming = NAMING_ATTRIBUTES.iter().any(|attribute| {
        before
            .strip_suffix(attribute)
            .is_some_and(|before| before.ends_with(|character: char| character.is_whitespace()))
    });
    let value =
        ["value=", "content="].into_iter().find_map(|attribute| Some(tag.find(attribute)? + attribute.len()))?;
    // Between the strings of JSON there are no attributes.
    let is_one_tag = !tag.get(..value)?.contains("\",") && !tag.get(..value)?.contains("\":");
    (is_naming && is_one_tag).then_some(closed + value)
}

/// Whether a name is that of a parameter: it stands behind a separator, or at the beginning.
fn is_parameter(text: &str, name: &Range<usize>) -> bool {
    let is_equals = text.as_bytes().get(name.end).is_some_and(|byte| matches!(byte, b'=' | b'%' | b']'));
    let before = text.get(..name.start).unwrap_or_default();
    let is_separated = before.is_empty()
        || before.ends_with(['?', '&', '#', ';', '['])
        || ["%26", "%3F", "%3f", "%23"].iter().any(|escape| before.ends_with(escape));
    is_equals && is_separated
}

fn value_at_place(text: &str, at: usize, kind: &'static str, notation: Notation) -> Option<Range<usize>> {
    let content = run_end(text, at, |byte| byte == b'\\');
    match quote_at(text, content) {
        Some(quote) => {
            let start = content + quote.len();
            // The end of a string that ends in a name, as in `["password:", 1]`, and not the beginning of another.
            let after = text.get(start..)?.bytes().find(|byte| !byte.is_ascii_whitespace());
            if matches!(after, None | Some(b',' | b':' | b';' | b']' | b'}' | b')')) {
                return None;
            }
            let end = quoted_end(text, start, quote, content > at);
            let value = text.get(start..end)?;
            (!value.trim().is_empty() && !is_settled(value)).then_some(start..end)
        }
        None => unquoted(text, at, kind, notation),
    }
}

/// Whether nothing of a value is left beside its marks but a scheme.
fn is_settled(value: &str) -> bool {
    let Some(opening) = value.find(OPENING) else { return false };
    let after = mark::length_at(value, opening).and_then(|length| value.get(opening + length..));
    let is_scheme = |word: &str| word.len() <= 24 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_scheme(value.get(..opening).unwrap_or_default().trim()) && after.is_some_and(|after| after.trim().is_empty())
}

/// Where a quoted value ends: at the same quote, escaped where the first one was, at the end of its line, or with the
/// string of JSON that holds it.
fn quoted_end(text: &str, start: usize, quote: &str, is_escaped: bool) -> usize {
    let bytes = text.as_bytes();
    let first = quote.as_bytes().first().copied().unwrap_or_default();
    let mut at = start;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(first, b'\n', b'"', rest)) {
        let place = at + found;
        let backslashes = bytes.get(start..place).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\');
        let backslashes = backslashes.count();
        let closes = bytes.get(place..).is_some_and(|rest| rest.starts_with(quote.as_bytes()));
        match bytes.get(place..).unwrap_or_default() {
            [b'\n', ..] if quote != "`" => return place,
            [b'"', b',' | b'}' | b']' | b':', ..] | [b'"'] if backslashes % 2 == 0 => return place,
            _ => {}
        }
        if closes && is_escaped {
            return place - backslashes;
        }
        if closes && backslashes % 2 == 0 {
            return place;
        }
        at = place + 1;
    }
    text.len()
}

/// A value without quotes: a parameter's, or a word that is no word of a language.
fn unquoted(text: &str, at: usize, kind: &'static str, notation: Notation) -> Option<Range<usize>> {
    let beginning = run_beginning(text, at, is_word_byte);
    if notation == Notation::Parameter {
        return (!beginning.is_empty()).then(|| at..word_end(text, at));
    }
    let next = text.as_bytes().get(at + beginning.len());
    match kind {
        // A scheme, and the credential behind it.
        "authorization" if next == Some(&b' ') && beginning.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            let start = at + beginning.len() + 1;
            let credential = run_beginning(text, start, is_word_byte);
            (credential.len() >= 8 && has_digit(credential)).then(|| start..word_end(text, start))
        }
        // A whole header: `Cookie: a=b; c=d`.
        "cookie" if beginning.contains('=') => Some(at..run_end(text, at, |byte| !b"\r\n\"'\\<[".contains(&byte))),
        _ => (beginning.len() >= 6 && has_digit(beginning) && next != Some(&b'(')).then(|| at..word_end(text, at)),
    }
}

fn has_digit(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_word_byte(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"\"'`<>&;,(){}[]|\\#".contains(&byte)
}

/// Where a word ends, which in an address may be written as an escape.
fn word_end(text: &str, at: usize) -> usize {
    let word = text.get(at..run_end(text, at, is_word_byte)).unwrap_or_default();
    let escape = ["%26", "%22", "%27", "%23", "%20"].into_iter().filter_map(|escape| word.find(escape)).min();
    at + escape.unwrap_or(word.len())
}
