//! The connection: opened at the place that was reached, listened to, lost and made again.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::TimeRange;

use super::{Live, Standing};
use crate::api::ApiError;
use crate::api::tail::{self, Tail, TailEnd, Told};
use crate::browser::clock;
use crate::browser::fetch::Abort;
use crate::state::feed::Phase;
use crate::words;

/// The server gives a sign of life every 15 s; without one for so long, the connection is dead.
const SILENCE: Duration = Duration::from_secs(40);
impl Live {
    pub(super) fn connect(self) {
        self.disconnect();
        // The place that was reached is one of the list's answer: while another is on its way there is none, and the
        // list says when it is there.
        if untrack(|| self.feed.phase()) != Phase::Ready {
            return;
        }
        if let TimeRange::Between { to: Some(to), .. } = self.query.with_untracked(|query| query.range) {
            let left = u64::try_from(to.millis() - clock::now().millis()).unwrap_or_default();
            if left == 0 {
                self.standing.set(Standing::Over);
                return;
            }
            // Browsers do not count further than some weeks; nothing is kept that long.
            if left < 2_000_000_000 {
                self.timers.end.set(Duration::from_millis(left), move || self.connect());
            }
        }
        // Of what goes on as before nothing is said.
        if !matches!(self.standing.get_untracked(), Standing::Away | Standing::On) {
            self.standing.set(Standing::Connecting);
        }
        let number = self.number.get_value();
        let abort = Abort::new();
        self.connection.set_value(abort.clone());
        let (query, place) = (self.query.get_untracked(), self.place.get_value());
        self.listen_for_life(number);
        spawn_local(async move {
            let is_from_now_on = place.is_none();
            let lost = match tail::open(&query, place.as_deref(), abort.as_ref()).await {
                Ok(tail) => self.listen(tail, number, is_from_now_on).await,
                Err(error) => Some(error),
            };
            if let Some(error) = lost.filter(|_| self.is_latest(number)) {
                self.lose(error);
            }
        });
    }

    /// Takes what is told, until the connection is lost, or is not wanted any more.
    async fn listen(self, mut tail: Tail, number: u32, is_from_now_on: bool) -> Option<ApiError> {
        let mut is_first = true;
        loop {
            let told = tail.next().await;
            if !self.is_latest(number) {
                return None;
            }
            match told {
                Ok(told) => {
                    self.listen_for_life(number);
                    self.place.set_value(tail.place().map(ToOwned::to_owned));
                    if std::mem::take(&mut is_first) {
                        self.standing.set(Standing::On);
                        self.timers.again.rest();
                        self.feed.try_again();
                        if is_from_now_on {
                            self.feed.catch_up();
                        }
                    }
                    if let Some(end) = self.take(told) {
                        return Some(end);
                    }
                }
                Err(error) => return Some(error),
            }
        }
    }

    /// Takes what is told together; why it is the last, if it is.
    fn take(self, told: Vec<Told>) -> Option<ApiError> {
        let mut end = None;
        let mut calls = Vec::new();
        let mut has_gap = false;
        for told in told {
            match told {
                Told::Call(call) => calls.push(*call),
                Told::Gap => has_gap = true,
                Told::End(told) => end = self.ended(told),
                Told::Alive => {}
            }
        }
        calls.retain(|call| untrack(|| self.feed.call(call.id)).is_none());
        if !calls.is_empty() || has_gap {
            self.waiting.update(|waiting| {
                waiting.has_gap |= has_gap;
                for call in calls {
                    waiting.push(call);
                }
            });
        }
        end
    }

    /// Of an end that is not for good, what it is.
    fn ended(self, end: TailEnd) -> Option<ApiError> {
        match end.reason.as_str() {
            "stopping" | "failed" => return Some(ApiError::Unreachable),
            "session_ended" => self.on_refused.run(ApiError::NotSignedIn),
            // What this person may see is asked once more, whatever it is now.
            _ => self.on_refused.run(ApiError::Aborted),
        }
        self.stop(end.message);
        None
    }

    fn lose(self, error: ApiError) {
        match error {
            ApiError::Aborted => {}
            ApiError::NotSignedIn | ApiError::Forbidden(_) => {
                self.stop(error.sentence());
                self.on_refused.run(error);
            }
            ApiError::TooMany { .. } => {
                self.stop(words::live::TOO_MANY_VIEWS.to_owned());
            }
            ApiError::Problem(problem) if problem.status < 500 => self.stop(ApiError::Problem(problem).sentence()),
            _ => {
                self.disconnect();
                self.standing.set(Standing::Away);
                self.timers.again.later(move || self.connect());
            }
        }
    }

    /// Ends it for good, in words.
    fn stop(self, why: String) {
        self.disconnect();
        self.standing.set(Standing::Off(Some(why)));
        self.is_on.set(false);
    }

    fn listen_for_life(self, number: u32) {
        self.timers.silence.set(SILENCE, move || {
            if self.is_latest(number) {
                self.lose(ApiError::TooLate);
            }
        });
    }

    pub(super) fn disconnect(self) {
        if self.number.try_update_value(|number| *number = number.wrapping_add(1)).is_none() {
            return;
        }
        self.timers.silence.clear();
        self.timers.end.clear();
        if let Some(Some(abort)) = self.connection.try_update_value(Option::take) {
            abort.abort();
        }
    }

    fn is_latest(self, number: u32) -> bool {
        self.number.try_get_value() == Some(number)
    }
}
