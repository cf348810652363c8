//! The rows of the list: one for each call, or one for a run of calls that are alike. Pure.
//!
//! Alike is what a row could not tell apart but by its time and how long it took: the same bot, place, end user,
//! application, request and answer. So an error never hides among successes, and one row tells the truth about all of
//! its calls. Scripts are never folded: what they did is in variables that the list does not hold.

use model::{CallId, CallSummary};

use super::list::{CallList, ListedCall};

/// Fewer are not worth a fold.
pub const FEWEST: usize = 3;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The index of its first call among those held: the one that it shows and opens.
    pub first: usize,
    /// How many calls it stands for.
    pub calls: usize,
    /// How many calls are alike here, in as many rows as are open.
    pub run: usize,
    /// Whether the run begins here.
    pub is_head: bool,
}

impl Row {
    /// Whether it stands for more than one call.
    pub const fn is_folded(self) -> bool {
        self.calls > 1
    }
}

/// The rows of a list, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(Vec<Row>);

impl Rows {
    /// The rows of a list. A run stays open that holds one of the calls that were opened.
    pub fn of(list: &CallList, is_folding: bool, opened: &[CallId]) -> Self {
        let calls: Vec<_> = list.iter().collect();
        let mut rows = Vec::with_capacity(calls.len());
        for run in calls.chunk_by(|one, next| is_folding && are_alike(one, next)) {
            let first = rows.last().map_or(0, |row: &Row| row.first + row.calls);
            let alike = if run.len() < FEWEST { 1 } else { run.len() };
            if alike > 1 && !run.iter().any(|listed| opened.contains(&listed.call.id)) {
                rows.push(Row { first, calls: alike, run: alike, is_head: true });
            } else {
                let row = |nth| Row { first: first + nth, calls: 1, run: alike, is_head: alike == 1 || nth == 0 };
                rows.extend((0..run.len()).map(row));
            }
        }
        Self(rows)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A row.
    pub fn get(&self, row: usize) -> Option<Row> {
        self.0.get(row).copied()
    }

    /// The row that a call is in, by the call's index among those held.
    pub fn row_of(&self, call: usize) -> usize {
        self.0.partition_point(|row| row.first <= call).saturating_sub(1)
    }
}

fn are_alike(one: &ListedCall, next: &ListedCall) -> bool {
    let (day, next_day) = (one.day, next.day);
    let (one, next): (&CallSummary, &CallSummary) = (&one.call, &next.call);
    // A URL that was cut may go on differently.
    let is_whole = one.url.as_ref().is_some_and(|url| url.len() < CallSummary::SHOWN_CHARACTERS);
    day == next_day
        && !one.is_script
        && !next.is_script
        && is_whole
        && one.status == next.status
        && one.outcome == next.outcome
        && one.url == next.url
        && one.method == next.method
        && one.failure == next.failure
        && one.application == next.application
        && one.source == next.source
        && one.bot == next.bot
        && one.user == next.user
}

#[cfg(test)]
mod tests;
