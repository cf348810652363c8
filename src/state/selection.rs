//! The open call and the row that was last looked at, and the ways from one to the next.

use std::time::Duration;

use leptos::prelude::*;
use model::CallId;

use super::feed::{CallFeed, Direction};
use super::url::UrlState;
use crate::browser::clock::Timer;
use crate::words;

/// A reader who runs down the list with a key opens the call they stop at.
const MOVING_PAUSE: Duration = Duration::from_millis(80);

/// The open call and the row that was last looked at.
#[derive(Clone, Copy)]
pub struct Selection {
    /// The row that was last looked at: the list's one tab stop.
    pub active: RwSignal<Option<CallId>>,
    /// Puts the focus on a row; filled in by the list while there is one.
    pub focus: RwSignal<Option<Callback<CallId>>>,
    url: UrlState,
    feed: CallFeed,
    moving: Timer,
}

impl Selection {
    /// The selection among the calls of a feed; the address says which call is open.
    pub fn new(url: UrlState, feed: CallFeed) -> Self {
        let active = RwSignal::new(url.call().get_untracked());
        Self { active, focus: RwSignal::new(None), url, feed, moving: Timer::new() }
    }

    /// Whether a call is open.
    pub fn is_open(self) -> bool {
        self.url.call().get_untracked().is_some()
    }

    /// Opens a call.
    pub fn open(self, id: CallId) {
        self.moving.clear();
        self.active.set(Some(id));
        self.url.open(id);
    }

    /// Closes the open call and goes back to its row.
    pub fn close(self) {
        self.moving.clear();
        let id = self.url.call().get_untracked();
        self.url.close();
        if let Some(id) = id {
            self.focus_row(id);
        }
    }

    /// The open call follows the row that a key led to.
    pub fn moved(self, id: CallId) {
        if self.is_open() {
            self.moving.set(MOVING_PAUSE, move || self.url.open(id));
        }
    }

    /// Opens the call next to the open one; at the end of what is held, more is asked for.
    pub fn step(self, direction: Direction) {
        if let Some(id) = untrack(|| self.neighbour(direction)) {
            self.open(id);
        }
        self.feed.extend(direction);
    }

    /// The call next to the open one.
    pub fn neighbour(self, direction: Direction) -> Option<CallId> {
        self.feed.neighbour(self.url.call().get()?, direction)
    }

    /// `Call 5 of 2,314`, where the list holds the open call.
    pub fn position(self) -> Option<String> {
        let id = self.url.call().get()?;
        self.feed.with_list(|list| {
            // After a jump to a time it is only about known how many are newer.
            let list = list.filter(|list| list.beyond().is_none())?;
            let place = u64::try_from(list.before_first() + list.index_of(id)? + 1).ok()?;
            let total = list.total();
            let words = if total.exact { words::detail::call_of } else { words::detail::call_of_at_least };
            Some(words(place, total.count))
        })
    }

    /// From outside the list into it: to the row last looked at, or the first.
    pub fn enter_list(self) {
        let held = self.active.get_untracked().filter(|id| untrack(|| self.feed.call(*id)).is_some());
        let first = || untrack(|| self.feed.with_list(|list| Some(list?.get(0)?.call.id)));
        if let Some(id) = held.or_else(first) {
            self.focus_row(id);
        }
    }

    fn focus_row(self, id: CallId) {
        if let Some(focus) = self.focus.get_untracked() {
            focus.run(id);
        }
    }
}
