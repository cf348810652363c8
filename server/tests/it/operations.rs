//! What whoever runs the server asks it, and what it answers when something is wrong.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use server::store::sqlite::Limits;

use crate::support::{Answer, TestServer, a_call};

const TOKEN: &str = "a token that nobody guesses";

/// A server whose metrics can be read.
fn measured() -> TestServer {
    TestServer::start_with(Limits::default(), |settings| settings.metrics_token = Some(TOKEN.to_owned()))
}

async fn get(server: &TestServer, path: &str) -> Answer {
    server.send(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn get_with(server: &TestServer, path: &str, name: &str, value: &str) -> Answer {
    server.send(Request::get(path).header(name, value).body(Body::empty()).unwrap()).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).unwrap()
}

/// What `/metrics` says.
struct Scrape(String);

impl Scrape {
    async fn of(server: &TestServer) -> Self {
        let answer = get_with(server, "/metrics", "authorization", &format!("Bearer {TOKEN}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", text(&answer));
        assert_eq!(answer.headers["content-type"], "application/openmetrics-text; version=1.0.0; charset=utf-8");
        Self(text(&answer))
    }

    fn samples(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.lines().filter(|line| !line.starts_with('#')).map(|line| line.rsplit_once(' ').unwrap())
    }

    /// The value of a series, which is its name and its labels, where it is a whole number.
    #[track_caller]
    fn value(&self, series: &str) -> usize {
        let found = self.samples().find(|(name, _)| *name == series);
        let (_, value) = found.unwrap_or_else(|| panic!("{series} is not in\n{}", self.0));
        value.strip_suffix(".0").unwrap_or(value).parse().unwrap()
    }

    fn has(&self, series: &str) -> bool {
        self.samples().any(|(name, _)| name == series)
    }
}

#[tokio::test]
async fn metrics_are_for_whoever_knows_the_token() {
    let off = TestServer::start();
    for header in ["", "Bearer ", "Bearer a token that nobody guesses"] {
        let answer = get_with(&off, "/metrics", "authorization", header).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "metrics_off"));
    }
    let server = measured();
    let owner = server.owner().await;
    let key = server.key("acme");
    for (name, value) in [
        ("accept", "*/*"),
        ("authorization", "Bearer "),
        ("authorization", TOKEN),
        ("authorization", "Bearer a token that nobody guesse"),
        ("authorization", &format!("Bearer {key}")),
        ("cookie", &owner.cookie),
    ] {
        let answer = get_with(&server, "/metrics", name, value).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "invalid_metrics_token"), "{name}: {value}");
    }
    Scrape::of(&server).await;
}

#[tokio::test]
async fn metrics_say_what_happened() {
    let server = measured();
    let key = server.key("acme");
    let batch = json!([
        a_call(1).json(),
        a_call(2).answered(500).json(),
        a_call(1).json(),
        a_call(4).at("2026-12-01T00:00:00Z").json(),
        a_call(5).answered(7).json(),
    ]);
    let bytes = batch.to_string().len();
    assert_eq!(server.post(&key, &batch).await.status, StatusCode::OK);
    let refused = json!([a_call(6).answered(7).json()]);
    assert_eq!(server.post(&key, &refused).await.code(), "nothing_accepted");
    let owner = server.owner().await;
    for _ in 0..3 {
        owner.get("calls").await;
    }
    owner.get("calls/facets").await;
    owner.get("calls/histogram").await;
    owner.get(&format!("calls/{}", model::CallId::from_u128(1))).await;
    owner.get("calls/none").await;
    let scrape = Scrape::of(&server).await;
    for (series, value) in [
        ("api_logs_calls_accepted_total", 2),
        ("api_logs_calls_duplicate_total", 1),
        ("api_logs_calls_rejected_total{code=\"in_future\"}", 1),
        ("api_logs_calls_rejected_total{code=\"invalid_status\"}", 2),
        ("api_logs_ingest_bytes_total", bytes + refused.to_string().len()),
        // One file each for the call that succeeded and the one that failed.
        ("api_logs_writer_batches_total", 1),
        ("api_logs_commit_duration_seconds_count", 2),
        ("api_logs_commit_calls_sum", 2),
        ("api_logs_writer_waiting", 0),
        ("api_logs_segments{half=\"ok\"}", 1),
        ("api_logs_segments{half=\"err\"}", 1),
        ("api_logs_question_duration_seconds_count{kind=\"page\"}", 3),
        ("api_logs_question_duration_seconds_count{kind=\"facets\"}", 1),
        ("api_logs_question_duration_seconds_count{kind=\"histogram\"}", 1),
        ("api_logs_question_duration_seconds_count{kind=\"get\"}", 1),
        ("api_logs_problems_total{status=\"400\",code=\"nothing_accepted\"}", 1),
        ("api_logs_problems_total{status=\"404\",code=\"call_not_found\"}", 1),
        (r#"api_logs_http_request_duration_seconds_count{route="/api/v1/calls",method="POST",status="2xx"}"#, 1),
        (r#"api_logs_http_request_duration_seconds_count{route="/api/v1/calls",method="POST",status="4xx"}"#, 1),
        (r#"api_logs_http_request_duration_seconds_count{route="/api/v1/calls",method="GET",status="2xx"}"#, 3),
        (r#"api_logs_http_request_duration_seconds_count{route="/api/v1/calls/{id}",method="GET",status="2xx"}"#, 1),
        (r#"api_logs_http_request_duration_seconds_count{route="/api/v1/calls/{id}",method="GET",status="4xx"}"#, 1),
        (r#"api_logs_http_request_duration_seconds_count{route="/sign-in",method="GET",status="3xx"}"#, 1),
        ("process_start_time_seconds", 1_795_435_200),
    ] {
        assert_eq!(scrape.value(series), value, "{series}");
    }
    for series in [
        "api_logs_segment_bytes{half=\"ok\"}",
        "api_logs_segment_bytes{half=\"err\"}",
        "api_logs_wal_bytes",
        "api_logs_disk_free_bytes",
        "process_resident_memory_bytes",
        "process_open_fds",
        "process_max_fds",
    ] {
        assert!(scrape.value(series) > 0, "{series}");
    }
    let build = format!("api_logs_build_info{{version=\"{}\",sqlite=\"{}\"}}", "0.1.0", rusqlite::version());
    assert_eq!(scrape.value(&build), 1);
}

#[tokio::test]
async fn metrics_can_be_read_by_prometheus() {
    let server = measured();
    server.take(&[a_call(1).json(), a_call(2).answered(500).json()]).await;
    server.owner().await.get("calls").await;
    let scrape = Scrape::of(&server).await;
    assert!(scrape.0.ends_with("\n# EOF\n"));
    let mut families = BTreeSet::new();
    let mut series = BTreeSet::new();
    let mut family = "";
    for line in scrape.0.lines().filter(|line| *line != "# EOF") {
        if let Some(declared) = line.strip_prefix("# TYPE ") {
            family = declared.split_once(' ').unwrap().0;
            assert!(families.insert(family), "{family} is declared twice");
        } else if !line.starts_with("# ") {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(value.parse::<f64>().is_ok(), "{line}");
            // Samples of a family stand together, after its type.
            assert!(name.starts_with(family), "{line} under {family}");
            assert!(series.insert(name), "{name} is there twice");
        }
    }
    assert!(families.iter().all(|name| name.starts_with("api_logs_") || name.starts_with("process_")), "{families:?}");
}

#[tokio::test]
async fn labels_are_words_of_ours_whatever_is_asked() {
    let server = measured();
    server.take(&[a_call(1).by("secret-bot").json()]).await;
    let owner = server.owner().await;
    owner.get("calls?q=needle&user=Asha").await;
    owner.get("calls?unknown=parameter").await;
    Scrape::of(&server).await;
    let before = Scrape::of(&server).await.samples().count();
    for number in 0..20 {
        get(&server, &format!("/wp-admin/{number}")).await;
        get(&server, &format!("/{number}.js")).await;
        get(&server, &format!("/api/v1/{number}")).await;
        get(&server, &format!("/api/v{number}/calls")).await;
        owner.get(&format!("calls/{}", model::CallId::from_u128(number))).await;
        owner.request(Method::from_bytes(format!("METHOD{number}").as_bytes()).unwrap(), "calls").await;
    }
    let after = Scrape::of(&server).await;
    // A histogram is sixteen lines at most; what is new are a few classes of answers, not a line for each request.
    assert!(after.samples().count() - before < 8 * 16, "{}", after.0);
    for word in ["acme", "secret-bot", "needle", "Asha", "shop.example", "wp-admin", "METHOD", "00000000", "private"] {
        let has_it = |(series, _): (&str, &str)| series.contains(word);
        assert!(!after.samples().any(has_it), "{word} in\n{}", after.0);
    }
    let other = r#"api_logs_http_request_duration_seconds_count{route="other",method="GET",status="4xx"}"#;
    assert!(after.value(other) >= 60, "{}", after.0);
    assert!(after.0.contains("method=\"other\""));
}

#[tokio::test]
async fn the_base_path_is_not_part_of_a_route() {
    let server = TestServer::start_with(Limits::default(), |settings| {
        settings.public_url = "https://host.example/tools/logs/".to_owned();
        settings.metrics_token = Some(TOKEN.to_owned());
    });
    get(&server, "/tools/logs/healthz").await;
    let answer = get_with(&server, "/tools/logs/metrics", "authorization", &format!("Bearer {TOKEN}")).await;
    let scrape = Scrape(text(&answer));
    assert!(
        scrape.has(r#"api_logs_http_request_duration_seconds_count{route="/healthz",method="GET",status="2xx"}"#),
        "{}",
        scrape.0
    );
}

#[tokio::test]
async fn a_damaged_day_is_counted() {
    let server = measured();
    server.take(&[a_call(1).json()]).await;
    std::fs::write(server.data_dir().join("calls/2026-11-21.ok.db"), vec![b'x'; 50_000]).unwrap();
    let batch = json!([a_call(2).at("2026-11-21T10:00:00Z").json(), a_call(3).at("2026-11-21T10:00:00Z").json()]);
    assert_eq!(server.post(&server.key("acme"), &batch).await.code(), "no_room");
    let owner = server.owner().await;
    for route in ["calls", "calls/facets", "calls/histogram"] {
        assert_eq!(owner.get(route).await.json()["partial"], true);
    }
    let scrape = Scrape::of(&server).await;
    for kind in ["page", "facets", "histogram"] {
        assert_eq!(scrape.value(&format!("api_logs_partial_answers_total{{kind=\"{kind}\"}}")), 1);
    }
    assert_eq!(scrape.value("api_logs_unwritten_calls_total{reason=\"day_unwritable\"}"), 2);
    assert_eq!(scrape.value("api_logs_problems_total{status=\"503\",code=\"no_room\"}"), 1);
    assert_eq!(scrape.value("api_logs_segments{half=\"ok\"}"), 2);
}

/// The lines of a server that is not ready.
async fn obstacles(server: &TestServer) -> String {
    let answer = get(server, "/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", text(&answer));
    assert!(answer.headers.contains_key("retry-after"));
    let lines = text(&answer);
    assert!(lines.lines().all(|line| line.starts_with("not ready: ")), "{lines}");
    lines
}

#[tokio::test]
async fn a_server_that_can_write_is_ready_and_proves_it_seldom() {
    let server = TestServer::start();
    let probe = server.data_dir().join("calls/writer.probe");
    assert!(!probe.exists());
    let ready = get(&server, "/readyz").await;
    assert_eq!((ready.status, text(&ready).as_str()), (StatusCode::OK, "ready\n"));
    assert!(probe.exists());
    std::fs::remove_file(&probe).unwrap();
    // It has just shown it, and a commit shows it as well.
    assert_eq!(get(&server, "/readyz").await.status, StatusCode::OK);
    server.take(&[a_call(1).json()]).await;
    assert_eq!(get(&server, "/readyz").await.status, StatusCode::OK);
    assert!(!probe.exists());
}

#[tokio::test]
async fn a_server_that_stops_is_not_ready() {
    let server = TestServer::start();
    server.stop_streams();
    assert_eq!(obstacles(&server).await, "not ready: the server is stopping\n");
    server.store.close().await;
    assert!(obstacles(&server).await.contains("not ready: the writer has stopped\n"));
}

#[tokio::test]
async fn a_writer_that_cannot_write_is_not_ready() {
    let server = TestServer::start();
    std::fs::create_dir(server.data_dir().join("calls/writer.probe")).unwrap();
    let lines = obstacles(&server).await;
    assert!(lines.starts_with("not ready: the writer cannot write: ") && lines.lines().count() == 1, "{lines}");
}

#[tokio::test]
async fn a_writer_that_hangs_is_not_ready_until_it_goes_on() {
    let first = TestServer::start();
    first.take(&[a_call(1).json()]).await;
    first.store.close().await;
    let limits = Limits { writer_answers_within: Some(Duration::from_millis(200)), ..Limits::default() };
    let server = TestServer::over_then(first.data, limits, |settings| settings.metrics_token = Some(TOKEN.to_owned()));
    let lock = rusqlite::Connection::open(server.data_dir().join("calls/2026-11-23.ok.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let key = server.key("acme");
    let batch = json!([a_call(2).json()]);
    let looking = async {
        while Scrape::of(&server).await.value("api_logs_writer_batches_total") < 1 {
            tokio::task::yield_now().await;
        }
        for _ in 0..2 {
            assert_eq!(obstacles(&server).await, "not ready: the writer has not answered for 200 ms\n");
        }
        lock.execute_batch("ROLLBACK").unwrap();
    };
    let (answer, ()) = tokio::join!(server.post(&key, &batch), looking);
    assert_eq!(answer.json()["accepted"], 1);
    assert_eq!(get(&server, "/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_without_its_folder_is_not_ready() {
    let server = TestServer::start();
    let calls = server.data_dir().join("calls");
    std::fs::rename(&calls, server.data_dir().join("elsewhere")).unwrap();
    assert!(obstacles(&server).await.contains("not ready: the folder of calls cannot be listed: "));
}

#[tokio::test]
async fn a_server_without_its_accounts_is_not_ready() {
    let server = TestServer::start();
    let control = rusqlite::Connection::open(server.data_dir().join("control.db")).unwrap();
    control.execute_batch("PRAGMA foreign_keys = OFF; DROP TABLE account").unwrap();
    let lines = obstacles(&server).await;
    assert!(lines.contains("not ready: the control store does not answer: "), "{lines}");
    assert!(lines.contains("no such table: account") && lines.lines().count() == 1, "{lines}");
}

#[tokio::test]
async fn calls_are_refused_before_the_disk_is_full_and_those_that_are_there_are_found() {
    let roomy = TestServer::start();
    roomy.take(&[a_call(1).json()]).await;
    roomy.store.close().await;
    let full = TestServer::over_then(roomy.data, Limits::default(), |settings| {
        settings.least_free_bytes = i64::MAX.cast_unsigned();
        settings.metrics_token = Some(TOKEN.to_owned());
    });
    let key = full.key("acme");
    let answer = full.post(&key, &json!([a_call(2).json()])).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (507, "disk_almost_full"));
    assert_eq!(answer.headers["retry-after"], "60");
    assert!(answer.json()["detail"].as_str().unwrap().starts_with("Nothing of this request was stored."));
    let lines = obstacles(&full).await;
    assert!(lines.contains("not ready: the disk has ") && lines.contains("(least_free_bytes)"), "{lines}");
    assert_eq!(full.owner().await.ids("calls").await, [1]);
    let scrape = Scrape::of(&full).await;
    assert_eq!(scrape.value("api_logs_problems_total{status=\"507\",code=\"disk_almost_full\"}"), 1);
    full.store.close().await;
    let roomy = TestServer::over_then(full.data, Limits::default(), |_| ());
    roomy.take(&[a_call(2).json()]).await;
    assert_eq!(roomy.owner().await.ids("calls").await, [1, 2]);
}

#[tokio::test]
async fn a_request_keeps_the_name_it_brings_where_it_is_one() {
    let server = TestServer::start();
    for name in ["12345678", "0193573e-3b7c-7a56-8d25-2f64d6dc9a01", "gateway_7.A", &"x".repeat(64)] {
        let answer = get_with(&server, "/api/v1/session", "x-request-id", name).await;
        assert_eq!(answer.headers["x-request-id"], name);
        assert_eq!(answer.json()["request_id"], name);
    }
    for name in ["", "1234567", &"x".repeat(65), "two words", "a\"b\"c\"d\"", "{\"level\":\"ERROR\"}", "ümläüte"] {
        let answer = get_with(&server, "/api/v1/session", "x-request-id", name).await;
        let ours = answer.headers["x-request-id"].to_str().unwrap();
        assert!(ours.len() == 12 && ours.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name:?}: {ours}");
        assert_eq!(answer.json()["request_id"], ours);
    }
}
