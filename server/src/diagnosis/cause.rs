//! The first rule that knows a call, with what it found.

use model::{Actor, Application, Call, Cause, Evidence, Outcome};

use super::evidence::{Reading, Sign};
use super::rule::Rule;
use super::rules;

/// The most pieces of evidence that are quoted.
const MOST_EVIDENCE: usize = 4;

/// A cause, and what tells its calls from those that failed for other reasons.
pub struct Known {
    /// The cause.
    pub cause: Cause,
    /// What tells it from them; `None` where the status alone does.
    pub sign: Option<Sign>,
}

/// Why a call failed; nothing where it did not.
pub fn find(call: &Call) -> Option<Known> {
    let mut reading = Reading::new(call);
    rules::all().iter().filter(|rule| rule.is_about(call)).find_map(|rule| judge(rule, call, &mut reading))
}

fn judge(rule: &Rule, call: &Call, reading: &mut Reading<'_>) -> Option<Known> {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut sign = None;
    for condition in &rule.conditions {
        let found = reading.find(&condition.at, &condition.test)?;
        sign = sign.or(found.sign);
        evidence.push(found.evidence);
    }
    let near = evidence.first().map(|piece| piece.name.clone()).unwrap_or_default();
    for place in &rule.quotes {
        evidence.extend(reading.quote(place, &near));
    }
    let mut seen = Vec::new();
    evidence.retain(|piece| {
        let is_new = !seen.contains(&(piece.part.clone(), piece.name.clone()));
        seen.push((piece.part.clone(), piece.name.clone()));
        is_new
    });
    evidence.truncate(MOST_EVIDENCE);
    Some(Known { cause: words(rule, call, evidence), sign })
}

fn words(rule: &Rule, call: &Call, evidence: Vec<Evidence>) -> Cause {
    let subject = other_side(call);
    let host = host(call).unwrap_or(&subject);
    let status = call.response.as_ref().map(|response| response.status.to_string()).unwrap_or_default();
    let filled =
        |text: &str| text.replace("{application}", &subject).replace("{host}", host).replace("{status}", &status);
    Cause {
        rule: rule.id.clone(),
        title: filled(&rule.title),
        explanation: filled(&rule.explanation),
        actor: rule.actor.clone(),
        who: who(&rule.actor, &subject),
        action: filled(&rule.action),
        evidence,
        says_success: call.outcome() == Outcome::Success,
    }
}

/// Who that is, in words.
fn who(actor: &Actor, subject: &str) -> String {
    match actor {
        Actor::BotBuilder => "whoever builds this bot".to_owned(),
        Actor::ConnectionOwner => format!("whoever can sign in to the {subject} account behind the connection"),
        Actor::Provider => format!("whoever runs {subject}"),
        Actor::Caller => "whoever runs the system that made this call".to_owned(),
        Actor::Nobody => "nobody for now".to_owned(),
        Actor::Platform => "the support of this platform".to_owned(),
        Actor::Other(word) => word.clone(),
    }
}

/// The name of what was called: the application's, or the host's where the application is any HTTP service.
fn other_side(call: &Call) -> String {
    match (&call.application, host(call)) {
        (Application::JsonApi | Application::Other(_), Some(host)) => host.to_owned(),
        (application, _) => application.label().to_owned(),
    }
}

/// The host of a call's URL.
pub fn host(call: &Call) -> Option<&str> {
    let (_, rest) = call.request.as_ref()?.url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    (!host.is_empty()).then_some(host)
}
