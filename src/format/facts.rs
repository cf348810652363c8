//! What is told of a call before its request and response: from its row at once, from the whole call when it is here.

use std::borrow::Cow;

use model::{
    Agent, Application, Bot, CallDetail, CallSummary, EndUser, Failure, FailureKind, Method, Outcome, Retention,
    Source, SourceKind, StatusCode, Timestamp,
};

use super::parameters::encode;
use super::source::SourceText;
use super::status::{Shape, StatusText, code_shape, code_word};
use super::time;
use crate::words;

/// The facts of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct CallFacts {
    /// How it ended.
    pub outcome: Outcome,
    /// The code that came back.
    pub status: Option<StatusCode>,
    /// Why nothing came back; its message only once the whole call is here.
    pub failure: Option<Failure>,
    /// Whether it is a run of a script node.
    pub is_script: bool,
    /// The line on which a script stopped.
    pub stopped_on: Option<u32>,
    /// On whose behalf.
    pub bot: Option<Bot>,
    /// Where it was made.
    pub source: Source,
    /// In whose conversation.
    pub user: Option<EndUser>,
    /// What it talked to.
    pub application: Application,
    /// The request type.
    pub method: Option<Method>,
    /// When it was made.
    pub timestamp: Timestamp,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<u64>,
    /// When it will no longer be kept; known once the whole call is here.
    pub expires_at: Option<Timestamp>,
}

impl From<&CallSummary> for CallFacts {
    fn from(call: &CallSummary) -> Self {
        Self {
            outcome: call.outcome.clone(),
            status: call.status,
            failure: call.failure.clone().map(|kind| Failure { kind, message: String::new() }),
            is_script: call.is_script,
            stopped_on: None,
            bot: call.bot.clone(),
            source: call.source.clone(),
            user: call.user.clone(),
            application: call.application.clone(),
            method: call.method.clone(),
            timestamp: call.timestamp,
            duration_ms: call.duration_ms,
            expires_at: None,
        }
    }
}

impl From<&CallDetail> for CallFacts {
    fn from(call: &CallDetail) -> Self {
        let error = call.script.as_ref().and_then(|script| script.error.as_ref());
        Self {
            outcome: call.outcome.clone(),
            status: call.response.as_ref().map(|response| response.status),
            failure: call.failure.clone(),
            is_script: call.script.is_some(),
            stopped_on: error.and_then(|error| error.line),
            bot: call.bot.clone(),
            source: call.source.clone(),
            user: call.user.clone(),
            application: call.application.clone(),
            method: call.request.as_ref().map(|request| request.method.clone()),
            timestamp: call.timestamp,
            duration_ms: call.duration_ms,
            expires_at: Some(call.expires_at),
        }
    }
}

impl CallFacts {
    /// The panel's title: `Look up order failed`.
    pub fn title(&self) -> String {
        let name = match (&self.source.node, &self.source.kind) {
            (Some(node), _) if !node.name.trim().is_empty() => node.name.as_str(),
            (_, SourceKind::BotFlow | SourceKind::Inbox | SourceKind::Platform) => self.application.label(),
            (_, kind) => kind.label(),
        };
        match self.outcome {
            Outcome::Error => words::detail::failed(name),
            Outcome::NoResponse => words::detail::got_no_response(name),
            Outcome::Success | Outcome::Other(_) => name.to_owned(),
        }
    }

    /// The status as the head shows it: code and a plain word.
    pub fn status_text(&self) -> StatusText {
        StatusText::new(&self.outcome, self.status, self.failure.as_ref().map(|failure| &failure.kind), self.is_script)
    }

    /// The status as the facts show it: the code with its official phrase, and no code where none came.
    pub fn official_status(&self) -> StatusText {
        let text = |shape, code: &str, word: String| StatusText { shape, code: code.to_owned(), word };
        if let Some(status) = self.status {
            let shape = code_shape(status);
            let unknown = if shape == Shape::UnknownClass { code_word(status) } else { "" };
            return text(shape, &status.to_string(), status.phrase().unwrap_or(unknown).to_owned());
        }
        match (self.is_script, &self.outcome, self.stopped_on) {
            (true, Outcome::Error, Some(line)) => {
                text(Shape::ScriptStopped, words::status::SCRIPT_STOPPED, words::status::on_line(line))
            }
            (true, Outcome::Error, None) => text(Shape::ScriptStopped, words::status::SCRIPT_STOPPED, String::new()),
            (true, Outcome::Success, _) => text(Shape::Success, words::status::SCRIPT_DONE, String::new()),
            (_, Outcome::NoResponse, _) => text(Shape::NoReply, words::status::NO_REPLY, String::new()),
            _ => self.status_text(),
        }
    }

    /// Why no response came, in words.
    pub fn cause(&self) -> Option<Cow<'static, str>> {
        let failure = self.failure.as_ref()?;
        Some(match &failure.kind {
            FailureKind::Dns => words::status::NAME_NOT_FOUND.into(),
            FailureKind::Connect => words::status::HOST_NOT_REACHED.into(),
            FailureKind::Tls => words::status::CERTIFICATE.into(),
            FailureKind::Timeout => words::status::NOT_IN_TIME.into(),
            FailureKind::Unknown => words::status::NO_ANSWER.into(),
            FailureKind::Other(word) => words::status::no_answer(word).into(),
        })
    }

    /// The end user's name, or what stands for it.
    pub fn user_label(&self) -> String {
        self.user.as_ref().map_or(words::detail::ANONYMOUS, EndUser::label).to_owned()
    }

    /// The bot's name, or why there is none.
    pub fn bot_label(&self) -> Option<String> {
        self.bot.as_ref().map(|bot| if bot.name.trim().is_empty() { bot.id.clone() } else { bot.name.clone() })
    }

    /// The source in words.
    pub fn source_text(&self) -> SourceText {
        SourceText::new(&self.source)
    }

    /// What kind of place the source is, where its name does not say so.
    pub fn source_kind(&self) -> Option<&str> {
        match (&self.source.kind, &self.source.agent) {
            (kind @ SourceKind::Inbox, Some(agent)) if !matches!(agent, Agent { name: None, email: None }) => {
                Some(kind.label())
            }
            _ => None,
        }
    }

    /// The page of the bot flow with the node in view, relative to the page's base.
    pub fn flow_address(&self) -> Option<String> {
        let (bot, path) = (self.bot.as_ref()?, self.source.path.as_ref()?);
        let address = format!("bots/{}/flow/{}", encode(&bot.id), encode(&path.id));
        Some(match &self.source.node {
            Some(node) => format!("{address}?node={}", encode(&node.id)),
            None => address,
        })
    }

    /// How long calls that ended like this one are kept: `errors stay 30 days`.
    pub fn retention(&self, retention: Retention) -> String {
        let kept = retention.millis_for(&self.outcome);
        let span = time::span(u64::try_from(kept).unwrap_or_default());
        if self.outcome == Outcome::Success {
            words::detail::calls_stay(&span)
        } else {
            words::detail::errors_stay(&span)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CallFacts;
    use model::{
        Application, Bot, Failure, FailureKind, Node, Outcome, Path, Retention, Source, SourceKind, StatusCode,
        Timestamp,
    };

    fn facts() -> CallFacts {
        CallFacts {
            outcome: Outcome::Error,
            status: Some(StatusCode(401)),
            failure: None,
            is_script: false,
            stopped_on: None,
            bot: Some(Bot { id: "b/1".to_owned(), name: "Order desk".to_owned() }),
            source: Source {
                kind: SourceKind::BotFlow,
                path: Some(Path { id: "p ä".to_owned(), name: "Order status".to_owned() }),
                node: Some(Node { id: "n&7".to_owned(), name: "Look up order".to_owned(), kind: String::new() }),
                agent: None,
            },
            user: None,
            application: Application::GoogleSheets,
            method: None,
            timestamp: Timestamp::from_millis(0),
            duration_ms: None,
            expires_at: None,
        }
    }

    #[test]
    fn the_title_says_what_became_of_it() {
        assert_eq!(facts().title(), "Look up order failed");
        let source = Source { kind: SourceKind::Inbox, path: None, node: None, agent: None };
        assert_eq!(CallFacts { source, outcome: Outcome::Success, ..facts() }.title(), "Google Sheets");
        assert_eq!(CallFacts { outcome: Outcome::NoResponse, ..facts() }.title(), "Look up order got no response");
    }

    #[test]
    fn a_code_has_its_official_phrase() {
        assert_eq!(facts().official_status().sentence(), "401 Unauthorized");
        assert_eq!(CallFacts { status: Some(StatusCode(599)), ..facts() }.official_status().sentence(), "599");
        let unknown = CallFacts { status: Some(StatusCode(799)), ..facts() };
        assert_eq!(unknown.official_status().sentence(), "799 Unknown");
    }

    #[test]
    fn no_code_is_invented() {
        let failure = Some(Failure { kind: FailureKind::Dns, message: String::new() });
        let facts = CallFacts { outcome: Outcome::NoResponse, status: None, failure, ..facts() };
        assert_eq!(facts.official_status().sentence(), "No reply");
        assert_eq!(facts.cause().as_deref(), Some("The host's name could not be found (DNS)."));

        let script = CallFacts { status: None, is_script: true, stopped_on: Some(14), ..super::tests::facts() };
        assert_eq!(script.official_status().sentence(), "Stopped on line 14");
        let done = CallFacts { outcome: Outcome::Success, stopped_on: None, ..script };
        assert_eq!(done.official_status().sentence(), "Done");
    }

    #[test]
    fn the_way_to_the_flow_is_encoded() {
        assert_eq!(facts().flow_address().as_deref(), Some("bots/b%2F1/flow/p%20%C3%A4?node=n%267"));
        assert_eq!(CallFacts { bot: None, ..facts() }.flow_address(), None);
    }

    #[test]
    fn how_long_it_stays() {
        assert_eq!(facts().retention(Retention::STANDARD), "errors stay 30 days");
        let success = CallFacts { outcome: Outcome::Success, ..facts() };
        assert_eq!(
            success.retention(Retention { success_seconds: 3_600 * 36, error_seconds: 0 }),
            "calls stay 36 hours"
        );
    }
}
