//! Steps through a text that never leave a character or panic: what the cutters and the colouring share.

/// The byte at a place.
pub(crate) fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

/// The first place from `at` on, before `end`, whose byte the predicate refuses.
pub(crate) fn run(text: &str, at: usize, end: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let mut place = at;
    while place < end && byte(text, place).is_some_and(&belongs) {
        place += 1;
    }
    place
}

/// The place after the character at `at`.
pub(crate) fn after_character(text: &str, at: usize) -> usize {
    let mut place = at + 1;
    while place < text.len() && !text.is_char_boundary(place) {
        place += 1;
    }
    place.min(text.len())
}

/// The part between two places; empty rather than a panic where they are no boundaries.
pub(crate) fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The place after JSON's insignificant whitespace, and after a byte order mark at the very beginning.
pub(crate) fn skip_space(text: &str, at: usize) -> usize {
    let at = if at == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { at };
    run(text, at, text.len(), is_space)
}

/// Whether a byte is whitespace that JSON does not count.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a byte may stand in a number. Which numbers are well formed is not asked: they are shown, not read.
pub(crate) fn is_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// How a quoted text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StringEnd {
    /// With its quote; the place after it.
    Closed(usize),
    /// Not before the end of the text.
    Open,
    /// Not at all: a line break stands in it.
    Broken,
}

/// The end of the JSON string whose opening quote is before `at`.
pub(crate) fn json_string_end(text: &str, at: usize) -> StringEnd {
    let mut place = at;
    loop {
        place = run(text, place, text.len(), |byte| !matches!(byte, b'"' | b'\\' | b'\n' | b'\r'));
        match byte(text, place) {
            Some(b'"') => return StringEnd::Closed(place + 1),
            Some(b'\\') => match byte(text, place + 1) {
                None => return StringEnd::Open,
                Some(b'\n' | b'\r') => return StringEnd::Broken,
                Some(_) => place = after_character(text, place + 1),
            },
            Some(_) => return StringEnd::Broken,
            None => return StringEnd::Open,
        }
    }
}
