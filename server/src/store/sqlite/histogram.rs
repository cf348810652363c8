//! Calls over time.

use model::{Facet, Histogram, HistogramBucket, Outcome, Timestamp};

use super::columns::{Column, Record, Run};
use super::filter::{Misses, tells_of_no_response};
use super::prepared::outcome_number;
use super::question::{Gaps, Question};
use super::sift::{Checks, sift};
use crate::store::StoreError;

const NO_RESPONSE: u32 = outcome_number(&Outcome::NoResponse);

/// Widths a bucket may have, in minutes: those that people can read off an axis.
const BUCKET_MINUTES: [i64; 13] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440];

/// Calls over time. The buckets begin at whole multiples of their width in UTC and cover the range, as far as calls
/// are kept, without gaps.
pub fn histogram(question: &Question, max_buckets: usize) -> Result<Histogram, StoreError> {
    let oldest = question.oldest().millis();
    let (_, to) = question.query.range.bounds(question.now);
    let newest = to.map_or(question.now.millis(), |to| to.millis().min(question.now.millis())).max(oldest);
    let width = bucket_width(newest - oldest, max_buckets);
    let begin = oldest.div_euclid(width) * width;
    let length = usize::try_from((newest - begin) / width + 1).unwrap_or(1).min(max_buckets + 1);
    let mut totals = vec![[0_u64; 3]; length];
    let mut gaps = Gaps::default();
    let (mut times, mut kinds) = (Vec::new(), Vec::new());
    let tells = tells_of_no_response(&question.query);
    let slice = question.deadline.patience.count;
    let mut checks = Checks::for_counts(question);
    for part in question.parts()? {
        let mut of_part = vec![[0_u64; 3]; length];
        let since_begin = part.key.start() - begin;
        let count = |run: &Run<'_>, misses: &[Misses]| {
            run.unpack(Column::Time, &mut times);
            run.unpack(Column::Kind, &mut kinds);
            for ((misses, time), kind) in misses.iter().zip(&times).zip(&kinds) {
                let outcome = Record::outcome(*kind);
                let is_told = tells && outcome == NO_RESPONSE && misses.is_at_most(Facet::Status);
                if misses.is_none() || is_told {
                    let bucket = usize::try_from((since_begin + i64::from(*time)) / width).unwrap_or_default();
                    let counts = of_part.get_mut(bucket.min(length - 1));
                    if let Some(count) = counts.and_then(|counts| counts.get_mut(usize::try_from(outcome).ok()?)) {
                        *count += 1;
                    }
                }
            }
        };
        let answer = question
            .read(part.key, |reader| sift(question, reader, &part, slice, &mut checks, Misses::is_at_most_one, count));
        let is_whole = gaps.pass_whole(part.key, answer)?;
        for (total, counts) in totals.iter_mut().zip(of_part) {
            total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
        }
        if !is_whole {
            break;
        }
    }
    gaps.note_estimates(&checks);
    let buckets = (0_i64..)
        .zip(totals)
        .map(|(index, [success, error, no_response])| HistogramBucket {
            start: Timestamp::from_millis(begin + index * width),
            success,
            error,
            no_response,
        })
        .collect();
    Ok(Histogram {
        bucket_ms: u64::try_from(width).unwrap_or_default(),
        buckets,
        partial: gaps.is_partial(),
        notices: gaps.notices(question),
    })
}

/// The narrowest readable width with which a time fits into that many buckets.
fn bucket_width(millis: i64, max_buckets: usize) -> i64 {
    let max_buckets = i64::try_from(max_buckets.max(1)).unwrap_or(i64::MAX);
    let fits = |width: &i64| millis / width < max_buckets;
    let day = 86_400_000;
    BUCKET_MINUTES
        .iter()
        .map(|minutes| minutes * 60_000)
        .find(fits)
        .unwrap_or_else(|| (millis / day / max_buckets + 1) * day)
}

#[cfg(test)]
mod tests {
    use super::bucket_width;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_range_fits_its_buckets(millis in 0_i64..400 * 86_400_000, buckets in 1_usize..=120) {
            let width = bucket_width(millis, buckets);
            prop_assert!(usize::try_from(millis / width).unwrap() < buckets);
            prop_assert_eq!(width % 60_000, 0);
        }
    }
}
