//! A text on its way to the screen.

use std::sync::Arc;

use super::json::{Ending, JsonLines};
use super::line::{Language, Line, index};
use super::pieces::{Piece, pieces_of};
use super::plain::PlainLines;
use super::rows::{Row, RowCutter, indent};

/// More rows than this do not fit the tallest box a browser can lay out; the rest is there to copy.
pub const MOST_ROWS: usize = 1_000_000;

/// A text, cut into lines and rows as far as its caller has let it.
#[derive(Debug)]
pub struct Document {
    text: Arc<str>,
    json: Option<JsonLines>,
    plain: Option<PlainLines>,
    lines: Vec<Line>,
    cutter: RowCutter,
    rows: Vec<Row>,
    columns: Option<u32>,
    longest_line: u32,
}

/// One row as it is shown.
#[derive(Debug)]
pub struct ShownRow<'a> {
    /// The number of its line, for the line's first row.
    pub number: Option<u32>,
    /// The columns it is indented by.
    pub indent: u32,
    /// What it says.
    pub pieces: Vec<Piece<'a>>,
}

impl Document {
    /// A text of which nothing is cut yet. `columns` bounds the rows; without it every line is one row.
    pub fn new(text: Arc<str>, language: Language, columns: Option<u32>) -> Self {
        let is_json = language == Language::Json;
        Self {
            text,
            json: is_json.then(JsonLines::default),
            plain: (!is_json).then(|| PlainLines::from(0, language)),
            lines: Vec::new(),
            cutter: RowCutter::new(columns),
            rows: Vec::new(),
            columns,
            longest_line: 0,
        }
    }

    /// Cuts on until about so many bytes are done; whether there is more to do.
    pub fn advance(&mut self, bytes: usize) -> bool {
        let mut done = 0;
        while done < bytes && !self.is_full() {
            let Some(row) = self.next_row() else { return false };
            // A row costs something however short it is.
            done += index(row.end.saturating_sub(row.start)) + 8;
            self.rows.push(row);
        }
        !self.is_full()
    }

    /// Takes another width: the lines stay, the rows are cut anew by the next steps.
    pub fn rewrap(&mut self, columns: Option<u32>) {
        if columns != self.columns {
            self.columns = columns;
            self.cutter = RowCutter::new(columns);
            self.rows.clear();
        }
    }

    /// The rows there are so far.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The lines there are so far.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are more rows than can be shown.
    pub fn is_full(&self) -> bool {
        self.rows.len() >= MOST_ROWS
    }

    /// The longest line so far, in bytes.
    pub fn longest_line(&self) -> u32 {
        self.longest_line
    }

    /// How the text turned out as JSON; `None` while that is open, or where it was not to be JSON.
    pub fn ending(&self) -> Option<Ending> {
        self.json.as_ref().and_then(JsonLines::ending)
    }

    /// One row, if it is there by now.
    pub fn row(&self, number: usize) -> Option<ShownRow<'_>> {
        let row = self.rows.get(number)?;
        let line = self.lines.get(index(row.line))?;
        Some(ShownRow {
            number: (row.start == line.start).then(|| row.line.saturating_add(1)),
            indent: indent(line.depth, self.columns),
            pieces: pieces_of(&self.text, row, line.language),
        })
    }

    /// The text itself.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The lines so far, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The rows so far, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn next_row(&mut self) -> Option<Row> {
        loop {
            if let Some(row) = self.cutter.next_row(&self.text, &self.lines) {
                return Some(row);
            }
            let line = self.next_line()?;
            self.longest_line = self.longest_line.max(line.end.saturating_sub(line.start));
            self.lines.push(line);
        }
    }

    fn next_line(&mut self) -> Option<Line> {
        if let Some(json) = &mut self.json {
            if let Some(line) = json.next_line(&self.text) {
                return Some(line);
            }
            if let (None, Some(Ending::NotJson(place))) = (&self.plain, json.ending()) {
                self.plain = Some(PlainLines::from(place, Language::Plain));
            }
        }
        self.plain.as_mut()?.next_line(&self.text)
    }
}
