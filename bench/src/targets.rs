//! What the project set itself to reach, and whether a figure does.

use serde::Serialize;

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The figure must not be smaller.
    AtLeast(f64),
    /// The figure must not be larger.
    AtMost(f64),
}

impl Target {
    /// Whether a figure reaches it.
    pub fn is_met_by(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(limit) => figure >= limit,
            Self::AtMost(limit) => figure <= limit,
        }
    }
}

/// What a target is set for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Durable calls per second of one processor.
    TakenIn,
    /// Milliseconds until a batch is acknowledged, at a steady 1,000 calls per second (p99).
    Acknowledged,
    /// Bytes on disk per call.
    Disk,
    /// Megabytes of memory in use.
    Memory,
    /// Milliseconds from the start of the process until it is ready.
    Start,
    /// Milliseconds of a page without words (p99).
    Page,
    /// Milliseconds of a page with words that few calls hold (p99).
    RareText,
    /// Milliseconds of histogram and facets at once (p99).
    Counts,
    /// The same, with words.
    TextCounts,
    /// Milliseconds of one whole call (p99).
    Call,
}

impl Aim {
    /// The target with that many calls stored; beyond the largest number it was set for there is none.
    pub fn target(self, calls: usize) -> Option<Target> {
        let by_size = |million: f64, ten_millions: f64| match calls {
            0..=1_000_000 => Some(million),
            1_000_001..=10_000_000 => Some(ten_millions),
            _ => None,
        };
        let up_to_a_million = |limit: f64| (calls <= 1_000_000).then_some(limit);
        let at_most = match self {
            Self::TakenIn => return Some(Target::AtLeast(3_000.0)),
            Self::Acknowledged => Some(250.0),
            Self::Disk => Some(2_200.0),
            Self::Memory => by_size(400.0, 400.0),
            Self::Start => Some(1_000.0),
            Self::Page => by_size(30.0, 60.0),
            Self::RareText => by_size(120.0, 500.0),
            Self::Counts => up_to_a_million(30.0),
            Self::TextCounts => up_to_a_million(150.0),
            Self::Call => Some(10.0),
        };
        at_most.map(Target::AtMost)
    }
}

/// A figure beside its target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The figure's name, as the tables have it.
    pub figure: String,
    /// What was measured, in the unit of [`Aim`].
    pub value: f64,
    /// The target.
    #[serde(flatten)]
    pub target: Target,
    /// Whether it is met.
    pub is_met: bool,
}

impl Judged {
    /// Judges a figure, where there is a target for that many calls.
    pub fn new(figure: &str, value: f64, aim: Aim, calls: usize) -> Option<Self> {
        let target = aim.target(calls)?;
        Some(Self { figure: figure.to_owned(), value, target, is_met: target.is_met_by(value) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_at_its_limit_is_good_enough() {
        assert!(Target::AtLeast(3_000.0).is_met_by(3_000.0) && !Target::AtLeast(3_000.0).is_met_by(2_999.9));
        assert!(Target::AtMost(30.0).is_met_by(30.0) && !Target::AtMost(30.0).is_met_by(30.1));
    }

    #[test]
    fn more_calls_may_take_longer_where_a_target_says_so() {
        let of = |calls| [Aim::Page, Aim::RareText, Aim::Counts].map(|aim| aim.target(calls));
        assert_eq!(of(1_000_000), [30.0, 120.0, 30.0].map(|limit| Some(Target::AtMost(limit))));
        assert_eq!(of(10_000_000), [Some(Target::AtMost(60.0)), Some(Target::AtMost(500.0)), None]);
        assert_eq!(of(20_000_000), [None; 3]);
    }
}
