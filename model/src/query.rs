//! The one filter of the page, its form in the URL, and whether a call passes it.
//!
//! The URL is the page's only filter state; search box, dropdowns and links edit it, and the server reads the same
//! text. `parse` and `to_query_string` are inverse to each other, which a property test holds.

mod choice;
mod matching;
mod range;

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

pub use choice::Choice;
pub use matching::PreparedQuery;
pub use range::{Span, SpanUnit, TimeRange};

use crate::{Application, CodeFilter, Method, Outcome, Search, SearchError, SourceKind, Timestamp, nearest};

/// What stays readable in the URL; everything else is percent-encoded.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',').remove(b':');

/// Which calls are asked for. Values within a filter are alternatives; filters narrow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// The search box as typed; [`LogQuery::search`] reads it.
    pub text: String,
    /// Response status.
    pub status: Choice<Outcome>,
    /// Request type.
    pub method: Choice<Method>,
    /// Response code or class.
    pub code: Choice<CodeFilter>,
    /// Bot ids.
    pub bot: Choice<String>,
    /// Applications.
    pub application: Choice<Application>,
    /// Kinds of source.
    pub source: Choice<SourceKind>,
    /// End users, by id or name.
    pub user: Choice<String>,
    /// When.
    pub range: TimeRange,
    /// Whether calls without a response are in the list.
    pub no_response: bool,
}

/// A parameter that could not be used, and why. Nothing is dropped silently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryIssue {
    /// The parameter, cut to its first 200 characters.
    pub parameter: String,
    /// What it said, cut to its first 200 characters.
    pub value: String,
    /// What is wrong with it, in words a bot builder understands.
    pub message: String,
    /// Where the search is wrong, in bytes of the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Range<usize>>,
    /// The field of the search that was probably meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// The search with its wrong part as quoted words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_text: Option<String>,
}

impl QueryIssue {
    /// A parameter that could not be used.
    pub fn new(parameter: &str, value: &str, message: impl Into<String>) -> Self {
        Self {
            parameter: parameter.chars().take(200).collect(),
            value: value.chars().take(200).collect(),
            message: message.into(),
            position: None,
            nearest: None,
            as_text: None,
        }
    }

    /// A search that cannot be read.
    pub fn of_search(typed: &str, error: SearchError) -> Self {
        Self {
            position: Some(error.position),
            nearest: error.nearest.map(ToOwned::to_owned),
            as_text: error.as_text,
            ..Self::new("q", typed, error.message)
        }
    }
}

/// What could be read of a query string, and what could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedQuery {
    /// The part that could be read; a search that cannot be read stands in it as typed.
    pub query: LogQuery,
    /// The rest.
    pub issues: Vec<QueryIssue>,
}

impl LogQuery {
    /// The parameters a query string may hold, in the order in which they are printed.
    pub const PARAMETERS: [&'static str; 12] =
        ["q", "status", "method", "code", "bot", "application", "source", "user", "last", "from", "to", "no_response"];

    /// Reads a query string (without `?`).
    pub fn parse(query_string: &str) -> ParsedQuery {
        Self::from_pairs(form_urlencoded::parse(query_string.as_bytes()))
    }

    /// Reads decoded parameters.
    pub fn from_pairs<Name: AsRef<str>, Value: AsRef<str>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
    ) -> ParsedQuery {
        let mut reader = Reader::default();
        for (name, value) in pairs {
            reader.read(name.as_ref(), value.as_ref());
        }
        reader.finish()
    }

    /// The query string (without `?`); empty for the query that asks for everything.
    pub fn to_query_string(&self) -> String {
        let last = match self.range {
            TimeRange::Last(span) => span.to_string(),
            TimeRange::Between { .. } | TimeRange::All => String::new(),
        };
        let (from, to) = match self.range {
            TimeRange::Between { from, to } => (from, to),
            TimeRange::Last(_) | TimeRange::All => (None, None),
        };
        let instant = |time: Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
        let values: [String; 12] = [
            self.text.trim().to_owned(),
            self.status.to_string(),
            self.method.to_string(),
            self.code.to_string(),
            self.bot.to_string(),
            self.application.to_string(),
            self.source.to_string(),
            self.user.to_string(),
            last,
            instant(from),
            instant(to),
            if self.no_response { "true".to_owned() } else { String::new() },
        ];
        let mut query_string = String::new();
        for (name, value) in Self::PARAMETERS.iter().zip(&values).filter(|(_, value)| !value.is_empty()) {
            push_parameter(&mut query_string, name, value);
        }
        query_string
    }

    /// What the search box asks for.
    pub fn search(&self) -> Result<Search, SearchError> {
        Search::parse(&self.text)
    }

    /// Whether calls without a response are listed: asked for, or named by the status filter or the search.
    pub fn lists_no_response(&self) -> bool {
        self.no_response
            || self.status.include.contains(&Outcome::NoResponse)
            || self.search().is_ok_and(|search| search.asks_for_no_response())
    }

    /// Whether anything but the range narrows the query.
    pub fn is_narrowed(&self) -> bool {
        *self != Self { range: self.range, no_response: self.no_response, ..Self::default() }
    }
}

/// Adds a parameter to a query string.
pub fn push_parameter(query_string: &mut String, name: &str, value: &str) {
    if !query_string.is_empty() {
        query_string.push('&');
    }
    query_string.push_str(name);
    query_string.push('=');
    query_string.extend(utf8_percent_encode(value, ENCODED));
}

/// Collects a query while its parameters come by.
#[derive(Default)]
struct Reader {
    query: LogQuery,
    issues: Vec<QueryIssue>,
    last: Option<Span>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    seen: Vec<String>,
}

impl Reader {
    fn read(&mut self, name: &str, value: &str) {
        if self.seen.iter().any(|seen| seen == name) {
            self.report(name, value, "given twice; put several values into one, with commas between them");
            return;
        }
        self.seen.push(name.to_owned());
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let outcome = match name {
            "q" => {
                // It stays as typed, so that a page can show what is wrong with it.
                value.clone_into(&mut self.query.text);
                if let Err(error) = self.query.search() {
                    self.issues.push(QueryIssue::of_search(value, error));
                }
                Ok(())
            }
            "status" => Choice::parse(value, known_outcome).map(|choice| self.query.status = choice),
            "method" => Choice::parse(value, method).map(|choice| self.query.method = choice),
            "code" => Choice::parse(value, |code| code.parse::<CodeFilter>().map_err(|error| error.to_string()))
                .map(|choice| self.query.code = choice),
            "bot" => Choice::parse(value, any_word).map(|choice| self.query.bot = choice),
            "application" => {
                Choice::parse(value, |word| Ok(Application::from(word))).map(|choice| self.query.application = choice)
            }
            "source" => {
                Choice::parse(value, |word| Ok(SourceKind::from(word))).map(|choice| self.query.source = choice)
            }
            "user" => Choice::parse(value, any_word).map(|choice| self.query.user = choice),
            "last" => value.parse().map(|span| self.last = Some(span)).map_err(|error| format!("{error}")),
            "from" => range::from(value).map(|time| self.from = Some(time)).map_err(|error| format!("{error}")),
            "to" => range::to(value).map(|time| self.to = Some(time)).map_err(|error| format!("{error}")),
            "no_response" => match value {
                "true" => {
                    self.query.no_response = true;
                    Ok(())
                }
                "false" => Ok(()),
                _ => Err("either true or false".to_owned()),
            },
            _ => Err(unknown_parameter(name)),
        };
        if let Err(message) = outcome {
            self.report(name, value, &message);
        }
    }

    fn finish(mut self) -> ParsedQuery {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            self.report("from", &from.to_string(), "later than the end of the range");
            self.from = None;
        }
        self.query.range = match (self.last, self.from, self.to) {
            (Some(span), None, None) => TimeRange::Last(span),
            (Some(span), _, _) => {
                self.report("last", &span.to_string(), "cannot stand beside from and to");
                TimeRange::Between { from: self.from, to: self.to }
            }
            (None, None, None) => TimeRange::All,
            (None, from, to) => TimeRange::Between { from, to },
        };
        ParsedQuery { query: self.query, issues: self.issues }
    }

    fn report(&mut self, name: &str, value: &str, message: &str) {
        self.issues.push(QueryIssue::new(name, value, message));
    }
}

fn known_outcome(word: &str) -> Result<Outcome, String> {
    match Outcome::from(word) {
        Outcome::Other(_) => Err("a response status is success, error or no_response".to_owned()),
        known => Ok(known),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "one of several readers of a value, some of which refuse")]
fn method(word: &str) -> Result<Method, String> {
    Ok(Method::from(word.to_ascii_uppercase().as_str()))
}

#[expect(clippy::unnecessary_wraps, reason = "one of several readers of a value, some of which refuse")]
fn any_word(word: &str) -> Result<String, String> {
    Ok(word.to_owned())
}

fn unknown_parameter(name: &str) -> String {
    match nearest::nearest(name, LogQuery::PARAMETERS) {
        Some(known) => format!("not a filter; did you mean {known}?"),
        None => format!("not a filter; the filters are {}", LogQuery::PARAMETERS.join(", ")),
    }
}

#[cfg(test)]
mod tests;
