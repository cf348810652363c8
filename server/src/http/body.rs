//! Bodies coming in: no further than they may go, as far as there is memory, and as long as they keep coming.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::StatusCode;
use futures_util::StreamExt;
use tokio::time::Instant;

use super::problem::ApiProblem;
use crate::ingest::{DecodeError, MAX_REQUEST_BYTES, Share};
use crate::store::StoreError;

/// A body has this long, and a second more for every so many bytes that came: enough for a bad line, too little for
/// somebody who only keeps a connection busy.
const BEGINS_WITHIN: Duration = Duration::from_secs(20);
const LEAST_BYTES_PER_SECOND: u64 = 64 << 10;

/// Reads a body whole; its bytes are taken from the share.
pub async fn read(body: Body, share: &mut Share) -> Result<Vec<u8>, ApiProblem> {
    let began = Instant::now();
    if body.size_hint().lower() > MAX_REQUEST_BYTES as u64 {
        return Err(DecodeError::TooLarge.into());
    }
    let mut read = Vec::new();
    let mut came = 0;
    let mut has_memory = true;
    let mut pieces = body.into_data_stream();
    loop {
        let deadline = began + BEGINS_WITHIN + Duration::from_secs(came as u64 / LEAST_BYTES_PER_SECOND);
        let next = tokio::time::timeout_at(deadline, pieces.next()).await.map_err(|_| too_slow())?;
        let Some(piece) = next else { break };
        let piece = piece.map_err(|_| broken_off())?;
        came += piece.len();
        if came > MAX_REQUEST_BYTES {
            return Err(DecodeError::TooLarge.into());
        }
        has_memory = has_memory && share.grow(piece.len()).is_ok();
        if has_memory {
            read.extend_from_slice(&piece);
        } else {
            // The rest is read and forgotten: whoever is still sending does not listen to an answer.
            read = Vec::new();
            share.give_back();
        }
    }
    if has_memory { Ok(read) } else { Err(StoreError::Busy.into()) }
}

/// The request ended before its body did.
pub fn broken_off() -> ApiProblem {
    ApiProblem::new(
        StatusCode::BAD_REQUEST,
        "broken_off",
        "The request ended too early",
        "Nothing of it was stored. Send it again.",
    )
}

fn too_slow() -> ApiProblem {
    ApiProblem::new(
        StatusCode::REQUEST_TIMEOUT,
        "too_slow",
        "The request came too slowly",
        "Nothing of it was stored. Send it again, with fewer calls at once where the line is slow.",
    )
}
