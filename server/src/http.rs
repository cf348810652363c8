//! HTTP: the API under `api/v1`, the page beside it, and what stands around both.

mod answers;
mod body;
mod calls;
mod connections;
mod diagnosis;
mod erasure;
mod export;
mod extract;
mod headers;
mod ingest;
mod operations;
mod page;
mod problem;
mod session;
mod sign_in;
mod streams;
mod tail;
mod views;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{delete, get, post, put};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::clock::Clock;
use crate::control::Control;
use crate::ingest::{MAX_REQUEST_BYTES, Memory};
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::store::CallStore;

pub use connections::{ConnectionLimits, serve};
pub use streams::{StreamLimits, Streams};

/// What handlers have at hand.
#[derive(Clone)]
pub struct App {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The calls.
    pub calls: Arc<dyn CallStore>,
    /// Everything else.
    pub control: Arc<Control>,
    /// The time.
    pub clock: Clock,
    /// The answers that last.
    pub streams: Arc<Streams>,
    /// What requests with calls may hold of the memory.
    pub memory: Memory,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

/// Every route, under the base path of the settings.
pub fn router(app: &App) -> Router {
    let views = Router::new()
        .route("/views", get(views::list_views).post(views::add_view))
        .route("/views/{id}", put(views::change_view).delete(views::remove_view))
        .layer(DefaultBodyLimit::max(views::MAX_BODY_BYTES));
    let api = Router::new()
        .route("/calls", post(ingest::take_calls).get(calls::list_calls))
        .route("/calls/facets", get(calls::count_facets))
        .route("/calls/histogram", get(calls::count_over_time))
        .route("/calls/suggestions", get(calls::suggest))
        .route("/calls/tail", get(tail::tail_calls))
        .route("/calls/export", get(export::export_calls))
        .route("/calls/{id}", get(calls::show_call))
        .route("/calls/{id}/last-success", get(calls::show_last_success))
        .route("/calls/{id}/bodies", delete(erasure::erase_call))
        .route("/end-users/{id}/bodies", delete(erasure::erase_end_user))
        .route("/audit", get(erasure::list_audit))
        .route("/calls/{id}/comparison", get(diagnosis::compare_with_last_success))
        .route("/calls/{id}/similar", get(diagnosis::count_similar))
        .route("/calls/{id}/evidence", get(diagnosis::show_evidence))
        .route("/session", get(session::show_session).delete(session::sign_out))
        .merge(views)
        .fallback(problem::no_such_route)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(middleware::from_fn(headers::never_stored));
    let inside = Router::new()
        .nest("/api/v1", api)
        .route("/healthz", get(operations::is_alive))
        .route("/readyz", get(operations::is_ready))
        .route("/metrics", get(operations::show_metrics))
        .route("/sign-in", get(sign_in::use_link))
        .fallback(page::serve)
        .with_state(app.clone())
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        // What the build has compressed already is left as it is.
        .layer(
            CompressionLayer::new()
                .quality(tower_http::CompressionLevel::Fastest)
                .compress_when(SizeAbove::new(1_024).and(NotForContentType::const_new("text/event-stream"))),
        );
    let base = app.settings.base_path().trim_end_matches('/');
    let routes = if base.is_empty() { inside } else { Router::new().nest(base, inside) };
    routes
        .layer(middleware::from_fn(headers::harden))
        .layer(middleware::from_fn_with_state(app.clone(), answers::name_and_log))
}
