//! What the writer of the store counts.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::seconds;
use crate::store::Fate;

/// Between these, numbers of calls in a commit are told apart.
const CALLS: [f64; 9] = [1.0, 5.0, 10.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_000.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabel {
    reason: &'static str,
}

/// What the writer counts. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct WriterMetrics {
    batches: Counter,
    commit_seconds: Histogram,
    commit_calls: Histogram,
    unwritten: Family<ReasonLabel, Counter>,
    last_commit: Arc<Mutex<Option<Instant>>>,
}

impl Default for WriterMetrics {
    fn default() -> Self {
        Self {
            batches: Counter::default(),
            commit_seconds: seconds(),
            commit_calls: Histogram::new(CALLS),
            unwritten: Family::default(),
            last_commit: Arc::default(),
        }
    }
}

impl WriterMetrics {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("writer_batches", "Requests whose calls the writer took up", self.batches.clone());
        let seconds_help = "Commits, and how long each took from its first call to the disk";
        registry.register_with_unit("commit_duration", seconds_help, Unit::Seconds, self.commit_seconds.clone());
        registry.register("commit_calls", "Calls that became durable in one commit", self.commit_calls.clone());
        let unwritten_help = "Calls that could not be written: no_room for a full disk, day_unwritable for a file";
        registry.register("unwritten_calls", unwritten_help, self.unwritten.clone());
        // There from the beginning: a counter that first appears with its first fault hides that fault from an alert.
        self.unwritten(Fate::NoRoom, 0);
        self.unwritten(Fate::DayUnwritable, 0);
    }

    /// Counts requests whose calls are about to be written.
    pub fn taken_up(&self, batches: usize) {
        self.batches.inc_by(u64::try_from(batches).unwrap_or_default());
    }

    /// Counts a commit, by the fates of its calls.
    pub fn committed(&self, fates: &[Fate], took: Duration) {
        let accepted = fates.iter().filter(|fate| **fate == Fate::Accepted).count();
        self.commit_calls.observe(f64::from(u32::try_from(accepted).unwrap_or(u32::MAX)));
        self.commit_seconds.observe(took.as_secs_f64());
        *self.last_commit.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Counts calls that could not be written.
    pub fn unwritten(&self, fate: Fate, calls: usize) {
        let reason = if fate == Fate::NoRoom { "no_room" } else { "day_unwritable" };
        self.unwritten.get_or_create(&ReasonLabel { reason }).inc_by(u64::try_from(calls).unwrap_or_default());
    }

    /// How long ago the last commit was; `None` before the first.
    pub fn since_commit(&self) -> Option<Duration> {
        self.last_commit.lock().unwrap_or_else(PoisonError::into_inner).map(|last| last.elapsed())
    }
}
