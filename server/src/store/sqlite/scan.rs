//! One scan of the narrow columns, for answers that count: facets and the histogram.

use std::time::Duration;

use super::filter::{Columns, FileFilter, Misses};
use super::question::{Gaps, Question};
use super::terms::Terms;
use super::visit::{for_each_row, holds_text};
use crate::store::StoreError;

/// After this long counting stops, and the answer says that it is partial.
const COUNT_SLICE: Duration = Duration::from_millis(1_500);
/// Scans every file of a question; `count` is called for each call that passes all filters but at most one.
pub fn scan<T: Default>(
    question: &Question,
    gaps: &mut Gaps,
    mut count: impl FnMut(&mut T, &FileFilter<'_>, Misses, &Columns),
    mut file_is_done: impl FnMut(T, &Terms),
) -> Result<(), StoreError> {
    for part in question.parts()? {
        let answer = question.read(part.key, |reader| {
            let filter = FileFilter::new(question, reader)?;
            let mut counts = T::default();
            let mut is_whole = true;
            for_each_row(question, reader, part, |columns| {
                if question.deadline.has_lasted(COUNT_SLICE) {
                    is_whole = false;
                    return Ok(false);
                }
                if let Some(misses) = filter.misses(columns)
                    && misses.are_at_most_one()
                    && holds_text(question, reader, columns.row)?
                {
                    count(&mut counts, &filter, misses, columns);
                }
                Ok(true)
            })?;
            file_is_done(counts, &reader.terms);
            Ok(is_whole)
        });
        match gaps.pass(part.key, answer) {
            Ok(Some(false)) | Err(StoreError::TookTooLong) => {
                gaps.ran_out_of_time();
                break;
            }
            Ok(_) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
