//! Live: calls of the present filter as they come in.
//!
//! They enter the list while the reader is at its top with nothing open and not typing; otherwise they wait. A
//! connection that is lost is made again from the place it had reached; what was left out meanwhile is a gap, which is
//! said, or filled where nobody is disturbed by it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{CallSummary, LogQuery, TimeRange};

use super::again::Again;
use super::counts::Counts;
use super::feed::{CallFeed, Phase};
use super::url::UrlState;
use crate::api::ApiError;
use crate::api::tail::{self, Tail, TailEnd, Told};
use crate::browser::clock::{self, Timer};
use crate::browser::fetch::Abort;
use crate::browser::visibility;

/// Calls that come within this time enter the list together.
const TOGETHER: Duration = Duration::from_millis(150);
/// Calls that wait at most; of more than these, the list is loaded anew.
const MOST_WAITING: usize = 500;
/// The server gives a sign of life every 15 s; without one for so long, the connection is dead.
const SILENCE: Duration = Duration::from_secs(40);
/// A page that nobody sees for so long gives its connection up.
const UNSEEN: Duration = Duration::from_mins(2);
/// Whoever has typed may type on.
const TYPING: Duration = Duration::from_secs(3);

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Switched off; with a sentence where that was not the reader.
    Off(Option<String>),
    /// On its way.
    Connecting,
    /// Calls come in.
    On,
    /// The server is away, and is asked again.
    Away,
    /// Nobody has seen the page for a while.
    Unseen,
    /// The range of time has ended: nothing comes in any more.
    Over,
}

/// Why new calls wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A call is open.
    Reading,
    /// The list is scrolled.
    Scrolled,
    /// The search is being typed.
    Typing,
}

/// What has come in and is not in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    calls: Vec<CallSummary>,
    /// Calls beyond those that are kept.
    more: u64,
    /// Whether some were left out on the way.
    has_gap: bool,
}

impl Waiting {
    /// How many calls wait.
    pub fn count(&self) -> u64 {
        u64::try_from(self.calls.len()).unwrap_or_default().saturating_add(self.more)
    }

    fn push(&mut self, call: CallSummary) {
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
    const fn has_holes(&self) -> bool {
        self.more > 0 || self.has_gap
    }
}

/// Calls as they come in.
#[derive(Clone, Copy)]
pub struct Live {
    url: UrlState,
    query: Memo<LogQuery>,
    feed: CallFeed,
    counts: Counts,
    /// Whether the list is at its top; the list says so.
    pub is_at_top: RwSignal<bool>,
    is_typing: RwSignal<bool>,
    is_on: RwSignal<bool>,
    standing: RwSignal<Standing>,
    waiting: RwSignal<Waiting>,
    /// The place up to which everything has come, or is known to be left out.
    place: StoredValue<Option<String>>,
    /// The answer whose calls are followed.
    followed: StoredValue<u32>,
    /// Counts the connections: what comes of an earlier one is dropped.
    number: StoredValue<u32>,
    connection: StoredValue<Option<Abort>, LocalStorage>,
    timers: Timers,
    on_refused: Callback<ApiError>,
}

#[derive(Clone, Copy)]
struct Timers {
    again: Again,
    entering: Timer,
    silence: Timer,
    unseen: Timer,
    end: Timer,
    typing: Timer,
}

impl Live {
    /// Switched off, until the reader wants it.
    pub fn new(
        url: UrlState,
        query: Memo<LogQuery>,
        feed: CallFeed,
        counts: Counts,
        // Told of answers that say that this person may not ask.
        on_refused: Callback<ApiError>,
    ) -> Self {
        let timers = Timers {
            again: Again::new(),
            entering: Timer::new(),
            silence: Timer::new(),
            unseen: Timer::new(),
            end: Timer::new(),
            typing: Timer::new(),
        };
        let live = Self {
            url,
            query,
            feed,
            counts,
            is_at_top: RwSignal::new(true),
            is_typing: RwSignal::new(false),
            is_on: RwSignal::new(false),
            standing: RwSignal::new(Standing::Off(None)),
            waiting: RwSignal::new(Waiting::default()),
            place: StoredValue::new(None),
            followed: StoredValue::new(0),
            number: StoredValue::new(0),
            connection: StoredValue::new_local(None),
            timers,
            on_refused,
        };
        live.follow_the_list();
        live.follow_the_typing();
        live.let_in();
        visibility::on_change(move || live.follow_the_eyes());
        visibility::on_network(move || live.try_again());
        on_cleanup(move || live.disconnect());
        live
    }

    /// Whether it is switched on.
    pub fn is_on(self) -> bool {
        self.is_on.get()
    }

    /// How it stands.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Looks at what waits.
    pub fn with_waiting<T>(self, look: impl FnOnce(&Waiting) -> T) -> T {
        self.waiting.with(look)
    }

    /// Whether calls were left out that the list does not show.
    pub fn has_gap(self) -> bool {
        self.waiting.with(|waiting| waiting.has_gap)
    }

    /// Why new calls wait; nothing when they enter the list.
    pub fn hold(self) -> Option<Hold> {
        if self.url.call().get().is_some() {
            Some(Hold::Reading)
        } else if !self.is_at_top.get() {
            Some(Hold::Scrolled)
        } else {
            self.is_typing.get().then_some(Hold::Typing)
        }
    }

    /// Switches it on, or off.
    pub fn switch(self) {
        let is_on = !self.is_on.get_untracked();
        self.standing.set(if is_on { Standing::Connecting } else { Standing::Off(None) });
        self.is_on.set(is_on);
    }

    /// Shows what waits, whatever the reader is doing: they have asked for it.
    pub fn show(self) {
        self.timers.entering.clear();
        self.enter();
    }

    /// Tries at once to reach a server that was away.
    pub fn try_again(self) {
        if self.standing.get_untracked() == Standing::Away {
            self.connect();
        }
        self.feed.try_again();
    }

    /// Follows each answer of the list from its newest call on, and none while another is on its way.
    fn follow_the_list(self) {
        Effect::new(move |before| {
            let now = (self.is_on.get(), self.feed.phase() == Phase::Ready, self.feed.answered());
            let (is_on, is_ready, answered) = now;
            if before == Some(now) {
                return now;
            }
            if is_ready && self.followed.get_value() != answered {
                self.followed.set_value(answered);
                self.place.set_value(self.feed.newest().map(|cursor| cursor.to_string()));
                self.waiting.set(Waiting::default());
            }
            if is_on && is_ready {
                self.connect();
            } else {
                self.disconnect();
            }
            now
        });
    }

    fn follow_the_typing(self) {
        let text = Memo::new(move |_| self.url.query().with(|query| query.text.clone()));
        Effect::new(move |before: Option<String>| {
            let text = text.get();
            if before.is_some_and(|before| before != text) {
                self.is_typing.set(true);
                self.timers.typing.set(TYPING, move || {
                    self.is_typing.try_set(false);
                });
            }
            text
        });
    }

    /// Lets calls in as soon as nothing holds them.
    fn let_in(self) {
        let is_due = Memo::new(move |_| {
            let is_some = self.waiting.with(|waiting| waiting.count() > 0 || waiting.has_gap);
            is_some && self.is_on.get() && self.hold().is_none()
        });
        Effect::new(move |_| {
            if is_due.get() {
                self.timers.entering.set(TOGETHER, move || self.enter());
            } else {
                self.timers.entering.clear();
            }
        });
    }

    fn enter(self) {
        let Some(waiting) = self.waiting.try_update(std::mem::take) else { return };
        if waiting.has_holes() {
            self.feed.reload();
        } else if !waiting.calls.is_empty() {
            self.feed.take(waiting.calls);
            self.counts.follow();
        }
    }

    fn follow_the_eyes(self) {
        if visibility::is_hidden() {
            self.timers.unseen.set(UNSEEN, move || {
                if matches!(self.standing.get_untracked(), Standing::Connecting | Standing::On | Standing::Away) {
                    self.disconnect();
                    self.standing.set(Standing::Unseen);
                }
            });
            return;
        }
        self.timers.unseen.clear();
        if matches!(self.standing.get_untracked(), Standing::Unseen | Standing::Away) {
            self.connect();
        }
    }

    fn connect(self) {
        self.disconnect();
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
        if self.standing.get_untracked() != Standing::Away {
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
                self.stop(
                    "You have as many live views open as there may be. Close one, and switch this one on again."
                        .to_owned(),
                );
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

    fn disconnect(self) {
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
