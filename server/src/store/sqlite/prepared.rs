//! A call made ready for its file, before the writer sees it: everything that costs time is done here.

use std::cell::RefCell;
use std::io::Write;

use model::{CallId, Outcome, SearchedText, StatusCode, Timestamp};

use super::segment::SegmentKey;
use crate::redact::RedactedCall;
use crate::store::{StoreError, StoredCall};

/// Characters of a URL, or of a script's error, that a row of the list carries.
const SHOWN_CHARACTERS: usize = 512;
/// The level at which zstd is quick and most of the gain is had.
const LEVEL: i32 = 3;
/// A stored call is never larger than this; more is damage.
const MAX_STORED_BYTES: usize = 256 << 20;

/// A call with its columns, its compressed body and its folded text.
pub struct PreparedCall {
    pub slot: u32,
    pub id: CallId,
    pub timestamp: Timestamp,
    pub segment: SegmentKey,
    pub outcome: i64,
    pub code: Option<u16>,
    pub method: Option<String>,
    pub application: String,
    pub bot: Option<String>,
    pub source: String,
    pub user: Option<String>,
    pub duration_ms: Option<i64>,
    pub is_script: bool,
    pub url: Option<String>,
    pub error: Option<String>,
    pub body: Vec<u8>,
    pub folded: String,
}

impl PreparedCall {
    /// Makes a redacted call ready.
    pub fn new(slot: u32, redacted: &RedactedCall) -> Result<Self, StoreError> {
        let call = redacted.call();
        let outcome = call.outcome();
        let stored = StoredCall {
            call: call.clone(),
            redactions: redacted.redactions().to_vec(),
            truncated: redacted.truncated().to_vec(),
        };
        let error = call
            .failure
            .as_ref()
            .map(|failure| failure.kind.as_str())
            .or_else(|| call.script.as_ref()?.error.as_ref().map(|error| error.message.as_str()));
        Ok(Self {
            slot,
            id: call.id,
            timestamp: call.timestamp,
            segment: SegmentKey::of(call.timestamp, &outcome),
            outcome: outcome_number(&outcome),
            code: call.response.as_ref().map(|response| response.status).map(|StatusCode(code)| code),
            method: call.request.as_ref().map(|request| request.method.as_str().to_owned()),
            application: call.application.as_str().to_owned(),
            bot: call.bot.as_ref().map(json).transpose()?,
            source: json(&call.source)?,
            user: call.user.as_ref().map(json).transpose()?,
            duration_ms: call.duration_ms.map(|millis| i64::try_from(millis).unwrap_or(i64::MAX)),
            is_script: call.script.is_some(),
            url: call.request.as_ref().map(|request| request.url.chars().take(SHOWN_CHARACTERS).collect()),
            error: error.map(|error| error.chars().take(SHOWN_CHARACTERS).collect()),
            body: compress(&stored)?,
            folded: SearchedText::of(call).into_anywhere(),
        })
    }
}

/// The number of an outcome in the files.
pub fn outcome_number(outcome: &Outcome) -> i64 {
    match outcome {
        Outcome::Success => 0,
        Outcome::Error | Outcome::Other(_) => 1,
        Outcome::NoResponse => 2,
    }
}

/// The outcome of a number in the files.
pub const fn outcome_of(number: i64) -> Outcome {
    match number {
        0 => Outcome::Success,
        2 => Outcome::NoResponse,
        _ => Outcome::Error,
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// A stored call as its body in the file, with a checksum.
fn compress(stored: &StoredCall) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(stored).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.set_pledged_src_size(Some(u64::try_from(json.len()).unwrap_or(u64::MAX)))?;
    encoder.write_all(&json)?;
    Ok(encoder.finish()?)
}

/// Reads bodies back. Kept between bodies: making one anew costs more than reading a body.
pub struct Unpacker(RefCell<zstd::bulk::Decompressor<'static>>);

impl Unpacker {
    /// Makes one.
    pub fn new() -> Result<Self, StoreError> {
        Ok(Self(RefCell::new(zstd::bulk::Decompressor::new()?)))
    }

    /// Reads the body of a file back.
    pub fn unpack(&self, body: &[u8]) -> Result<StoredCall, StoreError> {
        let damage = |error: &dyn std::fmt::Display| StoreError::Unreadable(error.to_string());
        let length = zstd::zstd_safe::get_frame_content_size(body).ok().flatten();
        let length =
            length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length <= MAX_STORED_BYTES);
        let length = length.ok_or_else(|| damage(&"its length is damaged"))?;
        let json = self.0.borrow_mut().decompress(body, length).map_err(|error| damage(&error))?;
        serde_json::from_slice(&json).map_err(|error| damage(&error))
    }
}
