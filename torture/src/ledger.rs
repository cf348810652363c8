//! What was sent, and what the server said about it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::calls::Batch;
use crate::client::Sending;

/// What the server said about a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On its way.
    Sent,
    /// Nothing, or that not all of it was taken: each call that is not acknowledged is there whole, or not at all.
    Unacknowledged,
    /// That all of it is durable.
    Acknowledged,
}

/// A batch with its standing.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The batch.
    pub batch: Arc<Batch>,
    /// Its standing.
    pub standing: Standing,
    /// For each of its calls the nanoseconds of [`monotonic_nanos`] when it was first acknowledged.
    pub acknowledged: Vec<Option<u64>>,
    /// The cycle in which it was last sent.
    pub cycle: usize,
}

impl Posted {
    /// Whether the call at a place is acknowledged.
    pub fn is_acknowledged(&self, place: usize) -> bool {
        self.acknowledged.get(place).is_some_and(Option::is_some)
    }

    /// How many of its calls are acknowledged.
    pub fn acknowledged_calls(&self) -> usize {
        self.acknowledged.iter().flatten().count()
    }

    /// As it stood at a moment.
    #[must_use]
    pub fn as_of(mut self, moment: u64) -> Self {
        for at in &mut self.acknowledged {
            *at = at.filter(|at| *at < moment);
        }
        let is_whole = self.acknowledged_calls() == self.batch.calls.len();
        self.standing = if is_whole { Standing::Acknowledged } else { Standing::Unacknowledged };
        self
    }
}

/// Everything that was sent to one data folder.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<Vec<Posted>>);

impl Ledger {
    fn posted(&self) -> MutexGuard<'_, Vec<Posted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a batch that is about to be sent for the first time; returns its number.
    pub fn begin(&self, batch: Arc<Batch>, cycle: usize) -> usize {
        let mut posted = self.posted();
        let acknowledged = vec![None; batch.calls.len()];
        posted.push(Posted { batch, standing: Standing::Sent, acknowledged, cycle });
        posted.len() - 1
    }

    /// Takes a batch that is to be sent again: one that is not acknowledged, or one that is, by the wish of `choose`
    /// among how many there are. It is nobody else's until [`Ledger::settle`] is called.
    pub fn take_again(
        &self,
        is_acknowledged: bool,
        cycle: usize,
        choose: impl FnOnce(usize) -> usize,
    ) -> Option<(usize, Posted)> {
        let wanted = if is_acknowledged { Standing::Acknowledged } else { Standing::Unacknowledged };
        let mut all = self.posted();
        let numbers: Vec<usize> =
            all.iter().enumerate().filter(|(_, posted)| posted.standing == wanted).map(|(number, _)| number).collect();
        let number = *numbers.get(choose(numbers.len()))?;
        let posted = all.get_mut(number)?;
        let before = posted.clone();
        // What was acknowledged stays so: sending it again takes nothing back.
        if !is_acknowledged {
            posted.standing = Standing::Sent;
        }
        posted.cycle = cycle;
        Some((number, before))
    }

    /// Notes what the server said. `at` is when it did.
    pub fn settle(&self, number: usize, sending: &Sending, at: u64) {
        if let Some(posted) = self.posted().get_mut(number) {
            for (place, acknowledged) in posted.acknowledged.iter_mut().enumerate() {
                if sending.keeps_call(place) {
                    acknowledged.get_or_insert(at);
                }
            }
            if sending.keeps(posted.batch.calls.len()) {
                posted.standing = Standing::Acknowledged;
            } else if posted.standing == Standing::Sent {
                posted.standing = Standing::Unacknowledged;
            }
        }
    }

    /// All batches as they stand now.
    pub fn all(&self) -> Vec<Posted> {
        self.posted().clone()
    }

    /// Calls that are acknowledged.
    pub fn acknowledged_calls(&self) -> usize {
        self.posted().iter().map(Posted::acknowledged_calls).sum()
    }
}

/// What is wrong with an answer to a batch in a world without faults, judged by how it stood before. Being turned away
/// for a while is in order, when the answer says for how long.
pub fn wrong_answer(sending: &Sending, before: Option<Standing>, calls: usize) -> Option<String> {
    match sending {
        Sending::Broken(_) | Sending::Refused { status: 429 | 503, retry_after: Some(_), .. } => None,
        Sending::Refused { status, code, retry_after } => {
            Some(format!("a batch was refused with {status} {code:?}, Retry-After {retry_after:?}"))
        }
        Sending::Answered { accepted, duplicates, rejected } => {
            let is_right = match before {
                None => *accepted == calls && *duplicates == 0,
                Some(Standing::Acknowledged) => *accepted == 0 && *duplicates == calls,
                Some(Standing::Sent | Standing::Unacknowledged) => accepted + duplicates == calls,
            };
            (!is_right || !rejected.is_empty()).then(|| {
                format!("a batch of {calls} that stood {before:?} before was answered with {accepted} accepted, {duplicates} duplicates, rejected {rejected:?}")
            })
        }
    }
}

/// Where each id belongs: the number of its batch and its place in it.
pub fn places(posted: &[Posted], account: usize) -> HashMap<&str, (usize, usize)> {
    let mut places = HashMap::new();
    for (number, posted) in posted.iter().enumerate().filter(|(_, posted)| posted.batch.account == account) {
        for (place, call) in posted.batch.calls.iter().enumerate() {
            places.insert(call.id.as_str(), (number, place));
        }
    }
    places
}

/// The clock that every process on this machine reads alike, in nanoseconds.
pub fn monotonic_nanos() -> u64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    u64::try_from(now.tv_sec).unwrap_or(0) * 1_000_000_000 + u64::try_from(now.tv_nsec).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(accepted: usize, duplicates: usize) -> Sending {
        Sending::Answered { accepted, duplicates, rejected: Vec::new() }
    }

    #[test]
    fn answers_are_judged_by_what_went_before() {
        assert_eq!(wrong_answer(&answered(5, 0), None, 5), None);
        assert!(wrong_answer(&answered(4, 1), None, 5).is_some());
        assert!(wrong_answer(&answered(4, 0), None, 5).is_some());
        assert_eq!(wrong_answer(&answered(2, 3), Some(Standing::Unacknowledged), 5), None);
        assert_eq!(wrong_answer(&answered(0, 5), Some(Standing::Acknowledged), 5), None);
        assert!(wrong_answer(&answered(1, 4), Some(Standing::Acknowledged), 5).is_some());
        let refused = |status, retry_after| Sending::Refused { status, code: String::new(), retry_after };
        assert_eq!(wrong_answer(&refused(503, Some(1)), None, 5), None);
        assert!(wrong_answer(&refused(503, None), None, 5).is_some());
        assert!(wrong_answer(&refused(500, Some(1)), None, 5).is_some());
    }
}
