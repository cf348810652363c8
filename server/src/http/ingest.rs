//! Calls coming in by HTTP.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, StatusCode};
use model::IngestAnswer;

use super::App;
use super::extract::Sender;
use super::problem::ApiProblem;
use crate::ingest::{self, DecodeError};

/// `POST calls`: an array, one object or NDJSON; answered when what is accepted is durable.
pub async fn take_calls(
    sender: Sender,
    State(app): State<App>,
    headers: HeaderMap,
    packed: Result<Bytes, BytesRejection>,
) -> Result<Json<IngestAnswer>, ApiProblem> {
    let packed = packed.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => DecodeError::TooLarge.into(),
        _ => broken_off(),
    })?;
    app.metrics.received(packed.len());
    let encoding = headers.get(CONTENT_ENCODING).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let read = tokio::task::spawn_blocking(move || {
        ingest::decompress(&packed, encoding.as_deref()).and_then(|body| ingest::read_calls(&body))
    })
    .await
    .map_err(|_| broken_off())??;
    let answer = ingest::take_in(app.calls.as_ref(), &sender.scope, read, app.clock.now(), sender.rules).await?;
    app.metrics.took_in(&answer);
    if answer.accepted + answer.duplicates == 0 {
        return Err(ApiProblem::nothing_accepted(answer.rejected));
    }
    Ok(Json(answer))
}

fn broken_off() -> ApiProblem {
    ApiProblem::new(
        StatusCode::BAD_REQUEST,
        "broken_off",
        "The request ended too early",
        "Nothing of it was stored. Send it again.",
    )
}
