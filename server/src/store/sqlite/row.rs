//! The number of a row: `account slot | 10-minute bucket of the day | sequence`.
//!
//! The account stands highest, so that an account is a range of rows, which the text index understands; the bucket
//! next, so that rows come nearly in order of time. Finer buckets cost space: with a millisecond in the row number
//! the text index is 3.5 times larger, with ten minutes 1.3 times.

use model::Timestamp;

const BUCKET_BITS: u32 = 8;
const SEQUENCE_BITS: u32 = 35;
/// The width of a bucket.
pub const BUCKET_MILLIS: i64 = 600_000;
/// The length of a day, which every file covers.
pub const DAY_MILLIS: i64 = 86_400_000;

/// The bucket of its day in which a time lies.
pub const fn bucket_of(timestamp: Timestamp) -> i64 {
    timestamp.millis().rem_euclid(DAY_MILLIS) / BUCKET_MILLIS
}

/// The first row number a bucket of an account can have.
pub const fn first_row(slot: u32, bucket: i64) -> i64 {
    ((slot as i64) << (BUCKET_BITS + SEQUENCE_BITS)) | (bucket << SEQUENCE_BITS)
}

/// The last row number a bucket of an account can have.
pub const fn last_row(slot: u32, bucket: i64) -> i64 {
    first_row(slot, bucket) | ((1 << SEQUENCE_BITS) - 1)
}

/// The first and the last row number an account can have.
pub const fn rows_of(slot: u32) -> (i64, i64) {
    (first_row(slot, 0), last_row(slot, (1 << BUCKET_BITS) - 1))
}

/// The rows of an account between two times of a day, both inclusive, as far as buckets can tell.
pub fn rows_between(slot: u32, from: u32, to: u32) -> (i64, i64) {
    let bucket = |time: u32| i64::from(time) / BUCKET_MILLIS;
    (first_row(slot, bucket(from)), last_row(slot, bucket(to)))
}

#[cfg(test)]
mod tests {
    use super::{BUCKET_MILLIS, DAY_MILLIS, bucket_of, first_row, last_row, rows_between, rows_of};
    use crate::accounts::Account;
    use model::Timestamp;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_sort_by_account_and_then_by_bucket(
            slot in 0..=Account::MAX_SLOT, other in 0..=Account::MAX_SLOT, bucket in 0_i64..144, later in 0_i64..144,
        ) {
            prop_assert!(first_row(slot, bucket) <= last_row(slot, bucket));
            prop_assert!(first_row(slot, bucket) >= 0);
            let (first, last) = rows_of(slot);
            prop_assert!(first <= first_row(slot, bucket) && last_row(slot, bucket) <= last);
            if slot < other {
                prop_assert!(last_row(slot, bucket) < first_row(other, later));
            }
            if bucket < later {
                prop_assert!(last_row(slot, bucket) < first_row(slot, later));
            }
        }

        #[test]
        fn a_range_of_time_covers_the_buckets_of_its_times(day in 0_i64..20_000, from in 0..DAY_MILLIS, more in 0..DAY_MILLIS) {
            let to = (from + more).min(DAY_MILLIS - 1);
            let (first, last) = rows_between(3, u32::try_from(from).unwrap(), u32::try_from(to).unwrap());
            for time in [from, to] {
                let row = first_row(3, bucket_of(Timestamp::from_millis(day * DAY_MILLIS + time)));
                prop_assert!((first..=last).contains(&row));
            }
            prop_assert!(to - from < BUCKET_MILLIS || first != last);
        }
    }
}
