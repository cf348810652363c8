//! The calls of one file on one side of a place, in order, until there are enough.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Found, Position, Towards, id_of};
use crate::store::StoreError;
use crate::store::sqlite::candidates::Candidates;
use crate::store::sqlite::columns::{Column, Record};
use crate::store::sqlite::filter::{FileFilter, Room};
use crate::store::sqlite::question::{Part, Question};
use crate::store::sqlite::reader::Reader;
use crate::store::sqlite::row::rows_between;
use crate::store::sqlite::runs::{self, RunPlace};
use crate::store::sqlite::text::passes_search;

/// What one file gave.
pub struct FromFile {
    pub found: Vec<Found>,
    /// How far the file was searched; `None` when to its end.
    pub reached: Option<Position>,
    pub ran_out_of_time: bool,
}

/// Searches one file.
pub fn search(
    question: &Question,
    reader: &Reader,
    part: &Part,
    towards: Towards,
    beside: Option<Position>,
    limit: usize,
) -> Result<FromFile, StoreError> {
    let is_beyond = |position: Position| match (towards, beside) {
        (_, None) => true,
        (Towards::Older, Some(beside)) => position < beside,
        (Towards::Newer, Some(beside)) => position > beside,
    };
    Candidates::over(question, reader, part, towards == Towards::Older, |candidates| {
        let mut walk = Walk::new(question, reader, part, towards)?;
        let mut found = Vec::new();
        while let Some(time) = walk.next_time(candidates)? {
            for Waiting { record, is_unsure, .. } in walk.calls_at(time) {
                let row = record.row(question.scope.slot());
                if !is_unsure || passes_search(question, reader, row)? {
                    let position = (part.key.start() + i64::from(time), id_of(&reader.connection, row)?);
                    if is_beyond(position) {
                        found.push(Found { position, part: *part, row, record });
                    }
                }
            }
            let is_full = found.len() > limit;
            if is_full || question.deadline.has_lasted(question.deadline.patience.page) {
                let millis = part.key.start() + i64::from(time);
                let reached = if towards == Towards::Older { (millis, [0; 16]) } else { (millis, [0xff; 16]) };
                return Ok(FromFile { found, reached: Some(reached), ran_out_of_time: !is_full });
            }
        }
        Ok(FromFile { found, reached: None, ran_out_of_time: false })
    })
}

/// Calls that pass by their numbers, moment by moment.
///
/// Runs overlap in time, so a run is opened as soon as it can hold the next moment, and its calls wait in a heap.
struct Walk<'q> {
    question: &'q Question,
    reader: &'q Reader,
    part: &'q Part,
    towards: Towards,
    filter: FileFilter,
    room: Room,
    /// Runs not opened yet, the next one last.
    unopened: Vec<RunPlace>,
    waiting: BinaryHeap<Waiting>,
}

/// A call in the heap: by its time, first what comes first on the way.
struct Waiting {
    order: i64,
    record: Record,
    /// Whether only the call itself tells whether it passes the search.
    is_unsure: bool,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order.cmp(&other.order)
    }
}

impl<'q> Walk<'q> {
    fn new(question: &'q Question, reader: &'q Reader, part: &'q Part, towards: Towards) -> Result<Self, StoreError> {
        let mut unopened = runs::places(&reader.connection, question.scope.slot(), part)?;
        match towards {
            Towards::Older => unopened.sort_by_key(|place| place.last_time),
            Towards::Newer => unopened.sort_by_key(|place| Reverse(place.first_time)),
        }
        Ok(Self {
            question,
            reader,
            part,
            towards,
            filter: FileFilter::new(question, reader)?,
            room: Room::default(),
            unopened,
            waiting: BinaryHeap::new(),
        })
    }

    fn order(&self, time: u32) -> i64 {
        if self.towards == Towards::Older { i64::from(time) } else { -i64::from(time) }
    }

    /// The next moment at which there are calls that pass.
    fn next_time(&mut self, candidates: &mut Candidates<'_>) -> Result<Option<u32>, StoreError> {
        while let Some(place) = self.unopened.last().copied() {
            let edge = if self.towards == Towards::Older { place.last_time } else { place.first_time };
            if self.waiting.peek().is_some_and(|first| first.order > self.order(edge)) {
                break;
            }
            self.unopened.pop();
            self.open(place, candidates)?;
        }
        Ok(self.waiting.peek().map(|first| first.record.get(Column::Time)))
    }

    fn open(&mut self, place: RunPlace, candidates: &mut Candidates<'_>) -> Result<(), StoreError> {
        let slot = self.question.scope.slot();
        let (first, last) = rows_between(slot, place.first_time, place.last_time);
        candidates.reach(if self.towards == Towards::Older { first } else { last })?;
        if !candidates.has_between(first, last) {
            return Ok(());
        }
        runs::visit(&self.reader.connection, place, |run| {
            self.filter.judge(run, self.part, place, &mut self.room);
            let passing = self.room.misses.iter().enumerate().filter(|(_, misses)| misses.is_none());
            for (index, _) in passing {
                let record = run.record(index);
                if candidates.contains(record.row(slot)) {
                    let time = i64::from(record.get(Column::Time));
                    let order = if self.towards == Towards::Older { time } else { -time };
                    let is_unsure = self.room.is_unsure.get(index).copied().unwrap_or_default();
                    self.waiting.push(Waiting { order, record, is_unsure });
                }
            }
            Ok(())
        })
    }

    /// Takes the calls of the next moment.
    fn calls_at(&mut self, time: u32) -> Vec<Waiting> {
        let mut calls = Vec::new();
        while let Some(first) = self.waiting.peek_mut() {
            if first.record.get(Column::Time) != time {
                break;
            }
            calls.push(std::collections::binary_heap::PeekMut::pop(first));
        }
        calls
    }
}
