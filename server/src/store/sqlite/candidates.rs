//! The rows that may pass the search, as the text index names them.

use rusqlite::{Rows, params};

use super::question::{Part, Question};
use super::reader::Reader;
use super::row::rows_between;
use crate::store::StoreError;

/// Candidates of one part, read no further than asked for. Where the index knows of
/// nothing to look up, every row is a candidate.
pub struct Candidates<'s> {
    rows: Option<Rows<'s>>,
    /// In the order of the index: falling or rising.
    seen: Vec<i64>,
    is_falling: bool,
}

impl Candidates<'_> {
    /// Gives `visit` the candidates of a part, which come in falling or rising order.
    pub fn over<T>(
        question: &Question,
        reader: &Reader,
        part: &Part,
        is_falling: bool,
        visit: impl FnOnce(&mut Candidates<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(lookup) = &question.lookup else {
            return visit(&mut Candidates { rows: None, seen: Vec::new(), is_falling });
        };
        let (from, to) = part.times();
        let (first, last) = rows_between(question.scope.slot(), from, to);
        // The index understands the range of rows and the order, and ends early.
        let sql = if is_falling {
            "SELECT rowid FROM text WHERE text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC"
        } else {
            "SELECT rowid FROM text WHERE text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid"
        };
        let mut statement = reader.connection.prepare_cached(sql)?;
        let rows = statement.query(params![lookup, first, last])?;
        visit(&mut Candidates { rows: Some(rows), seen: Vec::new(), is_falling })
    }

    /// Reads on until every candidate up to this row, seen from where the order begins, is known.
    pub fn reach(&mut self, row: i64) -> Result<(), StoreError> {
        let Some(rows) = &mut self.rows else { return Ok(()) };
        while self.seen.last().is_none_or(|last| if self.is_falling { *last >= row } else { *last <= row }) {
            let Some(next) = rows.next()? else { break };
            self.seen.push(next.get(0)?);
        }
        Ok(())
    }

    /// Whether a row that was reached is a candidate.
    pub fn contains(&self, row: i64) -> bool {
        self.has_between(row, row)
    }

    /// Whether any of these rows, which were reached, is a candidate.
    pub fn has_between(&self, first: i64, last: i64) -> bool {
        if self.rows.is_none() {
            return true;
        }
        let begin = self.seen.partition_point(|seen| if self.is_falling { *seen > last } else { *seen < first });
        self.seen.get(begin).is_some_and(|seen| (first..=last).contains(seen))
    }
}
