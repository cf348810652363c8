//! Times, and what lies below which share of them.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Error;

/// However long it takes, this often at least is measured.
const AT_LEAST: usize = 3;

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
    pub fn of(times: &[Duration]) -> Self {
        Self::of_millis(times.iter().map(|time| milliseconds(*time)).collect())
    }

    /// Sums up what was measured elsewhere.
    pub fn of_millis(mut times: Vec<f64>) -> Self {
        times.sort_unstable_by(f64::total_cmp);
        // Nearest rank: the smallest time that is not shorter than the share.
        let at = |per_cent: usize| {
            let rank = (times.len() * per_cent).div_ceil(100).saturating_sub(1);
            times.get(rank).copied().unwrap_or_default()
        };
        Self { count: times.len(), median_ms: at(50), p95_ms: at(95), p99_ms: at(99), longest_ms: at(100) }
    }
}

/// A time in milliseconds, to the microsecond.
pub fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// Does something that often, or until patience is at its end, and takes the times; it is told how often it was done.
pub fn repeated(
    times: usize,
    patience: Duration,
    mut work: impl FnMut(usize) -> Result<(), Error>,
) -> Result<Vec<Duration>, Error> {
    let began = Instant::now();
    let mut taken = Vec::with_capacity(times);
    while taken.len() < times && (taken.len() < AT_LEAST || began.elapsed() < patience) {
        let started = Instant::now();
        work(taken.len())?;
        taken.push(started.elapsed());
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_the_nearest_rank() {
        let times: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        let times = Times::of(&times);
        assert_eq!((times.median_ms, times.p95_ms, times.p99_ms, times.longest_ms), (100.0, 190.0, 198.0, 200.0));
        let single = Times::of(&[Duration::from_micros(1_500)]);
        assert_eq!((single.count, single.median_ms, single.p99_ms), (1, 1.5, 1.5));
        assert_eq!(Times::of(&[]).count, 0);
    }

    #[test]
    fn patience_ends_before_the_count_but_not_at_once() {
        let often = |times, patience| repeated(times, patience, |_| Ok(())).unwrap().len();
        assert_eq!(often(100, Duration::MAX), 100);
        assert_eq!(often(100, Duration::ZERO), 3);
        assert_eq!(often(2, Duration::ZERO), 2);
        assert!(repeated(100, Duration::MAX, |number| if number < 5 { Ok(()) } else { Err("no".into()) }).is_err());
    }
}
