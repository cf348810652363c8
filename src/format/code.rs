//! Text as numbered, coloured and wrapped rows, made a little at a time.
//!
//! A body may be a megabyte, a single line of a million characters or JSON ten thousand levels deep, and the page must
//! not stop for it. So nothing here parses into values: [`json`] cuts the text into the lines of its pretty form,
//! [`rows`] cuts lines into rows as wide as the view, [`token`] colours one row at a time, and a [`Document`] does all
//! of that in steps as long as its caller likes. Key order, duplicate keys, escapes and digits stay as they came,
//! because only places in the text are kept.

pub mod document;
pub mod json;
pub mod line;
pub mod mark;
mod path;
pub mod pieces;
pub mod plain;
pub mod rows;
pub(crate) mod scan;
pub mod token;
pub mod unit;

pub use document::{Document, ShownRow};
pub use json::Ending;
pub use line::{Language, Line};
pub use path::value_on_line;
pub use pieces::{Piece, Shown, pieces_of_text};
pub use token::TokenKind;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
