//! The language of the search box: read, printed and evaluated here, for the page, the live tail and every store.
//!
//! ```text
//! search      = alternative { "OR" alternative }           OR binds weaker than standing side by side
//! alternative = term { ["AND"] term }                      terms side by side must all hold
//! term        = { "-" | "NOT" } ( "(" search ")" | qualifier | scope | words )
//! qualifier   = field ":" ( value { "," value } | "(" search of values ")" )
//! scope       = "in:" part term                            the words of the next term, in that part only
//! words       = word | "\"quoted words\""                  inside quotes \" and \\ stand for themselves
//! ```
//!
//! Operators are operators in capitals only. Fields are [`Field`], in any case; values fold as text does.
//!
//! What is pasted is seldom meant as a qualifier, so these are text, not errors:
//! - a word that does not begin with ASCII letters or underscores up to its colon: `12:30`, `{"id":7}`, `c3:x`,
//!   `content-type:json`, `größe:7`
//! - a name with `://` behind it that is no field: `https://shop.example`
//! - quoted words with a colon behind them, quotes and all: `"id":7`
//! - a name with a colon and a blank behind it, unless it is nearly a field: `TypeError: x is undefined`
//! - parentheses inside a word: `f(x)`; and a hyphen before a hyphen or a blank: `--data`, `a - b`
//!
//! Any other `name:value` whose name is no field is an error, which names the nearest field and offers the search
//! with that word as text.
//!
//! What is still being typed is no error at the very end: a quote or a parenthesis that is not closed reaches to the
//! end, and `OR`, `AND` or `NOT` with nothing behind it is not said yet. Blank words (`""`) and `()` say nothing.

mod bounds;
mod error;
mod evaluate;
mod expression;
mod field;
mod parser;
mod print;
mod scanner;
mod typing;

pub use bounds::{CodeRange, DurationRange};
pub use error::SearchError;
pub use evaluate::{SearchedCall, Subject};
pub use expression::{Expression, FieldTest, Presence, TextPart, Words};
pub use field::Field;
pub use typing::Typing;

use crate::{Call, Outcome};

/// The longest search in bytes.
pub const MAX_BYTES: usize = 2_048;
/// The most words and values one search may have.
pub const MAX_TERMS: usize = 32;
/// The most parentheses one search may have inside each other.
pub const MAX_DEPTH: usize = 16;

/// What the search box asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    expression: Expression,
}

impl Search {
    /// Reads what somebody typed.
    pub fn parse(typed: &str) -> Result<Self, SearchError> {
        parser::parse(typed).map(Self::from)
    }

    /// What must hold of a call.
    pub const fn expression(&self) -> &Expression {
        &self.expression
    }

    /// Whether nothing is asked for, so that every call is found.
    pub fn is_empty(&self) -> bool {
        self.expression.is_everything()
    }

    /// Whether a call is found.
    pub fn matches(&self, call: &Call) -> bool {
        self.expression.holds(&SearchedCall::new(call))
    }

    /// Whether calls without a response are asked for by name, and not only excluded.
    pub fn asks_for_no_response(&self) -> bool {
        self.expression.names(&FieldTest::Status(Outcome::NoResponse))
    }
}

impl From<Expression> for Search {
    fn from(expression: Expression) -> Self {
        Self { expression }
    }
}

#[cfg(test)]
mod tests;
