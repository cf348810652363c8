//! What is wrong with a search.

use std::ops::Range;

/// Why a search cannot be read, where, and what would do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SearchError {
    /// What is wrong, in words a bot builder understands.
    pub message: String,
    /// Where, in bytes of what was typed.
    pub position: Range<usize>,
    /// The field that was probably meant.
    pub nearest: Option<&'static str>,
    /// The whole search with the wrong part as quoted words, where that helps.
    pub as_text: Option<String>,
}

/// What is wrong, before the whole search is at hand.
#[derive(Debug)]
pub(super) struct Fault {
    pub message: String,
    pub position: Range<usize>,
    pub nearest: Option<&'static str>,
    /// What becomes text where the search is offered as text; `None` where that does not help.
    pub quoted: Option<Range<usize>>,
}

impl Fault {
    /// Something that can stand as text instead.
    pub fn new(message: impl Into<String>, position: Range<usize>) -> Self {
        Self { message: message.into(), quoted: Some(position.clone()), position, nearest: None }
    }

    /// More than a search may have.
    pub fn limit(message: impl Into<String>, position: Range<usize>) -> Self {
        Self { message: message.into(), position, nearest: None, quoted: None }
    }

    /// The same fault, of something larger: all of it becomes text or nothing.
    pub fn within(self, whole: Range<usize>) -> Self {
        Self { quoted: self.quoted.map(|_| whole), ..self }
    }

    /// The error to report about what was typed.
    pub fn of(self, typed: &str) -> SearchError {
        let Self { message, position, nearest, quoted } = self;
        let as_text = quoted.and_then(|quoted| with_quoted(typed, quoted));
        SearchError { message, position, nearest, as_text }
    }
}

/// What was typed, with a part of it as quoted words.
fn with_quoted(typed: &str, part: Range<usize>) -> Option<String> {
    let (before, rest) = (typed.get(..part.start)?, typed.get(part.clone())?);
    let after = typed.get(part.end..)?;
    let mut text = before.to_owned();
    let joins = |character: char| character.is_whitespace() || character == '(' || (character == '-' && rest != ")");
    if before.chars().next_back().is_some_and(|character| !joins(character)) {
        text.push(' ');
    }
    text.push_str(&quote(rest));
    if after.starts_with(':') {
        text.push(' ');
    }
    text.push_str(after);
    Some(text)
}

/// Words in quotes.
pub(super) fn quote(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
