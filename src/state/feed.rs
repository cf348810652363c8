//! The calls of the present filter: asked for page by page, in both directions, the latest question winning.

pub mod folds;
pub mod list;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{CallId, CallPage, CallSummary, Cursor, LogQuery, Notice, Timestamp};

use self::list::CallList;
use super::again::Again;
use crate::api::ApiError;
use crate::api::calls::{self, Place};
use crate::browser::fetch::Abort;
use crate::browser::zone::ZoneChoice;
use crate::browser::{clock, zone};

/// What the list shows as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has come yet.
    First,
    /// The rows are those of the filter.
    Ready,
    /// The rows are those of the filter before; the answer is on its way.
    Reloading,
    /// The server is away: the rows are those of the filter before, and it is asked again.
    Away,
    /// The filter's calls could not be had.
    Failed(ApiError),
}

/// An end of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// More can be asked for, or there is no more.
    Resting,
    /// More is on its way.
    Loading,
    /// More could not be had.
    Failed(ApiError),
}

/// An end of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards now.
    Newer,
    /// Into the past.
    Older,
}

/// The calls of the present filter.
#[derive(Clone, Copy)]
pub struct CallFeed {
    query: Memo<LogQuery>,
    list: RwSignal<Option<CallList>>,
    /// Counts the answers to new filters: a table then begins at the top.
    answered: RwSignal<u32>,
    phase: RwSignal<Phase>,
    older: RwSignal<End>,
    newer: RwSignal<End>,
    notices: RwSignal<Vec<Notice>>,
    /// The place beside the newest call of the answer, up to which every call is known.
    newest: StoredValue<Option<Cursor>>,
    /// Counts the questions for new filters: late answers to earlier ones are dropped.
    asked: StoredValue<u32>,
    asking: StoredValue<Option<Abort>, LocalStorage>,
    again: Again,
    on_refused: Callback<ApiError>,
}

impl CallFeed {
    /// Asks for the calls of a filter, and again whenever it changes.
    pub fn new(
        query: Memo<LogQuery>,
        // Told of answers that say that this person may not ask.
        on_refused: Callback<ApiError>,
    ) -> Self {
        let feed = Self {
            query,
            list: RwSignal::new(None),
            answered: RwSignal::new(0),
            phase: RwSignal::new(Phase::First),
            older: RwSignal::new(End::Resting),
            newer: RwSignal::new(End::Resting),
            notices: RwSignal::new(Vec::new()),
            newest: StoredValue::new(None),
            asked: StoredValue::new(0),
            asking: StoredValue::new_local(None),
            again: Again::new(),
            on_refused,
        };
        feed.follow_the_zone();
        on_cleanup(move || feed.take_back());
        feed
    }

    /// Looks at the calls held, if any have come.
    pub fn with_list<T>(self, look: impl FnOnce(Option<&CallList>) -> T) -> T {
        self.list.with(|list| look(list.as_ref()))
    }

    /// The present filter, as it is asked for.
    pub fn query(self) -> Memo<LogQuery> {
        self.query
    }

    /// What the list shows as a whole.
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Counts the answers to new filters.
    pub fn answered(self) -> u32 {
        self.answered.get()
    }

    /// How an end of the list is.
    pub fn end(self, direction: Direction) -> End {
        self.end_signal(direction).get()
    }

    /// What the reader should know about the answer.
    pub fn notices(self) -> Vec<Notice> {
        self.notices.get()
    }

    /// A call that is held.
    pub fn call(self, id: CallId) -> Option<Arc<CallSummary>> {
        self.list
            .with(|list| list.as_ref()?.iter().find(|listed| listed.call.id == id).map(|listed| listed.call.clone()))
    }

    /// The call next to a call.
    pub fn neighbour(self, id: CallId, direction: Direction) -> Option<CallId> {
        self.list.with(|list| {
            let list = list.as_ref()?;
            let index = list.index_of(id)?;
            let index = match direction {
                Direction::Newer => index.checked_sub(1)?,
                Direction::Older => index + 1,
            };
            list.get(index).map(|listed| listed.call.id)
        })
    }

    /// Asks for the calls of the present filter; the rows of the filter before stay until the answer.
    pub fn reload(self) {
        self.again.rest();
        let has_rows = self.list.with_untracked(Option::is_some)
            && self.phase.with_untracked(|phase| !matches!(phase, Phase::Failed(_)));
        self.phase.set(if has_rows { Phase::Reloading } else { Phase::First });
        self.ask();
    }

    /// Asks once more where the server was away; what is said of that stays until the answer.
    pub fn try_again(self) {
        if self.phase.with_untracked(|phase| matches!(phase, Phase::Away | Phase::Failed(_))) {
            self.ask();
        }
    }

    fn ask(self) {
        self.take_back();
        let number = self.next_question();
        let abort = Abort::new();
        self.asking.set_value(abort.clone());
        self.older.set(End::Resting);
        self.newer.set(End::Resting);
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = calls::page(&query, Place::Newest, abort.as_ref()).await;
            if !self.is_latest(number) {
                return;
            }
            match answer {
                Ok(page) => self.begin(page),
                Err(ApiError::Aborted) => {}
                Err(error) => self.refuse(error, |error| self.fail(error)),
            }
        });
    }

    /// Rows that are there stay while the server is away.
    fn fail(self, error: ApiError) {
        let is_away = error.is_away();
        let has_rows = self.phase.with_untracked(|phase| matches!(phase, Phase::Reloading | Phase::Away));
        self.phase.set(if is_away && has_rows { Phase::Away } else { Phase::Failed(error) });
        if is_away {
            self.again.later(move || self.try_again());
        }
    }

    /// Enters the list at a time, with about so many calls newer than it: from there it goes on in both directions. Tells
    /// whether there are calls so old; where there are none, the list stays as it is.
    pub fn go_to(self, time: Timestamp, beyond: usize, on_answer: impl FnOnce(bool) + 'static) {
        self.take_back();
        let number = self.next_question();
        let abort = Abort::new();
        self.asking.set_value(abort.clone());
        let query = self.query.get_untracked();
        // The place just newer than any call of that moment.
        let cursor = Cursor::new(&query, time, CallId::from_u128(u128::MAX));
        spawn_local(async move {
            let answer = calls::page(&query, Place::Before(cursor), abort.as_ref()).await;
            if !self.is_latest(number) {
                return;
            }
            match answer {
                Ok(page) if page.items.is_empty() && page.before.is_none() => on_answer(false),
                Ok(page) => {
                    let zone = clock::zone_now();
                    self.show(CallList::from_time(page, beyond.max(1), |time| zone.day_number(time)));
                    on_answer(true);
                }
                Err(ApiError::Aborted) => {}
                Err(error) => self.refuse(error, |error| self.fail(error)),
            }
        });
    }

    /// Asks for more calls at an end, if there are any and none are on their way.
    pub fn extend(self, direction: Direction) {
        let cursor = self.list.with_untracked(|list| match direction {
            Direction::Older => list.as_ref()?.older(),
            Direction::Newer => list.as_ref()?.newer(),
        });
        let end = self.end_signal(direction);
        let is_free =
            end.with_untracked(|end| *end == End::Resting) && self.phase.with_untracked(|phase| *phase == Phase::Ready);
        let (Some(cursor), true) = (cursor, is_free) else {
            return;
        };
        end.set(End::Loading);
        let number = self.asked.get_value();
        let abort = self.asking.with_value(Clone::clone);
        let query = self.query.get_untracked();
        let place = match direction {
            Direction::Older => Place::Before(cursor),
            Direction::Newer => Place::After(cursor),
        };
        spawn_local(async move {
            let answer = calls::page(&query, place, abort.as_ref()).await;
            if !self.is_latest(number) {
                return;
            }
            match answer {
                Ok(page) => {
                    end.set(End::Resting);
                    self.again.rest();
                    self.add(page, direction);
                }
                Err(ApiError::Aborted) => end.set(End::Resting),
                Err(error) => self.refuse(error, |error| {
                    if error.is_away() {
                        self.again.later(move || self.retry(direction));
                    }
                    end.set(End::Failed(error));
                }),
            }
        });
    }

    /// Tries an end once more.
    pub fn retry(self, direction: Direction) {
        self.end_signal(direction).set(End::Resting);
        self.extend(direction);
    }

    /// The place beside the newest call of the answer, up to which every call is known.
    pub fn newest(self) -> Option<Cursor> {
        self.newest.get_value()
    }

    /// Adds calls that have come in. Where that cannot be, everything is asked for anew.
    pub fn take(self, calls: Vec<CallSummary>) {
        let zone = clock::zone_now();
        let query = self.query.get_untracked();
        let is_taken = self.list.try_update(|list| {
            list.as_mut().is_some_and(|list| list.take(calls, &query, |time| zone.day_number(time)))
        });
        if is_taken == Some(false) {
            self.reload();
        }
    }

    /// Takes what has come in before somebody watched: the calls of the newest page that are not here yet.
    pub fn catch_up(self) {
        let number = self.asked.get_value();
        let abort = self.asking.with_value(Clone::clone);
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = calls::page(&query, Place::Newest, abort.as_ref()).await;
            if let (Ok(page), true) = (answer, self.is_latest(number)) {
                self.take(page.items);
            }
        });
    }

    fn follow_the_zone(self) {
        Effect::new(move |before: Option<ZoneChoice>| {
            let choice = zone::choice();
            if before.is_some_and(|before| before != choice) {
                self.list.update(|list| {
                    if let Some(list) = list {
                        list.regroup(|time| choice.zone().day_number(time));
                    }
                });
            }
            choice
        });
    }

    fn begin(self, page: CallPage) {
        self.again.rest();
        self.newest.set_value(page.after);
        self.notices.set(page.notices.clone());
        let zone = clock::zone_now();
        self.show(CallList::new(page, |time| zone.day_number(time)));
    }

    fn show(self, list: CallList) {
        self.list.set(Some(list));
        self.older.set(End::Resting);
        self.newer.set(End::Resting);
        self.phase.set(Phase::Ready);
        self.answered.update(|answered| *answered = answered.wrapping_add(1));
        self.seek();
    }

    fn add(self, page: CallPage, direction: Direction) {
        self.notices.set(page.notices.clone());
        let zone = clock::zone_now();
        let day_of = |time| zone.day_number(time);
        self.list.update(|list| {
            if let Some(list) = list {
                match direction {
                    Direction::Older => list.push_older(page, day_of),
                    Direction::Newer => list.push_newer(page, day_of),
                }
            }
        });
        self.seek();
    }

    /// A search that ran out of its time slice before its first find goes on by itself.
    fn seek(self) {
        if self.list.with_untracked(|list| list.as_ref().is_some_and(|list| list.is_empty() && list.older().is_some()))
        {
            self.extend(Direction::Older);
        }
    }

    /// Every failure is handled once: where the calls would stand, or by whoever knows who is signed in.
    fn refuse(self, error: ApiError, show: impl FnOnce(ApiError)) {
        if matches!(error, ApiError::NotSignedIn | ApiError::Forbidden(_)) {
            self.on_refused.run(error);
        } else {
            show(error);
        }
    }

    fn next_question(self) -> u32 {
        let number = self.asked.with_value(|asked| asked.wrapping_add(1));
        self.asked.set_value(number);
        number
    }

    fn is_latest(self, number: u32) -> bool {
        self.asked.try_get_value() == Some(number)
    }

    fn take_back(self) {
        if let Some(Some(abort)) = self.asking.try_update_value(Option::take) {
            abort.abort();
        }
    }

    fn end_signal(self, direction: Direction) -> RwSignal<End> {
        match direction {
            Direction::Newer => self.newer,
            Direction::Older => self.older,
        }
    }
}
