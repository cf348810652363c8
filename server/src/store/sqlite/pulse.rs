//! Whether the writer writes: that its thread lives is not enough.

use std::time::{Duration, Instant};

use tokio::sync::{Mutex, oneshot};

use super::writer::Writer;
use crate::metrics::WriterMetrics;
use crate::store::StoreError;

/// A commit, or an answer of the writer, counts this long: however often somebody asks, an idle writer writes a few
/// bytes every few seconds at most.
const COUNTS_FOR: Duration = Duration::from_secs(5);
/// The writer has this long to answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// The writer's sign of life.
pub struct Pulse {
    answers_within: Duration,
    felt: Mutex<Felt>,
}

/// What is known of it.
#[derive(Default)]
struct Felt {
    last: Option<(Instant, Result<(), String>)>,
    /// A question that the writer has not answered yet; no second one is asked meanwhile.
    awaited: Option<oneshot::Receiver<Result<(), StoreError>>>,
}

impl Pulse {
    /// Knows nothing yet.
    pub fn new(answers_within: Option<Duration>) -> Self {
        Self { answers_within: answers_within.unwrap_or(ANSWERS_WITHIN), felt: Mutex::default() }
    }

    /// Whether the writer has committed in the last seconds, or else can write now; the reason where not.
    pub async fn feel(&self, writer: &Writer, metrics: &WriterMetrics) -> Result<(), String> {
        if !writer.is_running() {
            return Err("the writer has stopped".to_owned());
        }
        if metrics.since_commit().is_some_and(|since| since < COUNTS_FOR) {
            return Ok(());
        }
        let mut felt = self.felt.lock().await;
        if let Some((at, answer)) = &felt.last
            && at.elapsed() < COUNTS_FOR
        {
            return answer.clone();
        }
        let asked = async {
            let awaited = match &mut felt.awaited {
                Some(awaited) => awaited,
                nothing => nothing.insert(writer.probe().await?),
            };
            awaited.await.unwrap_or(Err(StoreError::Stopping))
        };
        let Ok(answer) = tokio::time::timeout(self.answers_within, asked).await else {
            return Err(format!("the writer has not answered for {} ms", self.answers_within.as_millis()));
        };
        let answer = answer.map_err(|error| format!("the writer cannot write: {error}"));
        felt.awaited = None;
        felt.last = Some((Instant::now(), answer.clone()));
        answer
    }
}
