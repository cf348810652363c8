//! Bars from buckets. Pure: numbers in, heights in a box of known size out.

use model::{HistogramBucket, Timestamp};

use crate::format::time::{self, Zone};

/// The height of the box bars are drawn in: tenths of a pixel on the page.
pub const HEIGHT: u32 = 560;
/// The width each bar has of it, with its gap.
pub const STEP: u32 = 100;
/// The gap to the next bar.
const GAP: u32 = 20;
/// The gap between the parts of a bar.
const SEAM: u32 = 10;
/// A single call among thousands still shows.
const LEAST: u32 = 15;

/// A part of a bar, as a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The class that colours it.
    pub class: &'static str,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// The bars of a histogram, errors on the baseline; and what the tallest counts.
pub fn bars(buckets: &[HistogramBucket], lists_no_response: bool) -> (Vec<Bar>, u64) {
    let listed = |count: u64| if lists_no_response { count } else { 0 };
    let parts = |bucket: &HistogramBucket| {
        [("hist__err", bucket.error), ("hist__none", listed(bucket.no_response)), ("hist__ok", bucket.success)]
    };
    let tallest = buckets.iter().map(|bucket| parts(bucket).iter().map(|(_, count)| count).sum()).max().unwrap_or(0);
    // Whatever stands below leaves room for what must still show above it.
    let room = HEIGHT - 2 * (SEAM + LEAST);
    let mut bars = Vec::new();
    for (x, bucket) in (0..).step_by(STEP as usize).zip(buckets) {
        let mut floor = HEIGHT;
        for (class, count) in parts(bucket).into_iter().filter(|(_, count)| *count > 0) {
            let height = share(count, tallest, room).max(LEAST);
            let y = floor.saturating_sub(height);
            bars.push(Bar { class, x, y, width: STEP - GAP, height: floor - y });
            floor = y.saturating_sub(SEAM);
        }
    }
    (bars, tallest)
}

/// The part of a whole that a count has of a total, in whole numbers.
fn share(count: u64, total: u64, whole: u32) -> u32 {
    let share = u128::from(count) * u128::from(whole) / u128::from(total.max(1));
    u32::try_from(share).unwrap_or(whole).min(whole)
}

/// The whole width in which places on the axis are given.
pub const WIDTH: u32 = 10_000;

/// A mark on the axis: its place and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// From the left, of [`WIDTH`].
    pub left: u32,
    /// What it says.
    pub words: String,
}

/// At most this many marks fit beside each other.
const MARKS: usize = 15;

/// Marks at the beginnings of days, or of hours where the whole is short.
pub fn marks(from: Timestamp, to: Timestamp, now: Timestamp, zone: Zone) -> Vec<Mark> {
    let left = |at| share_before(at, from, to);
    let mut days = time::day_starts(from, to.min(now), zone);
    if days.len() > 2 {
        let every = days.len().div_ceil(MARKS);
        // Counted back from today, so that today has its mark.
        let skipped = (days.len() - 1) % every;
        days.drain(..skipped);
        let today = zone.day_number(now);
        return days
            .iter()
            .step_by(every)
            .enumerate()
            .map(|(index, (day, start))| Mark {
                left: left(*start),
                words: if zone.day_number(*start) == today {
                    "Today".to_owned()
                } else {
                    time::axis_day(*day, index == 0)
                },
            })
            .collect();
    }
    let step = HOUR_STEPS.iter().copied().find(|step| to.millis() - from.millis() <= step * 8).unwrap_or(24 * HOUR);
    let local_offset = i64::from((zone.offset_minutes)(from)) * 60_000;
    let first = (from.millis() + local_offset).div_euclid(step) * step + step - local_offset;
    (0..16)
        .map(|index| Timestamp::from_millis(first + index * step))
        .take_while(|at| *at < to)
        .map(|at| Mark { left: left(at), words: time::axis_time(zone.local(at)) })
        .collect()
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const HOUR_STEPS: [i64; 10] =
    [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];

/// How much of a span lies before an instant, of [`WIDTH`]: the part where only errors are kept.
pub fn share_before(instant: Timestamp, from: Timestamp, to: Timestamp) -> u32 {
    let since = |at: Timestamp| u64::try_from(at.millis() - from.millis()).unwrap_or(0);
    share(since(instant), since(to), WIDTH)
}

#[cfg(test)]
mod tests {
    use super::{HEIGHT, WIDTH, bars, marks, share_before};
    use crate::format::time::Zone;
    use model::{HistogramBucket, Timestamp};
    use proptest::prelude::*;

    prop_compose! {
        fn bucket()(success in 0_u64..100_000, error in 0_u64..100_000, no_response in 0_u64..50) -> HistogramBucket {
            HistogramBucket { start: Timestamp::from_millis(0), success, error, no_response }
        }
    }

    proptest! {
        #[test]
        fn bars_stay_in_the_box_and_every_count_shows(
            buckets in proptest::collection::vec(bucket(), 0..120),
            lists_no_response: bool,
        ) {
            let (bars, tallest) = bars(&buckets, lists_no_response);
            let shown = |bucket: &HistogramBucket| {
                usize::from(bucket.success > 0)
                    + usize::from(bucket.error > 0)
                    + usize::from(lists_no_response && bucket.no_response > 0)
            };
            prop_assert_eq!(bars.len(), buckets.iter().map(shown).sum::<usize>());
            prop_assert!(bars.iter().all(|bar| bar.height >= 5 && bar.y + bar.height <= HEIGHT));
            prop_assert!(buckets.iter().all(|bucket| bucket.success + bucket.error <= tallest));
        }

        #[test]
        fn marks_rise_and_stay_on_the_axis(from in 0_i64..1_800_000_000_000, length in 60_000_i64..3_000_000_000) {
            let (from, to) = (Timestamp::from_millis(from), Timestamp::from_millis(from + length));
            let marks = marks(from, to, to, Zone::UTC);
            prop_assert!(marks.len() <= 16);
            prop_assert!(marks.iter().all(|mark| mark.left <= WIDTH));
            prop_assert!(marks.windows(2).all(|pair| pair[0].left <= pair[1].left));
        }
    }

    #[test]
    fn a_week_is_marked_by_its_days() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let marks =
            marks(at("2026-10-29T12:00:00Z"), at("2026-11-02T12:00:00Z"), at("2026-11-02T11:00:00Z"), Zone::UTC);
        let words: Vec<_> = marks.iter().map(|mark| mark.words.as_str()).collect();
        assert_eq!(words, ["30 Oct", "31", "1 Nov", "Today"]);
    }

    #[test]
    fn the_shaded_part_is_what_lies_before() {
        let at = Timestamp::from_millis;
        assert_eq!(
            [0, 100, 150, 200, 300].map(|instant| share_before(at(instant), at(100), at(200))),
            [0, 0, 5_000, 10_000, 10_000]
        );
    }
}
