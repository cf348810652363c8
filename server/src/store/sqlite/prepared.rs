//! A call made ready for its file, before the writer sees it: everything that costs time is done here.

use std::sync::Arc;

use model::{
    Call, CallId, CallSummary, EndUser, Omission, Outcome, Redaction, SearchedText, StatusCode, Timestamp, Truncation,
};

use super::body::Packer;
use super::segment::SegmentKey;
use super::text::indexed;
use crate::redact::RedactedCall;
use crate::store::{StoreError, StoredCall};

/// A call with its columns, its compressed body and its folded text.
pub struct PreparedCall {
    pub slot: u32,
    pub id: CallId,
    pub timestamp: Timestamp,
    pub segment: SegmentKey,
    pub outcome: u32,
    pub code: Option<u16>,
    pub method: Option<String>,
    pub application: String,
    pub bot: Option<String>,
    pub source: String,
    pub user: Option<EndUser>,
    pub duration: Option<u32>,
    pub is_script: bool,
    pub url: Option<String>,
    pub error: Option<String>,
    pub body: Vec<u8>,
    pub folded: String,
    /// The call itself, for those who watch.
    pub call: Arc<Call>,
    redactions: Vec<Redaction>,
    truncated: Vec<Truncation>,
    omitted: Vec<Omission>,
}

impl PreparedCall {
    /// Makes a redacted call ready.
    pub fn new(slot: u32, redacted: &RedactedCall, packer: &mut Packer<'_>) -> Result<Self, StoreError> {
        let call = redacted.call();
        let outcome = call.outcome();
        let stored = StoredCall {
            call: call.clone(),
            redactions: redacted.redactions().to_vec(),
            truncated: redacted.truncated().to_vec(),
            omitted: redacted.omitted().to_vec(),
            erased: Vec::new(),
        };
        let shown = Shown::of(call);
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
            user: call.user.clone(),
            duration: call.duration_ms.map(packed_duration),
            is_script: call.script.is_some(),
            url: shown.url,
            error: shown.error,
            body: packer.pack(&stored)?,
            folded: indexed(SearchedText::of(call).into_anywhere()),
            call: Arc::new(stored.call),
            redactions: stored.redactions,
            truncated: stored.truncated,
            omitted: stored.omitted,
        })
    }

    /// The body compressed anew: what it was compressed with has gone from the file meanwhile.
    pub fn pack_anew(&self, packer: &mut Packer<'_>) -> Result<Vec<u8>, StoreError> {
        packer.pack(&StoredCall {
            call: Call::clone(&self.call),
            redactions: self.redactions.clone(),
            truncated: self.truncated.clone(),
            omitted: self.omitted.clone(),
            erased: Vec::new(),
        })
    }
}

/// What a row of the list shows beside numbers and terms.
pub struct Shown {
    /// The URL's beginning.
    pub url: Option<String>,
    /// The kind of failure, or the beginning of what stopped a script.
    pub error: Option<String>,
}

impl Shown {
    /// What is shown of a call.
    pub fn of(call: &Call) -> Self {
        let shown = |text: &str| text.chars().take(CallSummary::SHOWN_CHARACTERS).collect();
        let failure = call.failure.as_ref().map(|failure| failure.kind.as_str());
        let error = failure.or_else(|| call.script.as_ref()?.error.as_ref().map(|error| error.message.as_str()));
        Self { url: call.request.as_ref().map(|request| shown(&request.url)), error: error.map(shown) }
    }
}

/// A duration in milliseconds as the packed columns hold it: never 0, which stands for none.
pub fn packed_duration(millis: u64) -> u32 {
    u32::try_from(millis.saturating_add(1)).unwrap_or(u32::MAX)
}

/// The number of an outcome in the files.
pub const fn outcome_number(outcome: &Outcome) -> u32 {
    match outcome {
        Outcome::Success => 0,
        Outcome::Error | Outcome::Other(_) => 1,
        Outcome::NoResponse => 2,
    }
}

/// The outcome of a number in the files.
pub const fn outcome_of(number: u32) -> Outcome {
    match number {
        0 => Outcome::Success,
        2 => Outcome::NoResponse,
        _ => Outcome::Error,
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}
