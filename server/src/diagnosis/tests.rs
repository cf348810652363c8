//! Every rule is found by a call made after the public form of its provider's errors, and no error is without a cause.

use std::fmt::Write;

use model::{Actor, Application, Call, FailureKind, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{cause, diagnose, rules};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixtures {
    call: Vec<Fixture>,
}

/// A call that a rule is to be found by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    rule: String,
    application: String,
    status: Option<u16>,
    failure: Option<FailureKind>,
    script: Option<String>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    accept: String,
    #[serde(default)]
    body: String,
}

const FIXTURES: [&str; 5] = [
    include_str!("tests/google.toml"),
    include_str!("tests/salesforce.toml"),
    include_str!("tests/desks.toml"),
    include_str!("tests/messaging.toml"),
    include_str!("tests/any.toml"),
];

fn fixtures() -> Vec<Fixture> {
    let read = |file: &&str| toml::from_str::<Fixtures>(file).unwrap_or_else(|error| panic!("{error}")).call;
    FIXTURES.iter().flat_map(read).collect()
}

impl Fixture {
    fn call(&self) -> Call {
        let mut call = a_call(&self.application);
        call["request"]["headers"] = json!([["accept", self.accept]]);
        if let Some(status) = self.status {
            call["response"] = json!({"status": status, "headers": self.headers, "body": self.body});
        }
        if let Some(kind) = &self.failure {
            call["failure"] = json!({"kind": kind, "message": self.message});
        }
        if let Some(message) = &self.script {
            call["script"] = json!({"before": {}, "after": {}, "error": {"message": message, "line": 3}});
        }
        serde_json::from_value(call).unwrap()
    }
}

fn a_call(application: &str) -> Value {
    json!({
        "id": "00000000-0000-0000-0000-000000000001", "timestamp": "2026-11-23T12:00:00Z",
        "source": {"kind": "bot_flow", "node": {"id": "n1", "name": "Look up order"}}, "application": application,
        "request": {"method": "GET", "url": "https://shop.example/orders/7", "headers": []},
    })
}

#[test]
fn the_files_of_rules_can_be_read() {
    assert_eq!(rules::faults(), Vec::<String>::new());
    let mut ids: Vec<&str> = rules::all().iter().map(|rule| rule.id.as_str()).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "a rule's id is its own");
    for rule in rules::all() {
        for text in [&rule.title, &rule.explanation, &rule.action] {
            let is_plain = !text.contains('!') && !text.trim().is_empty() && !text.contains("  ");
            assert!(is_plain && text.len() < 320, "{}: {text}", rule.id);
        }
        assert!(
            !rule.title.ends_with('.') && rule.explanation.ends_with('.') && rule.action.ends_with('.'),
            "{}",
            rule.id
        );
    }
}

#[test]
fn every_rule_is_found_by_a_call() {
    let mut found = Vec::new();
    let mut said = String::new();
    for fixture in fixtures() {
        let known = cause::find(&fixture.call()).unwrap_or_else(|| panic!("nothing is found for {}", fixture.rule));
        assert_eq!(known.cause.rule, fixture.rule, "{}", fixture.body);
        let cause = known.cause;
        let shown = [&cause.title, &cause.explanation, &cause.action, &cause.who];
        assert!(shown.iter().all(|text| !text.contains('{')), "{}: {shown:?}", cause.rule);
        writeln!(said, "{}\n  {}\n  who: {} ({})", cause.rule, cause.title, cause.who, cause.actor).unwrap();
        for piece in &cause.evidence {
            let lines = piece.line.map(|line| format!(" line {line}/{}", piece.raw_line.unwrap())).unwrap_or_default();
            writeln!(said, "  {} {}{lines}: {}", piece.part, piece.name, piece.text).unwrap();
        }
        writeln!(
            said,
            "  sign: {}",
            known.sign.map(|sign| format!("{} in {:?}", sign.text, sign.part)).unwrap_or_default()
        )
        .unwrap();
        found.push(cause.rule);
    }
    let missing: Vec<&str> =
        rules::all().iter().map(|rule| rule.id.as_str()).filter(|id| !found.iter().any(|found| found == id)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "rules without a call");
    insta::assert_snapshot!("causes", said);
}

#[test]
fn no_error_is_without_a_cause() {
    for application in Application::KNOWN.iter().chain([&Application::Other("crm".to_owned())]) {
        let mut call = a_call(application.as_str());
        for status in 400..=999 {
            call["response"] = json!({"status": status, "body": "no JSON"});
            let call: Call = serde_json::from_value(call.clone()).unwrap();
            assert!(cause::find(&call).is_some(), "{application} {status}");
        }
        call.as_object_mut().unwrap().remove("response");
        for kind in ["dns", "connect", "tls", "timeout", "other", "blocked"] {
            call["failure"] = json!({"kind": kind, "message": "x"});
            let call: Call = serde_json::from_value(call.clone()).unwrap();
            assert!(cause::find(&call).is_some(), "{application} {kind}");
        }
    }
}

#[test]
fn a_plain_success_says_nothing() {
    let bodies = [
        r#"{"ok":true,"success":true,"error":null,"errors":[],"status":"delivered","data":{"error":"x"}}"#,
        r#"{"error":"","error_code":null,"messages":[{"accepted":true,"error":null}],"hasErrors":false}"#,
        r#"[{"id":1,"success":true,"errors":[]}]"#,
        r#"{"status":"failed","statusCode":200}"#,
        "[]",
        "",
        "error",
        "<p>Fault</p>",
    ];
    for application in Application::KNOWN {
        for body in bodies.iter().filter(|body| *application != Application::Twilio || !body.contains("failed")) {
            let mut call = a_call(application.as_str());
            call["response"] = json!({"status": 200, "headers": [["content-type", "text/html"]], "body": body});
            let call: Call = serde_json::from_value(call).unwrap();
            assert_eq!(diagnose(&call), None, "{application} {body}");
        }
    }
}

#[test]
fn what_says_success_and_failed_is_told_from_what_succeeded() {
    for fixture in fixtures().iter().filter(|fixture| fixture.status.is_some_and(|status| status < 300)) {
        let known = cause::find(&fixture.call()).unwrap();
        assert!(known.sign.is_some(), "{}: every success would be the same error", fixture.rule);
    }
}

#[test]
fn an_answer_that_says_success_stays_one() {
    let mut call = a_call("json_api");
    call["response"] = json!({"status": 200, "body": r#"{"success":false,"message":"no stock"}"#});
    let call: Call = serde_json::from_value(call).unwrap();
    assert_eq!(call.outcome(), model::Outcome::Success);
    let cause = diagnose(&call).unwrap().cause.unwrap();
    assert!(cause.says_success);
    assert_eq!(cause.title, "shop.example answered 200, but says that it did not work");
    assert_eq!(cause.actor, Actor::BotBuilder);
}

#[test]
fn an_error_beside_much_data_is_found_with_its_line() {
    let rows = (0..20_000).map(|row| format!("{{\"row\":{row},\"cells\":[1,2]}}")).collect::<Vec<_>>().join(",");
    let mut call = a_call("json_api");
    let body = format!("{{\"data\":[{rows}],\"errors\":[{{\"message\":\"no field shipTo\"}}]}}");
    call["response"] = json!({"status": 200, "body": body});
    let call: Call = serde_json::from_value(call).unwrap();
    let cause = diagnose(&call).unwrap().cause.unwrap();
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&body).unwrap()).unwrap();
    let line = pretty.lines().position(|line| line.contains("shipTo")).unwrap() + 1;
    assert_eq!(cause.evidence[0].line, Some(u32::try_from(line).unwrap()));
    // Cut before the error nothing is known of it, and nothing is invented.
    let mut call = call;
    let response = call.response.as_mut().unwrap();
    response.body = Some(body.get(..9_000).unwrap().to_owned());
    assert_eq!(diagnose(&call), None);
    call.response.as_mut().unwrap().status = StatusCode(500);
    assert_eq!(diagnose(&call).unwrap().cause.unwrap().rule, "http.server_error");
}

mod findings;
