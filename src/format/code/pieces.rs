//! A row as the pieces a view shows.

use super::line::{Language, index};
use super::mark::mark_label;
use super::rows::{Row, is_colon};
use super::scan;
use super::token::{TokenKind, token_at};
use super::unit::{UnitKind, unit_at};

/// A part of a row in one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it belongs to.
    pub kind: TokenKind,
    /// What is shown.
    pub shown: Shown<'a>,
}

/// What a piece shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Text.
    Text(&'a str),
    /// A mark where a secret was, with what it says of it.
    Redacted(&'a str),
    /// A character that would not be seen.
    Invisible(char),
}

/// The pieces of a text that is no code: marks and what cannot be seen are told apart, nothing is coloured.
pub fn pieces_of_text(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Pieces { text, list: Vec::new(), pending: None };
    pieces.push_token(0, text.len(), TokenKind::Plain);
    pieces.finish()
}

/// The pieces of a row, in order.
pub fn pieces_of<'a>(text: &'a str, row: &Row, language: Language) -> Vec<Piece<'a>> {
    let mut pieces = Pieces { text, list: Vec::new(), pending: None };
    let (mut at, end) = (index(row.start), index(row.end));
    let mut standing = row.standing;
    while at < end {
        let token = token_at(text, at, end, language, standing);
        if is_colon(text, at, token, language) {
            pieces.push(token.kind, Shown::Text(": "));
        } else if token.kind != TokenKind::Space {
            pieces.push_token(at, token.end, token.kind);
        }
        (at, standing) = (token.end, token.then);
    }
    pieces.finish()
}

struct Pieces<'a> {
    text: &'a str,
    list: Vec<Piece<'a>>,
    /// Text of one colour that may still grow.
    pending: Option<(TokenKind, usize, usize)>,
}

impl<'a> Pieces<'a> {
    fn push_token(&mut self, start: usize, end: usize, kind: TokenKind) {
        let mut at = start;
        while at < end {
            let unit = unit_at(self.text, at, end, u32::MAX, kind.has_escapes());
            match unit.kind {
                UnitKind::Text => self.push_text(kind, at, unit.end),
                UnitKind::Redacted => self.push(kind, Shown::Redacted(mark_label(scan::part(self.text, at, unit.end)))),
                UnitKind::Invisible(character) => self.push(kind, Shown::Invisible(character)),
            }
            at = unit.end;
        }
    }

    fn push_text(&mut self, kind: TokenKind, start: usize, end: usize) {
        match &mut self.pending {
            Some((pending_kind, _, pending_end)) if *pending_kind == kind && *pending_end == start => {
                *pending_end = end;
            }
            _ => {
                self.flush();
                self.pending = Some((kind, start, end));
            }
        }
    }

    fn push(&mut self, kind: TokenKind, shown: Shown<'a>) {
        self.flush();
        self.list.push(Piece { kind, shown });
    }

    fn flush(&mut self) {
        if let Some((kind, start, end)) = self.pending.take() {
            self.list.push(Piece { kind, shown: Shown::Text(scan::part(self.text, start, end)) });
        }
    }

    fn finish(mut self) -> Vec<Piece<'a>> {
        self.flush();
        self.list
    }
}
