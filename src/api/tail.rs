//! Calls as they come in.

use model::{CallSummary, LogQuery};

use super::calls::parameters;
use super::{ApiError, answers, client};
use crate::browser::fetch::{self, Abort, ByteStream, Opened};
use crate::format::event_stream::{Event, EventReader};

/// What a tail tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A call that the list would show.
    Call(Box<CallSummary>),
    /// Some calls are left out here.
    Gap,
    /// The last of it, and why.
    End(TailEnd),
    /// That it goes on.
    Alive,
}

/// Why a tail has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TailEnd {
    /// The stable word for it.
    pub reason: String,
    /// A sentence for people.
    pub message: String,
}

/// A tail that is open.
pub struct Tail {
    bytes: ByteStream,
    reader: EventReader,
    /// The place that is reached: where the next one goes on.
    place: Option<String>,
}

/// Opens the tail of a filter: from a place on, or from now on.
pub async fn open(query: &LogQuery, after: Option<&str>, abort: Option<&Abort>) -> Result<Tail, ApiError> {
    let after = after.map(|place| format!("after={place}")).unwrap_or_default();
    let path = format!("api/v1/calls/tail?{}{after}", parameters(query));
    match fetch::open(path.trim_end_matches(['?', '&']), abort).await.map_err(client::unanswered)? {
        Opened::Stream(bytes) => Ok(Tail { bytes, reader: EventReader::default(), place: None }),
        Opened::Refused(answer) => Err(client::refused(&answer)),
    }
}

impl Tail {
    /// What is told next, waited for; nothing when the connection has ended without a word.
    pub async fn next(&mut self) -> Result<Vec<Told>, ApiError> {
        match self.bytes.next().await.map_err(client::unanswered)? {
            None => Err(ApiError::Unreachable),
            Some(bytes) => {
                let events = self.reader.take(&bytes);
                events.into_iter().map(|event| self.read(event)).collect()
            }
        }
    }

    /// The place that is reached.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    fn read(&mut self, event: Event) -> Result<Told, ApiError> {
        self.place = event.id.or(self.place.take());
        let unreadable = |message| ApiError::Unreadable { message };
        Ok(match event.kind.as_str() {
            "call" => Told::Call(Box::new(answers::read(&event.data).map_err(unreadable)?)),
            "gap" => Told::Gap,
            "end" => Told::End(answers::read(&event.data).map_err(unreadable)?),
            _ => Told::Alive,
        })
    }
}
