//! The search as a tree.

use super::{CodeRange, DurationRange};
use crate::fold::fold;
use crate::{Application, Call, CallId, Method, Outcome, SourceKind};

/// What must hold of a call. [`Expression::all`], [`Expression::any`] and [`Expression::negated`] keep the tree in
/// the one form that the parser gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// All of these; none of them is an `All`. Empty only as a whole search: everything.
    All(Vec<Expression>),
    /// At least one of these, at least two; none of them is an `Any`.
    Any(Vec<Expression>),
    /// Not this; it is no `Not`.
    Not(Box<Expression>),
    /// A qualifier.
    Field(FieldTest),
    /// Words that occur in a part of the call's text.
    Text {
        /// The words.
        words: Words,
        /// Where they occur.
        part: TextPart,
    },
}

/// Everything.
impl Default for Expression {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl Expression {
    /// All of these; what says nothing is left out.
    pub fn all(terms: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for term in terms {
            match term {
                Self::All(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        single(all).unwrap_or_else(Self::All)
    }

    /// Any of these; what says nothing is left out.
    pub fn any(alternatives: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for alternative in alternatives {
            match alternative {
                Self::Any(inner) => any.extend(inner),
                other if other.is_everything() => {}
                other => any.push(other),
            }
        }
        single(any).unwrap_or_else(|any| if any.is_empty() { Self::default() } else { Self::Any(any) })
    }

    /// The opposite; the opposite of what says nothing says nothing.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other if other.is_everything() => other,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Words anywhere in a call.
    pub fn text(words: &str) -> Self {
        Self::Text { words: Words::new(words), part: TextPart::Anywhere }
    }

    /// Whether nothing is asked for.
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::All(terms) if terms.is_empty())
    }

    /// Whether a test is asked for somewhere, and not only excluded.
    pub(super) fn names(&self, test: &FieldTest) -> bool {
        self.names_with_sign(test, true)
    }

    fn names_with_sign(&self, test: &FieldTest, is_asked_for: bool) -> bool {
        match self {
            Self::All(terms) | Self::Any(terms) => terms.iter().any(|term| term.names_with_sign(test, is_asked_for)),
            Self::Not(term) => term.names_with_sign(test, !is_asked_for),
            Self::Field(found) => is_asked_for && found == test,
            Self::Text { .. } => false,
        }
    }
}

/// The only one of several.
fn single(mut terms: Vec<Expression>) -> Result<Expression, Vec<Expression>> {
    match (terms.pop(), terms.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            terms.extend(last);
            Err(terms)
        }
    }
}

/// A qualifier's test of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldTest {
    /// How it ended.
    Status(Outcome),
    /// Its response code; a call without one never passes.
    Code(CodeRange),
    /// Its request type.
    Method(Method),
    /// Its bot, by id or a part of the name.
    Bot(Words),
    /// The path it was made in, by id or a part of the name.
    Path(Words),
    /// The node that made it, by id or a part of the name.
    Node(Words),
    /// Its end user, by id or a part of the name.
    User(Words),
    /// Its application, by word or name.
    Application(Words),
    /// The kind of place that made it.
    Source(SourceKind),
    /// How long it took; a call whose duration is not known never passes.
    Duration(DurationRange),
    /// Its id.
    Id(CallId),
    /// Whether it is a run of a script node.
    IsScript,
    /// What it has.
    Has(Presence),
}

impl FieldTest {
    /// Whether a call passes.
    pub fn passes(&self, call: &Call) -> bool {
        match self {
            Self::Status(outcome) => call.outcome() == *outcome,
            Self::Code(range) => call.response.as_ref().is_some_and(|response| range.contains(response.status)),
            Self::Method(method) => call.request.as_ref().is_some_and(|request| request.method == *method),
            Self::Bot(words) => call.bot.as_ref().is_some_and(|bot| words.name(&bot.id, &bot.name)),
            Self::Path(words) => call.source.path.as_ref().is_some_and(|path| words.name(&path.id, &path.name)),
            Self::Node(words) => call.source.node.as_ref().is_some_and(|node| words.name(&node.id, &node.name)),
            Self::User(words) => call.user.as_ref().is_some_and(|user| {
                words.name(user.id.as_deref().unwrap_or_default(), user.name.as_deref().unwrap_or_default())
            }),
            Self::Application(words) => words.name_application(&call.application),
            Self::Source(kind) => call.source.kind == *kind,
            Self::Duration(range) => call.duration_ms.is_some_and(|millis| range.contains(millis)),
            Self::Id(id) => call.id == *id,
            Self::IsScript => call.script.is_some(),
            Self::Has(presence) => presence.is_in(call),
        }
    }
}

/// Words that are looked for: as typed, and folded once. Never blank in a search that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    typed: String,
    folded: String,
}

impl Words {
    /// Folds what was typed.
    pub fn new(typed: &str) -> Self {
        Self { typed: typed.to_owned(), folded: fold(typed) }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// As folded texts are searched for it.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether they name something: its id exactly, or a part of its name in any case.
    pub fn name(&self, id: &str, name: &str) -> bool {
        self.typed == id || fold(name).contains(&self.folded)
    }

    /// Whether they name an application: by its word or its whole name, in any case.
    pub fn name_application(&self, application: &Application) -> bool {
        fold(application.as_str()) == self.folded || fold(application.label()) == self.folded
    }
}

/// A part of a call's text. Each is a part of [`TextPart::Anywhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextPart {
    /// All text of the call: URL, headers, bodies, user, bot, source, error, script, ids.
    Anywhere,
    /// The URL.
    Url,
    /// The host of the URL, with its port.
    Host,
    /// The request: URL, headers, body.
    Request,
    /// The response: headers, body.
    Response,
    /// The headers of request and response, as `name: value`.
    Headers,
    /// The script: its text, its variables before and after, its error and its result.
    Script,
}

impl TextPart {
    /// The parts that `in:` takes, by their words.
    pub const SCOPES: [(&'static str, Self); 5] = [
        ("url", Self::Url),
        ("request", Self::Request),
        ("response", Self::Response),
        ("headers", Self::Headers),
        ("script", Self::Script),
    ];
}

/// What a call can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// An error that stopped a script.
    ScriptError,
    /// A body that is not empty, in the request or the response.
    Body,
    /// A request body that is not empty.
    RequestBody,
    /// A response body that is not empty.
    ResponseBody,
    /// A bot.
    Bot,
    /// An end user with a name or an id.
    User,
}

impl Presence {
    /// All of them, by their words.
    pub const ALL: [(&'static str, Self); 6] = [
        ("script_error", Self::ScriptError),
        ("body", Self::Body),
        ("request_body", Self::RequestBody),
        ("response_body", Self::ResponseBody),
        ("bot", Self::Bot),
        ("user", Self::User),
    ];

    fn is_in(self, call: &Call) -> bool {
        let is_sent = |body: &Option<String>| body.as_deref().is_some_and(|body| !body.is_empty());
        let is_known = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        match self {
            Self::ScriptError => call.script.as_ref().is_some_and(|script| script.error.is_some()),
            Self::Body => Self::RequestBody.is_in(call) || Self::ResponseBody.is_in(call),
            Self::RequestBody => call.request.as_ref().is_some_and(|request| is_sent(&request.body)),
            Self::ResponseBody => call.response.as_ref().is_some_and(|response| is_sent(&response.body)),
            Self::Bot => call.bot.is_some(),
            Self::User => call.user.as_ref().is_some_and(|user| is_known(&user.name) || is_known(&user.id)),
        }
    }
}
