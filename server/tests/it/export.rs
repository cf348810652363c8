//! Exports: what the list shows, whole, in three formats, and never short without a word.

use std::time::Duration;

use axum::http::StatusCode;
use http_body_util::BodyExt;
use model::{Application, Call, CallId};
use serde_json::{Value, json};
use server::accounts::Role;
use server::http::StreamLimits;
use server::ingest::{read_har, read_many_calls};

use crate::support::{Answer, TestServer, Visitor, a_call, number, of_three_days};

const FORMATS: [&str; 3] = ["csv", "ndjson", "har"];

fn a_mix() -> Vec<Value> {
    vec![
        a_call(1).json(),
        a_call(2).answered(404).by("b2").with("/application", json!("zendesk")).json(),
        a_call(3)
            .answered(503)
            .with("/request/method", json!("POST"))
            .with("/request/url", json!("https://shop.example/orders?id=7&id=8&q=a%20b#top"))
            .with("/request/headers", json!([["Content-Type", "application/json"], ["X-Two", "1"], ["X-Two", "2"]]))
            .with("/request/body", json!("{\"a\": \"é\"}"))
            .json(),
        a_call(4).without_response("dns").json(),
        a_call(5).of_a_script(Some("total is not defined")).json(),
        a_call(6).with("/response/body", json!("iVBORw0KGgo=")).with("/response/encoding", json!("base64")).json(),
        a_call(7).with("/request/method", json!("C2E")).with("/request/url", json!("")).json(),
        a_call(8).answered(302).with("/response/headers", json!([["location", "https://shop.example/"]])).json(),
    ]
}

async fn export(visitor: &Visitor<'_>, format: &str, filter: &str) -> Answer {
    let answer = visitor.get(&format!("calls/export?format={format}&{filter}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
    answer
}

/// The rows of a table by RFC 4180, without its mark and its names.
fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let text = String::from_utf8(answer.bytes.clone()).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(character) = characters.next() {
        match (character, is_quoted) {
            ('"', true) if characters.next_if_eq(&'"').is_some() => cell.push('"'),
            ('"', _) => is_quoted = !is_quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(characters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (other, _) => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "a row without an end");
    let names = rows.remove(0);
    assert_eq!(
        names.join(" "),
        "id time outcome code method url duration_ms application bot source path node agent user error"
    );
    assert!(rows.iter().all(|row| row.len() == names.len()));
    rows
}

fn lines(answer: &Answer) -> Vec<Value> {
    let text = std::str::from_utf8(&answer.bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The numbers of an export's calls, in its order.
fn numbers(format: &str, answer: &Answer) -> Vec<u128> {
    let ids: Vec<String> = match format {
        "csv" => rows(answer).iter().map(|row| row[0].clone()).collect(),
        "ndjson" => lines(answer).iter().filter_map(|call| call["id"].as_str().map(str::to_owned)).collect(),
        _ => entries(answer).iter().map(|entry| entry["_id"].as_str().unwrap().to_owned()).collect(),
    };
    ids.iter().map(|id| number(id)).collect()
}

fn entries(answer: &Answer) -> Vec<Value> {
    answer.json()["log"]["entries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_export_holds_what_the_list_shows_in_its_order() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    // More than one page.
    let many: Vec<Value> =
        (100..700).map(|number| a_call(number).answered(if number % 3 == 0 { 500 } else { 200 }).json()).collect();
    server.take(&many).await;
    let owner = server.owner().await;
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b2"]).await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    for (visitor, filter) in [
        (&owner, ""),
        (&owner, "no_response=true"),
        (&owner, "status=error&last=30m"),
        (&owner, "q=shop%20order&code=503"),
        (&owner, "bot=nobody"),
        (&supervisor, "no_response=true"),
        (&stranger, ""),
    ] {
        let mut listed = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = visitor.get(&format!("calls?limit=200&{filter}{cursor}")).await.json();
            listed.extend(crate::support::ids(&page));
            match page["before"].as_str() {
                Some(before) => cursor = format!("&before={before}"),
                None => break,
            }
        }
        for format in FORMATS {
            let answer = export(visitor, format, filter).await;
            let mut expected = listed.clone();
            if format == "har" {
                expected.retain(|number| !matches!(number, 5 | 7));
            }
            assert_eq!(numbers(format, &answer), expected, "{format} {filter}");
            assert_eq!(answer.headers["x-export-limit"], "50000");
            assert_eq!(answer.headers["x-total-count"], listed.len().to_string().as_str());
            assert_eq!(answer.headers["x-total-exact"], "true");
            assert_eq!(answer.headers["cache-control"], "no-store");
            assert!(!answer.headers.contains_key("x-export-notices"));
        }
    }
}

#[tokio::test]
async fn a_table_is_for_people_with_spreadsheets() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    server
        .take(&[
            a_call(9)
                .with("/bot/name", json!("=HYPERLINK(\"http://evil\",\"x\")"))
                .with("/source", json!({"kind": "inbox", "agent": {"name": "+cmd|' /C calc'!A0", "email": null}}))
                .with("/user/name", json!("-2+3\r\n\"quoted\""))
                .with("/request/url", json!("@SUM(1)"))
                .json(),
            a_call(10).with("/bot/name", json!("\t=1")).with("/user", json!({"id": "+15550100", "name": ""})).json(),
        ])
        .await;
    let answer = export(&server.owner().await, "csv", "no_response=true").await;
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8; header=present");
    let rows = rows(&answer);
    let cells = |index: usize| rows[index].iter().skip(1).map(String::as_str).collect::<Vec<_>>().join("|");
    assert_eq!(
        cells(0),
        "2026-11-23T11:59:00.000Z|success|200|GET|https://shop.example/orders/7|231|json_api|Order status|bot_flow|\
         Order status|Look up order||Asha|"
    );
    assert!(cells(3).ends_with(
        "no_response||GET|https://shop.example/orders/7|231|json_api|Order status|bot_flow|\
         Order status|Look up order||Asha|dns: getaddrinfo ENOTFOUND shop.example"
    ));
    assert!(cells(4).ends_with(
        "|error||||231|script|Order status|bot_flow|Order status|Look up order||Asha|total is not defined (line 3)"
    ));
    assert!(cells(8).ends_with(
        "|GET|'@SUM(1)|231|json_api|'=HYPERLINK(\"http://evil\",\"x\")|inbox|||'+cmd|' /C calc'!A0|'-2+3\r\n\"quoted\"|"
    ));
    assert!(cells(9).contains("|'\t'=1|bot_flow|") && cells(9).ends_with("|'+15550100|"));
}

#[tokio::test]
async fn a_line_is_a_whole_call_and_comes_in_again() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    // Variables as they came, with line breaks between them.
    let script = a_call(20).of_a_script(None).json().to_string();
    let script = script.replace("\"before\":{", "\"before\":{\n  ");
    assert!(script.contains('\n'));
    let taken = server.post_bytes(&server.key("acme"), script.into_bytes(), None).await;
    assert_eq!(taken.json()["accepted"], 1);
    let owner = server.owner().await;
    let answer = export(&owner, "ndjson", "no_response=true").await;
    assert_eq!(answer.headers["content-type"], "application/x-ndjson");
    let lines = lines(&answer);
    assert_eq!(lines.len(), 9);
    for line in &lines {
        assert_eq!(*line, owner.get(&format!("calls/{}", line["id"].as_str().unwrap())).await.json());
    }
    let again = server.post_bytes(&server.key("acme"), answer.bytes.clone(), None).await;
    assert_eq!(again.json(), json!({"accepted": 0, "duplicates": 9, "rejected": []}));
    let other = server.post_bytes(&server.key("other"), answer.bytes, None).await;
    assert_eq!(other.json(), json!({"accepted": 9, "duplicates": 0, "rejected": []}));
    let other = server.person("other", "business", Role::Owner, &[]).await;
    for mut line in lines {
        // A body that was not kept cannot be sent again, so nobody can tell that there was one.
        line["omitted"] = json!([]);
        assert_eq!(line, other.get(&format!("calls/{}", line["id"].as_str().unwrap())).await.json());
    }
}

#[tokio::test]
async fn an_archive_is_read_back_to_the_same_calls() {
    let server = TestServer::start();
    let sent = a_mix();
    server.take(&sent).await;
    let answer = export(&server.owner().await, "har", "no_response=true").await;
    assert_eq!(answer.headers["content-type"], "application/json");
    let archive = answer.json();
    assert_eq!(
        archive["log"]["comment"],
        "Left out, for an archive holds requests only: 2 without a URL (scripts, C2E)."
    );
    let read: Vec<Call> = read_har(&answer.bytes, &Application::JsonApi, Some("Order status"))
        .unwrap()
        .into_iter()
        .map(|call| call.unwrap())
        .collect();
    let stored = read_many_calls(&export(&server.owner().await, "ndjson", "no_response=true").await.bytes);
    let stored: Vec<Call> = stored
        .into_iter()
        .map(|call| call.unwrap())
        .filter(|call| call.request.as_ref().is_some_and(|request| !request.url.is_empty()))
        .collect();
    assert_eq!(read.len(), 6);
    for (read, mut stored) in read.into_iter().zip(stored) {
        assert_eq!(read.outcome(), stored.outcome());
        assert_eq!((read.timestamp, read.duration_ms), (stored.timestamp, stored.duration_ms));
        assert_eq!((&read.request, &read.response), (&stored.request, &stored.response));
        // The kind of failure has no place in the format but `_error`.
        let message = |call: &mut Call| call.failure.take().map(|failure| failure.message);
        assert_eq!(read.clone().failure.map(|failure| failure.message), message(&mut stored));
    }
}

#[tokio::test]
async fn an_archive_has_everything_the_format_demands() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let answer = export(&server.owner().await, "har", "no_response=true").await;
    let archive = answer.json();
    assert_eq!(archive["log"]["version"], "1.2");
    assert_eq!(archive["log"]["creator"]["name"], "API Logs");
    let is = |value: &Value, pointer: &str, test: fn(&Value) -> bool| {
        assert!(value.pointer(pointer).is_some_and(test), "{pointer}: {value}");
    };
    for entry in entries(&answer) {
        is(&entry, "/startedDateTime", |time| time.as_str().unwrap().parse::<model::Timestamp>().is_ok());
        for number in ["/time", "/timings/send", "/timings/wait", "/timings/receive"] {
            is(&entry, number, |number| number.as_f64().is_some_and(|number| number >= 0.0));
        }
        for text in [
            "/request/method",
            "/request/url",
            "/request/httpVersion",
            "/response/statusText",
            "/response/httpVersion",
            "/response/redirectURL",
            "/response/content/mimeType",
        ] {
            is(&entry, text, Value::is_string);
        }
        for list in
            ["/request/cookies", "/request/headers", "/request/queryString", "/response/cookies", "/response/headers"]
        {
            is(&entry, list, Value::is_array);
        }
        for number in [
            "/request/headersSize",
            "/request/bodySize",
            "/response/headersSize",
            "/response/bodySize",
            "/response/status",
            "/response/content/size",
        ] {
            is(&entry, number, Value::is_i64);
        }
        is(&entry, "/cache", Value::is_object);
        let sum: f64 = ["send", "wait", "receive"].iter().map(|part| entry["timings"][part].as_f64().unwrap()).sum();
        assert!((entry["time"].as_f64().unwrap() - sum).abs() < f64::EPSILON);
    }
    let entry = |number: u128| {
        entries(&answer).into_iter().find(|entry| entry["_id"] == json!(CallId::from_u128(number))).unwrap()
    };
    insta::assert_json_snapshot!("har_post", entry(3));
    insta::assert_json_snapshot!("har_without_response", entry(4));
    assert_eq!(entry(6)["response"]["content"]["size"], 8);
    assert_eq!(entry(8)["response"]["redirectURL"], "https://shop.example/");
}

#[tokio::test]
async fn secrets_stay_hidden_and_cuts_are_said() {
    let server =
        TestServer::start_with(server::store::sqlite::Limits::default(), |settings| settings.body_limit_bytes = 1_024);
    server
        .take(&[a_call(1)
            .with("/request/headers", json!([["Authorization", "Bearer planted-secret-0123456789"]]))
            .with_body(&"x".repeat(2_000))
            .json()])
        .await;
    let owner = server.owner().await;
    for format in FORMATS {
        let answer = export(&owner, format, "").await;
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("planted-secret"), "{format}");
    }
    let entry = &entries(&export(&owner, "har", "").await)[0];
    assert_eq!(entry["_redactions"], json!([{"kind": "authorization", "count": 1}]));
    assert_eq!(entry["_truncated"], json!([{"part": "response.body", "original_bytes": 2_000}]));
}

#[tokio::test]
async fn an_export_that_is_cut_says_so() {
    let limits = StreamLimits { export_calls: 3, ..StreamLimits::default() };
    let server = TestServer::start().with_streams(limits);
    let owner = server.owner().await;
    let calls: Vec<Value> = (1..=4).map(|number| a_call(number).json()).collect();
    server.take(&calls[..3]).await;
    for format in FORMATS {
        let answer = export(&owner, format, "").await;
        assert_eq!(numbers(format, &answer), [1, 2, 3]);
        assert!(!answer.headers.contains_key("x-export-notices"));
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("newest 3 calls"));
    }
    server.take(&calls[3..]).await;
    for format in FORMATS {
        let answer = export(&owner, format, "").await;
        assert_eq!(numbers(format, &answer), [1, 2, 3]);
        assert_eq!(answer.headers["x-export-limit"], "3");
        assert_eq!(answer.headers["x-export-notices"], "export_limit");
        let text = "This file ends after the newest 3 calls. Narrow the filter or the period for the others.";
        match format {
            "csv" => {}
            "ndjson" => assert_eq!(lines(&answer)[3], json!({"notice": {"code": "export_limit", "message": text}})),
            _ => assert_eq!(answer.json()["log"]["comment"], text),
        }
    }
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_said() {
    let server = TestServer::start();
    server.take(&of_three_days()).await;
    server.store.close().await;
    std::fs::write(server.data_dir().join("calls/2026-11-21.ok.db"), vec![b'x'; 50_000]).unwrap();
    let owner = server.owner().await;
    for format in FORMATS {
        let answer = export(&owner, format, "").await;
        assert_eq!(numbers(format, &answer), [1, 3], "{format}");
        assert_eq!(answer.headers["x-export-notices"], "unreadable_day");
        assert_eq!(answer.headers["x-total-exact"], "false");
        let said = String::from_utf8_lossy(&answer.bytes).contains("the file of 2026-11-21 cannot be read");
        assert_eq!(said, format != "csv", "{format}");
    }
}

#[tokio::test]
async fn a_table_breaks_off_rather_than_miss_calls_in_silence() {
    let server = TestServer::start();
    server.take(&[a_call(1).json(), a_call(2).at("2026-11-21T10:00:00Z").json()]).await;
    server.store.close().await;
    let database = rusqlite::Connection::open(server.data_dir().join("calls/2026-11-21.ok.db")).unwrap();
    // The list is whole, so that nothing is known beforehand; one body is not.
    database.execute("UPDATE call SET body = x'00'", []).unwrap();
    drop(database);
    let owner = server.owner().await;
    let response = owner.open("calls/export?format=csv").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.into_body().collect().await.is_err());
    for format in ["ndjson", "har"] {
        let answer = export(&owner, format, "").await;
        assert_eq!(numbers(format, &answer), [1]);
        assert!(String::from_utf8_lossy(&answer.bytes).contains("Some calls are missing"), "{format}");
    }
}

#[tokio::test]
async fn there_are_so_many_exports_and_no_more() {
    let limits = StreamLimits { exports: 3, ..StreamLimits::default() };
    let server = TestServer::start().with_streams(limits);
    server.take(&large_calls()).await;
    let (owner, other) = (server.owner().await, server.person("acme", "business", Role::BotBuilder, &[]).await);
    let one = owner.open("calls/export?format=csv").await;
    let _two = owner.open("calls/export?format=har").await;
    let refused = owner.get("calls/export?format=csv").await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "too_many_streams"));
    assert_eq!(refused.headers["retry-after"], "10");
    let _three = other.open("calls/export?format=har").await;
    assert_eq!(other.get("calls/export?format=har").await.status, StatusCode::TOO_MANY_REQUESTS);
    // Whoever goes away makes room.
    drop(one);
    tokio::task::yield_now().await;
    let whole = export(&owner, "har", "").await;
    assert_eq!(entries(&whole).len(), large_calls().len());
}

/// Enough for several pages, though few.
fn large_calls() -> Vec<Value> {
    let body = "lorem ipsum ".repeat(25_000);
    (1..=9).map(|number| a_call(number).with_body(&body).json()).collect()
}

#[tokio::test]
async fn an_export_that_nobody_takes_is_given_up() {
    let limits = StreamLimits { exports_per_session: 1, ..StreamLimits::default() };
    let server = TestServer::start().with_streams(limits);
    server.take(&large_calls()).await;
    let owner = server.owner().await;
    let untaken = owner.open("calls/export?format=har").await;
    tokio::time::pause();
    let mut seconds = 0;
    while owner.open("calls/export?format=csv").await.status() != StatusCode::OK {
        seconds += 1;
        assert!(seconds < 60, "it is never given up");
        tokio::time::advance(Duration::from_secs(1)).await;
    }
    assert!(seconds >= 9, "it is given up after {seconds} seconds");
    // What was given up does not look like a whole file.
    assert!(untaken.into_body().collect().await.is_err());
}

#[tokio::test]
async fn the_name_of_the_file_says_whose_and_when() {
    let server = TestServer::start();
    for (account, name) in [("acme", "acme"), ("we\"ird\r\n/../é", "we_ird___..__")] {
        let owner = server.person(account, "business", Role::Owner, &[]).await;
        let answer = export(&owner, "csv", "").await;
        let disposition = format!("attachment; filename=\"api-logs-{name}-2026-11-23T12-00-00Z.csv\"");
        assert_eq!(answer.headers["content-disposition"], disposition.as_str());
    }
}

#[tokio::test]
async fn parameters_that_cannot_be_used_are_named() {
    let server = TestServer::start();
    let owner = server.owner().await;
    for (parameters, parameter, message) in [
        ("", "format", "an export is csv, ndjson or har"),
        ("format=pdf", "format", "an export is csv, ndjson or har"),
        ("format=csv&limit=3", "limit", "not a parameter of this address"),
        ("format=csv&code=4", "code", "a response code is a number from 100 to 999 or a class like 5xx"),
    ] {
        let answer = owner.get(&format!("calls/export?{parameters}")).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalid_query"), "{parameters}");
        let issue = &answer.json()["parameters"][0];
        assert_eq!((issue["parameter"].as_str(), issue["message"].as_str()), (Some(parameter), Some(message)));
    }
}

#[tokio::test]
async fn a_period_that_is_no_longer_kept_is_said() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let range = "from=2026-10-01T00:00:00Z&to=2026-10-09T00:00:00Z";
    for format in FORMATS {
        let answer = export(&owner, format, range).await;
        assert_eq!(answer.headers["x-export-notices"], "outside_retention");
        assert_eq!(numbers(format, &answer), [] as [u128; 0]);
    }
}
