//! Text cut at its own line breaks.

use super::line::{Language, Line};
use super::scan;

/// Cuts a text at its line breaks: `\n` and `\r\n`. A `\r` alone stays, and is shown.
#[derive(Debug)]
pub struct PlainLines {
    at: usize,
    language: Language,
    finished: bool,
}

impl PlainLines {
    /// The lines from a place on.
    pub fn from(at: usize, language: Language) -> Self {
        Self { at, language, finished: false }
    }

    /// The next line; `None` at the end. A text that ends with a line break has no empty line behind it.
    pub fn next_line(&mut self, text: &str) -> Option<Line> {
        if self.finished {
            return None;
        }
        let start = self.at;
        let end = scan::run(text, start, text.len(), |byte| byte != b'\n');
        self.at = end + 1;
        self.finished = self.at >= text.len();
        let end =
            if end > start && end < text.len() && scan::byte(text, end - 1) == Some(b'\r') { end - 1 } else { end };
        Some(Line::as_it_came(start, end, self.language))
    }
}
