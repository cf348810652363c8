//! E-mail addresses and international phone numbers, for accounts that do not want them kept.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use hmac::{Hmac, KeyInit, Mac};
use memchr::memchr3;
use sha2::Sha256;

use super::mark::{Edits, Hidden};
use super::secrets::Secrets;
use super::text;
use crate::clock::hex;

/// By what an account names contacts that it does not keep: HMAC-SHA-256, so that names are made again and again alike,
/// and nobody without the key can try numbers until a name comes out.
#[derive(Clone, Copy)]
pub struct ContactKey([u8; 32]);

impl ContactKey {
    /// Hexadecimal digits of a name: two of a million contacts are named alike once in tens of millions of accounts.
    pub const NAME_DIGITS: usize = 16;

    /// A key of random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What stands in the place of an id; nothing where it holds no contact.
    pub fn redact_id(self, id: &str) -> Option<String> {
        text::changed(redact_id(id, &mut Hidden::new(Secrets::default(), Some(self))))
    }

    /// The name of an address or a number, however it is written.
    pub fn name_of(self, contact: &str) -> String {
        let contact = contact.replace("%40", "@");
        let written_once = if contact.contains('@') {
            contact.to_lowercase()
        } else {
            // What stands for a plus is no digit of the number.
            contact.trim_start_matches("%2B").trim_start_matches("%2b").replace(|sign: char| !sign.is_ascii_digit(), "")
        };
        let Ok(mut hash) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            // A key of any length will do for this hash.
            return "0".repeat(Self::NAME_DIGITS);
        };
        hash.update(written_once.as_bytes());
        let mut name = hex(&hash.finalize().into_bytes());
        name.truncate(Self::NAME_DIGITS);
        name
    }
}

impl fmt::Debug for ContactKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ContactKey")
    }
}

/// RFC 5321 allows no longer local parts and domains.
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_DOMAIN: usize = 255;
/// E.164 allows no longer numbers; shorter ones are not international.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// What may stand in a phone number for people to read it.
const MOST_PHONE_BYTES: usize = 40;

/// A text with its e-mail addresses and phone numbers hidden.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    replace(text, |kind, _| hidden.mark(kind))
}

/// An id with the addresses and numbers in it hidden, and named: whose calls they are must be told. Channels such as
/// WhatsApp use the bare number, so that what could be one is, and is looked for in the rest of the call.
pub fn redact_id<'t>(id: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    text::then(replace(id, |kind, contact| hidden.mark_contact(kind, contact)), redact_bare_numbers, hidden)
}

/// Numbers of an id without a plus: whole ones, and those behind the name of a channel.
fn redact_bare_numbers<'t>(id: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let bytes = id.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b':' | b'@' | b'/' | b'|'));
    let mut edits = Edits::new(id);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + found;
        let length = bytes.get(start..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + length;
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        if PHONE_DIGITS.contains(&length) && is_edge(before) && is_edge(bytes.get(at)) {
            let number = id.get(start..at).unwrap_or_default();
            hidden.found.insert_as("phone", number);
            edits.replace(start..at, &hidden.mark_contact("phone", number));
        }
    }
    edits.finish()
}

fn replace(text: &str, mut mark: impl FnMut(&'static str, &str) -> String) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut edits = Edits::new(text);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr3(b'@', b'+', b'%', rest)) {
        let place = at + found;
        let found = match bytes.get(place..).unwrap_or_default() {
            [b'@', ..] => address_around(text, place..place + 1, edits.settled()).map(|part| (part, "email")),
            [b'%', b'4', b'0', ..] => {
                address_around(text, place..place + 3, edits.settled()).map(|part| (part, "email"))
            }
            [b'+', ..] => phone_behind(bytes, place..place + 1).map(|part| (part, "phone")),
            [b'%', b'2', b'B' | b'b', ..] => phone_behind(bytes, place..place + 3).map(|part| (part, "phone")),
            _ => None,
        };
        at = place + 1;
        if let Some((part, kind)) = found {
            at = part.end;
            let mark = mark(kind, text.get(part.clone()).unwrap_or_default());
            edits.replace(part, &mark);
        }
    }
    edits.finish()
}

/// An address around its `@`, in any script, behind what is settled.
fn address_around(text: &str, at: Range<usize>, settled: usize) -> Option<Range<usize>> {
    let earliest = text.floor_char_boundary(at.start.saturating_sub(LONGEST_LOCAL_PART)).max(settled);
    let before = text.get(earliest..at.start)?;
    let is_local = |character: char| character.is_alphanumeric() || "!#$&'*+-/=?^_{|}~.".contains(character);
    let local = before.len() - before.trim_end_matches(is_local).len();
    // What begins an address in a URL or a list is none of it.
    let local = before.get(before.len() - local..)?.rsplit(['/', '=', '?', '&', '\'']).next()?.trim_start_matches('.');
    // The letter of an escape, as in `\n@`, is none of it either.
    let is_behind_escape = text.get(..at.start - local.len())?.ends_with('\\');
    let local = local.get(usize::from(is_behind_escape)..).unwrap_or_default();
    let after = text.get(at.end..text.floor_char_boundary(text.len().min(at.end + LONGEST_DOMAIN)))?;
    let is_domain = |character: char| character.is_alphanumeric() || matches!(character, '-' | '.');
    let domain = after.get(..after.find(|character| !is_domain(character)).unwrap_or(after.len()))?;
    let domain = domain.trim_end_matches(['.', '-']);
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    let is_address = !local.is_empty() && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    is_address.then(|| at.start - local.len()..at.end + domain.len())
}

/// A number behind its `+`, with what people put between the digits.
fn phone_behind(bytes: &[u8], plus: Range<usize>) -> Option<Range<usize>> {
    let before = plus.start.checked_sub(1).and_then(|before| bytes.get(before));
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'+') {
        return None;
    }
    let mut digits = 0;
    let mut length = 0;
    let rest = bytes.get(plus.end..)?;
    for (index, byte) in rest.iter().take(MOST_PHONE_BYTES).enumerate() {
        let is_separator = matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'/');
        if byte.is_ascii_digit() {
            digits += 1;
            length = index + 1;
        } else if !is_separator || index == 0 || index > length + 1 {
            break;
        }
        if digits > *PHONE_DIGITS.end() {
            return None;
        }
    }
    let is_over = rest.get(length).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (PHONE_DIGITS.contains(&digits) && is_over).then(|| plus.start..plus.end + length)
}
