//! Going through the calls of a file: all of a range, or those that may hold the words.

use rusqlite::params;

use super::filter::Columns;
use super::question::{Part, Question};
use super::reader::Reader;
use super::row::rows_between;
use super::text::Needles;
use crate::store::{StoreError, StoredCall};

/// Visits the calls of a part, or with text those that may hold it, in no order. Ends when `visit` says `false`.
pub fn for_each_row(
    question: &Question,
    reader: &Reader,
    part: Part,
    mut visit: impl FnMut(&Columns) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    if let Some(needles) = &question.needles {
        return for_each_candidate(question, reader, needles, part, None, |columns, _| visit(columns));
    }
    let (first, last) = rows_between(question.scope.slot(), part.key.start(), part.from, part.to - 1);
    let sql = format!("SELECT {} FROM call WHERE row BETWEEN ?1 AND ?2 AND ts >= ?3 AND ts < ?4", Columns::SELECTED);
    let mut statement = reader.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![first, last, part.from, part.to])?;
    while let Some(row) = rows.next()? {
        if !visit(&Columns::read(row)?)? {
            break;
        }
    }
    Ok(())
}

/// Whether a call that passes the filters holds the text that is searched for.
pub fn holds_text(question: &Question, reader: &Reader, row: i64) -> Result<bool, StoreError> {
    question.needles.as_ref().map_or(Ok(true), |needles| holds_needles(reader, needles, row))
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
    Ok(needles.are_in(&read_call(reader, row)?.call))
}

/// Reads a whole call.
pub fn read_call(reader: &Reader, row: i64) -> Result<StoredCall, StoreError> {
    let mut statement = reader.connection.prepare_cached("SELECT body FROM detail WHERE row = ?1")?;
    let mut rows = statement.query([row])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Unreadable("its body is missing".to_owned()))?;
    reader.unpacker.unpack(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)
}
