//! Calls as the server answers them.

use model::{CallDetail, CallId, CallSummary};
use serde_json::{Value, json};

/// The id of the call with a number.
pub fn id(number: u32) -> CallId {
    id_text(number).parse().unwrap()
}

/// The same as text.
pub fn id_text(number: u32) -> String {
    format!("0197a000-0000-7000-8000-{number:012}")
}

fn base(number: u32) -> Value {
    json!({
        "id": id_text(number),
        "timestamp": "2026-11-23T10:24:07.318Z",
        "outcome": "error",
        "duration_ms": 212,
        "bot": {"id": "b/1", "name": "Order desk"},
        "source": {"kind": "bot_flow", "path": {"id": "p1", "name": "Order status"},
                   "node": {"id": "n7", "name": "Look up order", "type": "google_sheets"}},
        "user": {"id": "u9", "name": "mossy.kite"},
        "application": "google_sheets",
        "expires_at": "2026-12-23T10:24:07.318Z"
    })
}

/// A call that was refused.
pub fn a_call() -> Value {
    let mut call = base(9);
    call["request"] = json!({
        "method": "GET",
        "url": "https://sheets.example/v4/values?majorDimension=ROWS&q=%E3%81%82+b",
        "headers": [["authorization", "Bearer [redacted:token]"]],
        "body": "",
        "curl": "curl 'https://sheets.example/v4/values?majorDimension=ROWS&q=%E3%81%82+b' \\\n  -H 'authorization: Bearer [redacted:token]' \\\n  -X GET"
    });
    call["response"] = json!({
        "status": 401,
        "headers": [["content-type", "application/json"]],
        "body": "{\"n\":12345678901234567890123,\"n\":1,\"s\":\"<b>\"}"
    });
    call["redactions"] = json!([{"kind": "authorization", "count": 1}]);
    check(call)
}

/// A script that stopped.
pub fn a_script() -> Value {
    let mut call = base(10);
    call["application"] = json!("script");
    call["source"]["node"] = json!({"id": "n9", "name": "Work out refund", "type": "script"});
    call["script"] = json!({
        "source": "// one\n// two\n// three\nconst first = order.items[0].price;\n// five\n// six\n// seven\n// eight\n// nine",
        "before": {"order": {"items": []}, "refund": {"fee": 0}},
        "after": {"order": {"items": []}, "refund": {"fee": 4.95}},
        "error": {"message": "TypeError: Cannot read properties of undefined", "line": 4, "column": 7},
        "result": null
    });
    check(call)
}

/// The row of a call.
pub fn summary(number: u32) -> CallSummary {
    let mut row = base(number);
    row["status"] = json!(401);
    serde_json::from_value(row).unwrap()
}

/// What the tests answer with is what the server may answer with.
fn check(call: Value) -> Value {
    let _: CallDetail = serde_json::from_str(&call.to_string()).unwrap();
    call
}
