//! What serde writes is what is read, whole and with everything left out that may be.

use model::{CallDetail, CallPage, Facets, Histogram, Problem, Session, Suggestions, Views};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{FromJson, read};

/// Reads an answer both ways, as it came and as serde writes it again.
fn read_both_ways<T: FromJson + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(answer: &Value) {
    let known: T = serde_json::from_str(&answer.to_string()).unwrap();
    assert_eq!(read::<T>(&answer.to_string()).as_ref(), Ok(&known));
    assert_eq!(read::<T>(&serde_json::to_string_pretty(&known).unwrap()).as_ref(), Ok(&known));
}

/// Every member that is not optional, left out or of another kind, is a fault as it is for serde.
fn faults_are_seen<T: FromJson + DeserializeOwned + std::fmt::Debug>(answer: &Value) {
    for (name, value) in answer.as_object().unwrap() {
        let mut without = answer.clone();
        without.as_object_mut().unwrap().remove(name);
        let mut wrong = answer.clone();
        wrong[name] = if value.is_string() { json!(7) } else { json!("\u{e9}") };
        for changed in [without, wrong] {
            let is_read = serde_json::from_str::<T>(&changed.to_string()).is_ok();
            assert_eq!(read::<T>(&changed.to_string()).is_ok(), is_read, "{name}: {changed}");
        }
    }
}

const ID: &str = "0197a000-0000-7000-8000-000000000007";

fn source() -> Value {
    json!({
        "kind": "bot_flow", "path": {"id": "p1", "name": "Order status"},
        "node": {"id": "n7", "name": "Look up \"order\"", "type": "json_api"},
        "agent": {"name": null, "email": "asha@example.com"},
    })
}

fn summary() -> Value {
    json!({
        "id": ID, "timestamp": "2026-11-23T10:24:07.318Z", "outcome": "error", "duration_ms": 212,
        "bot": {"id": "b1", "name": "Réservations 予約"}, "source": source(), "user": {"id": "u9", "name": "mossy.kite"},
        "application": "something_new", "method": "PATCH", "url": "https://a.example/x?y=\u{1f686}", "status": 799,
        "failure": "dns", "script_error": "TypeError: \n\t\"x\"", "is_script": true,
    })
}

fn page() -> Value {
    let cursor = format!("01{}", "0".repeat(64));
    json!({
        "items": [summary(), {"id": ID, "timestamp": "2026-11-23T10:24:07Z", "outcome": "success",
                              "source": {"kind": "inbox"}, "application": "c2e"}],
        "before": cursor, "after": null, "total": {"count": u64::MAX, "exact": false}, "partial": true,
        "notices": [{"code": "took_too_long", "message": "A sentence."}],
    })
}

fn detail() -> Value {
    json!({
        "id": ID, "timestamp": "2026-11-23T10:24:07.318Z", "outcome": "no_response", "duration_ms": 0,
        "bot": {"id": "b1", "name": ""}, "source": source(), "user": {"id": null}, "conversation_id": "c3",
        "connection_id": "conn-2", "application": "script",
        "request": {"method": "POST", "url": "https://a.example", "headers": [["a", "1"], ["a", "2"]],
                    "body": "", "encoding": "base64", "curl": "curl 'https://a.example' \\\n  -X POST"},
        "response": {"status": 200, "headers": [], "body": "{\"a\":[1,2]}"},
        "failure": {"kind": "tls", "message": "expired"},
        "script": {"source": "1", "before": {"a": [0.25, {"b": "\\"}]}, "after": null,
                   "error": {"message": "m", "line": 4, "column": null}, "result": "text"},
        "redactions": [{"kind": "authorization", "count": 1}],
        "truncated": [{"part": "response.body", "original_bytes": 5_400_000}],
        "erased": [{"part": "request.body", "at": "2026-11-24T12:00:00.000Z"}],
        "expires_at": "2026-12-23T10:24:07.318Z",
    })
}

fn session() -> Value {
    json!({
        "user": "Asha", "role": "Owner", "account": "acme", "plan": "Everything", "plan_with_logs": "Business",
        "access": "granted",
        "capabilities": {"view_logs": true, "reauthorise": false, "manage_notifications": true, "manage_plan": false},
        "bots": ["Sales"], "retention": {"success_seconds": 604_800, "error_seconds": 2_592_000},
        "support": "support@example.com", "now": "2026-11-23T10:24:07.318Z",
    })
}

fn facets() -> Value {
    let values = json!([{"value": "a", "label": "A", "count": 3}]);
    let lists = json!({"status": values, "method": [], "code": [], "bot": [], "application": [], "source": values});
    let said = json!({"facet": "status", "include": ["error"], "exclude": [], "rest": "refund"});
    json!({
        "facets": lists, "partial": false, "notices": [], "text": "status:error refund", "text_filters": [said],
    })
}

fn suggestions() -> Value {
    let value = json!({"text": "\"Order status\" ", "label": "Order status", "about": "", "count": 3});
    json!({"start": 4, "end": 6, "items": [value, {"text": "bot:", "label": "bot:", "about": "the bot"}], "partial": true})
}

fn views() -> Value {
    let view = json!({
        "id": 7, "name": "Fehler é", "query": "status=error", "shared": true, "by": "Asha", "may_change": false,
    });
    json!({"views": [view]})
}

fn histogram() -> Value {
    let bucket = json!({"start": "2026-11-23T10:00:00Z", "success": 5, "error": 3, "no_response": 0});
    json!({"bucket_ms": 3_600_000, "buckets": [bucket], "notices": [{"code": "c", "message": "m"}]})
}

fn problem() -> Value {
    json!({
        "status": 400, "code": "invalid_query", "title": "T", "detail": "D", "request_id": "r1",
        "parameters": [{"parameter": "status", "value": "x", "message": "m"}],
    })
}

#[test]
fn what_serde_writes_is_read() {
    read_both_ways::<CallPage>(&page());
    read_both_ways::<CallDetail>(&detail());
    read_both_ways::<Session>(&session());
    read_both_ways::<Facets>(&facets());
    read_both_ways::<Histogram>(&histogram());
    read_both_ways::<Suggestions>(&suggestions());
    read_both_ways::<Views>(&views());
    read_both_ways::<Problem>(&problem());
}

#[test]
fn what_serde_refuses_is_refused() {
    faults_are_seen::<CallPage>(&page());
    faults_are_seen::<model::CallSummary>(&summary());
    faults_are_seen::<CallDetail>(&detail());
    for part in ["request", "response", "failure"] {
        match part {
            "request" => faults_are_seen::<model::RequestDetail>(&detail()[part]),
            "response" => faults_are_seen::<model::Response>(&detail()[part]),
            _ => faults_are_seen::<model::Failure>(&detail()[part]),
        }
    }
    faults_are_seen::<model::Source>(&source());
    faults_are_seen::<Session>(&session());
    faults_are_seen::<Facets>(&facets());
    faults_are_seen::<model::TextFilter>(&facets()["text_filters"][0]);
    faults_are_seen::<Histogram>(&histogram());
    faults_are_seen::<Suggestions>(&suggestions());
    faults_are_seen::<model::Suggestion>(&suggestions()["items"][0]);
    faults_are_seen::<Views>(&views());
    faults_are_seen::<model::View>(&views()["views"][0]);
    faults_are_seen::<Problem>(&problem());
}

#[test]
fn a_fault_is_named() {
    let mut answer = page();
    answer["total"]["count"] = json!(-1);
    assert_eq!(read::<CallPage>(&answer.to_string()), Err("a whole number is wanted as count".to_owned()));
    assert_eq!(read::<CallPage>("<html>"), Err("an object is wanted as ".to_owned()));
}
