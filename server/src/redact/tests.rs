//! Every secret here is made up. A `~` stands in those that look real to programs that search repositories for
//! secrets; it is taken out before they are used.

mod bodies;
mod calls;
mod properties;
mod structure;
mod values;

use model::{Application, Call, CallId, Method, Request, Response, Source, SourceKind, StatusCode, Timestamp};

use super::contact::ContactKey;
use super::mark::Hidden;
use super::text::Rule;
use super::{RedactedCall, Rules, Secrets};

/// What hides nothing but secrets, and keeps a mebibyte of a body.
/// By what contacts are named here.
const CONTACTS: ContactKey = ContactKey::new([7; 32]);
const RULES: Rules = Rules { body_limit: 1 << 20, contacts: None };

fn real(text: &str) -> String {
    text.replace('~', "")
}

/// What a rule makes of a text.
fn hide(rule: Rule, text: &str) -> String {
    rule(text, &mut Hidden::default()).into_owned()
}

/// The same where e-mail addresses and phone numbers are hidden too.
fn hide_contacts(rule: Rule, text: &str) -> String {
    rule(text, &mut Hidden::new(Secrets::default(), Some(CONTACTS))).into_owned()
}

/// Whether every text becomes what is expected, and stays that when it is redacted again.
fn check(rule: Rule, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let (text, expected) = (real(text), real(expected));
        let once = hide(rule, &text);
        assert_eq!(once, expected, "of {text}");
        assert_eq!(hide(rule, &once), once, "twice, of {text}");
    }
}

/// Whether a rule leaves every text as it is.
fn check_unchanged(rule: Rule, texts: &[&str]) {
    for text in texts {
        assert_eq!(hide(rule, &real(text)), real(text));
    }
}

fn a_call() -> Call {
    Call {
        id: CallId::from_u128(7),
        timestamp: Timestamp::from_millis(0),
        duration_ms: None,
        bot: None,
        source: Source { kind: SourceKind::Platform, path: None, node: None, agent: None },
        user: None,
        conversation_id: None,
        connection_id: None,
        application: Application::JsonApi,
        request: Some(Request {
            method: Method::Post,
            url: "https://api.example/x".to_owned(),
            headers: vec![],
            body: Some(String::new()),
            encoding: None,
        }),
        response: Some(Response { status: StatusCode(200), headers: vec![], body: None, encoding: None }),
        failure: None,
        script: None,
    }
}

fn headers(pairs: &[(&str, &str)]) -> model::Headers {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A call with these headers and this body in its answer.
fn answered(pairs: &[(&str, &str)], body: &str) -> Call {
    let response =
        Response { status: StatusCode(200), headers: headers(pairs), body: Some(body.to_owned()), encoding: None };
    Call { response: Some(response), ..a_call() }
}

fn redacted(call: Call, rules: Rules) -> RedactedCall {
    let known = Secrets::of(&call);
    super::redact(call, known, rules)
}

/// What is kept of an answer's body.
fn kept(redacted: &RedactedCall) -> &str {
    redacted.call().response.as_ref().and_then(|response| response.body.as_deref()).unwrap_or("(none)")
}
