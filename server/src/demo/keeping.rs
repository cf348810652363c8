//! Which calls are young enough to be kept.

use model::{Outcome, Retention, Timestamp};

/// The demo leaves out what would expire while it is being read in.
const MARGIN_MILLIS: i64 = 15 * 60_000;

/// The retention as seen at one moment.
pub struct Keeping {
    now: Timestamp,
    oldest_success: Timestamp,
    oldest_error: Timestamp,
}

impl Keeping {
    /// The standard retention, seen now.
    pub fn at(now: Timestamp) -> Self {
        let oldest = |outcome| now.minus_millis(Retention::STANDARD.millis_for(&outcome)).plus_millis(MARGIN_MILLIS);
        Self { now, oldest_success: oldest(Outcome::Success), oldest_error: oldest(Outcome::Error) }
    }

    /// The moment.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The time before which nothing is kept.
    pub const fn oldest(&self) -> Timestamp {
        self.oldest_error
    }

    /// Whether a call is over by now and kept still.
    pub fn keeps(&self, at: Timestamp, millis: u64, ends_well: bool) -> bool {
        let oldest = if ends_well { self.oldest_success } else { self.oldest_error };
        at >= oldest && at.plus_millis(i64::try_from(millis).unwrap_or(0)) <= self.now
    }
}
