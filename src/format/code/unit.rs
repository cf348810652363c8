//! What of a text stays together when it is wrapped, how wide it is, and what of it has to be made visible.
//!
//! Widths are columns of a fixed-width font. They are right for what such a font has and nearly right for the rest;
//! a row that turns out wider scrolls, it loses nothing.

use super::mark;
use super::scan;

/// A part of a row that is not broken; or a run of simple characters that may be broken anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where it ends, in bytes.
    pub end: usize,
    /// How many columns it takes.
    pub columns: u32,
    /// How it is shown.
    pub kind: UnitKind,
}

/// How a unit is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// As it is.
    Text,
    /// A mark that says that something was hidden.
    Redacted,
    /// A character that would not be seen, or would change what is seen around it.
    Invisible(char),
}

/// A group of characters is not read further than this: a text may pile up marks without end.
const LONGEST_GROUP: usize = 64;
/// Tabs are shown this wide at most.
const TAB_COLUMNS: u32 = 4;

/// The unit at a place. Runs of simple characters reach at most `most` columns; `end` is where the text ends.
pub fn unit_at(text: &str, at: usize, end: usize, most: u32, escapes: bool) -> Unit {
    let first = scan::byte(text, at).unwrap_or(b' ');
    if first == b'[' {
        if let Some(mark_end) = mark::mark_end(text, at).filter(|mark_end| *mark_end <= end) {
            // The brackets give way to an icon of about their width.
            return Unit { end: mark_end, columns: columns_of(mark_end - at), kind: UnitKind::Redacted };
        }
        return Unit { end: at + 1, columns: 1, kind: UnitKind::Text };
    }
    if escapes && first == b'\\' && at + 1 < end {
        let after = scan::after_character(text, at + 1).min(end);
        let wide = text.get(at + 1..after).and_then(|next| next.chars().next()).map_or(1, columns_of_character);
        return Unit { end: after, columns: 1 + wide.max(1), kind: UnitKind::Text };
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX).max(1);
    let limit = end.min(at.saturating_add(most));
    let mut run = scan::run(text, at, limit, |byte| is_simple(byte) && !(escapes && byte == b'\\'));
    if scan::byte(text, run).is_some_and(|next| next >= 0x80) && run < end {
        // What comes may belong to the last simple character: an accent on its own.
        run = run.saturating_sub(1).max(at);
    }
    if run > at {
        return Unit { end: run, columns: columns_of(run - at), kind: UnitKind::Text };
    }
    group_at(text, at, end)
}

/// One character with what hangs on it.
fn group_at(text: &str, at: usize, end: usize) -> Unit {
    let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return Unit { end: at + 1, columns: 0, kind: UnitKind::Text };
    };
    let mut group_end = at + first.len_utf8();
    if is_invisible(first) {
        return Unit { end: group_end, columns: columns_of(name(first).len()), kind: UnitKind::Invisible(first) };
    }
    let limit = end.min(at + LONGEST_GROUP);
    let mut joined = false;
    while let Some(next) = text.get(group_end..limit.max(group_end)).and_then(|rest| rest.chars().next()) {
        if !(joined || extends(next)) || is_invisible(next) {
            break;
        }
        joined = next == '\u{200d}';
        group_end += next.len_utf8();
    }
    let columns = if first == '\t' { TAB_COLUMNS } else { columns_of_character(first).max(1) };
    Unit { end: group_end, columns, kind: UnitKind::Text }
}

fn is_simple(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'['
}

fn columns_of(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Whether a character belongs to the one before it: accents, variation selectors, joiners, skin tones.
fn extends(character: char) -> bool {
    matches!(u32::from(character),
        0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f | 0x0670
        | 0x06d6..=0x06dc | 0x0900..=0x0903 | 0x093a..=0x094f | 0x0981..=0x0983 | 0x09bc..=0x09d7
        | 0x0a3c..=0x0a51 | 0x0abc..=0x0acd | 0x0b3c..=0x0b57 | 0x0bbe..=0x0bd7 | 0x0c3e..=0x0c56
        | 0x0cbc..=0x0cd6 | 0x0d3b..=0x0d57 | 0x0e31 | 0x0e34..=0x0e3a | 0x0e47..=0x0e4e | 0x135d..=0x135f
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x200c | 0x200d | 0x20d0..=0x20ff | 0x3099 | 0x309a
        | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0x1f3fb..=0x1f3ff | 0xe0020..=0xe007f | 0xe0100..=0xe01ef)
}

/// How many columns a character takes in a fixed-width font.
fn columns_of_character(character: char) -> u32 {
    match u32::from(character) {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff01..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f000..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ if extends(character) => 0,
        _ => 1,
    }
}

/// Whether a character cannot be seen, or turns the text around it: it is shown by name instead.
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\0'..='\u{8}' | '\u{a}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e001f}')
}

/// The name of a character that cannot be seen: the picture that Unicode has for it, or else its number.
pub fn name(character: char) -> String {
    match u32::from(character) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).map_or_else(String::new, String::from),
        0x7f => "\u{2421}".to_owned(),
        code => format!("U+{code:04X}"),
    }
}
