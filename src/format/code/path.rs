//! The value that stands on a line of pretty JSON: the path to it, and the value itself.

use super::line::{Line, index};
use super::scan::{self, StringEnd};
use crate::format::json;

/// The path to the value on a line, as nodes ask for it (`values[0].name`), and the value: a string without its quotes,
/// anything else as it came. `None` where the line holds none.
pub fn value_on_line(text: &str, lines: &[Line], number: u32) -> Option<(String, String)> {
    let mut place = beginning(text, lines, index(number.checked_sub(1)?))?;
    let value = value_of(text, lines.get(place)?)?;
    let mut path = String::new();
    while let Some(line) = lines.get(place).filter(|line| line.depth > 0) {
        let before = lines.get(..place)?;
        let parent = before.iter().rposition(|other| other.depth < line.depth)?;
        let siblings = lines.get(parent + 1..place)?.iter();
        let index = || siblings.filter(|other| other.depth == line.depth && !closes(text, other)).count();
        let part = key_of(text, line).unwrap_or_else(|| format!("[{}]", index()));
        let is_joined = path.is_empty() || path.starts_with('[');
        path = if is_joined { part + &path } else { format!("{part}.{path}") };
        place = parent;
    }
    Some((path, value))
}

/// The line on which the value begins that a line belongs to: its own, but for one that only closes.
fn beginning(text: &str, lines: &[Line], place: usize) -> Option<usize> {
    let line = lines.get(place)?;
    if !closes(text, line) {
        return Some(place);
    }
    lines.get(..place)?.iter().rposition(|other| other.depth == line.depth)
}

fn closes(text: &str, line: &Line) -> bool {
    matches!(scan::byte(text, index(line.start)), Some(b'}' | b']'))
}

/// The key that a line begins with, in the form of a path.
fn key_of(text: &str, line: &Line) -> Option<String> {
    let quoted = line.keyed.then(|| key_end(text, line)).flatten().and_then(|end| text.get(index(line.start)..end))?;
    let key = json::text(quoted)?;
    let is_plain =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    Some(if is_plain { key } else { format!("[{quoted}]") })
}

fn key_end(text: &str, line: &Line) -> Option<usize> {
    match scan::json_string_end(text, index(line.start) + 1) {
        StringEnd::Closed(end) => Some(end),
        _ => None,
    }
}

fn value_of(text: &str, line: &Line) -> Option<String> {
    let mut start = index(line.start);
    if line.keyed {
        let colon = scan::skip_space(text, key_end(text, line)?);
        start = scan::skip_space(text, colon + 1);
    }
    let value = text.get(start..json::value_end(text, start)?)?;
    Some(json::text(value).unwrap_or_else(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::value_on_line;
    use crate::format::code::{Document, Language};

    fn on_line(text: &str, number: u32) -> Option<(String, String)> {
        let mut document = Document::new(Arc::from(text), Language::Json, None);
        while document.advance(64) {}
        value_on_line(text, document.lines(), number)
    }

    #[test]
    fn every_line_has_its_path_and_value() {
        let text = r#"{"error":{"code":12345678901234567890,"a b":"x\ny"},"list":[[1,2],{},{"id":"é"}],"n":null}"#;
        for (number, path, value) in [
            (1, "", text),
            (2, "error", r#"{"code":12345678901234567890,"a b":"x\ny"}"#),
            (3, "error.code", "12345678901234567890"),
            (4, "error[\"a b\"]", "x\ny"),
            (5, "error", r#"{"code":12345678901234567890,"a b":"x\ny"}"#),
            (6, "list", r#"[[1,2],{},{"id":"é"}]"#),
            (7, "list[0]", "[1,2]"),
            (8, "list[0][0]", "1"),
            (9, "list[0][1]", "2"),
            (11, "list[1]", "{}"),
            (13, "list[2].id", "é"),
            (16, "n", "null"),
        ] {
            assert_eq!(on_line(text, number), Some((path.to_owned(), value.to_owned())), "line {number}");
        }
        assert_eq!(on_line(text, 99), None);
        assert_eq!(on_line(text, 0), None);
        assert_eq!(on_line("{\"a\":{\"b\":\"cut", 3), None);
    }
}
