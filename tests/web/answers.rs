//! What the server answers.

use model::{CallId, Cursor, LogQuery, Timestamp};
use serde_json::{Value, json};

const NEWEST: i64 = 1_795_000_000_000;

fn time(number: u32) -> Timestamp {
    Timestamp::from_millis(NEWEST - 3_600_000 + i64::from(number) * 1_000)
}

/// The page of up to a hundred calls from the one with this number down; number 1 is the oldest.
pub fn a_page(newest: u32, total: u32) -> Value {
    let numbers: Vec<u32> = (1..=newest).rev().take(100).collect();
    let oldest = numbers.last().copied().unwrap_or(1);
    json!({
        "items": numbers.iter().copied().map(a_call).collect::<Vec<_>>(),
        "before": (oldest > 1).then(|| cursor(oldest)),
        "after": cursor(newest),
        "total": {"count": total, "exact": true},
    })
}

/// No calls, with notices of these codes.
pub fn no_calls(codes: &[&str]) -> Value {
    let notices: Vec<_> = codes.iter().map(|code| json!({"code": code, "message": "A sentence."})).collect();
    json!({"items": [], "before": null, "after": null, "total": {"count": 0, "exact": true}, "notices": notices})
}

/// A search that ran out of its time slice before it found anything.
pub fn partial(before: u32) -> Value {
    json!({
        "items": [], "before": cursor(before), "after": null, "total": {"count": 0, "exact": false}, "partial": true,
        "notices": [{"code": "took_too_long", "message": "A sentence."}],
    })
}

pub fn a_histogram(no_response: u32) -> Value {
    json!({"bucket_ms": 3_600_000, "buckets": [{"start": time(0), "success": 5, "error": 3, "no_response": no_response}]})
}

pub fn problem(status: u16, code: &str, detail: &str) -> Value {
    json!({"status": status, "code": code, "title": "Title", "detail": detail, "request_id": "r-7"})
}

/// An Owner who may see everything.
pub fn session() -> Value {
    session_with(&json!({}))
}

/// The same with some of it otherwise.
pub fn session_with(changes: &Value) -> Value {
    let mut session = json!({
        "user": "Asha Rao", "role": "Owner", "account": "acme", "plan": "Everything", "access": "granted",
        "capabilities": {"view_logs": true, "reauthorise": true, "manage_notifications": true, "manage_plan": true},
        "retention": {"success_seconds": 604_800, "error_seconds": 2_592_000},
        "support": "support@example.com", "now": Timestamp::from_millis(NEWEST),
    });
    for (name, value) in changes.as_object().unwrap() {
        session[name] = value.clone();
    }
    session
}

fn a_call(number: u32) -> Value {
    json!({
        "id": CallId::from_u128(number.into()), "timestamp": time(number), "outcome": "error", "duration_ms": 212,
        "bot": {"id": "b1", "name": "Order desk"},
        "source": {"kind": "bot_flow", "path": {"id": "p1", "name": "Order status"},
                   "node": {"id": "n7", "name": "Look up order", "type": "google_sheets"}},
        "user": {"id": "u9", "name": "mossy.kite"}, "application": "google_sheets",
        "method": "GET", "url": format!("https://sheets.example/v4/values/Orders!A{number}:F"), "status": 401,
    })
}

fn cursor(number: u32) -> String {
    Cursor::new(&LogQuery::default(), time(number), CallId::from_u128(number.into())).to_string()
}
