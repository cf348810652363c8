//! The marks that stand where something was hidden, and what the redaction of one call has hidden so far.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use model::Redaction;

use super::contact::ContactKey;
use super::secrets::Secrets;

/// How every mark begins.
pub const OPENING: &str = "[redacted:";
/// Stands in a mark before the last characters of what it hides.
const ENDING: &str = ", ends ";
/// Stands in a mark before the name that the account has for a contact.
/// Filters have ids in lists with commas, so that there is none in it.
const NAME: &str = " id ";
/// The longest mark; a bracket that is never closed must not make us read on.
const LONGEST: usize = 64;
/// Values this long are told apart by their last four characters.
const SHORTEST_WITH_ENDING: usize = 16;
/// How deep texts inside texts are read: JSON in a string of JSON, a URL in a parameter of a URL.
const MAX_NESTING: u8 = 4;

/// What was hidden in one call so far.
#[derive(Default)]
pub struct Hidden {
    counts: BTreeMap<&'static str, u32>,
    /// Exact values that are known, and those that were hidden for their names: they must not be kept anywhere.
    pub found: Secrets,
    contacts: Option<ContactKey>,
    nesting: u8,
}

impl Hidden {
    /// Nothing yet. E-mail addresses and phone numbers are hidden only where there is a key to name them by.
    pub fn new(known: Secrets, contacts: Option<ContactKey>) -> Self {
        Self { found: known, contacts, ..Self::default() }
    }

    /// Whether e-mail addresses and phone numbers are hidden too.
    pub const fn hides_contacts(&self) -> bool {
        self.contacts.is_some()
    }

    /// Counts one value and gives the mark that stands in its place.
    pub fn mark(&mut self, kind: &'static str) -> String {
        *self.counts.entry(kind).or_default() += 1;
        format!("{OPENING}{kind}]")
    }

    /// Like [`Hidden::mark`], for a value that is hidden for its name: it is looked for in the rest of the call too.
    pub fn hide(&mut self, kind: &'static str, value: &str) -> String {
        self.found.note(value);
        self.mark(kind)
    }

    /// Like [`Hidden::mark`], with a name that is the contact's own in the account: calls of one person stay together,
    /// and those of two apart, though nobody can read who they are.
    pub fn mark_contact(&mut self, kind: &'static str, contact: &str) -> String {
        match self.contacts {
            Some(key) => {
                *self.counts.entry(kind).or_default() += 1;
                format!("{OPENING}{kind}{NAME}{}]", key.name_of(contact))
            }
            None => self.mark(kind),
        }
    }

    /// Like [`Hidden::mark`], with the last four characters, which let people tell two long credentials apart.
    pub fn mark_with_ending(&mut self, kind: &'static str, value: &str) -> String {
        *self.counts.entry(kind).or_default() += 1;
        let is_long = value.chars().count() >= SHORTEST_WITH_ENDING;
        match value.as_bytes().last_chunk::<4>() {
            Some(ending) if is_long && ending.iter().all(u8::is_ascii_alphanumeric) => {
                format!("{OPENING}{kind}{ENDING}{}]", ending.escape_ascii())
            }
            _ => format!("{OPENING}{kind}]"),
        }
    }

    /// Reads a text that stands inside another, where that is not too deep already.
    pub fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.nesting == MAX_NESTING {
            return None;
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }

    /// The counts, by kind.
    pub fn into_redactions(self) -> Vec<Redaction> {
        self.counts.into_iter().map(|(kind, count)| Redaction { kind: kind.to_owned(), count }).collect()
    }
}

/// Whether a value is one of our marks and nothing else.
pub fn is_mark(value: &str) -> bool {
    length_at(value, 0) == Some(value.len())
}

/// The length of the mark at a place of a text, if one stands there.
pub fn length_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let inside = rest.strip_prefix(OPENING.as_bytes())?;
    let length = inside.iter().take(LONGEST).position(|byte| *byte == b']')?;
    let inside = inside.get(..length)?;
    let (kind, more) =
        inside.split_at(inside.iter().position(|byte| matches!(byte, b',' | b' ')).unwrap_or(inside.len()));
    let is_kind = !kind.is_empty() && kind.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_');
    (is_kind && is_more(more)).then_some(OPENING.len() + length + 1)
}

/// Whether this may stand behind the kind in a mark.
fn is_more(more: &[u8]) -> bool {
    if let Some(ending) = more.strip_prefix(ENDING.as_bytes()) {
        ending.len() == 4 && ending.iter().all(u8::is_ascii_alphanumeric)
    } else if let Some(name) = more.strip_prefix(NAME.as_bytes()) {
        name.len() == ContactKey::NAME_DIGITS && name.iter().all(u8::is_ascii_hexdigit)
    } else {
        more.is_empty()
    }
}

/// The last place at or before `at` that does not stand inside a mark.
pub fn floor_outside(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST + OPENING.len()));
    let before = text.get(from..at).unwrap_or_default();
    match before.rfind('[').map(|opening| from + opening) {
        Some(opening) if length_at(text, opening).is_some_and(|length| opening + length > at) => opening,
        _ => at,
    }
}

/// Replacements in a text, made from its beginning to its end. A text in which nothing is replaced is not copied.
pub struct Edits<'t> {
    text: &'t str,
    edited: String,
    settled: usize,
}

impl<'t> Edits<'t> {
    /// Of this text.
    pub const fn new(text: &'t str) -> Self {
        Self { text, edited: String::new(), settled: 0 }
    }

    /// Where the part of the text ends in which nothing can be replaced any more.
    pub const fn settled(&self) -> usize {
        self.settled
    }

    /// Puts something in the place of a part behind everything that was replaced before.
    pub fn replace(&mut self, part: Range<usize>, replacement: &str) {
        debug_assert!(part.start >= self.settled, "replacements come in order");
        if self.edited.capacity() == 0 {
            self.edited.reserve(self.text.len() + replacement.len());
        }
        self.edited.push_str(self.text.get(self.settled..part.start).unwrap_or_default());
        self.edited.push_str(replacement);
        self.settled = part.end;
    }

    /// The text with its replacements.
    pub fn finish(mut self) -> Cow<'t, str> {
        if self.settled == 0 {
            return Cow::Borrowed(self.text);
        }
        self.edited.push_str(self.text.get(self.settled..).unwrap_or_default());
        Cow::Owned(self.edited)
    }
}
