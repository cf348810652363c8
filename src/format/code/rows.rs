//! Lines cut into rows as wide as the view.

use super::line::{Language, Line, index, offset};
use super::scan;
use super::token::{Extent, Standing, Token, TokenKind, token_at};
use super::unit::unit_at;

/// One row: a part of a line that fits the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The index of its line.
    pub line: u32,
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// Where a reader of its tokens stands at its beginning.
    pub standing: Standing,
}

/// Cuts lines into rows, one row at a time.
#[derive(Debug)]
pub struct RowCutter {
    columns: Option<u32>,
    line: usize,
    at: usize,
    inside_line: bool,
    standing: Standing,
}

/// Columns one level is indented.
const INDENT: u32 = 2;
/// No line is indented further, however deep it lies: it has to be read, too.
const MOST_INDENT: u32 = 48;
/// How many bytes beyond a row's columns are read for it, so that rows of a very long token cost what others do: what
/// lies further off does not fit, and a redaction mark at the end of the row is seen whole.
const HORIZON: usize = 128;
/// A row is never narrower, whatever the view says.
const LEAST_COLUMNS: u32 = 16;

/// The columns a line of this depth is indented by, in a view this wide.
pub fn indent(depth: u16, columns: Option<u32>) -> u32 {
    let most = columns.map_or(MOST_INDENT, |columns| (columns / 3).min(MOST_INDENT));
    u32::from(depth).saturating_mul(INDENT).min(most)
}

impl RowCutter {
    /// Rows of so many columns; one row for each line where there is no bound.
    pub fn new(columns: Option<u32>) -> Self {
        let columns = columns.map(|columns| columns.max(LEAST_COLUMNS));
        Self { columns, line: 0, at: 0, inside_line: false, standing: Standing::BeforeCommand }
    }

    /// The next row of the lines there are; `None` where more lines are needed. Always asked with the same text.
    pub fn next_row(&mut self, text: &str, lines: &[Line]) -> Option<Row> {
        let line = lines.get(self.line)?;
        if !self.inside_line {
            self.at = index(line.start);
            self.standing = standing_at(*line, self.standing);
        }
        let (start, standing) = (self.at, self.standing);
        match self.columns {
            Some(columns) => self.fill(text, *line, columns),
            None => self.take_line(text, *line),
        }
        self.inside_line = self.at < index(line.end);
        let row = Row { line: offset(self.line), start: offset(start), end: offset(self.at), standing };
        self.line += usize::from(!self.inside_line);
        Some(row)
    }

    /// Moves to the end of the line; only where tokens reach over lines they have to be read for that.
    fn take_line(&mut self, text: &str, line: Line) {
        let end = index(line.end);
        while matches!(line.language, Language::Shell | Language::Script) && self.at < end {
            let token = token_at(text, self.at, end, line.language, self.standing);
            (self.at, self.standing) = (token.end, token.then);
        }
        self.at = end;
    }

    /// Moves on by as much of the line as fits.
    fn fill(&mut self, text: &str, line: Line, columns: u32) {
        let end = index(line.end);
        let mut free = columns - indent(line.depth, self.columns);
        let mut is_empty = true;
        while self.at < end {
            let horizon = scan::after_character(text, self.at.saturating_add(index(columns) + HORIZON)).min(end);
            let start = self.at;
            let token = token_at(text, start, horizon, line.language, self.standing);
            if token.kind == TokenKind::Space {
                (self.at, self.standing) = (token.end, token.then);
                continue;
            }
            while self.at < token.end {
                let unit = unit_at(text, self.at, token.end, free.max(1), token.kind.has_escapes());
                if unit.columns > free && !is_empty {
                    if self.at > start {
                        self.standing = Standing::Inside(token.kind);
                    }
                    return;
                }
                free = free.saturating_sub(unit.columns);
                self.at = unit.end;
                is_empty = false;
            }
            self.standing = token.then;
            if is_colon(text, start, token, line.language) {
                free = free.saturating_sub(1);
            }
        }
    }
}

/// Whether a token is the colon behind a key, which the pretty form shows with a space.
pub(super) fn is_colon(text: &str, start: usize, token: Token, language: Language) -> bool {
    language == Language::Json && token.kind == TokenKind::Sign && scan::byte(text, start) == Some(b':')
}

/// Where a reader stands at the beginning of a line, given where it stood at the end of the one before.
fn standing_at(line: Line, before: Standing) -> Standing {
    match (line.language, before) {
        (Language::Json, _) if line.keyed => Standing::BeforeKey,
        (Language::Json | Language::Plain, _) => Standing::Between,
        // A quoted text or a comment goes on in the next line.
        (_, Standing::Inside(TokenKind::Text(_) | TokenKind::Comment(Extent::Block)) | Standing::BeforeCommand) => {
            before
        }
        _ => Standing::Between,
    }
}
