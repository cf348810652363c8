//! The marks that stand where a secret was: `[redacted]`, `[redacted:kind]`.

use super::scan;

const OPENING: &str = "[redacted";
/// No mark is longer; a bracket that is never closed must not make us read on.
const LONGEST: usize = 96;

/// The end of the redaction mark at a place, if one stands there.
pub fn mark_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let inside = rest.strip_prefix(OPENING)?;
    let length = inside.bytes().take(LONGEST).position(|byte| byte == b']')?;
    let label = inside.get(..length)?;
    let is_label = label.is_empty() || label.starts_with([':', ' ', ',']);
    let is_short = label.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'[' | b'"' | b'\'' | b'\\'));
    (is_label && is_short).then_some(at + OPENING.len() + length + 1)
}

/// What a mark says besides that something is hidden: `token` of `[redacted:token]`; empty when it says no more.
pub fn mark_label(mark: &str) -> &str {
    mark.strip_prefix(OPENING)
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or_default()
        .trim_start_matches([':', ',', ' '])
        .trim_end()
}

/// A text in parts: what stands there, and the marks in between.
pub fn split_marks(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('[')) {
        let opening = at + found;
        at = opening + 1;
        if let Some(end) = mark_end(text, opening) {
            if opening > start {
                parts.push(Part::Text(scan::part(text, start, opening)));
            }
            parts.push(Part::Redacted(mark_label(scan::part(text, opening, end))));
            (start, at) = (end, end);
        }
    }
    if start < text.len() {
        parts.push(Part::Text(scan::part(text, start, text.len())));
    }
    parts
}

/// A part of a text with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// As it came.
    Text(&'a str),
    /// Something hidden, with what the mark says of it.
    Redacted(&'a str),
}
