//! The calls of one file on one side of a place, in order, until there are enough.

use std::time::Duration;

use rusqlite::params;

use super::{Found, Position, Towards};
use crate::store::StoreError;
use crate::store::sqlite::filter::{Columns, FileFilter, Misses};
use crate::store::sqlite::question::{Part, Question};
use crate::store::sqlite::reader::Reader;
use crate::store::sqlite::row::{BUCKET_MILLIS, bucket_of_row};
use crate::store::sqlite::text::Needles;
use crate::store::sqlite::visit::{for_each_candidate, holds_needles};

/// After this long a page is answered with what was found, and a cursor to look on from.
const PAGE_SLICE: Duration = Duration::from_millis(400);

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
        let passes = filter.misses(columns).is_some_and(Misses::is_none);
        if passes && is_beyond(position) && holds_needles(reader, needles, columns.row)? {
            found.push(Found { position, part, row: columns.row });
        }
        Ok(true)
    })?;
    let (reached, ran_out_of_time) = reached.map_or((None, false), |(point, ran_out)| (Some(point), ran_out));
    Ok(FromFile { found, reached, ran_out_of_time })
}
