//! What browsers get beside the API.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use server::store::sqlite::Limits;

use crate::support::TestServer;

async fn get(server: &TestServer, path: &str) -> crate::support::Answer {
    server.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_answer_tells_browsers_how_little_to_trust_it() {
    let server = TestServer::start();
    for path in ["/", "/integrations/api-logs", "/api/v1/session", "/healthz", "/missing.js"] {
        let answer = get(&server, path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert!(answer.headers.contains_key("x-request-id"));
    }
    assert_eq!(get(&server, "/api/v1/session").await.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_and_never_the_page() {
    let server = TestServer::start();
    for (method, path, status, code) in [
        (Method::GET, "/missing.wasm", 404, "no_such_route"),
        (Method::GET, "/api/v1/nothing", 404, "no_such_route"),
        (Method::GET, "/api/v2/calls", 404, "no_such_route"),
        (Method::PUT, "/api/v1/calls", 405, "method_not_allowed"),
        (Method::POST, "/integrations/api-logs", 405, "method_not_allowed"),
    ] {
        let request = Request::builder().method(&method).uri(path).body(Body::empty()).unwrap();
        let answer = server.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{method} {path}");
    }
}

#[tokio::test]
async fn the_server_says_whether_it_lives_and_whether_it_is_ready() {
    let server = TestServer::start();
    assert_eq!(get(&server, "/healthz").await.status, StatusCode::OK);
    assert_eq!(get(&server, "/readyz").await.status, StatusCode::OK);
    server.store.close().await;
    assert_eq!(get(&server, "/healthz").await.status, StatusCode::OK);
    assert_eq!(get(&server, "/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_base_path_stands_before_everything() {
    let server = TestServer::start_with(Limits::default(), |settings| {
        settings.public_url = "https://host.example/tools/logs/".to_owned();
    });
    assert_eq!(get(&server, "/tools/logs/healthz").await.status, StatusCode::OK);
    assert_eq!(get(&server, "/tools/logs/api/v1/session").await.code(), "not_signed_in");
    assert_eq!(get(&server, "/healthz").await.status, StatusCode::NOT_FOUND);
}
