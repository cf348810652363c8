//! A search in its own language, in one form: what is printed is read as the same tree again.

use std::fmt::{self, Display};

use super::error::quote;
use super::parser::{is_text_with_colon, qualifier_name};
use super::scanner::OPERATORS;
use super::{Expression, Field, FieldTest, Presence, Search, TextPart};
use crate::Outcome;

impl Display for Search {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression().fmt(formatter)
    }
}

impl Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(terms) => join(formatter, terms, " "),
            // One qualifier with several values: `code:(404 OR 5xx)`.
            Self::Any(terms) => match of_one_qualifier(terms) {
                Some((qualifier, values)) => write!(formatter, "{qualifier}({})", values.join(" OR ")),
                None => join(formatter, terms, " OR "),
            },
            Self::Not(term) => {
                formatter.write_str("-")?;
                operand(formatter, term)
            }
            Self::Field(_) | Self::Text { .. } => {
                let (qualifier, value) = self.leaf().unwrap_or_default();
                write!(formatter, "{qualifier}{value}")
            }
        }
    }
}

fn join(formatter: &mut fmt::Formatter<'_>, terms: &[Expression], between: &str) -> fmt::Result {
    for (index, term) in terms.iter().enumerate() {
        if index > 0 {
            formatter.write_str(between)?;
        }
        operand(formatter, term)?;
    }
    Ok(())
}

fn operand(formatter: &mut fmt::Formatter<'_>, term: &Expression) -> fmt::Result {
    match term {
        Expression::Any(terms) if of_one_qualifier(terms).is_some() => term.fmt(formatter),
        Expression::All(_) | Expression::Any(_) => write!(formatter, "({term})"),
        _ => term.fmt(formatter),
    }
}

/// The values of alternatives that are all asked of one field or one part of the text.
fn of_one_qualifier(terms: &[Expression]) -> Option<(String, Vec<String>)> {
    let leaves = terms.iter().map(Expression::leaf).collect::<Option<Vec<_>>>()?;
    let qualifier = leaves.first().map(|(qualifier, _)| qualifier.clone()).filter(|first| !first.is_empty())?;
    let is_one = leaves.iter().all(|(other, _)| *other == qualifier);
    is_one.then(|| (qualifier, leaves.into_iter().map(|(_, value)| value).collect()))
}

impl Expression {
    /// What stands before a value, and the value; `None` where this is no single test.
    fn leaf(&self) -> Option<(String, String)> {
        Some(match self {
            Self::All(_) | Self::Any(_) | Self::Not(_) => return None,
            Self::Text { words, part: TextPart::Anywhere } => (String::new(), text(words.as_str())),
            Self::Text { words, part: TextPart::Url } => (prefix(Field::Url), value(words.as_str(), Field::Url)),
            Self::Text { words, part: TextPart::Host } => (prefix(Field::Host), value(words.as_str(), Field::Host)),
            Self::Text { words, part } => {
                let scope = TextPart::SCOPES.into_iter().find(|(_, scoped)| scoped == part);
                let (scope, _) = scope?;
                (format!("{}{scope} ", prefix(Field::In)), text(words.as_str()))
            }
            Self::Field(test) => {
                let (field, printed) = test.field_and_value();
                (prefix(field), value(&printed, field))
            }
        })
    }
}

fn prefix(field: Field) -> String {
    format!("{}:", field.name())
}

impl FieldTest {
    fn field_and_value(&self) -> (Field, String) {
        match self {
            Self::Status(Outcome::NoResponse) => (Field::Is, Outcome::NoResponse.to_string()),
            Self::Status(outcome) => (Field::Status, outcome.to_string()),
            Self::Code(range) => (Field::Code, range.to_string()),
            Self::Method(method) => (Field::Method, method.to_string()),
            Self::Bot(words) => (Field::Bot, words.as_str().to_owned()),
            Self::Path(words) => (Field::Path, words.as_str().to_owned()),
            Self::Node(words) => (Field::Node, words.as_str().to_owned()),
            Self::User(words) => (Field::User, words.as_str().to_owned()),
            Self::Application(words) => (Field::Application, words.as_str().to_owned()),
            Self::Source(kind) => (Field::Source, kind.to_string()),
            Self::Duration(range) => (Field::Duration, range.to_string()),
            Self::Id(id) => (Field::Id, id.to_string()),
            Self::IsScript => (Field::Is, "script".to_owned()),
            Self::Has(presence) => {
                let word = Presence::ALL.into_iter().find(|(_, known)| known == presence);
                (Field::Has, word.map(|(word, _)| word).unwrap_or_default().to_owned())
            }
        }
    }
}

/// A value behind a field's colon, in quotes where it would be read as something else.
pub(super) fn value(value: &str, field: Field) -> String {
    let is_a_list = value.contains(',') && field.takes_lists();
    if is_a_list || !is_one_word(value) { quote(value) } else { value.to_owned() }
}

/// Words, in quotes where they would be read as something else.
fn text(words: &str) -> String {
    let is_qualifier = qualifier_name(words).is_some_and(|name| !is_text_with_colon(name, words));
    if is_qualifier || !is_one_word(words) { quote(words) } else { words.to_owned() }
}

/// Whether words are read as one word where a term or a value is expected.
fn is_one_word(words: &str) -> bool {
    let is_operator = OPERATORS
        .iter()
        .any(|operator| words.strip_prefix(operator).is_some_and(|rest| rest.is_empty() || rest.starts_with('"')));
    let is_taken = |character: char| character.is_whitespace() || matches!(character, '(' | ')');
    !is_operator && !words.starts_with(['"', '-']) && !words.is_empty() && !words.contains(is_taken)
}
