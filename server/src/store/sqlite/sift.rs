//! Going through the calls of a part of a file, run by run, for answers that count.

use std::time::Duration;

use super::candidates::Candidates;
use super::columns::{Column, Run, row_at};
use super::filter::{FileFilter, Misses, Room};
use super::question::{Part, Question};
use super::reader::Reader;
use super::row::rows_between;
use super::runs;
use super::text::passes_search;
use crate::store::StoreError;

/// Reads calls to see whether they pass the search, as long as there is time for it; of the others the same share is
/// then taken to pass.
pub struct Checks {
    until: Duration,
    checked: u64,
    passed: u64,
    /// Whether there was no time to read every call.
    pub has_estimated: bool,
}

impl Checks {
    /// Reads every call.
    pub const fn of_all() -> Self {
        Self { until: Duration::MAX, checked: 0, passed: 0, has_estimated: false }
    }

    /// Reads calls as long as counting may read them.
    pub fn for_counts(question: &Question) -> Self {
        let patience = question.deadline.patience;
        let until = if question.lookup.is_some() { patience.reading_named } else { patience.reading };
        Self { until, ..Self::of_all() }
    }

    fn pass(&mut self, question: &Question, reader: &Reader, row: i64) -> Result<bool, StoreError> {
        if !question.deadline.has_lasted(self.until) {
            let passes = passes_search(question, reader, row)?;
            self.checked += 1;
            self.passed += u64::from(passes);
            return Ok(passes);
        }
        self.has_estimated = true;
        // The same calls every time, and of any run of them nearly the share.
        let place = row.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        Ok(place * self.checked < self.passed << 24)
    }
}

/// Shows `visit` the runs of a part with what each call misses; a call that does not pass the search is
/// hidden. Only calls that `counts` are read for it. Says whether it came to the end within `slice`.
pub fn sift(
    question: &Question,
    reader: &Reader,
    part: &Part,
    slice: Duration,
    checks: &mut Checks,
    counts: impl Fn(Misses) -> bool,
    mut visit: impl FnMut(&Run<'_>, &[Misses]),
) -> Result<bool, StoreError> {
    let filter = FileFilter::new(question, reader)?;
    let slot = question.scope.slot();
    let mut room = Room::default();
    let mut places = runs::places(&reader.connection, slot, part)?;
    if question.lookup.is_none() && filter.is_decided_by_numbers() {
        for place in places {
            if question.deadline.has_lasted(slice) {
                return Ok(false);
            }
            runs::visit(&reader.connection, place, |run| {
                filter.judge(run, part, place, &mut room);
                visit(run, &room.misses);
                Ok(())
            })?;
        }
        return Ok(true);
    }
    // From the newest run to the oldest, as the candidates come.
    places.sort_by_key(|place| std::cmp::Reverse(place.last_time));
    let (mut times, mut sequences) = (Vec::new(), Vec::new());
    Candidates::over(question, reader, part, true, |candidates| {
        for place in places {
            let (first, last) = rows_between(slot, place.first_time, place.last_time);
            candidates.reach(first)?;
            if !candidates.has_between(first, last) {
                continue;
            }
            let is_whole = runs::visit(&reader.connection, place, |run| {
                filter.judge(run, part, place, &mut room);
                run.unpack(Column::Time, &mut times);
                run.unpack(Column::Sequence, &mut sequences);
                let mut is_whole = true;
                let rows = times.iter().zip(&sequences).map(|(time, sequence)| row_at(slot, *time, *sequence));
                let Room { misses, is_unsure, .. } = &mut room;
                for ((misses, is_unsure), row) in misses.iter_mut().zip(is_unsure.iter()).zip(rows) {
                    if !counts(*misses) {
                        continue;
                    }
                    is_whole = is_whole && !question.deadline.has_lasted(slice);
                    let passes =
                        is_whole && candidates.contains(row) && (!is_unsure || checks.pass(question, reader, row)?);
                    *misses = misses.and(Misses::HIDDEN.unless(passes));
                }
                visit(run, &room.misses);
                Ok(is_whole)
            })?;
            if !is_whole {
                return Ok(false);
            }
        }
        Ok(true)
    })
}
