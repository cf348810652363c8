//! Calls over time.

use std::collections::HashMap;

use model::{Facet, Histogram, HistogramBucket, Timestamp};

use super::question::{Gaps, Question};
use super::scan::scan;
use crate::store::StoreError;

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
    let mut in_file = HashMap::new();
    scan(
        question,
        &mut gaps,
        |counts: &mut HashMap<(usize, i64), u64>, filter, misses, columns| {
            let is_shown = misses.is_none();
            let is_told = columns.outcome == 2 && misses.is_at_most(Facet::Status) && filter.tells_of_no_response();
            if is_shown || is_told {
                let bucket = usize::try_from((columns.ts - begin) / width).unwrap_or_default().min(length - 1);
                *counts.entry((bucket, columns.outcome)).or_default() += 1;
            }
        },
        |counts, _| {
            for (key, count) in counts {
                *in_file.entry(key).or_insert(0) += count;
            }
        },
    )?;
    for ((bucket, outcome), count) in in_file {
        let total = totals.get_mut(bucket).and_then(|total| total.get_mut(usize::try_from(outcome).ok()?));
        if let Some(total) = total {
            *total += count;
        }
    }
    let buckets = (0_i64..)
        .zip(totals)
        .map(|(index, [success, error, no_response])| HistogramBucket {
            start: Timestamp::from_millis(begin + index * width),
            success,
            error,
            no_response,
        })
        .collect();
    let is_partial = gaps.is_partial();
    let mut notices = question.range_notices();
    notices.extend(gaps.notices());
    Ok(Histogram { bucket_ms: u64::try_from(width).unwrap_or_default(), buckets, partial: is_partial, notices })
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
