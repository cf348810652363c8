//! The whole page in a real browser, against a server that answers when the test says so: what it shows of every kind of
//! answer, what it asks, and what it keeps while answers are on their way.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that finds nothing fails")]
#![allow(clippy::unused_self, reason = "a stage is asked what the page is asked")]

#[path = "web/answers.rs"]
mod answers;
#[path = "stage/scene.rs"]
mod scene;
#[path = "web/stage.rs"]
mod stage;

use answers::{a_page, no_calls, partial, problem, session};
use serde_json::json;
use stage::Stage;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn calls_are_rows_of_a_grid_newest_first() {
    let stage = Stage::with_calls("", 300).await;
    assert_eq!(stage.text_of("[role=status] b"), "300 calls");
    let grid = stage.element("[role=grid]");
    assert_eq!(grid.get_attribute("aria-label").as_deref(), Some("API logs"));
    assert_eq!(grid.get_attribute("aria-rowcount").as_deref(), Some("301"));
    let first = stage.element(".row--call");
    assert_eq!(first.get_attribute("aria-rowindex").as_deref(), Some("2"));
    let said = stage.text_of(".row--call");
    assert!(said.contains("401 Refused") && said.contains("Google Sheets") && said.contains("Look up order"), "{said}");
}

#[wasm_bindgen_test]
async fn only_rows_in_view_are_in_the_document_and_the_next_page_is_asked_for_in_time() {
    let stage = Stage::with_calls("", 300).await;
    stage.until(|stage| stage.count(".row--call") > 10).await;
    assert!(stage.count(".row--call") < 60, "{} rows", stage.count(".row--call"));
    stage.scroll_to_end(".grid").await;
    stage.until(|stage| stage.has_asked("before=")).await;
    stage.answer("before=", 200, &a_page(200, 300)).await;
    stage.scroll_to_end(".grid").await;
    stage.until(|_| stage.row_indices().last() == Some(&201)).await;
    assert!(stage.count(".row--call") < 60, "{} rows", stage.count(".row--call"));
}

#[wasm_bindgen_test]
async fn rows_that_fly_past_are_bars_until_the_reader_pauses() {
    let stage = Stage::with_calls("", 300).await;
    stage.until(|stage| stage.count(".row--call") > 10).await;
    stage.scroll_to_end(".grid").await;
    stage.scroll_to_top(".grid").await;
    stage.scroll_to_end(".grid").await;
    stage.until(|stage| stage.count(".rows__bars") == 1).await;
    stage.until(|stage| stage.count(".rows__bars") == 0).await;
    assert_eq!(stage.row_indices().last(), Some(&101));
}

#[wasm_bindgen_test]
async fn a_filter_is_in_the_address_and_in_the_question() {
    let stage = Stage::with_calls("", 300).await;
    stage.press("Response status").await;
    stage.choose("Error").await;
    assert_eq!(stage.query_string(), "?status=error");
    assert!(stage.has_asked("calls?status=error&limit=100"));
    stage.answer("calls?status=error", 200, &a_page(40, 40)).await;
    assert_eq!(stage.text_of("[role=status] b"), "40 calls");

    stage.go_back().await;
    assert_eq!(stage.query_string(), "");
    stage.answer("calls?limit", 200, &a_page(300, 300)).await;
    assert_eq!(stage.text_of("[role=status] b"), "300 calls");
}

#[wasm_bindgen_test]
async fn rows_stay_until_the_answer_and_a_late_answer_is_dropped() {
    let stage = Stage::with_calls("", 300).await;
    stage.type_text("one").await;
    stage.type_text("one two").await;
    assert!(stage.is_taken_back("calls?q=one&"));
    assert_eq!(stage.element("[role=grid]").get_attribute("aria-busy").as_deref(), Some("true"));
    assert_eq!(stage.text_of("[role=status] b"), "300 calls");

    stage.answer("calls?q=one%20two", 200, &a_page(2, 2)).await;
    stage.answer("calls?q=one&", 200, &a_page(90, 90)).await;
    assert_eq!(stage.text_of("[role=status] b"), "2 calls");
    assert_eq!(stage.element("[role=grid]").get_attribute("aria-busy"), None);
    assert_eq!(stage.typed(), "one two");
}

#[wasm_bindgen_test]
async fn a_failure_is_no_empty_list_and_can_be_tried_again() {
    let stage = Stage::with_session("?status=error", &session()).await;
    stage.answer("calls?status=error", 500, &problem(500, "internal", "The disk is full.")).await;
    let said = stage.text_of("[role=alert]");
    assert!(said.contains("The disk is full.") && said.contains("Reference r-7"), "{said}");
    assert_eq!(stage.text_of("[role=status] b"), "Calls not loaded");
    stage.press("Try again").await;
    stage.answer("calls?status=error", 200, &a_page(7, 7)).await;
    assert_eq!(stage.text_of("[role=status] b"), "7 calls");
}

#[wasm_bindgen_test]
async fn an_older_page_that_fails_leaves_the_rows_alone() {
    let stage = Stage::with_calls("", 300).await;
    stage.scroll_to_end(".grid").await;
    stage.until(|stage| stage.has_asked("before=")).await;
    stage.answer("before=", 500, &problem(500, "internal", "The disk is full.")).await;
    assert!(stage.text_of(".list-end").contains("Older calls could not be loaded. The disk is full."));
    assert!(stage.count(".row--call") > 0);
    stage.press("Try again").await;
    stage.answer("before=", 200, &a_page(200, 300)).await;
    assert_eq!(stage.count(".list-end [role=alert]"), 0);
}

#[wasm_bindgen_test]
async fn each_kind_of_nothing_says_what_it_is() {
    for (query, answer, title) in [
        ("", no_calls(&[]), "No bot has made a call yet"),
        ("?q=refund", no_calls(&[]), "No call matches these filters"),
        ("?last=30d", no_calls(&["outside_retention"]), "These days are no longer kept"),
    ] {
        let stage = Stage::with_session(query, &session()).await;
        stage.answer("v1/calls?", 200, &answer).await;
        assert_eq!(stage.text_of(".state h2"), title, "{query}");
        assert_eq!(stage.text_of("[role=status] b"), "0 calls");
    }
}

#[wasm_bindgen_test]
async fn what_is_set_can_be_taken_out_where_nothing_matches() {
    let stage = Stage::with_session("?q=refund&code=-404", &session()).await;
    stage.answer("v1/calls?", 200, &no_calls(&[])).await;
    stage.press_labelled(".state [aria-label='Remove filter -code:404']").await;
    assert_eq!(stage.query_string(), "?q=refund");
    stage.press("Clear all filters").await;
    assert_eq!(stage.query_string(), "");
    assert_eq!(stage.typed(), "");
}

#[wasm_bindgen_test]
async fn a_search_that_runs_out_of_time_goes_on_by_itself() {
    let stage = Stage::with_session("?q=needle", &session()).await;
    stage.answer("v1/calls?", 200, &partial(900)).await;
    assert_eq!(stage.text_of("[role=status] b"), "Searching older calls");
    assert_eq!(stage.count(".notice"), 0);
    stage.answer("before=", 200, &a_page(3, 3)).await;
    assert_eq!(stage.text_of("[role=status] b"), "3 calls");
}

#[wasm_bindgen_test]
async fn a_search_that_cannot_be_read_is_said_beside_it_and_can_be_searched_for_as_text() {
    let stage = Stage::with_calls("", 300).await;
    stage.type_text("refund statu:error").await;
    stage.until(|stage| stage.count("[type=search][aria-invalid=true][aria-describedby=search-problem]") == 1).await;
    let said = stage.text_of("#search-problem");
    assert!(said.contains("This search is not applied: statu is not a field; did you mean status:?"), "{said}");
    // The last good answer stays, and filters work on.
    assert!(!stage.has_asked("q="));
    assert_eq!(stage.text_of("[role=status] b"), "300 calls");
    stage.press("Response status").await;
    stage.choose("Error").await;
    assert!(stage.has_asked("calls?status=error&limit=100"));

    stage.press("Search for it as text").await;
    assert_eq!(stage.typed(), "refund \"statu:error\"");
    assert!(stage.has_asked("calls?q=refund%20%22statu:error%22&status=error"));
    assert_eq!(stage.count("[aria-invalid]"), 0);
    assert_eq!(stage.text_of("#search-problem"), "");
}

#[wasm_bindgen_test]
async fn an_address_whose_search_cannot_be_read_shows_the_rest() {
    let stage = Stage::with_calls("?q=statu:error&status=error", 300).await;
    assert_eq!(stage.typed(), "statu:error");
    assert!(stage.has_asked("calls?status=error&limit=100"));
    stage.until(|stage| stage.count("[type=search][aria-invalid=true]") == 1).await;
    assert_eq!(stage.count(".notice"), 0);
}

#[wasm_bindgen_test]
async fn whoever_may_not_see_calls_is_told_why() {
    for (session, title) in [
        (json!({"access": "role", "role": "Agent"}), "Your role cannot see API Logs"),
        (json!({"access": "plan", "plan_with_logs": "Business"}), "API Logs is not in your plan"),
        (
            json!({"access": "plan", "capabilities": {"view_logs": false, "reauthorise": false,
            "manage_notifications": false, "manage_plan": false}}),
            "Your account does not have API Logs",
        ),
    ] {
        let stage = Stage::with_session("", &answers::session_with(&session)).await;
        assert_eq!(stage.text_of(".state h2"), title);
        assert_eq!(stage.count("[role=grid]"), 0);
    }
    let stage = Stage::begin("");
    stage.answer("v1/session", 401, &problem(401, "not_signed_in", "")).await;
    assert_eq!(stage.text_of(".state h2"), "You are not signed in");
}

#[wasm_bindgen_test]
async fn a_session_that_ended_is_said_wherever_it_shows() {
    let stage = Stage::with_calls("", 300).await;
    stage.type_text("refund").await;
    stage.answer("calls?q=refund", 401, &problem(401, "not_signed_in", "")).await;
    assert_eq!(stage.text_of(".state h2"), "You are not signed in");
}

#[wasm_bindgen_test]
async fn what_of_the_address_cannot_be_used_is_said_until_it_is_dismissed() {
    let stage = Stage::with_calls("?stats=error", 300).await;
    let said = stage.text_of(".notice");
    assert!(said.contains("stats=error") && said.contains("did you mean status?"), "{said}");
    stage.press_labelled(".notice [aria-label=Dismiss]").await;
    assert_eq!(stage.count(".notice"), 0);
    assert_eq!(stage.query_string(), "");
}

#[wasm_bindgen_test]
async fn calls_without_a_response_are_offered_and_listed_when_asked_for() {
    let stage = Stage::with_calls("", 300).await;
    stage.answer("histogram", 200, &answers::a_histogram(12)).await;
    assert!(stage.text_of(".listbar").contains("12 calls got no response"));
    stage.press("show them").await;
    assert_eq!(stage.query_string(), "?no_response=true");
    assert!(stage.has_asked("calls?no_response=true"));
}

#[wasm_bindgen_test]
async fn the_list_is_walked_with_keys_and_keeps_the_focus() {
    let stage = Stage::with_calls("", 300).await;
    stage.until(|stage| stage.count(".row--call") > 0).await;
    stage.key(".row--call a", "Home").await;
    stage.until(|_| stage.focused_row() == Some(2)).await;
    stage.key(":focus", "j").await;
    stage.until(|_| stage.focused_row() == Some(3)).await;
    stage.key(":focus", "End").await;
    stage.until(|_| stage.focused_row() == Some(101)).await;
    stage.scroll_to_top(".grid").await;
    assert_eq!(stage.focused_row(), Some(101));
    assert_eq!(stage.count("[role=grid] [tabindex='0']"), 1);
}

#[wasm_bindgen_test]
async fn a_call_is_opened_beside_the_list_and_closed_again() {
    let stage = Stage::with_calls("", 300).await;
    stage.until(|stage| stage.count(".row--call") > 0).await;
    stage.element(".row--call a").click();
    stage.until(|stage| stage.count("aside[aria-label='Call details']") == 1).await;
    assert!(stage.query_string().starts_with("?call="));
    assert_eq!(stage.count(".row--call[aria-selected=true]"), 1);
    stage.key("aside h2", "Escape").await;
    stage.until(|_| stage.focused_row() == Some(2)).await;
    assert_eq!(stage.query_string(), "");
}

#[wasm_bindgen_test]
async fn a_host_that_frames_the_page_brings_its_own_navigation() {
    let stage = Stage::with_calls("?embed=1", 300).await;
    assert_eq!((stage.count("nav"), stage.count("[role=grid]")), (0, 1));
}
