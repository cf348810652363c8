//! One rule: what must hold of a call, and what it then means.

use model::{Actor, Application, Call, CodeFilter, FailureKind};
use serde::Deserialize;

use crate::json::Pointer;

/// A rule as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    failure: Vec<String>,
    #[serde(default)]
    script: bool,
    #[serde(default)]
    when: Vec<WrittenCondition>,
    #[serde(default)]
    quote: Vec<String>,
    title: String,
    explanation: String,
    actor: Actor,
    action: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    at: String,
    #[serde(default)]
    is: Vec<String>,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    set: bool,
    from: Option<u64>,
}

/// A file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    /// The applications that all of them are about; any where there are none.
    #[serde(default)]
    applications: Vec<String>,
    rule: Vec<Written>,
}

/// What must hold of a call, and what it then means.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which stays: `google.not_shared`.
    pub id: String,
    applications: Vec<Application>,
    ending: Ending,
    /// What must hold besides; all of it.
    pub conditions: Vec<Condition>,
    /// What else is worth being quoted, where it is there.
    pub quotes: Vec<Place>,
    /// What happened. `{application}`, `{host}` and `{status}` stand for the call's own; so in the next two.
    pub title: String,
    /// What that means.
    pub explanation: String,
    /// Who must act.
    pub actor: Actor,
    /// What they must do.
    pub action: String,
}

/// How a call must have ended.
#[derive(Debug)]
enum Ending {
    /// With one of these codes.
    Status(Vec<CodeFilter>),
    /// Without a response, for one of these kinds of failure; any where there are none.
    Failure(Vec<FailureKind>),
    /// As a script that was stopped.
    Script,
}

/// What must hold of a place of a call.
#[derive(Debug)]
pub struct Condition {
    /// The place.
    pub at: Place,
    /// What must hold there.
    pub test: Test,
}

/// A place of a call that has a text.
#[derive(Debug)]
pub enum Place {
    /// Values of the response's body.
    Value(Pointer),
    /// The response's body.
    Body,
    /// A header of the response.
    Header(String),
    /// A header of the request.
    RequestHeader(String),
    /// What the platform's HTTP client said, or what stopped the script.
    Message,
}

/// What must hold of a text.
#[derive(Debug)]
pub enum Test {
    /// It is one of these.
    Is(Vec<String>),
    /// It has one of these in it, in any case; they are written in lower case.
    Has(Vec<String>),
    /// It is there, and not `null`, `false`, nought, or empty.
    Set,
    /// It is a number of at least this.
    From(u64),
}

impl Rule {
    /// Whether a call can be one of those the rule is about, before anything of it is read.
    pub fn is_about(&self, call: &Call) -> bool {
        (self.applications.is_empty() || self.applications.contains(&call.application)) && self.ending.is_of(call)
    }
}

impl Ending {
    fn is_of(&self, call: &Call) -> bool {
        match self {
            Self::Status(codes) => {
                call.response.as_ref().is_some_and(|response| codes.iter().any(|code| code.matches(response.status)))
            }
            Self::Failure(kinds) => {
                call.failure.as_ref().is_some_and(|failure| kinds.is_empty() || kinds.contains(&failure.kind))
            }
            Self::Script => call.script.as_ref().is_some_and(|script| script.error.is_some()),
        }
    }
}

/// Reads a file of rules; what is wrong with it, where something is.
pub fn read(file: &str) -> Result<Vec<Rule>, String> {
    let written: WrittenFile = toml::from_str(file).map_err(|error| error.to_string())?;
    let applications: Vec<Application> = written.applications.iter().map(|word| word.as_str().into()).collect();
    written
        .rule
        .into_iter()
        .map(|rule| {
            let id = rule.id.clone();
            rule.read(applications.clone()).map_err(|fault| format!("{id}: {fault}"))
        })
        .collect()
}

impl Written {
    fn read(self, applications: Vec<Application>) -> Result<Rule, String> {
        let ending = match (self.status.is_empty(), self.failure.is_empty(), self.script) {
            (false, true, false) => {
                let codes = self.status.iter().map(|code| code.parse().map_err(|_| format!("{code} is no status")));
                Ending::Status(codes.collect::<Result<_, _>>()?)
            }
            (true, false, false) => {
                let kinds = self.failure.iter().filter(|kind| *kind != "any");
                Ending::Failure(kinds.map(|kind| FailureKind::from(kind.as_str())).collect())
            }
            (true, true, true) => Ending::Script,
            _ => return Err("one of status, failure and script says how the call ended".to_owned()),
        };
        if matches!(self.actor, Actor::Other(_)) {
            return Err(format!("{} is nobody", self.actor));
        }
        Ok(Rule {
            id: self.id,
            applications,
            ending,
            conditions: self.when.into_iter().map(WrittenCondition::read).collect::<Result<_, _>>()?,
            quotes: self.quote.iter().map(|place| Place::read(place)).collect::<Result<_, _>>()?,
            title: self.title,
            explanation: self.explanation,
            actor: self.actor,
            action: self.action,
        })
    }
}

impl WrittenCondition {
    fn read(self) -> Result<Condition, String> {
        let test = match (self.is.is_empty(), self.has.is_empty(), self.set, self.from) {
            (false, true, false, None) => Test::Is(self.is),
            (true, false, false, None) if self.has.iter().all(|word| *word == word.to_ascii_lowercase()) => {
                Test::Has(self.has)
            }
            (true, true, true, None) => Test::Set,
            (true, true, false, Some(least)) => Test::From(least),
            _ => return Err(format!("one of is, has (in lower case), set and from says what holds at {}", self.at)),
        };
        Ok(Condition { at: Place::read(&self.at)?, test })
    }
}

impl Place {
    fn read(text: &str) -> Result<Self, String> {
        Ok(match text.split_once(':') {
            _ if text.starts_with('/') => Self::Value(Pointer::parse(text).ok_or("a pointer begins with a slash")?),
            None if text == "body" => Self::Body,
            None if text == "message" => Self::Message,
            Some(("header", name)) => Self::Header(name.to_owned()),
            Some(("request.header", name)) => Self::RequestHeader(name.to_owned()),
            _ => return Err(format!("{text} is no place")),
        })
    }
}
