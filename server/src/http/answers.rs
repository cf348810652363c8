//! What stands around every request: its name, its line in the log, and its place in the metrics.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::App;
use super::problem::ApiProblem;
use crate::clock::random_request_id;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// When a client that is told to come again, and not when, should come again.
const COME_AGAIN: HeaderValue = HeaderValue::from_static("5");
/// The most of a path that is logged.
const MAX_LOGGED_PATH: usize = 200;

/// Gives every request a name, writes it into problems and headers, logs how the request ended and counts it. Never
/// logged are its query and its body, which hold what people search for and what bots send.
pub async fn name_and_log(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let request_id = name_of(request.headers());
    let method = request.method().clone();
    let path = without_end_user(request.uri().path());
    let route = route_of(&app, &request);
    // Of the highest level, so that the name stands beside errors also where nothing less is logged.
    let span = tracing::error_span!("request", request_id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let _entered = span.enter();
    if let Some(problem) = response.extensions_mut().remove::<ApiProblem>() {
        problem.log();
        app.metrics.problem(problem.status(), problem.code());
        let headers = std::mem::take(response.headers_mut());
        response = problem.with_request_id(&request_id).into_response();
        for (name, value) in &headers {
            if name != axum::http::header::CONTENT_LENGTH && name != axum::http::header::CONTENT_ENCODING {
                response.headers_mut().insert(name, value.clone());
            }
        }
    }
    if asks_to_come_again(response.status()) {
        response.headers_mut().entry(RETRY_AFTER).or_insert(COME_AGAIN);
    }
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    app.metrics.answered(&route, &method, response.status().as_u16(), began.elapsed());
    log(&method, &path, &route, response.status().as_u16(), began.elapsed());
    response
}

/// The name that a request brings along, where it has the shape of one: a proxy, or the platform, may have named it
/// already. Any other gets a name of ours.
fn name_of(headers: &HeaderMap) -> String {
    let is_name = |name: &&str| {
        (8..=64).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let brought = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(is_name);
    brought.map_or_else(|| random_request_id().unwrap_or_else(|_| "unnamed".to_owned()), str::to_owned)
}

/// A path for the log: an end user's id may be their phone number, and is left out.
fn without_end_user(path: &str) -> String {
    match path.split_once("/end-users/") {
        Some((before, _)) => format!("{before}/end-users/..."),
        None => path.to_owned(),
    }
}

/// The route's template without the base path; one word for all that is the page or nothing.
fn route_of(app: &App, request: &Request) -> String {
    let template = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let ours = template.and_then(|template| template.strip_prefix(app.settings.base_path()));
    // What a nested router does not know is matched by a wildcard of the framework.
    ours.filter(|route| !route.contains('*')).map_or_else(|| "other".to_owned(), |route| format!("/{route}"))
}

const fn asks_to_come_again(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE | StatusCode::INSUFFICIENT_STORAGE)
}

fn log(method: &Method, path: &str, route: &str, status: u16, took: Duration) {
    let path = path.get(..path.floor_char_boundary(MAX_LOGGED_PATH)).unwrap_or_default();
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    // Machines that look every few seconds would fill the log.
    if matches!(route, "/healthz" | "/readyz" | "/metrics") {
        tracing::debug!(%method, path, status, millis, "answered");
    } else {
        tracing::info!(%method, path, status, millis, "answered");
    }
}
