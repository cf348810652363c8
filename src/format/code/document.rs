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
    language: Language,
    json: Option<JsonLines>,
    plain: Option<PlainLines>,
    lines: Vec<Line>,
    shown: Cut,
    /// The rows of another width, until there are all of them.
    coming: Option<Cut>,
    longest_line: u32,
}

/// Rows of one width.
#[derive(Debug)]
struct Cut {
    columns: Option<u32>,
    cutter: RowCutter,
    rows: Vec<Row>,
}

impl Cut {
    fn new(columns: Option<u32>) -> Self {
        Self { columns, cutter: RowCutter::new(columns), rows: Vec::new() }
    }
}

/// One row as it is shown.
#[derive(Debug)]
pub struct ShownRow<'a> {
    /// The number of its line, counted from one.
    pub number: u32,
    /// Whether it is the first row of its line.
    pub is_first: bool,
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
            language,
            json: is_json.then(JsonLines::default),
            plain: (!is_json).then(|| PlainLines::from(0, language)),
            lines: Vec::new(),
            shown: Cut::new(columns),
            coming: None,
            longest_line: 0,
        }
    }

    /// Cuts on until about so many bytes are done; whether there is more to do.
    pub fn advance(&mut self, bytes: usize) -> bool {
        let mut done = 0;
        while done < bytes {
            let Some(row) = self.next_row() else {
                if let Some(complete) = self.coming.take() {
                    self.shown = complete;
                }
                return false;
            };
            // A row costs something however short it is.
            done += index(row.end.saturating_sub(row.start)) + 8;
            self.working().rows.push(row);
        }
        true
    }

    /// Takes another width: the rows of the one before are shown until the next steps have cut all of the new.
    pub fn rewrap(&mut self, columns: Option<u32>) {
        if columns != self.working().columns {
            self.coming = (columns != self.shown.columns).then(|| Cut::new(columns));
        }
    }

    /// The width of the rows there are.
    pub fn columns(&self) -> Option<u32> {
        self.shown.columns
    }

    /// The rows there are so far.
    pub fn row_count(&self) -> usize {
        self.shown.rows.len()
    }

    /// The lines there are so far.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are more rows than can be shown.
    pub fn is_full(&self) -> bool {
        self.row_count() >= MOST_ROWS
    }

    /// The longest line so far, in bytes.
    pub fn longest_line(&self) -> u32 {
        self.longest_line
    }

    /// How the text turned out as JSON; `None` while that is open, or where it was not to be JSON.
    pub fn ending(&self) -> Option<Ending> {
        self.json.as_ref().and_then(JsonLines::ending)
    }

    /// The number of the line that begins at a place in the text, or holds it.
    pub fn line_at(&self, place: usize) -> usize {
        self.lines.partition_point(|line| index(line.start) <= place)
    }

    /// The first row of a line, counted from one.
    pub fn row_of_line(&self, number: u32) -> usize {
        self.shown.rows.partition_point(|row| row.line < number.saturating_sub(1))
    }

    /// One row, if it is there by now.
    pub fn row(&self, number: usize) -> Option<ShownRow<'_>> {
        let row = self.shown.rows.get(number)?;
        let line = self.lines.get(index(row.line))?;
        Some(ShownRow {
            number: row.line.saturating_add(1),
            is_first: row.start == line.start,
            indent: indent(line.depth, self.shown.columns),
            pieces: pieces_of(&self.text, row, line.language),
        })
    }

    /// The text itself.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// What it was to be read as.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The lines so far, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The rows so far, in order.
    pub fn rows(&self) -> &[Row] {
        &self.shown.rows
    }

    fn working(&mut self) -> &mut Cut {
        self.coming.as_mut().unwrap_or(&mut self.shown)
    }

    fn next_row(&mut self) -> Option<Row> {
        loop {
            let cut = self.coming.as_mut().unwrap_or(&mut self.shown);
            if cut.rows.len() >= MOST_ROWS {
                return None;
            }
            if let Some(row) = cut.cutter.next_row(&self.text, &self.lines) {
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
