//! Whether an expression holds.

use std::cell::OnceCell;

use super::{Expression, FieldTest, TextPart, Words};
use crate::Call;
use crate::searched::SearchedText;

/// What an expression is asked about: a call, or what a store knows of one.
pub trait Subject {
    /// Whether it passes a qualifier.
    fn passes(&self, test: &FieldTest) -> bool;
    /// Whether words occur in a part of its text.
    fn holds(&self, words: &Words, part: TextPart) -> bool;
}

impl Expression {
    /// Whether it holds of a subject. Asks from left to right, and no more than it must.
    pub fn holds(&self, subject: &impl Subject) -> bool {
        match self {
            Self::All(terms) => terms.iter().all(|term| term.holds(subject)),
            Self::Any(terms) => terms.iter().any(|term| term.holds(subject)),
            Self::Not(term) => !term.holds(subject),
            Self::Field(test) => subject.passes(test),
            Self::Text { words, part } => subject.holds(words, *part),
        }
    }
}

/// A call with its text, which is gathered when it is first asked for.
pub struct SearchedCall<'c> {
    call: &'c Call,
    text: OnceCell<SearchedText>,
}

impl<'c> SearchedCall<'c> {
    /// Gathers nothing yet.
    pub const fn new(call: &'c Call) -> Self {
        Self { call, text: OnceCell::new() }
    }

    /// The call.
    pub const fn call(&self) -> &'c Call {
        self.call
    }

    /// Its text.
    pub fn text(&self) -> &SearchedText {
        self.text.get_or_init(|| SearchedText::of(self.call))
    }
}

impl Subject for SearchedCall<'_> {
    fn passes(&self, test: &FieldTest) -> bool {
        test.passes(self.call)
    }

    fn holds(&self, words: &Words, part: TextPart) -> bool {
        self.text().holds(words.folded(), part)
    }
}
