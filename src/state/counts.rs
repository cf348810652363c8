//! The numbers beside the list: the values of every filter, and calls over time. They follow the rows, never hold them
//! up, and the last ones stay until the next have come.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Facets, Histogram, LogQuery, Timestamp, Total};

use super::again::Again;
use crate::api::{ApiError, calls};
use crate::browser::clock::Timer;
use crate::browser::fetch::Abort;

/// So much later than the rows: they are drawn by then, and the server is free for whoever types on.
const AFTER_ROWS: Duration = Duration::from_millis(20);
/// While calls come in, the numbers follow this much later, however many there are.
const AFTER_CALLS: Duration = Duration::from_secs(5);
/// Bars of the histogram: some ten pixels each on a wide page.
const BUCKETS: u32 = 84;

/// A number that was counted, with how the last attempt went.
pub type Counted<T> = Option<Result<T, ApiError>>;

/// The numbers beside the list.
#[derive(Clone, Copy)]
pub struct Counts {
    query: Memo<LogQuery>,
    facets: RwSignal<Counted<Facets>>,
    histogram: RwSignal<Counted<Histogram>>,
    /// Whether the histogram is of the present filter.
    is_current: RwSignal<bool>,
    asking: StoredValue<Option<Abort>, LocalStorage>,
    waiting: Timer,
    following: Timer,
    again: Again,
}

impl Counts {
    /// Nothing is counted until it is asked for.
    pub fn new(query: Memo<LogQuery>) -> Self {
        let counts = Self {
            query,
            facets: RwSignal::new(None),
            histogram: RwSignal::new(None),
            is_current: RwSignal::new(false),
            asking: StoredValue::new_local(None),
            waiting: Timer::new(),
            following: Timer::new(),
            again: Again::new(),
        };
        on_cleanup(move || counts.take_back());
        counts
    }

    /// Looks at the values of every filter.
    pub fn with_facets<T>(self, look: impl FnOnce(&Counted<Facets>) -> T) -> T {
        self.facets.with(look)
    }

    /// Looks at the calls over time.
    pub fn with_histogram<T>(self, look: impl FnOnce(&Counted<Histogram>) -> T) -> T {
        self.histogram.with(look)
    }

    /// Calls that the filter finds and that got no response, listed or not.
    pub fn no_response(self) -> u64 {
        self.sum(|bucket| bucket.no_response)
    }

    /// Calls that failed with an answer; `None` while they are being counted.
    pub fn errors(self) -> Option<u64> {
        self.is_current.get().then(|| self.sum(|bucket| bucket.error))
    }

    /// How many calls the list holds in the end, once every one of them is counted for the present filter.
    pub fn total(self) -> Option<Total> {
        let is_whole = self.histogram.with(|histogram| matches!(histogram, Some(Ok(histogram)) if !histogram.partial));
        let listed = self.sum(|bucket| bucket.success + bucket.error);
        let unanswered = if self.query.with(LogQuery::lists_no_response) { self.no_response() } else { 0 };
        (is_whole && self.is_current.get()).then_some(Total { count: listed + unanswered, exact: true })
    }

    /// About how many calls of the filter are newer than a time, as far as they have been counted.
    pub fn newer_than(self, time: Timestamp) -> usize {
        let count = |histogram: &Histogram| {
            let newer = histogram.buckets.iter().filter(|bucket| bucket.start >= time);
            newer.map(|bucket| bucket.success + bucket.error).sum::<u64>()
        };
        let newer = self.histogram.with_untracked(|counted| counted.as_ref()?.as_ref().ok().map(count));
        usize::try_from(newer.unwrap_or_default()).unwrap_or_default()
    }

    /// Counts for the present filter, now that its rows are here.
    pub fn reload(self) {
        self.take_back();
        self.again.rest();
        self.following.clear();
        self.is_current.set(false);
        self.waiting.set(AFTER_ROWS, move || self.ask());
    }

    /// Counts once more in a while, now that calls have come in; the numbers stay until then.
    pub fn follow(self) {
        if !self.following.is_set() && !self.waiting.is_set() {
            self.following.set(AFTER_CALLS, move || self.ask());
        }
    }

    fn ask(self) {
        self.take_back();
        let abort = Abort::new();
        self.asking.set_value(abort.clone());
        let query = self.query.get_untracked();
        spawn_local({
            let (query, abort) = (query.clone(), abort.clone());
            async move {
                let answer = calls::histogram(&query, BUCKETS, abort.as_ref()).await;
                match &answer {
                    Ok(_) => self.again.rest(),
                    // The numbers stay, as the rows do.
                    Err(error) if error.is_away() => return self.again.later(move || self.ask()),
                    Err(_) => {}
                }
                let is_counted = answer.is_ok();
                keep(self.histogram, answer);
                self.is_current.try_set(is_counted);
            }
        });
        calls::facets(&query, abort, move |answer| keep(self.facets, answer));
    }

    fn sum(self, of: impl Fn(&model::HistogramBucket) -> u64) -> u64 {
        self.histogram.with(|histogram| match histogram {
            Some(Ok(histogram)) => histogram.buckets.iter().map(of).sum(),
            _ => 0,
        })
    }

    fn take_back(self) {
        if let Some(Some(abort)) = self.asking.try_update_value(Option::take) {
            abort.abort();
        }
    }
}

/// Keeps an answer; a question that was taken back changes nothing.
fn keep<T: Send + Sync + 'static>(signal: RwSignal<Counted<T>>, answer: Result<T, ApiError>) {
    if !matches!(answer, Err(ApiError::Aborted)) {
        signal.try_set(Some(answer));
    }
}
