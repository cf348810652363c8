//! Calls themselves: a page of them, or one.
//!
//! A page goes through the runs of packed columns from its place on, and stops as soon as it is full. Where words are
//! searched for, it reads each candidate of the text index to be sure, in the order of the list.

mod count;
mod urls;
mod walk;
mod whole;

use model::{Call, CallId, CallPage, Cursor, Timestamp};
use rusqlite::{Connection, params};

use super::columns::Record;
use super::question::{Gaps, Part, Question};
use super::row::rows_of;
use super::summary::summarise;
use crate::store::{Place, StoreError, StoredCall};

pub use urls::newest_urls;
pub use whole::whole_page;

/// A place in the list: beside the call with this time and id.
pub type Position = (i64, [u8; 16]);

/// Where a call stands in the list.
pub fn position(call: &Call) -> Position {
    (call.timestamp.millis(), call.id.to_bytes())
}

/// A call found, not yet read.
pub struct Found {
    /// Where it stands in the list.
    pub position: Position,
    /// The file.
    part: Part,
    /// Where it is in the file.
    pub row: i64,
    /// Its numbers.
    pub record: Record,
}

/// Which way a page looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Towards {
    Older,
    Newer,
}

impl Towards {
    /// Rises with times that come earlier on the way.
    fn order(self, time: u32) -> i64 {
        let time = i64::from(time);
        if self == Self::Older { time } else { -time }
    }
}

/// Which way from a place, and beside which call.
fn way_from(place: Place) -> (Towards, Option<Position>) {
    match place {
        Place::Newest => (Towards::Older, None),
        Place::Before(cursor) => (Towards::Older, Some(position_of(cursor))),
        Place::After(cursor) => (Towards::Newer, Some(position_of(cursor))),
    }
}

/// Calls in the order of the way.
struct Stretch {
    found: Vec<Found>,
    /// Where to go on; `None` when the way has ended.
    end: Option<Position>,
    ran_out_of_time: bool,
}

/// The first calls on the way from a place.
fn stretch(
    question: &Question,
    towards: Towards,
    beside: Option<Position>,
    limit: usize,
    gaps: &mut Gaps,
) -> Result<Stretch, StoreError> {
    let mut ran_out_of_time = false;
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
            let answer =
                question.read(part.key, |reader| walk::search(question, reader, &narrowed, towards, beside, limit));
            if let Some(from_file) = gaps.pass(part.key, answer)? {
                of_day.extend(from_file.found);
                reached = nearer(towards, reached, from_file.reached);
                ran_out_of_time |= from_file.ran_out_of_time;
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
    Ok(Stretch { found, end: end.filter(|_| has_more), ran_out_of_time })
}

/// One page of calls.
pub fn page(question: &Question, place: Place, limit: usize) -> Result<CallPage, StoreError> {
    let (towards, beside) = way_from(place);
    let mut gaps = Gaps::default();
    let Stretch { mut found, end, ran_out_of_time } = stretch(question, towards, beside, limit, &mut gaps)?;
    if ran_out_of_time {
        gaps.ran_out_of_time();
    }
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
    let mut total = count::total(question, &mut gaps)?;
    total.count = total.count.max(u64::try_from(items.len()).unwrap_or_default());
    Ok(CallPage {
        items,
        before: before.map(cursor),
        after: after.map(cursor),
        total,
        partial: gaps.is_partial(),
        notices: gaps.notices(question),
    })
}

/// The id of the call in a row.
pub fn id_of(connection: &Connection, row: i64) -> Result<[u8; 16], StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM call WHERE row = ?1")?;
    Ok(statement.query_row([row], |columns| columns.get(0))?)
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

fn summaries(question: &Question, found: &[Found], gaps: &mut Gaps) -> Result<Vec<model::CallSummary>, StoreError> {
    let mut summaries = Vec::with_capacity(found.len());
    for run in found.chunk_by(|one, other| one.part.key == other.part.key) {
        let Some(first) = run.first() else { continue };
        let answer = question.read(first.part.key, |reader| {
            run.iter().map(|call| summarise(reader, call)).collect::<Result<Vec<_>, _>>()
        });
        summaries.extend(gaps.pass(first.part.key, answer)?.into_iter().flatten());
    }
    Ok(summaries)
}

/// One call, by its id.
pub fn one(question: &Question, id: CallId) -> Result<Option<StoredCall>, StoreError> {
    let mut gaps = Gaps::default();
    for part in question.parts()? {
        let answer = question.read(part.key, |reader| {
            let (first, last) = rows_of(question.scope.slot());
            let mut statement = reader.connection.prepare_cached(
                "SELECT body FROM call INDEXED BY call_by_id WHERE id = ?1 AND row BETWEEN ?2 AND ?3",
            )?;
            let mut rows = statement.query(params![id.to_bytes(), first, last])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let body = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            let stored = reader.unpacker.unpack(&reader.connection, body)?;
            if stored.call.id != id {
                return Err(StoreError::Unreadable(format!("another call stands under the id {id}")));
            }
            let is_kept = (part.from..part.to).contains(&stored.call.timestamp.millis());
            let bot = stored.call.bot.as_ref().map(|bot| bot.id.as_str());
            let is_visible = is_kept && question.scope.bots().shows(bot);
            Ok(is_visible.then_some(stored))
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
