//! The pieces of a row as elements.

use crate::format::code::unit::name;
use crate::format::code::{Piece, Shown, ShownRow, TokenKind, pieces_of_text};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed};
use crate::words;

/// The class that colours a token.
const fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Key => "k",
        TokenKind::Text(_) => "s",
        TokenKind::Number => "n",
        TokenKind::Word => "w",
        TokenKind::Flag => "f",
        TokenKind::Sign => "p",
        TokenKind::Comment(_) => "c",
        TokenKind::Plain | TokenKind::Space => "t",
    }
}

/// A row with its number, if it is the first of its line.
pub fn row_line(row: &ShownRow<'_>, marks: &[u32]) -> Markup {
    let class = if marks.contains(&row.number) { "line is-hit" } else { "line" };
    let text = classed("span", "line__t").style("--d", &row.indent.to_string());
    let line = classed("li", class).with(text.with_all(row.pieces.iter().map(piece)));
    if row.is_first { line.attr("data-n", &row.number.to_string()) } else { line }
}

/// A piece stands apart from its neighbours in the order of reading: text that runs from right to left does not turn
/// the brackets and commas around it.
fn piece(piece: &Piece<'_>) -> Markup {
    match piece.shown {
        Shown::Text(text) => classed("span", class(piece.kind)).text(text),
        Shown::Redacted(label) => redacted(label),
        Shown::Invisible(character) => {
            classed("span", "ctl").attr("title", &words::body::invisible(u32::from(character))).text(&name(character))
        }
    }
}

/// The place of a secret, with what is known of it: its kind, its length, its ending.
fn redacted(label: &str) -> Markup {
    let mark = classed("em", "redacted").with(icon(IconName::EyeOff, IconSize::Small)).text(words::body::REDACTED);
    if label.is_empty() { mark } else { mark.text(", ").text(&label.replace('_', " ")) }
}

/// A value that is shown in a table is cut after so many bytes; the request and the raw body have it whole.
const LONGEST_VALUE: usize = 2_000;

/// Puts a text that is no code into an element, with what is hidden in it and what would not be seen.
pub fn marked_text(parent: Markup, text: &str) -> Markup {
    let end = (0..=text.len().min(LONGEST_VALUE)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let shown = text.get(..end).unwrap_or_default();
    let rest = text.len() - shown.len();
    let parent = parent.with_all(pieces_of_text(shown).iter().map(piece));
    if rest == 0 { parent } else { parent.with(classed("span", "muted").text(&words::body::more_bytes(rest))) }
}
