//! Live: calls of the present filter as they come in.
//!
//! They enter the list while the reader is at its top with nothing open and not typing; otherwise they wait. A
//! connection that is lost is made again from the place it had reached; what was left out meanwhile is a gap, which is
//! said, or filled where nobody is disturbed by it.

mod connection;
mod waiting;

use std::time::Duration;

use leptos::prelude::*;
use model::LogQuery;

use super::again::Again;
use super::counts::Counts;
use super::feed::{CallFeed, Phase};
use super::url::UrlState;
use crate::api::ApiError;
use crate::browser::clock::Timer;
use crate::browser::fetch::Abort;
use crate::browser::visibility;

pub use waiting::Waiting;

/// Calls that come within this time enter the list together.
const TOGETHER: Duration = Duration::from_millis(150);
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
        } else if !self.is_at_top.get() || self.is_elsewhere() {
            Some(Hold::Scrolled)
        } else {
            self.is_typing.get().then_some(Hold::Typing)
        }
    }

    /// Whether the list was entered at a time, and does not reach up to now.
    fn is_elsewhere(self) -> bool {
        self.feed.with_list(|list| list.is_some_and(|list| list.beyond().is_some()))
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
}
