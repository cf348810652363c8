//! Calls coming in by HTTP.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_ENCODING;
use model::IngestAnswer;

use super::App;
use super::body;
use super::extract::Sender;
use super::problem::ApiProblem;
use crate::ingest;
use crate::store::StoreError;

/// `POST calls`: an array, one object or NDJSON; answered when what is accepted is durable.
pub async fn take_calls(
    sender: Sender,
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<IngestAnswer>, ApiProblem> {
    let mut share = app.memory.share();
    let packed = body::read(body, &mut share).await?;
    app.metrics.received(packed.len());
    let encoding = content_encoding(&headers);
    let (read, share) = tokio::task::spawn_blocking(move || {
        let body = ingest::decompress(packed, &encoding, &mut share)?;
        ingest::read_calls(&body).map(|read| (read, share))
    })
    .await
    .map_err(|error| ApiProblem::failed(error.to_string()))??;
    let (store, now) = (Arc::clone(&app.calls), app.clock.now());
    // A sender who leaves takes nothing back, and what waits to be written still needs its memory.
    let taking = tokio::spawn(async move {
        let answer = ingest::take_in(store.as_ref(), &sender.scope, read, now, sender.rules).await;
        drop(share);
        answer
    });
    let answer = taking.await.map_err(|error| StoreError::Unreadable(error.to_string()))??;
    app.metrics.took_in(&answer);
    if answer.accepted + answer.duplicates == 0 {
        return Err(ApiProblem::nothing_accepted(answer.rejected));
    }
    Ok(Json(answer))
}

/// Everything that is said of the encoding, as one list (RFC 9110, section 5.3): what is said twice, or is no text, is
/// an encoding that nobody knows, and never none.
fn content_encoding(headers: &HeaderMap) -> String {
    let said = headers.get_all(CONTENT_ENCODING).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    said.collect::<Vec<_>>().join(", ")
}
