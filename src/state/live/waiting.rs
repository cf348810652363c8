//! Calls that have come in and wait. Pure.

use model::CallSummary;

/// Calls that wait at most; of more than these, the list is loaded anew.
const MOST_WAITING: usize = 500;
/// What has come in and is not in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The calls, as they came.
    pub calls: Vec<CallSummary>,
    /// Calls beyond those that are kept.
    more: u64,
    /// Whether some were left out on the way.
    pub has_gap: bool,
}

impl Waiting {
    /// How many calls wait.
    pub fn count(&self) -> u64 {
        u64::try_from(self.calls.len()).unwrap_or_default().saturating_add(self.more)
    }

    /// Adds a call, once.
    pub fn push(&mut self, call: CallSummary) {
        if self.calls.iter().any(|waiting| waiting.id == call.id) {
            return;
        }
        if self.calls.len() < MOST_WAITING {
            self.calls.push(call);
        } else {
            self.more += 1;
        }
    }

    /// Whether the list could not take all of it in without a hole.
    pub const fn has_holes(&self) -> bool {
        self.more > 0 || self.has_gap
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_WAITING, Waiting};
    use model::{Application, CallId, CallSummary, Outcome, Source, SourceKind, Timestamp};

    fn a_call(number: u128) -> CallSummary {
        CallSummary {
            id: CallId::from_u128(number),
            timestamp: Timestamp::from_millis(0),
            outcome: Outcome::Success,
            duration_ms: None,
            bot: None,
            source: Source { kind: SourceKind::Platform, path: None, node: None, agent: None },
            user: None,
            application: Application::JsonApi,
            method: None,
            url: None,
            status: None,
            failure: None,
            script_error: None,
            is_script: false,
        }
    }

    #[test]
    fn every_call_counts_once_and_memory_is_bounded() {
        let mut waiting = Waiting::default();
        waiting.push(a_call(1));
        waiting.push(a_call(1));
        assert_eq!((waiting.count(), waiting.has_holes()), (1, false));
        for number in 1..=600 {
            waiting.push(a_call(number));
        }
        assert_eq!((waiting.calls.len(), waiting.count(), waiting.has_holes()), (MOST_WAITING, 600, true));
    }

    #[test]
    fn what_was_left_out_is_a_hole() {
        let waiting = Waiting { has_gap: true, ..Waiting::default() };
        assert_eq!((waiting.count(), waiting.has_holes()), (0, true));
    }
}
