//! What stands around every request: its name, its line in the log, and whether the server lives.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::App;
use super::problem::ApiProblem;
use crate::clock::random_request_id;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives every request a name, writes it into problems and headers, and logs how the request ended: never its query
/// or its body, which hold what people search for and what bots send.
pub async fn name_and_log(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let request_id = random_request_id().unwrap_or_else(|_| "unnamed".to_owned());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id = request_id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let _entered = span.enter();
    if let Some(problem) = response.extensions_mut().remove::<ApiProblem>() {
        problem.log();
        let headers = std::mem::take(response.headers_mut());
        response = problem.with_request_id(&request_id).into_response();
        for (name, value) in &headers {
            if name != axum::http::header::CONTENT_LENGTH && name != axum::http::header::CONTENT_ENCODING {
                response.headers_mut().insert(name, value.clone());
            }
        }
    }
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, path, status = response.status().as_u16(), millis, "answered");
    response
}

/// `GET healthz`: the process lives.
pub async fn is_alive() -> &'static str {
    "alive\n"
}

/// `GET readyz`: calls can be taken in and found.
pub async fn is_ready(State(app): State<App>) -> Response {
    if app.calls.is_ready().await {
        (StatusCode::OK, "ready\n").into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready: the call store cannot be used\n").into_response()
    }
}
