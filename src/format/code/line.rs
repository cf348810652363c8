//! A line: a part of the text that has a number.

/// How a text is coloured and cut into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// As it is, without colours.
    Plain,
    /// JSON, in its pretty form whatever its own spaces are.
    Json,
    /// A command for a POSIX shell.
    Shell,
    /// A script of a script node.
    Script,
}

/// One numbered line: a place in the text, never a copy of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes, without its line break.
    pub end: u32,
    /// How many levels it is indented; deeper than this type counts as its largest.
    pub depth: u16,
    /// Whether it begins with the key of an object's member.
    pub keyed: bool,
    /// How it is coloured; a text that stops being JSON goes on as plain lines.
    pub language: Language,
}

impl Line {
    /// A line that is shown as it came.
    pub(super) fn as_it_came(start: usize, end: usize, language: Language) -> Self {
        Self { start: offset(start), end: offset(end), depth: 0, keyed: false, language }
    }
}

/// A place in a text as it is kept; texts of more than 4 GiB do not reach a page.
pub(super) fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A kept place as an index.
pub(super) fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
