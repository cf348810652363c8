//! What the server counts, and who may read it.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use server::store::sqlite::Limits;

use crate::support::{Answer, TestServer, a_call};

pub const TOKEN: &str = "a token that nobody guesses";

/// A server whose metrics can be read.
fn measured() -> TestServer {
    TestServer::start_with(Limits::default(), |settings| settings.metrics_token = Some(TOKEN.to_owned()))
}

pub async fn get(server: &TestServer, path: &str) -> Answer {
    server.send(Request::get(path).body(Body::empty()).unwrap()).await
}

pub async fn get_with(server: &TestServer, path: &str, name: &str, value: &str) -> Answer {
    server.send(Request::get(path).header(name, value).body(Body::empty()).unwrap()).await
}

pub fn text(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).unwrap()
}

/// What `/metrics` says.
pub struct Scrape(String);

impl Scrape {
    pub async fn of(server: &TestServer) -> Self {
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
    pub fn value(&self, series: &str) -> usize {
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
    let scrape = Scrape::of(&server).await;
    // What must not be missed is there before it happens.
    for series in [
        "api_logs_unwritten_calls_total{reason=\"no_room\"}",
        "api_logs_unwritten_calls_total{reason=\"day_unwritable\"}",
        "api_logs_partial_answers_total{kind=\"page\"}",
        "api_logs_question_timeouts_total{kind=\"export\"}",
    ] {
        assert_eq!(scrape.value(series), 0, "{series}");
    }
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
    // A histogram is some sixteen lines; what is new are a few classes of answers, not a line for each of 120 requests.
    let new = after.samples().count() - before;
    assert!(new < 16 * 16, "{new} in {}", after.0);
    for word in ["acme", "secret-bot", "needle", "Asha", "shop.example", "wp-admin", "METHOD", "00000000", "private"] {
        let has_it = |(series, _): (&str, &str)| series.contains(word);
        assert!(!after.samples().any(has_it), "{word} in\n{}", after.0);
    }
    // Whether paths without an ending are answered by the page depends on whether it is built.
    let other = r#"api_logs_http_request_duration_seconds_count{route="other",method="GET",status="4xx"}"#;
    assert!(after.value(other) >= 40, "{}", after.0);
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

#[tokio::test]
async fn the_documentation_names_every_metric_and_no_other() {
    let server = measured();
    let documentation = include_str!("../../../docs/operations.md");
    let refused = json!([a_call(1).answered(7).json()]);
    assert_eq!(server.post(&server.key("acme"), &refused).await.code(), "nothing_accepted");
    server.owner().await.get("calls").await;
    let scrape = Scrape::of(&server).await;
    let families: Vec<&str> =
        scrape.0.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    for family in &families {
        assert!(documentation.contains(family), "{family} is not in docs/operations.md");
    }
    let is_of_a_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    for word in documentation.split(|character| !is_of_a_name(character)) {
        if word.starts_with("api_logs_") || word.starts_with("process_") {
            assert!(families.iter().any(|family| word.starts_with(family)), "there is no metric {word}");
        }
    }
}
