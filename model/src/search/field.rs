//! The fields of the language, and what their values mean.

use super::print;
use super::{CodeRange, DurationRange, Expression, FieldTest, Presence, TextPart, Words};
use crate::{Method, Outcome, SourceKind, nearest};

/// A field: what stands before the colon of a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// How the call ended; takes response codes as well, as people read them under Status.
    Status,
    /// The response code.
    Code,
    /// The request type.
    Method,
    /// The bot.
    Bot,
    /// The application.
    Application,
    /// The kind of place that made the call.
    Source,
    /// The path.
    Path,
    /// The node.
    Node,
    /// The end user.
    User,
    /// The URL.
    Url,
    /// The host of the URL.
    Host,
    /// How long the call took.
    Duration,
    /// What the call is.
    Is,
    /// What the call has.
    Has,
    /// Where the words of the next term are.
    In,
    /// The id of the call.
    Id,
}

impl Field {
    /// All of them, in the order in which people expect them.
    pub const ALL: [Self; 16] = [
        Self::Status,
        Self::Code,
        Self::Method,
        Self::Bot,
        Self::Application,
        Self::Source,
        Self::Path,
        Self::Node,
        Self::User,
        Self::Url,
        Self::Host,
        Self::Duration,
        Self::Is,
        Self::Has,
        Self::In,
        Self::Id,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Code => "code",
            Self::Method => "method",
            Self::Bot => "bot",
            Self::Application => "app",
            Self::Source => "source",
            Self::Path => "path",
            Self::Node => "node",
            Self::User => "user",
            Self::Url => "url",
            Self::Host => "host",
            Self::Duration => "duration",
            Self::Is => "is",
            Self::Has => "has",
            Self::In => "in",
            Self::Id => "id",
        }
    }

    /// A value it may have, to show how it is meant.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Status => "error",
            Self::Code => "5xx",
            Self::Method => "POST",
            Self::Bot | Self::Path => "\"Order status\"",
            Self::Application => "google_sheets",
            Self::Source => "inbox",
            Self::Node => "\"Look up order\"",
            Self::User => "Asha",
            Self::Url => "/orders",
            Self::Host => "api.example.com",
            Self::Duration => ">2s",
            Self::Is => "script",
            Self::Has => "script_error",
            Self::In => "response",
            Self::Id => "0193573e-3b7c-7a56-8d25-2f64d6dc9a01",
        }
    }

    /// What it is of, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Status => "how it ended: success, error or no_response",
            Self::Code => "the response code: 404, 5xx, >=500",
            Self::Method => "the request type: GET, POST, C2E",
            Self::Bot => "the bot, by any part of its name",
            Self::Application => "the application that was called",
            Self::Source => "where it was made: bot_flow, inbox",
            Self::Path => "the path of the bot flow",
            Self::Node => "the node that made it",
            Self::User => "the end user, by name or id",
            Self::Url => "any part of the URL",
            Self::Host => "any part of the URL's host",
            Self::Duration => "how long it took: >2s, 1s..5s",
            Self::Is => "success, error, no_response or script",
            Self::Has => "what is there: body, user, script_error",
            Self::In => "words in one part: in:response word",
            Self::Id => "the id of one call",
        }
    }

    /// A value as it has to be typed behind the colon: in quotes where it would be read as something else.
    pub fn typed(self, value: &str) -> String {
        print::value(value, self)
    }

    /// The field of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("application") {
            return Some(Self::Application);
        }
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// The name of the field that was probably meant.
    pub(super) fn nearest(name: &str) -> Option<&'static str> {
        let name = name.to_ascii_lowercase();
        nearest::nearest(&name, Self::ALL.map(Self::name))
    }

    /// Whether a comma stands between values. In addresses it may be a part of one.
    pub(super) const fn takes_lists(self) -> bool {
        !matches!(self, Self::Url | Self::Host)
    }

    /// What a value of it asks for, or what is wrong with the value.
    pub(super) fn test(self, value: &str) -> Result<Expression, String> {
        let words = || Words::new(value);
        let within = |part| Ok(Expression::Text { words: words(), part });
        let test = match self {
            Self::Status if value.starts_with(|first: char| first.is_ascii_digit() || "<>=".contains(first)) => {
                FieldTest::Code(CodeRange::parse(value)?)
            }
            Self::Status => known_outcome(value).map(FieldTest::Status).ok_or(
                "a response status is success, error or no_response; a response code is found by code:, like code:404",
            )?,
            Self::Code => FieldTest::Code(CodeRange::parse(value)?),
            Self::Method => FieldTest::Method(Method::from(value.to_ascii_uppercase().as_str())),
            Self::Bot => FieldTest::Bot(words()),
            Self::Path => FieldTest::Path(words()),
            Self::Node => FieldTest::Node(words()),
            Self::User => FieldTest::User(words()),
            Self::Application => FieldTest::Application(words()),
            Self::Source => FieldTest::Source(source(value)),
            Self::Url => return within(TextPart::Url),
            Self::Host => return within(TextPart::Host),
            Self::Duration => FieldTest::Duration(DurationRange::parse(value)?),
            Self::Is if value.eq_ignore_ascii_case("script") => FieldTest::IsScript,
            Self::Is => {
                known_outcome(value).map(FieldTest::Status).ok_or("a call is success, error, no_response or script")?
            }
            Self::Has => known(Presence::ALL, value)
                .map(FieldTest::Has)
                .ok_or_else(|| format!("what a call can have is {}", listed(Presence::ALL)))?,
            Self::In => return Err(scopes()),
            Self::Id => FieldTest::Id(
                value
                    .parse()
                    .map_err(|_| "the id of a call is a UUID, like 0193573e-3b7c-7a56-8d25-2f64d6dc9a01".to_owned())?,
            ),
        };
        Ok(Expression::Field(test))
    }

    /// The part that a value of `in:` names.
    pub(super) fn scope(value: &str) -> Result<TextPart, String> {
        known(TextPart::SCOPES, value).ok_or_else(scopes)
    }
}

fn scopes() -> String {
    format!("words can be looked for in {}, like in:response word", listed(TextPart::SCOPES))
}

fn known<T, const COUNT: usize>(values: [(&str, T); COUNT], word: &str) -> Option<T> {
    values.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, value)| value)
}

fn listed<T, const COUNT: usize>(values: [(&'static str, T); COUNT]) -> String {
    values.map(|(word, _)| word).join(", ")
}

fn known_outcome(word: &str) -> Option<Outcome> {
    let is_it = |outcome: &&Outcome| is_named(word, outcome.as_str(), outcome.label());
    Outcome::KNOWN.iter().find(is_it).cloned()
}

/// A kind of source by its word or its name; one that this version does not know by its word.
fn source(word: &str) -> SourceKind {
    let is_it = |kind: &&SourceKind| is_named(word, kind.as_str(), kind.label());
    SourceKind::KNOWN.iter().find(is_it).cloned().unwrap_or_else(|| SourceKind::from(word))
}

fn is_named(typed: &str, word: &str, label: &str) -> bool {
    typed.eq_ignore_ascii_case(word) || typed.eq_ignore_ascii_case(label)
}
