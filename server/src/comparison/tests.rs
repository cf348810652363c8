//! What is told of two calls, and what is only counted.

use model::{Call, Comparison};
use serde_json::{Value, json};

use super::volatile::{is_volatile, is_volatile_header};
use super::{Circumstances, compare};

fn a_call() -> Value {
    json!({
        "id": "00000000-0000-0000-0000-000000000001", "timestamp": "2026-11-23T12:00:00Z", "duration_ms": 200,
        "source": {"kind": "bot_flow", "node": {"id": "n1", "name": "Look up order"}}, "application": "json_api",
        "request": {"method": "GET", "url": "https://shop.example/orders/20418?page=1", "headers": [["Accept", "application/json"]], "body": ""},
        "response": {"status": 200, "headers": [["date", "Mon, 23 Nov 2026 12:00:00 GMT"]], "body": "{\"order\":{\"id\":20418,\"eta\":\"2026-11-24\"}}"},
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut call = a_call();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    call.pointer_mut(parent).unwrap()[name] = value;
    call
}

fn compared(was: Value, now: Value) -> Comparison {
    let read = |call: Value| serde_json::from_value::<Call>(call).unwrap();
    compare(&read(now), &read(was), Circumstances { is_open: true, first_failing_at: None })
}

type Told = (String, String, Option<String>, Option<String>);

/// Every difference but that of the status.
fn told(comparison: &Comparison) -> Vec<Told> {
    let parts = comparison.parts.iter().filter(|part| part.part != "status");
    parts
        .flat_map(|part| {
            part.differences.iter().map(|one| (part.part.clone(), one.name.clone(), one.was.clone(), one.now.clone()))
        })
        .collect()
}

fn one(part: &str, name: &str, was: Option<&str>, now: Option<&str>) -> Vec<Told> {
    vec![(part.to_owned(), name.to_owned(), was.map(str::to_owned), now.map(str::to_owned))]
}

#[test]
fn each_part_tells_its_differences() {
    for (pointer, value, expected) in [
        ("/request/method", json!("POST"), one("request.method", "", Some("GET"), Some("POST"))),
        (
            "/request/url",
            json!("https://shop.example/v2/orders/20418?page=1"),
            one(
                "request.url",
                "",
                Some("https://shop.example/orders/20418"),
                Some("https://shop.example/v2/orders/20418"),
            ),
        ),
        (
            "/request/url",
            json!("https://shop.example/orders/undefined?page=1"),
            one(
                "request.url",
                "",
                Some("https://shop.example/orders/20418"),
                Some("https://shop.example/orders/undefined"),
            ),
        ),
        ("/request/url", json!("https://shop.example/orders/20418"), one("request.query", "page", Some("1"), None)),
        (
            "/request/url",
            json!("https://shop.example/orders/20418?page=1&page=2"),
            one("request.query", "page", None, Some("2")),
        ),
        (
            "/request/headers",
            json!([["accept", "text/html"]]),
            one("request.headers", "accept", Some("application/json"), Some("text/html")),
        ),
        ("/request/body", json!(null), one("request.body", "", Some(""), None)),
        (
            "/response/body",
            json!("{\"order\":{\"id\":\"20418\",\"eta\":\"2026-11-25\"}}"),
            one("response.body", "/order/id", Some("20418"), Some("\"20418\"")),
        ),
        (
            "/response/body",
            json!("<html>"),
            one("response.body", "", Some("{\"order\":{\"id\":20418,\"eta\":\"2026-11-24\"}}"), Some("<html>")),
        ),
    ] {
        let comparison = compared(a_call(), with(pointer, value.clone()));
        assert_eq!(told(&comparison), expected, "{pointer} {value}");
        assert!(!comparison.partial);
    }
}

#[test]
fn what_differs_in_every_call_is_counted_only() {
    let mut now = with("/request/url", json!("https://shop.example/orders/11872?page=1"));
    now["response"] = json!({
        "status": 404, "headers": [["Date", "Mon, 23 Nov 2026 13:00:00 GMT"], ["x-request-id", "a"]],
        "body": "{\"order\":{\"id\":11872,\"eta\":\"2026-11-25\"}}",
    });
    let comparison = compared(a_call(), now);
    assert_eq!(told(&comparison), vec![]);
    assert_eq!(comparison.ignored, 5);
    assert_eq!(comparison.summary, "The request is the same. Only the answer changed.");
    let status = &comparison.parts[0].differences[0];
    assert_eq!((status.was.as_deref(), status.now.as_deref()), (Some("200 OK, 200 ms"), Some("404 Not Found, 200 ms")));
}

#[test]
fn values_are_volatile_by_form_and_name_together() {
    for (name, was, now, expected) in [
        ("/order/id", "20418", "11872", true),
        ("/orderId", "7", "8", true),
        ("/paid", "7", "8", false),
        ("/order/id", "20418", "null", false),
        ("/order/id", "20418", "", false),
        ("/order/id", "20418", "{{order.id}}", false),
        ("/total", "41", "12", false),
        ("/x", "7f3c8a52-6b1d-4e9f-8a0c-1d2e3f405162", "0197a000-0000-7000-8000-000000000007", true),
        ("/x", "[redacted:token, ends x7Q2]", "[redacted:token]", true),
        ("authorization", "Bearer [redacted:authorization]", "Bearer null", false),
        ("/x", "NW-483920", "NW-118730", true),
        ("/x", "NW-483920", "PX-118730", false),
        ("/x", "v1", "v2", false),
        ("/at", "2026-11-23T10:00:00Z", "2026-11-24T11:30:00Z", true),
        ("/x", "1764000000", "1764000999", true),
        ("/message", "Order 7 was not found", "Order 7 was paid", false),
        ("/amount", "12.50", "13.50", false),
    ] {
        assert_eq!(is_volatile(name, was, now), expected, "{name}: {was} {now}");
    }
    assert!(is_volatile_header("x-request-id") && is_volatile_header("x-ratelimit-remaining"));
    assert!(!is_volatile_header("content-type") && !is_volatile_header("authorization"));
}

#[test]
fn json_keeps_order_and_large_numbers_and_says_what_is_missing() {
    let was = with("/response/body", json!("{\"z\":1,\"a\":9007199254740993,\"list\":[1,2,3],\"gone\":{\"x\":[1]}}"));
    let now = with("/response/body", json!("{\"error\":{\"code\":401},\"a\":9007199254740992,\"list\":[1,5],\"z\":1}"));
    assert_eq!(
        told(&compared(was, now)),
        [
            one("response.body", "/error", None, Some("{\"code\":401}")),
            one("response.body", "/list", Some("3 items"), Some("2 items")),
            one("response.body", "/list/1", Some("2"), Some("5")),
            one("response.body", "/gone", Some("{\"x\":[1]}"), None),
        ]
        .concat()
    );
}

#[test]
fn many_differences_are_bounded_and_what_was_cut_is_partial() {
    let body = |word: &str| {
        let members = (0..5_000).map(|number| format!("\"k{number}\":\"{word} words\"")).collect::<Vec<_>>().join(",");
        json!(format!("{{{members}}}"))
    };
    let comparison = compared(with("/response/body", body("some")), with("/response/body", body("other")));
    let part = comparison.parts.iter().find(|part| part.part == "response.body").unwrap();
    assert_eq!((part.differences.len(), part.more), (50, 4_950));
    let cut = compared(a_call(), with("/response/body", json!("{\"order\":{\"id\":20418,\"et")));
    assert!(cut.partial);
    let long = compared(a_call(), with("/response/body", json!("word ".repeat(10_000))));
    let now = long.parts.iter().find(|part| part.part == "response.body").unwrap().differences[0].now.clone().unwrap();
    assert!(now.chars().count() == 301 && now.ends_with('…'));
}

#[test]
fn the_summary_says_whether_the_request_was_the_same() {
    let mut lost = a_call();
    lost.as_object_mut().unwrap().remove("response");
    lost["failure"] = json!({"kind": "timeout", "message": "timeout of 30000ms exceeded"});
    assert_eq!(compared(a_call(), lost).summary, "The request is the same. This time no answer came.");
    let other = with("/request/url", json!("https://shop.example/orders/null"));
    assert_eq!(compared(a_call(), other).summary, "The request was another one. It differs in: Address, Parameters.");
    let script = |before: Value, source: &str| {
        let mut script = a_call();
        let members = script.as_object_mut().unwrap();
        members.remove("request");
        members.remove("response");
        script["script"] = json!({"source": source, "before": before, "after": {}, "error": null});
        script
    };
    let was = script(json!({"total": {"currency": "EUR"}}), "a");
    let now = compared(was.clone(), script(json!({"total": null}), "a"));
    assert_eq!(now.summary, "The script is the same. Its variables were others.");
    assert_eq!(told(&now), one("script.before", "/total", Some("{\"currency\":\"EUR\"}"), Some("null")));
    assert_eq!(compared(was, script(json!({}), "b")).summary, "The script was changed in between.");
}
