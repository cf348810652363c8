//! JSON, and any other text in which `"name": value` occurs.
//!
//! A scanner over the text instead of a parser: what is not hidden stays as it was written (order, spaces, numbers of
//! any size), and a body that is cut off, or not quite JSON, is searched all the same. It goes through the text once
//! and keeps only a depth, so that neither length nor nesting can hurt it.

use std::borrow::Cow;
use std::fmt::Write;

use memchr::memchr2;

use super::mark::{Edits, Hidden, is_mark};
use super::{name, number, text};

/// A text with the values of its secret keys hidden, and everything that its encoded strings hide.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        edits: Edits::new(text),
        hidden,
        depth: 0,
        key: "",
        pending: None,
        hiding: None,
        pair: None,
    }
    .scan()
}

struct Scanner<'t, 'h> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    edits: Edits<'t>,
    hidden: &'h mut Hidden,
    /// How many containers are open.
    depth: usize,
    /// The key before the next value, as it is written.
    key: &'t str,
    /// The kind of secret that this key announces.
    pending: Option<&'static str>,
    /// The kind of secret that everything holds down to this depth, where a secret key holds a container.
    hiding: Option<(&'static str, usize)>,
    /// The kind of secret that a sibling named `value` holds: `{"name": "api_key", "value": "..."}`.
    pair: Option<(&'static str, usize)>,
}

impl<'t> Scanner<'t, '_> {
    fn scan(mut self) -> Cow<'t, str> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' => self.open(),
                b'}' | b']' => self.close(),
                b',' => {
                    self.end_value();
                    self.at += 1;
                }
                _ if byte.is_ascii_whitespace() || byte == b':' => self.at += 1,
                _ => self.bare_value(),
            }
        }
        self.edits.finish()
    }

    fn open(&mut self) {
        self.depth += 1;
        if let (Some(kind), None) = (self.pending, self.hiding)
            && !is_contact(kind)
        {
            self.hiding = Some((kind, self.depth));
        }
        self.end_value();
        self.at += 1;
    }

    fn close(&mut self) {
        if self.hiding.is_some_and(|(_, depth)| depth >= self.depth) {
            self.hiding = None;
        }
        if self.pair.is_some_and(|(_, depth)| depth >= self.depth) {
            self.pair = None;
        }
        self.depth = self.depth.saturating_sub(1);
        self.end_value();
        self.at += 1;
    }

    fn end_value(&mut self) {
        self.pending = None;
        self.key = "";
    }

    fn kind(&self) -> Option<&'static str> {
        self.pending.or(self.hiding.map(|(kind, _)| kind))
    }

    /// A string: a key when a colon follows, else a value.
    fn string(&mut self) {
        let start = self.at + 1;
        let (end, has_escapes) = string_end(self.bytes, start);
        let content = self.text.get(start..end).unwrap_or_default();
        let after = (end + 1).min(self.bytes.len());
        let spaces = self.bytes.get(after..).unwrap_or_default().iter();
        let colon = after + spaces.take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at = after;
        if self.bytes.get(colon) == Some(&b':') {
            self.at = colon + 1;
            self.key = content;
            self.pending = self.kind_of_key(content, has_escapes);
            if has_escapes {
                self.replace_inside(start, content);
            }
            return;
        }
        match self.kind() {
            Some(_) if content.is_empty() || is_mark(content) => {}
            Some(kind) => {
                let mark = self.hidden.hide(kind, &unescaped(content));
                self.edits.replace(start..end, &mark);
            }
            None if has_escapes => self.replace_inside(start, content),
            None => self.remember_pair(content),
        }
        self.end_value();
    }

    fn kind_of_key(&self, key: &str, has_escapes: bool) -> Option<&'static str> {
        let key = if has_escapes { Cow::Owned(unescaped(key)) } else { Cow::Borrowed(key) };
        let sibling = self.pair.filter(|(_, depth)| *depth == self.depth && is_value_name(&key)).map(|(kind, _)| kind);
        let contact = || self.hidden.hides_contacts().then(|| name::contact_kind(&key)).flatten();
        name::secret_kind(&key).or(sibling).or_else(contact)
    }

    /// What a string itself holds: JSON as text, form parameters, a PEM block over several lines.
    fn replace_inside(&mut self, start: usize, content: &str) {
        if let Some(redacted) = text::redact_nested(&unescaped(content), self.hidden) {
            self.edits.replace(start..start + content.len(), &escaped(&redacted));
        }
    }

    fn remember_pair(&mut self, content: &str) {
        if matches!(self.key, "name" | "key" | "header" | "field" | "param" | "Name" | "Key")
            && let Some(kind) = name::parameter_kind(content)
        {
            self.pair = Some((kind, self.depth));
        }
    }

    /// A number, a word, or anything else without quotes.
    fn bare_value(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_over = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b',');
        let length = rest.iter().position(is_over).unwrap_or(rest.len());
        let value = rest.get(..length).unwrap_or_default();
        let digits = value.strip_prefix(b"-").unwrap_or(value);
        let is_number = digits.first().is_some_and(u8::is_ascii_digit)
            && digits.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
        if is_number {
            let card = || (self.depth > 0 && number::is_card(value, self.key)).then_some("card");
            if let Some(kind) = self.kind().or_else(card) {
                let mark = self.hidden.mark(kind);
                self.edits.replace(self.at..self.at + length, &format!("\"{mark}\""));
            }
        }
        self.end_value();
        self.at += length.max(1);
    }
}

/// Contacts are hidden as values; what is named `email` and holds a container is a message, not an address.
fn is_contact(kind: &str) -> bool {
    matches!(kind, "email" | "phone")
}

fn is_value_name(key: &str) -> bool {
    key.eq_ignore_ascii_case("value") || key.eq_ignore_ascii_case("values") || key.eq_ignore_ascii_case("content")
}

/// Where a string ends whose content begins at a place, and whether it holds escapes.
fn string_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut at = start;
    let mut has_escapes = false;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        if bytes.get(at + found) == Some(&b'"') {
            return (at + found, has_escapes);
        }
        has_escapes = true;
        at += found + 2;
    }
    (bytes.len(), has_escapes)
}

/// What the content of a string of JSON says. What is no escape stays as it is.
pub fn unescaped(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let (character, length) = escape(after);
        if let Some(character) = character {
            text.push(character);
            rest = after.get(length..).unwrap_or_default();
        } else {
            text.push('\\');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// The character that an escape stands for, and its length without the backslash.
fn escape(after: &str) -> (Option<char>, usize) {
    let simple = match after.as_bytes().first() {
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
        Some(b'u') => return unicode_escape(after),
        _ => return (None, 0),
    };
    (Some(simple), 1)
}

fn unicode_escape(after: &str) -> (Option<char>, usize) {
    let unit = |from: usize| after.get(from..from + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let Some(first) = unit(1) else { return (None, 0) };
    let second = after.get(5..7).filter(|next| *next == "\\u").and_then(|_| unit(7));
    let decode = |units: &[u16]| char::decode_utf16(units.iter().copied()).next().and_then(Result::ok);
    match (decode(&[first]), second) {
        (Some(character), _) => (Some(character), 5),
        (None, Some(second)) => (decode(&[first, second]), 11),
        (None, None) => (None, 0),
    }
}

/// A text as the content of a string of JSON.
pub fn escaped(text: &str) -> String {
    let mut content = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '"' => content.push_str("\\\""),
            '\\' => content.push_str("\\\\"),
            '\n' => content.push_str("\\n"),
            '\r' => content.push_str("\\r"),
            '\t' => content.push_str("\\t"),
            // Writing to a string cannot fail.
            control if control < ' ' => drop(write!(content, "\\u{:04x}", u32::from(control))),
            other => content.push(other),
        }
    }
    content
}
