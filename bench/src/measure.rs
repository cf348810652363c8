//! Times, and what lies below which share of them.

use std::time::Duration;

use serde::Serialize;

/// A number of times in milliseconds, summed up.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Times {
    /// How many.
    pub count: usize,
    /// Half of them were shorter.
    pub median_ms: f64,
    /// 95 of a hundred were shorter.
    pub p95_ms: f64,
    /// 99 of a hundred were shorter.
    pub p99_ms: f64,
    /// The longest.
    pub longest_ms: f64,
}

impl Times {
    /// Sums up.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        // Nearest rank: the smallest time that is not shorter than the share.
        let at = |per_cent: usize| {
            let rank = (times.len() * per_cent).div_ceil(100).saturating_sub(1);
            times.get(rank).map_or(0.0, |time| milliseconds(*time))
        };
        Self { count: times.len(), median_ms: at(50), p95_ms: at(95), p99_ms: at(99), longest_ms: at(100) }
    }
}

/// A time in milliseconds, to the microsecond.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_the_nearest_rank() {
        let times = Times::of((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!((times.median_ms, times.p95_ms, times.p99_ms, times.longest_ms), (100.0, 190.0, 198.0, 200.0));
        let single = Times::of(vec![Duration::from_micros(1_500)]);
        assert_eq!((single.count, single.median_ms, single.p99_ms), (1, 1.5, 1.5));
        assert_eq!(Times::of(Vec::new()).count, 0);
    }
}
