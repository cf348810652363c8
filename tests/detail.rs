//! The call panel in a real browser: what it shows of every kind of call, and what it does when answers are late,
//! missing or huge.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that finds nothing fails")]
#![allow(clippy::unused_self, reason = "a stage is asked what the page is asked")]

#[path = "detail/calls.rs"]
mod calls;
#[path = "stage/scene.rs"]
mod scene;
#[path = "detail/stage.rs"]
mod stage;

use calls::{a_call, a_script, id, summary};
use serde_json::json;
use stage::Stage;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_facts_of_a_call_are_terms() {
    let stage = Stage::with_call(a_call()).await;
    for (term, expected) in [
        ("Status", "401 Unauthorized"),
        ("Bot name", "Order desk"),
        ("Source", "Order status"),
        ("User", "mossy.kite"),
        ("Application", "Google Sheets"),
        ("Time", "10:24:07.318 UTC"),
        ("Kept until", "errors stay 30 days"),
    ] {
        let said = stage.term(term);
        assert!(said.contains(expected), "{term}: {said}");
    }
    assert_eq!(stage.text_of("h2"), "Look up order failed");
    assert_eq!(stage.element("aside").get_attribute("aria-label").as_deref(), Some("Call details"));
    assert_eq!(stage.element("dd a").get_attribute("href").as_deref(), Some("bots/b%2F1/flow/p1?node=n7"));
}

#[wasm_bindgen_test]
async fn the_row_stands_in_until_the_call_is_here() {
    let stage = Stage::empty();
    stage.hint(summary(9));
    stage.open(id(9)).await;
    assert!(stage.term("Status").contains("401 Unauthorized"));
    assert_eq!(stage.count("[aria-busy=true]"), 1);
    assert_eq!(stage.count("[role=tab]"), 0);
    stage.answer(9, 200, &a_call()).await;
    assert_eq!(stage.tabs(), ["Request", "Response"]);
}

#[wasm_bindgen_test]
async fn a_late_answer_never_stands_in_for_another_call() {
    let stage = Stage::empty();
    stage.open(id(9)).await;
    stage.open(id(10)).await;
    assert!(stage.is_taken_back(9));
    stage.answer(10, 200, &a_script()).await;
    stage.answer(9, 200, &a_call()).await;
    assert_eq!(stage.text_of("h2"), "Work out refund failed");
    assert_eq!(stage.tabs(), ["Variables", "Whole script"]);
}

#[wasm_bindgen_test]
async fn a_call_that_is_not_there_is_not_told_of() {
    let stage = Stage::empty();
    stage.hint(summary(9));
    stage.open(id(9)).await;
    stage.answer(9, 404, &json!({"status": 404, "code": "call_not_found", "title": "Not found"})).await;
    assert!(stage.text_of(".state").contains("This call is not here any more, or not yours to see"));
    assert_eq!(stage.count("dt"), 0);
}

#[wasm_bindgen_test]
async fn a_failure_is_shown_and_asked_again() {
    let stage = Stage::empty();
    stage.open(id(9)).await;
    stage.answer(9, 500, &json!({"status": 500, "code": "internal", "title": "T", "detail": "The disk is full.", "request_id": "r-7"})).await;
    let said = stage.text_of("[role=alert]");
    assert!(said.contains("The disk is full.") && said.contains("r-7"), "{said}");
    stage.press("Try again").await;
    stage.answer(9, 200, &a_call()).await;
    assert_eq!(stage.tabs(), ["Request", "Response"]);
}

#[wasm_bindgen_test]
async fn who_is_not_signed_in_is_told_so() {
    let stage = Stage::empty();
    stage.open(id(9)).await;
    stage.answer(9, 401, &json!({})).await;
    assert!(stage.text_of("[role=alert]").contains("not signed in"));
}

#[wasm_bindgen_test]
async fn the_command_is_shown_line_by_line_with_its_secrets_marked() {
    let stage = Stage::with_call(a_call()).await;
    let lines = stage.texts("[aria-label='Request as curl'] .line");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].contains("-H 'authorization: Bearer redacted, token"), "{lines:?}");
    assert_eq!(stage.count(".lines .redacted"), 1);
    assert!(stage.has_button("Copy as cURL"));
    assert!(stage.text_of(".pane").contains("Secrets are hidden before a call is stored"));
    assert_eq!(stage.texts("[aria-label='Parameters'] td"), ["ROWS", "あ b"]);
    assert!(stage.text_of(".pane").contains("Empty: the request was sent without a body."));
}

#[wasm_bindgen_test]
async fn a_body_is_pretty_or_as_it_came() {
    let stage = Stage::with_call(a_call()).await;
    stage.press("Response").await;
    assert_eq!(
        stage.texts("[aria-label='Response body'] .line"),
        ["{", "\"n\": 12345678901234567890123,", "\"n\": 1,", "\"s\": \"<b>\"", "}"]
    );
    stage.press("Raw").await;
    assert_eq!(
        stage.texts("[aria-label='Response body'] .line"),
        ["{\"n\":12345678901234567890123,\"n\":1,\"s\":\"<b>\"}"]
    );
    // Markup of others is text.
    assert_eq!(stage.count(".lines b"), 0);
}

#[wasm_bindgen_test]
async fn bodies_that_are_none_are_told_apart() {
    for (response, words) in [
        (json!({"status": 201, "headers": []}), "Erased on 24 Nov 2026."),
        (json!({"status": 204, "headers": [], "body": ""}), "Empty: the response came without a body."),
        (json!({"status": 200, "headers": []}), "Not captured"),
        (json!({"status": 200, "headers": [["Content-Type", "image/png"]]}), "Binary body, image/png, 12,345 bytes."),
    ] {
        let mut call = a_call();
        if words.starts_with("Binary") {
            call["omitted"] = json!([{"part": "response.body", "media_type": "image/png", "bytes": 12_345}]);
        }
        if words.starts_with("Erased") {
            call["erased"] = json!([{"part": "response.body", "at": "2026-11-24T12:00:00.000Z"}]);
        }
        call["response"] = response;
        let stage = Stage::with_call(call).await;
        stage.press("Response").await;
        let said = stage.text_of(".pane");
        assert!(said.contains(words), "{said}");
    }
}

#[wasm_bindgen_test]
async fn what_was_cut_and_what_is_not_json_is_said() {
    let mut call = a_call();
    call["response"]["body"] = json!("{\"items\":[{\"id\":1,\"name\":\"half a na");
    call["truncated"] = json!([{"part": "response.body", "original_bytes": 5_400_000}]);
    let stage = Stage::with_call(call).await;
    stage.press("Response").await;
    let said = stage.text_of(".pane");
    assert!(said.contains("The whole body had 5.4 MB") && said.contains("as far as it is kept"), "{said}");

    let mut call = a_call();
    call["response"]["body"] = json!("{\"a\":1,\noops}");
    let stage = Stage::with_call(call).await;
    stage.press("Response").await;
    assert!(stage.text_of(".pane").contains("From line 3 on this is not valid JSON"));
}

#[wasm_bindgen_test]
async fn no_code_is_invented_where_none_came() {
    let mut call = a_call();
    call["outcome"] = json!("no_response");
    call["failure"] = json!({"kind": "dns", "message": "getaddrinfo ENOTFOUND"});
    call.as_object_mut().unwrap().remove("response");
    let stage = Stage::with_call(call).await;
    let said = stage.term("Status");
    assert!(said.contains("could not be found (DNS)") && said.contains("ENOTFOUND"), "{said}");
    assert!(!said.chars().any(|character| character.is_ascii_digit()), "{said}");
    stage.press("Response").await;
    assert!(stage.text_of(".pane").contains("No response came."));
}

#[wasm_bindgen_test]
async fn a_script_shows_what_it_did() {
    let stage = Stage::with_call(a_script()).await;
    assert!(stage.term("Status").contains("Stopped on line 4"));
    assert_eq!(stage.texts(".is-hit"), ["const first = order.items[0].price;"]);
    assert_eq!(stage.element(".is-hit").get_attribute("data-n").as_deref(), Some("4"));
    let rows = stage.texts("[aria-label='Variables before and after'] tbody tr");
    assert!(
        rows.iter().any(|row| row.contains("refund.fee") && row.contains("4.95") && row.contains("Changed")),
        "{rows:?}"
    );
    assert!(rows.iter().any(|row| row.contains("order.items") && row.contains("Same")), "{rows:?}");
    stage.press("Whole script").await;
    assert_eq!(stage.count(".line"), 9);
}

#[wasm_bindgen_test]
async fn tabs_are_changed_by_arrow_keys_and_have_one_stop() {
    let stage = Stage::with_call(a_call()).await;
    stage.key("[role=tab][aria-selected=true]", "ArrowRight").await;
    assert_eq!(stage.text_of("[role=tab][aria-selected=true]"), "Response");
    assert_eq!(stage.focused(), "Response");
    assert_eq!(stage.count("[role=tab][tabindex='0']"), 1);
    let panel = stage.element("[role=tabpanel]");
    assert_eq!(panel.get_attribute("aria-labelledby").as_deref(), Some("tab-response"));
}

#[wasm_bindgen_test]
async fn the_panel_takes_the_focus_when_it_opens_and_escape_closes_it() {
    let stage = Stage::empty();
    stage.settle().await;
    stage.open(id(9)).await;
    stage.frame().await;
    assert_eq!(stage.focused(), "Call");
    stage.key("h2", "Escape").await;
    assert_eq!(stage.count("aside"), 0);
}

#[wasm_bindgen_test]
async fn the_width_follows_the_arrow_keys_within_bounds() {
    let stage = Stage::with_call(a_call()).await;
    let width = || stage.element("[role=separator]").get_attribute("aria-valuenow").unwrap();
    stage.key("[role=separator]", "Home").await;
    assert_eq!(width(), "360");
    stage.key("[role=separator]", "ArrowLeft").await;
    assert_eq!(width(), "376");
    stage.key("[role=separator]", "End").await;
    stage.key("[role=separator]", "ArrowLeft").await;
    assert_eq!(width(), "760");
}

#[wasm_bindgen_test]
async fn of_a_huge_body_only_what_is_in_view_exists() {
    let items: Vec<String> =
        (0..40_000).map(|number| format!("{{\"id\":{number},\"name\":\"item {number}\"}}")).collect();
    let mut call = a_call();
    call["response"]["body"] = json!(format!("[{}]", items.join(",")));
    let stage = Stage::with_call(call).await;
    stage.press("Response").await;
    stage.until(|stage| stage.count(".lines--long[aria-busy=false]") == 1).await;
    assert!(stage.count(".line") < 120, "{}", stage.count(".line"));
    assert_eq!(stage.element(".line").get_attribute("aria-setsize").as_deref(), Some("160002"));
    stage.scroll_to_end(".lines--long").await;
    stage.until(|stage| stage.texts(".line").last().is_some_and(|line| line == "]")).await;
    assert!(stage.count(".line") < 120);
}

#[wasm_bindgen_test]
async fn what_is_closed_leaves_nothing_behind() {
    let stage = Stage::empty();
    stage.settle().await;
    let before = stage.nodes();
    for _ in 0..30 {
        stage.open(id(9)).await;
        stage.answer(9, 200, &a_call()).await;
        stage.press("Close").await;
    }
    assert!(stage.nodes() <= before + 2, "{} after {before}", stage.nodes());
}

fn diagnosed() -> serde_json::Value {
    let mut call = a_call();
    call["diagnosis"] = json!({
        "cause": {
            "rule": "google.token_refused", "title": "Google did not accept the sign-in of this connection",
            "explanation": "The token has expired.", "actor": "connection_owner", "who": "whoever can sign in",
            "action": "Reauthorise the connection.",
            "evidence": [
                {"part": "response.body", "name": "/s", "place": "Line 4 of the response", "text": "<b>", "line": 4, "raw_line": 1},
                {"part": "response.headers", "name": "x", "place": "The header x of the response", "text": "7"}
            ]
        },
        "findings": [
            {"kind": "empty", "part": "request.query", "name": "q", "text": "", "sentence": "The value of q is empty."},
            {"kind": "no_value", "part": "request.body", "name": "/a", "text": "null", "sentence": "S.", "line": 2}
        ]
    });
    call
}

#[wasm_bindgen_test]
async fn a_cause_is_told_with_its_evidence_which_is_marked_in_the_body() {
    let stage = Stage::with_call(diagnosed()).await;
    let said = stage.text_of("[aria-label=Cause]");
    assert!(said.contains("Who must act: whoever can sign in. Reauthorise the connection."), "{said}");
    assert_eq!(
        stage.texts("[aria-label='How we know'] li"),
        ["Line 4 of the response: <b>", "The header x of the response: 7"]
    );
    assert_eq!(stage.texts("[aria-label='Findings in the request'] li"), ["The value of q is empty.", "S."]);
    assert_eq!(stage.texts("[aria-label=Parameters] .tag"), ["empty"]);
    assert_eq!(stage.tabs(), ["Request", "Response", "Compare"]);
    stage.press("Line 4 of the response").await;
    assert_eq!(stage.text_of("[role=tab][aria-selected=true]"), "Response");
    assert_eq!(stage.texts(".is-hit"), ["\"s\": \"<b>\""]);
    stage.press("Raw").await;
    assert_eq!(stage.count(".is-hit"), 1);
}

#[wasm_bindgen_test]
async fn calls_that_failed_alike_lead_to_the_list() {
    let stage = Stage::with_call(diagnosed()).await;
    let group = |label: &str| json!({"count": 9, "most": [{"label": label, "count": 2, "query": "bot=b1"}]});
    let answer = json!({
        "what": "Google Sheets answered 401", "query": "code=401", "calls": 12,
        "first": "2026-11-22T10:00:00Z", "last": "2026-11-23T10:00:00Z",
        "bots": group("Order desk"), "nodes": group("Look up"), "users": group("Asha"), "partial": true, "notices": []
    });
    stage.answer_about(9, "similar", 200, &answer).await;
    assert_eq!(stage.texts(".figs li"), ["12 calls", "9 bots", "9 nodes", "9 end users"]);
    let said = stage.text_of(".same");
    assert!(said.contains("counting was cut short") && said.contains("and 8 more"), "{said}");
    stage.press_labelled(".sec__h a").await;
    assert_eq!(stage.filter(), "code=401");
    stage.press_labelled("[aria-label=bots] a").await;
    assert_eq!(stage.filter(), "bot=b1");
}

#[wasm_bindgen_test]
async fn a_comparison_says_in_words_what_was_and_what_is() {
    let stage = Stage::with_call(diagnosed()).await;
    stage.press("Compare").await;
    let difference = |name: &str, was: Option<&str>, now: Option<&str>| json!({"name": name, "was": was, "now": now});
    let answer = json!({
        "success": calls::id_text(3), "success_at": "2026-11-22T10:00:00Z", "is_open": true,
        "first_failing_at": "2026-11-23T10:00:00Z", "summary": "The request is the same.", "ignored": 3, "partial": false,
        "parts": [
            {"part": "status", "label": "Status and time", "differences": [difference("", Some("200 OK"), Some("401"))], "more": 0},
            {"part": "request.url", "label": "Address", "differences": [], "more": 0},
            {"part": "response.body", "label": "Response body", "differences": [
                difference("/error", None, Some("{}")), difference("/a", Some("<i>"), Some(""))
            ], "more": 7}
        ]
    });
    stage.answer_about(9, "comparison", 200, &answer).await;
    assert_eq!(stage.texts("[aria-label='Status and time'] li"), ["was 200 OK", "now 401"]);
    assert_eq!(
        stage.texts("[aria-label='Response body'] li"),
        ["/error", "was not there", "now {}", "/a", "was <i>", "now empty"]
    );
    let said = stage.text_of(".pane");
    assert!(
        said.contains("And 7 more.") && said.contains("The same: Address.") && said.contains("3 values left out"),
        "{said}"
    );
    stage.press_labelled(".pane a").await;
    assert!(stage.is_asked_for(3));
}

#[wasm_bindgen_test]
async fn a_comparison_that_cannot_be_had_says_why() {
    let stage = Stage::with_call(diagnosed()).await;
    stage.press("Compare").await;
    let problem = json!({"status": 404, "code": "no_earlier_success", "title": "T", "detail": "No success is kept."});
    stage.answer_about(9, "comparison", 404, &problem).await;
    assert!(stage.text_of(".pane").contains("No success is kept."));
}

#[wasm_bindgen_test]
async fn words_are_found_and_a_line_gives_its_path_and_value() {
    let stage = Stage::with_call(a_call()).await;
    stage.press("Response").await;
    stage.fill("[aria-label='Find in body']", "N\":").await;
    assert_eq!(stage.text_of(".find [role=status]"), "1 of 2");
    assert_eq!(stage.texts(".is-hit"), ["\"n\": 12345678901234567890123,"]);
    stage.key("[aria-label='Find in body']", "Enter").await;
    assert_eq!(stage.texts(".is-hit"), ["\"n\": 1,"]);
    stage.press("Next match").await;
    stage.press("Previous match").await;
    assert_eq!(stage.text_of(".find [role=status]"), "2 of 2");
    assert_eq!(stage.text_of(".find__v code"), "n");
    stage.fill("[aria-label='Find in body']", "nowhere").await;
    assert_eq!((stage.text_of(".find [role=status]").as_str(), stage.count(".is-hit")), ("Not found", 0));
    stage.press_labelled("[data-n='4']").await;
    assert_eq!(stage.text_of(".find__v code"), "s");
    stage.fill("[aria-label='Find in body']", "").await;
    assert_eq!(stage.text_of(".find [role=status]"), "");
    // As it came the body is no tree.
    stage.press("Raw").await;
    assert_eq!(stage.count(".find__v"), 0);
}

#[wasm_bindgen_test]
async fn what_is_found_far_down_a_huge_body_comes_into_view() {
    let items: Vec<String> = (0..40_000).map(|number| format!("{{\"id\":{number}}}")).collect();
    let mut call = a_call();
    call["response"]["body"] = json!(format!("[{}]", items.join(",")));
    let stage = Stage::with_call(call).await;
    stage.press("Response").await;
    stage.until(|stage| stage.count(".lines--long[aria-busy=false]") == 1).await;
    stage.fill("[aria-label='Find in body']", "\"id\":39000}").await;
    stage.until(|stage| stage.texts(".is-hit") == ["\"id\": 39000"]).await;
    assert_eq!(stage.text_of(".find__v code"), "[39000].id");
}
