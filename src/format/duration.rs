//! How long things took.

use crate::words;

/// From here on a call counts as slow and is marked in the list.
pub const SLOW_MILLIS: u64 = 5_000;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// Longer is not told apart: what is said to have run for years was measured wrongly.
const MOST_DAYS: u64 = 999;

/// A duration as precise as it is useful: `184 ms`, `1.2 s`, `2 min 05 s`, `1 h 02 min`, `3 d 04 h`.
pub fn duration(millis: u64) -> String {
    match millis {
        0..SECOND => format!("{millis} ms"),
        SECOND..MINUTE => format!("{}.{} s", millis / SECOND, millis % SECOND / 100),
        MINUTE..HOUR => format!("{} min {:02} s", millis / MINUTE, millis % MINUTE / SECOND),
        HOUR..DAY => format!("{} h {:02} min", millis / HOUR, millis % HOUR / MINUTE),
        _ if millis / DAY > MOST_DAYS => words::time::took_over(MOST_DAYS),
        _ => format!("{} d {:02} h", millis / DAY, millis % DAY / HOUR),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn the_unit_follows_the_length() {
        assert_eq!(
            [0, 184, 999, 1_000, 1_250, 59_999, 60_000, 125_000].map(duration),
            ["0 ms", "184 ms", "999 ms", "1.0 s", "1.2 s", "59.9 s", "1 min 00 s", "2 min 05 s"]
        );
        assert_eq!(
            [3_599_999, 3_600_000, 3_720_000, 86_399_999, 86_400_000, 273_600_000, 86_400_000_000, u64::MAX]
                .map(duration),
            [
                "59 min 59 s",
                "1 h 00 min",
                "1 h 02 min",
                "23 h 59 min",
                "1 d 00 h",
                "3 d 04 h",
                "over 999 d",
                "over 999 d"
            ]
        );
    }
}
