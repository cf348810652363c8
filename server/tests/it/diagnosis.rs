//! Why a call failed: its diagnosis, how it differs from the last success, which calls failed alike, the evidence.

use axum::http::StatusCode;
use model::CallId;
use serde_json::{Value, json};
use server::accounts::Role;
use server::store::CallStore;

use crate::support::{ACall, Answer, TestServer, Visitor, a_call};

const NOT_SHARED: &str =
    r#"{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}"#;

async fn ask(visitor: &Visitor<'_>, number: u128, what: &str) -> Answer {
    visitor.get(&format!("calls/{}{what}", CallId::from_u128(number))).await
}

/// A call of Google Sheets whose file is not shared.
fn not_shared(number: u128) -> ACall {
    a_call(number).answered(403).with_body(NOT_SHARED).with("/application", json!("google_sheets"))
}

#[tokio::test]
async fn a_failed_call_says_why_and_who_must_act() {
    let server = TestServer::start();
    server
        .take(&[
            not_shared(1).json(),
            a_call(2).json(),
            a_call(3).with("/request/url", json!("https://shop.example/orders//{{order.id}}?page=")).json(),
            a_call(4).with_body(r#"{"success":false,"message":"no stock"}"#).json(),
            a_call(5).without_response("dns").json(),
            a_call(6).of_a_script(Some("total is not defined")).json(),
        ])
        .await;
    let owner = server.owner().await;
    let diagnosis = async |number| ask(&owner, number, "").await.json()["diagnosis"].clone();
    insta::assert_json_snapshot!("not_shared", diagnosis(1).await);
    assert_eq!(ask(&owner, 2, "").await.json().get("diagnosis"), None);
    insta::assert_json_snapshot!("findings", diagnosis(3).await);
    let says_success = diagnosis(4).await;
    assert_eq!(says_success["cause"]["says_success"], true);
    assert_eq!(ask(&owner, 4, "").await.json()["outcome"], "success");
    assert_eq!(diagnosis(5).await["cause"]["rule"], "failure.dns");
    assert_eq!(diagnosis(6).await["cause"]["rule"], "script.not_defined");
}

#[tokio::test]
async fn a_call_is_compared_with_the_last_success_of_its_node() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(90).answered(500).json(),
            a_call(50).with("/request/headers", json!([["accept", "application/json"], ["x-api-key", "k-1"]])).json(),
            a_call(40).answered(404).by("b2").json(),
            a_call(30).answered(500).json(),
            a_call(20).without_response("timeout").json(),
            a_call(10).answered(403).with_body(r#"{"error":"no key"}"#).json(),
        ])
        .await;
    let owner = server.owner().await;
    let mut comparison = ask(&owner, 10, "/comparison").await.json();
    assert_eq!(comparison["success"], json!(CallId::from_u128(50)));
    assert_eq!(comparison["success_at"], "2026-11-23T11:10:00.000Z");
    assert_eq!(comparison["first_failing_at"], "2026-11-23T11:30:00.000Z");
    comparison["parts"].as_array_mut().unwrap().retain(|part| part["differences"] != json!([]));
    insta::assert_json_snapshot!("comparison", comparison);
    // The first failure after the success may be the call itself.
    assert_eq!(ask(&owner, 30, "/comparison").await.json()["first_failing_at"], "2026-11-23T11:30:00.000Z");
    for (number, code) in [(90, "no_earlier_success"), (99, "call_not_found")] {
        let answer = ask(&owner, number, "/comparison").await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, code));
    }
}

#[tokio::test]
async fn the_success_and_the_first_failure_may_lie_days_back() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(1).at("2026-11-23T11:00:00Z").answered(500).json(),
            a_call(2).at("2026-11-21T10:00:00.500Z").without_response("dns").json(),
            a_call(3).at("2026-11-21T10:00:00.500Z").answered(500).json(),
            a_call(4).at("2026-11-21T10:00:00.500Z").json(),
            a_call(5).at("2026-11-19T10:00:00Z").answered(500).json(),
        ])
        .await;
    server.clock.advance_millis(10 * 86_400_000);
    server.store.forget_expired().await.unwrap();
    let comparison = ask(&server.owner().await, 1, "/comparison").await.json();
    assert_eq!(comparison["success"], json!(CallId::from_u128(4)));
    assert_eq!(comparison["is_open"], false);
    // Of calls of one moment the ids decide: those before the success do not come after it.
    assert_eq!(comparison["first_failing_at"], "2026-11-23T11:00:00.000Z");
}

#[tokio::test]
async fn calls_that_failed_alike_are_counted_with_whom_they_concern() {
    let server = TestServer::start();
    let user = |name: &str| json!({"id": format!("u-{name}"), "name": name});
    server
        .take(&[
            not_shared(1).json(),
            not_shared(2).with("/user", user("Mia")).json(),
            not_shared(8).with("/user", json!({"id": "u-Mia", "name": "Mia Berg"})).by("b2").json(),
            not_shared(3).by("b2").with("/source/node/id", json!("n9")).with("/source/node/name", json!("Save")).json(),
            not_shared(4).with("/user", json!(null)).json(),
            // The same code for another reason, another application, another code.
            not_shared(5).with_body(r#"{"error":{"status":"FORBIDDEN"}}"#).json(),
            not_shared(6).with("/application", json!("json_api")).json(),
            not_shared(7).answered(400).json(),
            not_shared(900).at("2026-11-20T10:00:00Z").json(),
        ])
        .await;
    let owner = server.owner().await;
    insta::assert_json_snapshot!("similar", ask(&owner, 1, "/similar?last=1h").await.json());
    let all = ask(&owner, 1, "/similar").await.json();
    assert_eq!((&all["calls"], &all["first"]), (&json!(6), &json!("2026-11-20T10:00:00.000Z")));
    // Each filter finds what it counts.
    for affected in ["bots", "nodes", "users"] {
        for share in all[affected]["most"].as_array().unwrap() {
            let query = share["query"].as_str().unwrap();
            let page = owner.get(&format!("calls?{query}")).await.json();
            assert_eq!(page["total"]["count"], share["count"], "{query}");
        }
    }
    let page = owner.get(&format!("calls?{}", all["query"].as_str().unwrap())).await.json();
    assert_eq!(page["total"]["count"], 6);
    // A supervisor's counts are of the bots they see.
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b2"]).await;
    assert_eq!(ask(&supervisor, 3, "/similar").await.json()["calls"], 2);
    assert_eq!(ask(&supervisor, 1, "/similar").await.code(), "call_not_found");
}

#[tokio::test]
async fn calls_without_a_code_fail_alike_too() {
    let server = TestServer::start();
    let at_host = |number, host: &str| {
        a_call(number).without_response("dns").with("/request/url", json!(format!("https://{host}/orders/7")))
    };
    let script = |number, node: &str| {
        a_call(number).of_a_script(Some("TypeError: x is undefined")).with("/source/node/id", json!(node))
    };
    server
        .take(&[
            at_host(1, "shop.example").json(),
            at_host(2, "shop.example").json(),
            at_host(3, "other.example").json(),
            script(4, "n1").json(),
            script(5, "n1").json(),
            script(6, "n2").json(),
            a_call(7).with_body(r#"{"success": false}"#).json(),
            a_call(8).with_body(r#"{"success": true}"#).json(),
            a_call(9).with_body(r#"{"success": false, "code": 7}"#).json(),
            a_call(10).answered(404).json(),
            a_call(11).answered(404).with("/request/url", json!("https://other.example/")).json(),
        ])
        .await;
    let owner = server.owner().await;
    for (number, calls) in [(1, 2), (3, 1), (4, 2), (6, 1), (7, 2), (10, 1)] {
        let similar = ask(&owner, number, "/similar").await.json();
        assert_eq!(similar["calls"], calls, "{number}: {similar}");
        let page = owner.get(&format!("calls?{}", similar["query"].as_str().unwrap())).await.json();
        assert_eq!(page["total"]["count"], calls, "{number}: {}", similar["query"]);
    }
    assert_eq!(ask(&owner, 8, "/similar").await.code(), "did_not_fail");
    for filter in ["bot=b1", "q=order&last=1h", "limit=3"] {
        let answer = ask(&owner, 1, &format!("/similar?{filter}")).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalid_query"), "{filter}");
    }
}

#[tokio::test]
async fn the_evidence_is_a_text_without_secrets_and_without_the_end_user() {
    let server = TestServer::start();
    let secret = "sk-planted-4242424242424242";
    server
        .take(&[not_shared(1)
            .with("/request/headers", json!([["authorization", format!("Bearer {secret}")], ["x-request-id", "req-7"]]))
            .with("/response/headers", json!([["content-type", "application/json"], ["CF-Ray", "8f1-FRA"]]))
            .json()])
        .await;
    let owner = server.owner().await;
    let answer = ask(&owner, 1, "/evidence").await;
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    let text = String::from_utf8(answer.bytes).unwrap();
    assert!(!text.contains(secret) && !text.contains("Asha"), "{text}");
    insta::assert_snapshot!("evidence", text);
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    for what in ["/evidence", "/similar", "/comparison"] {
        assert_eq!(ask(&stranger, 1, what).await.code(), "call_not_found");
    }
}

#[tokio::test]
async fn a_large_body_is_diagnosed_and_compared_in_bounded_work() {
    let server = TestServer::start_with(server::store::sqlite::Limits::default(), |settings| {
        settings.body_limit_bytes = 4 << 20;
    });
    let rows = |word: &str| {
        let rows = (0..30_000).map(|row| json!({"row": row, "text": format!("{word} {row}")})).collect::<Vec<Value>>();
        json!({"rows": rows, "errors": [{"message": format!("{word} went wrong")}]}).to_string()
    };
    server
        .take(&[a_call(2).with_body(&rows("some")).json(), a_call(1).answered(500).with_body(&rows("other")).json()])
        .await;
    let owner = server.owner().await;
    // Behind thirty thousand rows; the rule asks for the list of errors of an answer that says success.
    let diagnosis = ask(&owner, 2, "").await.json()["diagnosis"].clone();
    assert_eq!(diagnosis["cause"]["rule"], "says_success.graphql");
    let comparison = ask(&owner, 1, "/comparison").await;
    assert!(comparison.bytes.len() < 40_000, "{}", comparison.bytes.len());
    assert_eq!(comparison.json()["partial"], true);
}
