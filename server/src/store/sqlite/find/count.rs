//! How many calls a query finds.

use std::time::Duration;

use model::Total;

use crate::store::StoreError;
use crate::store::sqlite::filter::{FileFilter, Misses};
use crate::store::sqlite::question::{Gaps, Part, Question};
use crate::store::sqlite::reader::Reader;
use crate::store::sqlite::runs;
use crate::store::sqlite::sift::{Checks, sift};

/// Counts, as far as it is worth counting.
pub fn total(question: &Question, gaps: &mut Gaps) -> Result<Total, StoreError> {
    let patience = question.deadline.patience;
    let patience = if question.lookup.is_some() { patience.total_of_text } else { patience.total };
    let slice = question.deadline.elapsed().saturating_add(patience);
    let mut count = 0;
    for part in question.parts_with_answers()? {
        let answer = question.read(part.key, |reader| count_part(question, reader, &part, slice));
        match gaps.pass(part.key, answer)? {
            Some((of_part, true)) => count += of_part,
            Some((of_part, false)) => return Ok(Total { count: count + of_part, exact: false }),
            None => {}
        }
    }
    Ok(Total { count, exact: !gaps.is_partial() })
}

fn count_part(question: &Question, reader: &Reader, part: &Part, slice: Duration) -> Result<(u64, bool), StoreError> {
    let mut count = 0;
    if FileFilter::new(question, reader)?.passes_everything() {
        let (from, to) = part.times();
        let places = runs::places(&reader.connection, question.scope.slot(), part)?;
        if places.iter().all(|place| from <= place.first_time && place.last_time <= to) {
            return Ok((places.iter().map(|place| place.calls as u64).sum(), true));
        }
    }
    let is_whole = sift(question, reader, part, slice, &mut Checks::of_all(), Misses::is_none, |_, misses| {
        count += misses.iter().filter(|misses| misses.is_none()).count() as u64;
    })?;
    Ok((count, is_whole))
}
