//! How many calls a query finds.

use std::time::{Duration, Instant};

use model::Total;

use crate::store::StoreError;
use crate::store::sqlite::filter::{FileFilter, Misses};
use crate::store::sqlite::question::{Gaps, Question};
use crate::store::sqlite::visit::{for_each_row, holds_text};

/// Words are counted no longer than this: a page is not to wait for a number that facets and histogram bring as well.
const TEXT_SLICE: Duration = Duration::from_millis(100);
/// Without words counting is quick; it stops here all the same.
const SLICE: Duration = Duration::from_millis(600);
/// Counting stops at this many.
const MAX_COUNT: u64 = 10_000;

/// Counts, as far as it is worth counting.
pub fn total(question: &Question, gaps: &mut Gaps) -> Result<Total, StoreError> {
    let slice = if question.needles.is_some() { TEXT_SLICE } else { SLICE };
    let began = Instant::now();
    let mut count = 0;
    for part in question.parts_with_answers()? {
        let answer = question.read(part.key, |reader| {
            let filter = FileFilter::new(question, reader)?;
            let mut of_file = 0;
            let mut is_whole = true;
            for_each_row(question, reader, part, |columns| {
                if count + of_file >= MAX_COUNT || began.elapsed() >= slice {
                    is_whole = false;
                    return Ok(false);
                }
                let passes = filter.misses(columns).is_some_and(Misses::is_none);
                if passes && holds_text(question, reader, columns.row)? {
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
