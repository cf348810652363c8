//! Bars from buckets. Pure: numbers in, heights in a box of known size out.

use std::fmt::Write as _;

use model::{HistogramBucket, Timestamp};

use crate::format::time::{self, Zone};
use crate::words;

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

/// What a part of a bar counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Calls that failed; they stand on the baseline.
    Error,
    /// Calls without a response.
    NoResponse,
    /// Calls that succeeded.
    Success,
}

impl Kind {
    /// From the baseline up.
    pub const ALL: [Self; 3] = [Self::Error, Self::NoResponse, Self::Success];

    /// The class that colours it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Error => "hist__err",
            Self::NoResponse => "hist__none",
            Self::Success => "hist__ok",
        }
    }

    const fn of(self, bucket: &HistogramBucket, lists_no_response: bool) -> u64 {
        match self {
            Self::Error => bucket.error,
            Self::NoResponse if !lists_no_response => 0,
            Self::NoResponse => bucket.no_response,
            Self::Success => bucket.success,
        }
    }
}

/// A part of a bar, as a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it counts.
    pub kind: Kind,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// What the tallest bar counts.
pub fn tallest(buckets: &[HistogramBucket], lists_no_response: bool) -> u64 {
    let whole = |bucket: &HistogramBucket| Kind::ALL.iter().map(|kind| kind.of(bucket, lists_no_response)).sum();
    buckets.iter().map(whole).max().unwrap_or(0)
}

/// The bars of a histogram, errors on the baseline.
pub fn bars(buckets: &[HistogramBucket], lists_no_response: bool) -> Vec<Bar> {
    let tallest = tallest(buckets, lists_no_response);
    // Whatever stands below leaves room for what must still show above it.
    let room = HEIGHT - 2 * (SEAM + LEAST);
    let mut bars = Vec::new();
    for (x, bucket) in (0..).step_by(STEP as usize).zip(buckets) {
        let mut floor = HEIGHT;
        for kind in Kind::ALL {
            let count = kind.of(bucket, lists_no_response);
            if count == 0 {
                continue;
            }
            let height = share(count, tallest, room).max(LEAST);
            let y = floor.saturating_sub(height);
            bars.push(Bar { kind, x, y, width: STEP - GAP, height: floor - y });
            floor = y.saturating_sub(SEAM);
        }
    }
    bars
}

/// All parts of a kind as one shape.
pub fn outline(bars: &[Bar], kind: Kind) -> String {
    let mut outline = String::new();
    for Bar { x, y, width, height, .. } in bars.iter().filter(|bar| bar.kind == kind) {
        // A text takes all that is written to it.
        let _ = write!(outline, "M{x} {y}h{width}v{height}h-{width}z");
    }
    outline
}

/// Calls by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// That succeeded.
    pub success: u64,
    /// That failed with an answer.
    pub error: u64,
    /// That got no response.
    pub no_response: u64,
}

/// The sums over some bars.
pub fn sums(buckets: &[HistogramBucket]) -> Sums {
    buckets.iter().fold(Sums::default(), |sums, bucket| Sums {
        success: sums.success + bucket.success,
        error: sums.error + bucket.error,
        no_response: sums.no_response + bucket.no_response,
    })
}

/// What some bars count. Where only errors are kept, no share is said: nobody knows of how many.
pub fn in_words(sums: Sums, lists_no_response: bool, is_errors_only: bool) -> String {
    let Sums { success, error, no_response } = sums;
    let unanswered = if lists_no_response { no_response } else { 0 };
    if is_errors_only {
        return words::histogram::bars_of_errors(error, unanswered);
    }
    let total = success + error;
    words::histogram::bars(total, error, error * 100 / total.max(1), unanswered)
}

/// The part of the whole width that so many of the bars take.
pub fn share_of(bars: usize, of: usize) -> u32 {
    let number = |bars| u64::try_from(bars).unwrap_or_default();
    share(number(bars), number(of), WIDTH)
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
                    words::time::TODAY.to_owned()
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
    use super::{HEIGHT, Kind, Sums, WIDTH, bars, in_words, marks, outline, share_before, share_of, tallest};
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
            let tallest = tallest(&buckets, lists_no_response);
            let bars = bars(&buckets, lists_no_response);
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
    fn parts_of_a_kind_are_one_shape() {
        let bucket =
            |success, error| HistogramBucket { start: Timestamp::from_millis(0), success, error, no_response: 0 };
        let bars = bars(&[bucket(0, 4), bucket(2, 0), bucket(0, 2)], false);
        assert_eq!(outline(&bars, Kind::Error), "M0 50h80v510h-80zM200 305h80v255h-80z");
        assert_eq!(outline(&bars, Kind::NoResponse), "");
    }

    #[test]
    fn bars_in_words() {
        let sums = |success, error, no_response| Sums { success, error, no_response };
        for (sums, is_errors_only, words) in [
            (sums(0, 0, 0), false, "0 calls"),
            (sums(1, 0, 0), false, "1 call"),
            (sums(1_199, 1, 2), false, "1,200 calls, 1 failed (under 1%), 2 without response"),
            (sums(1, 1, 0), false, "2 calls, 1 failed (50%)"),
            (sums(0, 3, 0), true, "3 errors; only errors are kept here"),
        ] {
            assert_eq!(in_words(sums, true, is_errors_only), words);
        }
        assert_eq!(in_words(sums(1, 0, 5), false, false), "1 call");
    }

    #[test]
    fn bars_take_their_part_of_the_width() {
        assert_eq!([share_of(0, 8), share_of(1, 8), share_of(8, 8), share_of(0, 0)], [0, 1_250, 10_000, 0]);
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
