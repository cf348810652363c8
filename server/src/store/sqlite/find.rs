//! Calls themselves: a page of them, or one.
//!
//! Without text a page walks the index of times and stops as soon as it is full. With text it walks the candidates of
//! the text index bucket by bucket, which are nearly in order of time, and reads each candidate to be sure.

use std::time::Duration;

use model::{CallId, CallPage, Cursor, Timestamp, Total};
use rusqlite::{Connection, OptionalExtension, params};

use super::filter::{Columns, FileFilter};
use super::prepared::decompress;
use super::question::{Gaps, Part, Question};
use super::reader::Reader;
use super::row::{BUCKET_MILLIS, bucket_of_row, rows_between};
use super::summary::summarise;
use super::text::Needles;
use crate::store::{Place, StoreError, StoredCall};

/// After this long a page is answered with what was found, and a cursor to look on from.
const PAGE_SLICE: Duration = Duration::from_millis(400);
/// Counting stops after this long.
const COUNT_SLICE: Duration = Duration::from_millis(600);
/// Counting stops at this many.
const MAX_COUNT: u64 = 10_000;

/// A place in the list: beside the call with this time and id.
type Position = (i64, [u8; 16]);

/// A call found, not yet read.
struct Found {
    position: Position,
    part: Part,
    row: i64,
}

/// What one file gave.
struct FromFile {
    found: Vec<Found>,
    /// How far the file was searched; `None` when to its end.
    reached: Option<Position>,
    ran_out_of_time: bool,
}

/// Which way a page looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Towards {
    Older,
    Newer,
}

/// One page of calls.
pub fn page(question: &Question, place: Place, limit: usize) -> Result<CallPage, StoreError> {
    let (towards, beside) = match place {
        Place::Newest => (Towards::Older, None),
        Place::Before(cursor) => (Towards::Older, Some(position_of(cursor))),
        Place::After(cursor) => (Towards::Newer, Some(position_of(cursor))),
    };
    let mut gaps = Gaps::default();
    let mut parts = question.parts_with_answers()?;
    if towards == Towards::Newer {
        parts.reverse();
    }
    let mut found: Vec<Found> = Vec::new();
    let mut reached = None;
    for day in parts.chunk_by(|one, other| one.key.day == other.key.day) {
        let mut of_day = Vec::new();
        for part in day {
            let Some(narrowed) = narrow(*part, towards, beside) else { continue };
            let answer = question.read(part.key, |reader| search(question, reader, narrowed, towards, beside, limit));
            if let Some(from_file) = gaps.pass(part.key, answer)? {
                of_day.extend(from_file.found);
                reached = nearer(towards, reached, from_file.reached);
                if from_file.ran_out_of_time {
                    gaps.ran_out_of_time();
                }
            }
        }
        // Beyond the point that one file did not reach, the other file's calls would leave holes.
        of_day.retain(|call| reached.is_none_or(|reached| is_before(towards, call.position, reached)));
        of_day.sort_unstable_by(|one, other| match towards {
            Towards::Older => other.position.cmp(&one.position),
            Towards::Newer => one.position.cmp(&other.position),
        });
        found.extend(of_day);
        if found.len() > limit || reached.is_some() {
            break;
        }
    }
    let has_more = found.len() > limit || reached.is_some();
    let is_full = found.len() > limit;
    found.truncate(limit);
    let end = if is_full { found.last().map(|call| call.position) } else { reached };
    let end = end.filter(|_| has_more);
    if towards == Towards::Newer {
        found.reverse();
    }
    let items = summaries(question, &found, &mut gaps)?;
    let cursor = |position: Position| {
        Cursor::new(&question.query, Timestamp::from_millis(position.0), CallId::from_bytes(position.1))
    };
    let first = found.first().map(|call| call.position);
    let last = found.last().map(|call| call.position);
    let (before, after) = match towards {
        Towards::Older => (end, first.or(beside)),
        Towards::Newer => (last.or(beside), end.or(first).or(beside)),
    };
    let total = count(question, &mut gaps)?;
    let is_partial = gaps.is_partial();
    let mut notices = question.range_notices();
    notices.extend(gaps.notices());
    Ok(CallPage { items, before: before.map(cursor), after: after.map(cursor), total, partial: is_partial, notices })
}

fn position_of(cursor: Cursor) -> Position {
    (cursor.timestamp.millis(), cursor.id.to_bytes())
}

/// Whether a call comes before a point on the way.
fn is_before(towards: Towards, call: Position, point: Position) -> bool {
    match towards {
        Towards::Older => call >= point,
        Towards::Newer => call <= point,
    }
}

/// The point that is reached first on the way.
fn nearer(towards: Towards, one: Option<Position>, other: Option<Position>) -> Option<Position> {
    match (one, other) {
        (Some(one), Some(other)) if towards == Towards::Older => Some(one.max(other)),
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The times of a part that lie beyond the place; `None` when none do.
fn narrow(part: Part, towards: Towards, beside: Option<Position>) -> Option<Part> {
    let narrowed = match (towards, beside) {
        (_, None) => part,
        (Towards::Older, Some((ts, _))) => Part { to: part.to.min(ts.saturating_add(1)), ..part },
        (Towards::Newer, Some((ts, _))) => Part { from: part.from.max(ts), ..part },
    };
    (narrowed.from < narrowed.to).then_some(narrowed)
}

fn search(
    question: &Question,
    reader: &Reader,
    part: Part,
    towards: Towards,
    beside: Option<Position>,
    limit: usize,
) -> Result<FromFile, StoreError> {
    let filter = FileFilter::new(question, reader)?;
    let is_beyond = |position: Position| match (towards, beside) {
        (_, None) => true,
        (Towards::Older, Some(beside)) => position < beside,
        (Towards::Newer, Some(beside)) => position > beside,
    };
    match &question.needles {
        None => walk_times(question, reader, &filter, part, towards, is_beyond, limit),
        Some(needles) => walk_candidates(question, reader, &filter, needles, part, towards, is_beyond, limit),
    }
}

fn walk_times(
    question: &Question,
    reader: &Reader,
    filter: &FileFilter<'_>,
    part: Part,
    towards: Towards,
    is_beyond: impl Fn(Position) -> bool,
    limit: usize,
) -> Result<FromFile, StoreError> {
    let order = match towards {
        Towards::Older => "DESC",
        Towards::Newer => "ASC",
    };
    let sql = format!(
        "SELECT {}, call.id FROM call WHERE account = ?1 AND ts >= ?2 AND ts < ?3 ORDER BY ts {order}, id {order}",
        Columns::SELECTED
    );
    let mut statement = reader.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![question.scope.slot(), part.from, part.to])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let columns = Columns::read(row)?;
        if filter.misses(&columns).is_none_or(|misses| !misses.is_none()) {
            continue;
        }
        let position = (columns.ts, row.get(9)?);
        if is_beyond(position) {
            found.push(Found { position, part, row: columns.row });
            if found.len() > limit {
                return Ok(FromFile { found, reached: Some(position), ran_out_of_time: false });
            }
        }
    }
    Ok(FromFile { found, reached: None, ran_out_of_time: false })
}

#[expect(clippy::too_many_arguments, reason = "the two walks share what a search is made of")]
fn walk_candidates(
    question: &Question,
    reader: &Reader,
    filter: &FileFilter<'_>,
    needles: &Needles,
    part: Part,
    towards: Towards,
    is_beyond: impl Fn(Position) -> bool,
    limit: usize,
) -> Result<FromFile, StoreError> {
    let mut found: Vec<Found> = Vec::new();
    let mut bucket = None;
    let mut reached = None;
    for_each_candidate(question, reader, needles, part, Some(towards == Towards::Older), |columns, id| {
        let bucket_here = bucket_of_row(columns.row);
        if bucket.is_some_and(|bucket| bucket != bucket_here) {
            // A bucket is behind us, and with it everything up to its border.
            let ran_out = question.deadline.has_lasted(PAGE_SLICE);
            if found.len() > limit || ran_out {
                let bucket = bucket.unwrap_or(bucket_here);
                let start = part.key.start() + bucket * BUCKET_MILLIS;
                reached = Some(match towards {
                    Towards::Older => ((start, [0; 16]), ran_out && found.len() <= limit),
                    Towards::Newer => ((start + BUCKET_MILLIS - 1, [0xff; 16]), ran_out && found.len() <= limit),
                });
                return Ok(false);
            }
        }
        bucket = Some(bucket_here);
        let position = (columns.ts, *id);
        let passes = filter.misses(columns).is_some_and(super::filter::Misses::is_none);
        if passes && is_beyond(position) && holds_needles(reader, needles, columns.row)? {
            found.push(Found { position, part, row: columns.row });
        }
        Ok(true)
    })?;
    let (reached, ran_out_of_time) = reached.map_or((None, false), |(point, ran_out)| (Some(point), ran_out));
    Ok(FromFile { found, reached, ran_out_of_time })
}

/// Goes through the calls of a part that may hold the words: those the text index names, or all of them where the
/// words are too short for it. In order of rows where an order is asked for (`Some(true)`: falling). Ends when
/// `visit` says `false`.
pub fn for_each_candidate(
    question: &Question,
    reader: &Reader,
    needles: &Needles,
    part: Part,
    falling: Option<bool>,
    mut visit: impl FnMut(&Columns, &[u8; 16]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let (first, last) = rows_between(question.scope.slot(), part.key.start(), part.from, part.to - 1);
    let (by_text, order) = match (needles.lookup(), falling) {
        (Some(_), Some(true)) => (true, "ORDER BY text.rowid DESC"),
        (Some(_), _) => (true, "ORDER BY text.rowid"),
        (None, Some(true)) => (false, "ORDER BY call.row DESC"),
        (None, _) => (false, "ORDER BY call.row"),
    };
    // The text index drives: it understands the range of rows and the order, and ends early.
    let tables = if by_text {
        "text CROSS JOIN call ON call.row = text.rowid WHERE text MATCH ?5 AND text.rowid BETWEEN ?1 AND ?2"
    } else {
        "call WHERE call.row BETWEEN ?1 AND ?2"
    };
    let sql = format!("SELECT {}, call.id FROM {tables} AND call.ts >= ?3 AND call.ts < ?4 {order}", Columns::SELECTED);
    let mut statement = reader.connection.prepare_cached(&sql)?;
    let mut rows = match needles.lookup() {
        Some(lookup) => statement.query(params![first, last, part.from, part.to, lookup])?,
        None => statement.query(params![first, last, part.from, part.to])?,
    };
    while let Some(row) = rows.next()? {
        let columns = Columns::read(row)?;
        if question.deadline.is_over() {
            return Err(StoreError::TookTooLong);
        }
        if !visit(&columns, &row.get(9)?)? {
            break;
        }
    }
    Ok(())
}

/// Whether a candidate really holds the words.
pub fn holds_needles(reader: &Reader, needles: &Needles, row: i64) -> Result<bool, StoreError> {
    if needles.is_exact() {
        return Ok(true);
    }
    Ok(needles.are_in(&read_call(&reader.connection, row)?.call))
}

fn read_call(connection: &Connection, row: i64) -> Result<StoredCall, StoreError> {
    let mut statement = connection.prepare_cached("SELECT body FROM detail WHERE row = ?1")?;
    let mut rows = statement.query([row])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Unreadable("its body is missing".to_owned()))?;
    decompress(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)
}

fn summaries(question: &Question, found: &[Found], gaps: &mut Gaps) -> Result<Vec<model::CallSummary>, StoreError> {
    let mut summaries = Vec::with_capacity(found.len());
    for run in found.chunk_by(|one, other| one.part.key == other.part.key) {
        let Some(first) = run.first() else { continue };
        let answer = question.read(first.part.key, |reader| {
            run.iter().map(|call| summarise(reader, call.row)).collect::<Result<Vec<_>, _>>()
        });
        summaries.extend(gaps.pass(first.part.key, answer)?.into_iter().flatten());
    }
    Ok(summaries)
}

/// How many calls the query finds, as far as it is worth counting.
fn count(question: &Question, gaps: &mut Gaps) -> Result<Total, StoreError> {
    let mut count = 0;
    for part in question.parts_with_answers()? {
        let answer = question.read(part.key, |reader| {
            let filter = FileFilter::new(question, reader)?;
            let mut of_file = 0;
            let mut is_whole = true;
            super::scan::for_each_row(question, reader, part, |columns| {
                if count + of_file >= MAX_COUNT || question.deadline.has_lasted(COUNT_SLICE) {
                    is_whole = false;
                    return Ok(false);
                }
                let passes = filter.misses(columns).is_some_and(super::filter::Misses::is_none);
                if passes && super::scan::holds_text(question, reader, columns.row)? {
                    of_file += 1;
                }
                Ok(true)
            })?;
            Ok((of_file, is_whole))
        });
        match gaps.pass(part.key, answer)? {
            Some((of_file, true)) => count += of_file,
            Some((of_file, false)) => return Ok(Total { count: count + of_file, exact: false }),
            None => {}
        }
    }
    Ok(Total { count, exact: !gaps.is_partial() })
}

/// One call, by its id.
pub fn one(question: &Question, id: CallId) -> Result<Option<StoredCall>, StoreError> {
    let mut gaps = Gaps::default();
    for part in question.parts()? {
        let answer = question.read(part.key, |reader| {
            let filter = FileFilter::new(question, reader)?;
            let sql = format!(
                "SELECT {} FROM call WHERE account = ?1 AND id = ?2 AND ts >= ?3 AND ts < ?4",
                Columns::SELECTED
            );
            let found = reader
                .connection
                .prepare_cached(&sql)?
                .query_row(params![question.scope.slot(), id.to_bytes(), part.from, part.to], Columns::read)
                .optional()?;
            match found.filter(|columns| filter.misses(columns).is_some()) {
                Some(columns) => read_call(&reader.connection, columns.row).map(Some),
                None => Ok(None),
            }
        });
        if let Some(Some(call)) = gaps.pass(part.key, answer)? {
            return Ok(Some(call));
        }
    }
    if gaps.is_partial() {
        // It may stand in the file that cannot be read: then it is not right to say that it is gone.
        return Err(StoreError::Unreadable("a day's file cannot be read".to_owned()));
    }
    Ok(None)
}
