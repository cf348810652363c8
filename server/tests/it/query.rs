//! Finding calls: filters, words, pages, counts.

use model::CallId;
use serde_json::{Value, json};

use crate::support::{TestServer, a_call, ids};

/// Calls that differ in every filter.
pub fn a_mix() -> Vec<Value> {
    vec![
        a_call(1).json(),
        a_call(2).answered(404).by("b2").with("/application", json!("zendesk")).json(),
        a_call(3).answered(503).with("/request/method", json!("POST")).json(),
        a_call(4).with("/request/method", json!("C2E")).with("/application", json!("c2e")).by("b2").json(),
        a_call(5).without_response("dns").json(),
        a_call(6).of_a_script(Some("total is not defined")).json(),
        a_call(7).of_a_script(None).json(),
        a_call(8)
            .with("/source", json!({"kind": "inbox", "agent": {"name": null, "email": "mia@example.com"}}))
            .with("/user", json!({"id": "+15550100", "name": ""}))
            .json(),
        a_call(9).answered(404).with("/application", json!("my_own_crm")).json(),
    ]
}

#[tokio::test]
async fn each_filter_narrows_and_all_of_them_together() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    for (filter, found) in [
        ("", &[1, 2, 3, 4, 6, 7, 8, 9][..]),
        ("status=success", &[1, 4, 7, 8]),
        ("status=error", &[2, 3, 6, 9]),
        ("status=-success", &[2, 3, 6, 9]),
        ("status=no_response", &[5]),
        ("no_response=true", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("no_response=true&status=error", &[2, 3, 5, 6, 9]),
        ("method=POST,C2E", &[3, 4]),
        ("method=-GET", &[3, 4, 6, 7]),
        ("code=404", &[2, 9]),
        ("code=4xx,503", &[2, 3, 9]),
        ("code=-404", &[1, 3, 4, 6, 7, 8]),
        ("bot=b2", &[2, 4]),
        ("bot=-b2&status=error", &[3, 6, 9]),
        ("bot=deleted", &[]),
        ("application=script,c2e", &[4, 6, 7]),
        ("application=my_own_crm", &[9]),
        ("source=inbox", &[8]),
        ("user=%2B15550100", &[8]),
        ("user=Asha&source=-bot_flow", &[]),
        ("last=3m", &[1, 2, 3]),
        ("from=2026-11-23T11:54:00Z&to=2026-11-23T11:57:00Z", &[4, 6]),
    ] {
        let page = owner.get(&format!("calls?{filter}")).await.json();
        assert_eq!(ids(&page), found, "{filter}");
        assert_eq!(page["total"], json!({"count": found.len(), "exact": true}), "{filter}");
    }
}

#[tokio::test]
async fn words_are_found_anywhere_in_any_case_and_script() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(1).with_body("{\"error\":\"Überweisung FEHLGESCHLAGEN\"}").json(),
            a_call(2).with_body("注文番号は見つかりません ΟΔΟΣ").json(),
            a_call(3).with("/request/headers", json!([["X-Trace", "abc-123-def"]])).json(),
            a_call(4).with("/user/name", json!("Мария")).json(),
            a_call(5).with_body("{\"quote\":\"say \\\"hi\\\"\"}\u{0}% _ ' --").json(),
            a_call(6).of_a_script(Some("refund is not defined")).json(),
            a_call(7).with_body("xab bcx").json(),
        ])
        .await;
    let owner = server.owner().await;
    for (words, found) in [
        ("überweisung", &[1][..]),
        ("ÜBERWEISUNG fehlgeschlagen", &[1]),
        ("fehlgeschlagen überweisung", &[1]),
        ("\"fehlgeschlagen überweisung\"", &[]),
        ("注文", &[2]),
        ("見", &[2]),
        ("οδός", &[]),
        ("οδος", &[2]),
        ("x-trace: ABC-123", &[3]),
        ("\"x-trace: ABC-123\"", &[3]),
        ("мария", &[4]),
        ("_", &[5]),
        ("\"' --\"", &[5]),
        ("not defined", &[6]),
        ("xabcx", &[]),
        ("look order asha shop.example", &[1, 2, 3, 5, 7]),
        (&CallId::from_u128(3).to_string(), &[3]),
    ] {
        let found_ids = owner.ids(&format!("calls?q={}", encode(words))).await;
        assert_eq!(found_ids, found, "{words}");
    }
    let narrowed = owner.get(&format!("calls?q={}&status=error", encode("order"))).await.json();
    assert_eq!(ids(&narrowed), [6]);
    assert_eq!(narrowed["total"], json!({"count": 1, "exact": true}));
}

pub fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn pages_join_without_gap_or_repeat_in_both_directions() {
    let server = TestServer::start();
    // Many calls in one millisecond, over several days, in both halves.
    let calls: Vec<Value> = (1..=60)
        .map(|number: u128| {
            let day = 23 - number % 3;
            a_call(number)
                .at(&format!("2026-11-{day}T10:00:00.00{}Z", number % 2))
                .answered(if number.is_multiple_of(4) { 500 } else { 200 })
                .json()
        })
        .collect();
    server.take(&calls).await;
    let owner = server.owner().await;
    for filter in ["", "&status=error", "&q=order", "&q=or", "&code=200"] {
        let all = owner.ids(&format!("calls?limit=200{filter}")).await;
        let mut older = Vec::new();
        let mut cursor = String::new();
        let mut newest_of_last = String::new();
        loop {
            let page = owner.get(&format!("calls?limit=7{filter}{cursor}")).await.json();
            older.extend(ids(&page));
            newest_of_last = page["after"].as_str().map_or(newest_of_last, str::to_owned);
            match page["before"].as_str() {
                Some(before) => cursor = format!("&before={before}"),
                None => break,
            }
        }
        assert_eq!(older, all, "{filter}");
        let mut newer: Vec<u128> = Vec::new();
        let mut after = newest_of_last;
        loop {
            let page = owner.get(&format!("calls?limit=7{filter}&after={after}")).await.json();
            let found = ids(&page);
            if found.is_empty() {
                break;
            }
            newer.splice(0..0, found);
            after = page["after"].as_str().unwrap().to_owned();
        }
        assert!(all.starts_with(&newer) && !newer.is_empty(), "{filter}: {newer:?} of {all:?}");
    }
}

#[tokio::test]
async fn a_list_carries_no_bodies_and_a_detail_carries_everything() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    let mut page = owner.get("calls?no_response=true&limit=5").await.json();
    page["before"] = json!("cursor");
    page["after"] = json!("cursor");
    insta::assert_json_snapshot!("a_page", page);
    let show = async |number| owner.get(&format!("calls/{}", CallId::from_u128(number))).await.json();
    insta::assert_json_snapshot!("a_detail", show(2).await);
    insta::assert_json_snapshot!("a_script", show(6).await);
    insta::assert_json_snapshot!("without_response", show(5).await);
}

#[tokio::test]
async fn each_filter_is_counted_without_itself() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    insta::assert_json_snapshot!("facets", owner.get("calls/facets").await.json());
    insta::assert_json_snapshot!("facets_of_errors_of_b2", owner.get("calls/facets?status=error&bot=b2").await.json());
    let of_text = owner.get("calls/facets?q=zendesk").await.json();
    assert_eq!(of_text["facets"]["bot"], json!([{"value": "b2", "label": "Bot b2", "count": 1}]));
}

#[tokio::test]
async fn a_renamed_bot_has_its_newest_name() {
    let server = TestServer::start();
    server.take(&[a_call(2).by("b1").json()]).await;
    server.take(&[a_call(1).by("b1").with("/bot/name", json!("Renamed")).json()]).await;
    let facets = server.owner().await.get("calls/facets").await.json();
    assert_eq!(facets["facets"]["bot"], json!([{"value": "b1", "label": "Renamed", "count": 2}]));
}

#[tokio::test]
async fn time_is_cut_into_buckets_without_gaps() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    let histogram = owner.get("calls/histogram?last=30m&buckets=10").await.json();
    assert_eq!(histogram["bucket_ms"], 300_000);
    let bars: Vec<[u64; 3]> = histogram["buckets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bucket| ["success", "error", "no_response"].map(|outcome| bucket[outcome].as_u64().unwrap()))
        .collect();
    assert_eq!(bars, [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [2, 2, 0], [2, 2, 1], [0, 0, 0]]);
    let errors = owner.get("calls/histogram?status=error&last=30m&buckets=10").await.json();
    assert_eq!(
        errors["buckets"][5],
        json!({"start": "2026-11-23T11:55:00.000Z", "success": 0, "error": 2, "no_response": 1})
    );
    let excluded = owner.get("calls/histogram?status=-no_response&last=30m&buckets=10").await.json();
    assert_eq!(excluded["buckets"][5]["no_response"], 0);
}

#[tokio::test]
async fn parameters_that_cannot_be_used_are_named() {
    let server = TestServer::start();
    server.take(&[a_call(1).json(), a_call(2).json()]).await;
    let owner = server.owner().await;
    let cursor = owner.get("calls?limit=1").await.json()["before"].as_str().unwrap().to_owned();
    for (path, parameter, message) in [
        (
            "calls?colour=red".to_owned(),
            "colour",
            "not a filter; the filters are q, status, method, code, bot, application, source, user, last, from, to, no_response",
        ),
        ("calls?limit=0".to_owned(), "limit", "a whole number from 1 to 200"),
        ("calls?limit=lots".to_owned(), "limit", "a whole number from 1 to 200"),
        ("calls?limit=1&limit=2".to_owned(), "limit", "given twice"),
        ("calls/facets?limit=3".to_owned(), "limit", "not a parameter of this address"),
        ("calls/histogram?buckets=121".to_owned(), "buckets", "a whole number from 1 to 120"),
        ("calls?before=zzz".to_owned(), "before", "this is not a cursor from an earlier answer"),
        (format!("calls?status=error&before={cursor}"), "before", "this cursor belongs to another filter"),
        (format!("calls?before={cursor}&after={cursor}"), "after", "cannot stand beside before"),
        ("calls?status=broken".to_owned(), "status", "a response status is success, error or no_response"),
    ] {
        let answer = owner.get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalid_query"), "{path}");
        let issue = &answer.json()["parameters"][0];
        assert_eq!(
            (issue["parameter"].as_str(), issue["message"].as_str()),
            (Some(parameter), Some(message)),
            "{path}"
        );
    }
    let words = "w ".repeat(40);
    let answer = owner.get(&format!("calls?q={}", encode(&words))).await;
    assert_eq!(
        answer.json()["parameters"][0]["message"],
        "too many words: at most 32 words and values can be searched for"
    );
}

#[tokio::test]
async fn a_search_that_cannot_be_read_says_where_and_what_would_do() {
    let server = TestServer::start();
    let owner = server.owner().await;
    for path in ["calls", "calls/facets", "calls/histogram"] {
        let answer = owner.get(&format!("{path}?q={}", encode("refund statu:error"))).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalid_query"), "{path}");
        assert_eq!(
            answer.json()["parameters"],
            json!([{
                "parameter": "q",
                "value": "refund statu:error",
                "message": "statu is not a field; did you mean status:?",
                "position": {"start": 7, "end": 12},
                "nearest": "status",
                "as_text": "refund \"statu:error\"",
            }]),
        );
    }
    let answer = owner.get(&format!("calls?q={}", encode(&"word ".repeat(10_000)))).await;
    assert_eq!(answer.json()["parameters"][0]["message"], "too long: at most 2048 bytes can be searched for");
}

#[tokio::test]
async fn the_search_narrows_by_qualifiers() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(1).answered(404).with("/response/body", json!("no such order")).json(),
            a_call(2).answered(503).by("b2").with("/application", json!("google_sheets")).json(),
            a_call(3).with("/request/method", json!("POST")).with("/duration_ms", json!(2_500)).json(),
            a_call(4).without_response("dns").json(),
            a_call(5).of_a_script(Some("x is not defined")).json(),
            a_call(6).with("/source", json!({"kind": "inbox"})).with("/user", json!({"id": "+49"})).json(),
        ])
        .await;
    let owner = server.owner().await;
    for (search, found) in [
        ("status:error", &[1, 2, 5][..]),
        ("code:5xx OR code:404", &[1, 2]),
        ("code:>=500", &[2]),
        ("-code:404 status:error", &[2, 5]),
        ("method:POST", &[3]),
        ("bot:\"order status\" -is:script", &[1, 3, 6]),
        ("bot:(b2 OR nowhere)", &[2]),
        ("app:google_sheets", &[2]),
        ("app:\"Google Sheets\"", &[2]),
        ("source:inbox", &[6]),
        ("path:p1 node:\"look up\" method:GET", &[1, 2]),
        ("user:asha code:200", &[3]),
        ("user:+49", &[6]),
        ("url:/orders/7 host:shop.example code:404", &[1]),
        ("duration:>2s", &[3]),
        ("is:script", &[5]),
        ("has:script_error", &[5]),
        ("in:response order", &[1]),
        ("in:response (such OR absent) order", &[1]),
        ("in:headers \"content-type: application\" code:503", &[2]),
        ("is:no_response", &[4]),
        ("is:no_response OR is:script", &[4, 5]),
        (&format!("id:{}", CallId::from_u128(3)), &[3]),
        ("https://shop.example code:503", &[2]),
    ] {
        let found_ids = owner.ids(&format!("calls?q={}", encode(search))).await;
        assert_eq!(found_ids, found, "{search}");
    }
    let facets = owner.get(&format!("calls/facets?q={}&status=error", encode("code:4xx,5xx"))).await.json();
    assert_eq!(facets["facets"]["bot"].as_array().unwrap().len(), 2);
}
