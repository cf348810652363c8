//! The calls that are held, newest first: pages at both ends come and go, so that memory stays bounded however far the
//! reader scrolls. Pure.

use std::collections::VecDeque;
use std::sync::Arc;

use model::{CallId, CallPage, CallSummary, Cursor, LogQuery, Timestamp, Total};

use crate::api::calls::PAGE_SIZE;

/// Rows held at most; beyond it the far end is let go and asked for again when it is needed.
pub const MAX_CALLS: usize = 2_000;

/// Calls of one stretch at most, where they came in one by one.
const LONGEST_STRETCH: usize = 200;

/// A call with the reader's day it was made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCall {
    /// The row.
    pub call: Arc<CallSummary>,
    /// The day, counted; calls of one day stand under one heading.
    pub day: i32,
}

/// Pages as they were answered, which is how they are let go.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    calls: Arc<[ListedCall]>,
    before: Option<Cursor>,
    after: Option<Cursor>,
}

/// What was let go at the newer end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Calls.
    pub calls: usize,
    /// Day headings among them.
    pub headings: usize,
    /// The day of the last of them.
    last_day: Option<i32>,
}

/// The calls that are held of one query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallList {
    stretches: VecDeque<Stretch>,
    ahead: Ahead,
    /// Where the list was entered at a time: about how many calls are newer than any that was ever held.
    beyond: Option<usize>,
    total: Total,
}

impl CallList {
    /// An answer to a new query.
    pub fn new(page: CallPage, day_of: impl Fn(Timestamp) -> i32) -> Self {
        let total = page.total;
        Self { stretches: VecDeque::from([Stretch::new(page, day_of)]), ahead: Ahead::default(), beyond: None, total }
    }

    /// An answer that begins at a time, with about so many calls newer than it.
    pub fn from_time(page: CallPage, beyond: usize, day_of: impl Fn(Timestamp) -> i32) -> Self {
        Self { beyond: Some(beyond), ..Self::new(page, day_of) }
    }

    /// How many calls are held.
    pub fn len(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.calls.len()).sum()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many calls the query finds.
    pub fn total(&self) -> Total {
        self.total
    }

    /// What was let go at the newer end.
    pub fn ahead(&self) -> Ahead {
        self.ahead
    }

    /// About how many calls are newer than any that was ever held; `None` where the list began with the newest.
    pub fn beyond(&self) -> Option<usize> {
        self.beyond
    }

    /// How many calls of the query are newer than the first one held.
    pub fn before_first(&self) -> usize {
        self.ahead.calls + self.beyond.unwrap_or_default()
    }

    /// The calls held, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &ListedCall> {
        self.stretches.iter().flat_map(|stretch| stretch.calls.iter())
    }

    /// The call at an index among those held.
    pub fn get(&self, index: usize) -> Option<&ListedCall> {
        let mut index = index;
        for stretch in &self.stretches {
            match stretch.calls.get(index) {
                Some(call) => return Some(call),
                None => index -= stretch.calls.len(),
            }
        }
        None
    }

    /// The index of a call among those held.
    pub fn index_of(&self, id: CallId) -> Option<usize> {
        self.iter().position(|listed| listed.call.id == id)
    }

    /// The calls under a heading of their own: those before which a new day begins.
    pub fn headings(&self) -> Vec<usize> {
        let mut day = self.ahead.last_day;
        let mut headings = Vec::new();
        for (index, listed) in self.iter().enumerate() {
            if day != Some(listed.day) {
                headings.push(index);
                day = Some(listed.day);
            }
        }
        headings
    }

    /// Where older calls are asked for; `None` when there are none.
    pub fn older(&self) -> Option<Cursor> {
        self.stretches.back().and_then(|stretch| stretch.before)
    }

    /// Where newer calls are asked for: those that were let go, or were never held; `None` where the newest is held.
    pub fn newer(&self) -> Option<Cursor> {
        if self.before_first() == 0 {
            return None;
        }
        self.stretches.iter().find(|stretch| !stretch.calls.is_empty()).and_then(|stretch| stretch.after)
    }

    /// Adds the page of older calls that was asked for with [`CallList::older`].
    pub fn push_older(&mut self, page: CallPage, day_of: impl Fn(Timestamp) -> i32) {
        self.learn_total(page.total);
        // An empty page only moves the cursor on: the search ran out of its time slice without a find.
        if self.stretches.back().is_some_and(|stretch| stretch.calls.is_empty()) {
            self.stretches.pop_back();
        }
        self.stretches.push_back(Stretch::new(page, day_of));
        while self.len() > MAX_CALLS && self.stretches.len() > 1 {
            let headings = self.headings();
            if let Some(gone) = self.stretches.pop_front() {
                self.ahead.calls += gone.calls.len();
                self.ahead.headings += headings.iter().filter(|index| **index < gone.calls.len()).count();
                self.ahead.last_day = gone.calls.last().map(|listed| listed.day).or(self.ahead.last_day);
            }
        }
    }

    /// Adds the page of newer calls that was asked for with [`CallList::newer`].
    pub fn push_newer(&mut self, page: CallPage, day_of: impl Fn(Timestamp) -> i32) {
        self.learn_total(page.total);
        let may_be_more = !page.items.is_empty() && (page.partial || page.items.len() >= PAGE_SIZE);
        let stretch = Stretch::new(page, day_of);
        let never_held = stretch.calls.len().saturating_sub(self.ahead.calls);
        // How many they are was a guess: only an answer that is not full says that there are no more.
        self.beyond = self.beyond.filter(|_| may_be_more).map(|beyond| beyond.saturating_sub(never_held).max(1));
        self.ahead.calls = self.ahead.calls.saturating_sub(stretch.calls.len());
        if stretch.calls.is_empty() || self.ahead.calls == 0 {
            self.ahead = Ahead::default();
        } else {
            // The day that the page's first call continues is known only with the page before it; the list then moves by
            // one heading, which the table levels out.
            self.ahead.last_day = stretch.calls.first().map(|listed| listed.day);
            let days = stretch.calls.chunk_by(|one, next| one.day == next.day).count();
            self.ahead.headings = self.ahead.headings.saturating_sub(days - 1);
        }
        if !stretch.calls.is_empty() {
            self.stretches.push_front(stretch);
        }
        while self.len() > MAX_CALLS && self.stretches.len() > 1 {
            self.stretches.pop_back();
        }
    }

    /// Adds calls that have come in, each in its place; one that is held already is left out, and one beyond the oldest
    /// held to the page it belongs on. Whether it could be done: not while the newest calls are let go.
    pub fn take(&mut self, calls: Vec<CallSummary>, query: &LogQuery, day_of: impl Fn(Timestamp) -> i32) -> bool {
        if self.before_first() > 0 {
            return false;
        }
        let oldest = self.older().map(|cursor| (cursor.timestamp, cursor.id));
        let mut added: Vec<Vec<ListedCall>> = self.stretches.iter().map(|_| Vec::new()).collect();
        for call in calls {
            let place = place_of(&call);
            let of = self
                .stretches
                .iter()
                .position(|stretch| stretch.calls.last().is_some_and(|last| place_of(&last.call) <= place));
            let stretch = of.unwrap_or(self.stretches.len().saturating_sub(1));
            let is_known = |listed: &ListedCall| listed.call.id == call.id;
            let is_held = self.stretches.get(stretch).is_some_and(|stretch| stretch.calls.iter().any(is_known));
            let Some(added) = added.get_mut(stretch).filter(|added| !is_held && !added.iter().any(is_known)) else {
                continue;
            };
            self.total.count += 1;
            if of.is_some() || oldest.is_none_or(|oldest| oldest <= place) {
                added.push(ListedCall { day: day_of(call.timestamp), call: Arc::new(call) });
            }
        }
        for (stretch, added) in self.stretches.iter_mut().zip(added) {
            if !added.is_empty() {
                stretch.take(added, query);
            }
        }
        self.cut_front(query);
        while self.len() > MAX_CALLS && self.stretches.len() > 1 {
            self.stretches.pop_back();
        }
        true
    }

    /// Stretches are let go as a whole, so that none may grow for ever.
    fn cut_front(&mut self, query: &LogQuery) {
        let Some(front) = self.stretches.front_mut().filter(|front| front.calls.len() > LONGEST_STRETCH) else {
            return;
        };
        let (newer, older) = front.calls.split_at(front.calls.len() / 2);
        let newer = Stretch {
            before: newer.last().map(|last| beside(query, &last.call)),
            after: front.after,
            calls: newer.into(),
        };
        let after = older.first().map(|first| beside(query, &first.call));
        *front = Stretch { calls: older.into(), after, ..front.clone() };
        self.stretches.push_front(newer);
    }

    /// Finds the days of all calls anew, in another zone.
    pub fn regroup(&mut self, day_of: impl Fn(Timestamp) -> i32) {
        for stretch in &mut self.stretches {
            let listed =
                |listed: &ListedCall| ListedCall { day: day_of(listed.call.timestamp), call: listed.call.clone() };
            stretch.calls = stretch.calls.iter().map(listed).collect();
        }
        // The headings of what was let go are counted anew when it comes back.
        self.ahead.last_day = None;
    }

    /// A count that reached the end stands above one that did not.
    fn learn_total(&mut self, total: Total) {
        if total.exact || (!self.total.exact && total.count > self.total.count) {
            self.total = total;
        }
    }
}

/// Where a call stands in the list: newer calls have larger places.
fn place_of(call: &CallSummary) -> (Timestamp, CallId) {
    (call.timestamp, call.id)
}

fn beside(query: &LogQuery, call: &CallSummary) -> Cursor {
    Cursor::new(query, call.timestamp, call.id)
}

impl Stretch {
    fn take(&mut self, added: Vec<ListedCall>, query: &LogQuery) {
        let mut calls = self.calls.to_vec();
        for listed in added {
            let place = place_of(&listed.call);
            // Nearly all come in at the top, so that this is cheaper than to sort, and a good deal less code.
            let index = calls.iter().position(|held| place_of(&held.call) < place).unwrap_or(calls.len());
            calls.insert(index, listed);
        }
        self.after = calls.first().map(|first| beside(query, &first.call));
        self.calls = calls.into();
    }

    fn new(page: CallPage, day_of: impl Fn(Timestamp) -> i32) -> Self {
        let listed = |call: CallSummary| ListedCall { day: day_of(call.timestamp), call: Arc::new(call) };
        Self { calls: page.items.into_iter().map(listed).collect(), before: page.before, after: page.after }
    }
}

#[cfg(test)]
mod tests;
