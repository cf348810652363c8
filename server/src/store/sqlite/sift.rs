//! Going through the calls of a part of a file, run by run, for answers that count.

use std::time::Duration;

use super::candidates::Candidates;
use super::columns::{Column, Run, row_at};
use super::filter::{FileFilter, Misses};
use super::question::{Part, Question};
use super::reader::Reader;
use super::row::rows_between;
use super::runs::{self, RunPlace};
use super::text::holds;
use crate::store::StoreError;

/// Room to work in, kept between runs.
#[derive(Default)]
pub struct Room {
    values: Vec<u32>,
    times: Vec<u32>,
    misses: Vec<Misses>,
}

impl Room {
    /// What each call of a run misses, by its numbers alone.
    pub fn misses(&mut self, run: &Run<'_>, place: RunPlace, part: &Part, filter: &FileFilter) -> &mut [Misses] {
        filter.misses(run, &mut self.values, &mut self.misses);
        let (from, to) = part.times();
        if place.first_time < from || place.last_time > to {
            run.unpack(Column::Time, &mut self.times);
            for (misses, time) in self.misses.iter_mut().zip(&self.times) {
                if !(from..=to).contains(time) {
                    *misses = misses.and(Misses::HIDDEN);
                }
            }
        }
        &mut self.misses
    }
}

/// Shows `visit` the runs of a part with what each call misses; a call without the words that are searched for is
/// hidden. Only calls that `counts` are looked at for words. Says whether it came to the end within `slice`.
pub fn sift(
    question: &Question,
    reader: &Reader,
    part: &Part,
    slice: Duration,
    counts: impl Fn(Misses) -> bool,
    mut visit: impl FnMut(&Run<'_>, &[Misses]),
) -> Result<bool, StoreError> {
    let filter = FileFilter::new(question, reader)?;
    let slot = question.scope.slot();
    let mut room = Room::default();
    let mut places = runs::places(&reader.connection, slot, part)?;
    if question.needles.is_none() {
        for place in places {
            if question.deadline.has_lasted(slice) {
                return Ok(false);
            }
            runs::visit(&reader.connection, place, |run| {
                visit(run, room.misses(run, place, part, &filter));
                Ok(())
            })?;
        }
        return Ok(true);
    }
    // From the newest run to the oldest, as the candidates come.
    places.sort_by_key(|place| std::cmp::Reverse(place.last_time));
    let mut sequences = Vec::new();
    Candidates::over(question, reader, part, true, |candidates| {
        for place in places {
            let (first, last) = rows_between(slot, place.first_time, place.last_time);
            candidates.reach(first)?;
            if !candidates.has_between(first, last) {
                continue;
            }
            let is_whole = runs::visit(&reader.connection, place, |run| {
                room.misses(run, place, part, &filter);
                run.unpack(Column::Time, &mut room.times);
                run.unpack(Column::Sequence, &mut sequences);
                let mut is_whole = true;
                for ((misses, time), sequence) in room.misses.iter_mut().zip(&room.times).zip(&sequences) {
                    if !counts(*misses) {
                        continue;
                    }
                    is_whole = is_whole && !question.deadline.has_lasted(slice);
                    let row = row_at(slot, *time, *sequence);
                    if !is_whole || !candidates.contains(row) || !holds(question, reader, row)? {
                        *misses = misses.and(Misses::HIDDEN);
                    }
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
