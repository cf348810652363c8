//! What whoever runs the server asks it: whether it lives, whether it is ready, what it counts.

use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::App;
use super::problem::ApiProblem;

/// `OpenMetrics` as Prometheus reads it.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// `GET healthz`: the process lives.
pub async fn is_alive() -> &'static str {
    "alive\n"
}

/// `GET readyz`: calls can be taken in and found; where not, why not, a line each.
pub async fn is_ready(State(app): State<App>) -> Response {
    let mut obstacles = app.calls.obstacles().await;
    if let Err(error) = app.control.probe() {
        obstacles.push(format!("the control store does not answer: {error}"));
    }
    if app.streams.are_stopping() {
        obstacles.push("the server is stopping".to_owned());
    }
    if obstacles.is_empty() {
        return (StatusCode::OK, "ready\n").into_response();
    }
    tracing::error!(obstacles = obstacles.join("; "), "not ready");
    let lines = format!("not ready: {}\n", obstacles.join("\nnot ready: "));
    (StatusCode::SERVICE_UNAVAILABLE, lines).into_response()
}

/// `GET metrics`: what the server counts, for whoever knows the token of the settings. Where none is set there is
/// nothing to see: customers reach the same address, and behind a proxy everybody comes from this machine.
pub async fn show_metrics(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiProblem> {
    let token = app.settings.metrics_token.as_deref().ok_or_else(ApiProblem::metrics_off)?;
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    // Comparing hashes takes the same time wherever they differ.
    if Sha256::digest(given.trim()) != Sha256::digest(token) {
        return Err(ApiProblem::invalid_metrics_token());
    }
    let text =
        app.metrics.encode(&app.calls.figures().await?).map_err(|error| ApiProblem::failed(error.to_string()))?;
    Ok(([(CONTENT_TYPE, OPEN_METRICS), (CACHE_CONTROL, "no-store")], text).into_response())
}
