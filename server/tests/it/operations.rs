//! Whether the server is ready, what it says when it is not, and how it names requests.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;
use server::store::sqlite::Limits;

use crate::metrics::{Scrape, TOKEN, get, get_with, text};
use crate::support::{TestServer, a_call};

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
