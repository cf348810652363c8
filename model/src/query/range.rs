//! When.

use std::fmt;
use std::str::FromStr;

use crate::Timestamp;
use crate::time::NotATimestamp;

/// The time that is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeRange {
    /// Everything that is kept.
    #[default]
    All,
    /// Up to now; relative, and it stays so in the URL.
    Last(Span),
    /// From, inclusive, to, exclusive; an open end reaches as far as calls are kept.
    Between {
        /// The beginning.
        from: Option<Timestamp>,
        /// The end.
        to: Option<Timestamp>,
    },
}

impl TimeRange {
    /// The bounds at a given time: from, inclusive, to, exclusive; `None` is open.
    pub fn bounds(self, now: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
        match self {
            Self::All => (None, None),
            Self::Last(span) => (Some(now.minus_millis(span.millis())), None),
            Self::Between { from, to } => (from, to),
        }
    }
}

/// Reads the beginning of a range: a time, or a plain date, which begins with its day in UTC.
pub(super) fn from(text: &str) -> Result<Timestamp, NotATimestamp> {
    text.parse().or_else(|error| day_start(text).ok_or(error))
}

/// Reads the end of a range: a time, or a plain date, which ends with its day in UTC.
pub(super) fn to(text: &str) -> Result<Timestamp, NotATimestamp> {
    text.parse().or_else(|error| day_start(text).map(|day| day.plus_millis(DAY_MILLIS)).ok_or(error))
}

const DAY_MILLIS: i64 = 86_400_000;

fn day_start(date: &str) -> Option<Timestamp> {
    format!("{date}T00:00:00Z").parse().ok()
}

/// A length of time as people write it: `90m`, `24h`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    amount: u32,
    unit: SpanUnit,
}

/// The unit of a [`Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanUnit {
    /// `m`
    Minutes,
    /// `h`
    Hours,
    /// `d`
    Days,
}

/// The text is not a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a length of time is a number with m, h or d, like 90m, 24h or 7d, of at most 366 days")]
pub struct NotASpan;

/// A span may reach no further back than this.
const LONGEST_MILLIS: i64 = 366 * 86_400_000;

impl Span {
    /// A span of whole minutes, hours or days; `None` when it is empty or longer than a year.
    pub fn new(amount: u32, unit: SpanUnit) -> Option<Self> {
        let span = Self { amount, unit };
        (1..=LONGEST_MILLIS).contains(&span.millis()).then_some(span)
    }

    /// The number of units.
    pub const fn amount(self) -> u32 {
        self.amount
    }

    /// The unit.
    pub const fn unit(self) -> SpanUnit {
        self.unit
    }

    /// The length in milliseconds.
    pub fn millis(self) -> i64 {
        let unit = match self.unit {
            SpanUnit::Minutes => 60_000,
            SpanUnit::Hours => 3_600_000,
            SpanUnit::Days => 86_400_000,
        };
        i64::from(self.amount) * unit
    }
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            SpanUnit::Minutes => 'm',
            SpanUnit::Hours => 'h',
            SpanUnit::Days => 'd',
        };
        write!(formatter, "{}{unit}", self.amount)
    }
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let (amount, unit) = [('m', SpanUnit::Minutes), ('h', SpanUnit::Hours), ('d', SpanUnit::Days)]
            .into_iter()
            .find_map(|(letter, unit)| Some((text.strip_suffix(letter)?, unit)))
            .ok_or(NotASpan)?;
        if !amount.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotASpan);
        }
        Self::new(amount.parse().map_err(|_| NotASpan)?, unit).ok_or(NotASpan)
    }
}

#[cfg(test)]
mod tests {
    use super::{from, to};

    #[test]
    fn a_plain_date_is_a_whole_day() {
        for (read, text, time) in [
            (from as fn(&str) -> _, "2026-11-25", "2026-11-25T00:00:00.000Z"),
            (to, "2026-11-25", "2026-11-26T00:00:00.000Z"),
            (from, "2026-11-25T10:00:00+01:00", "2026-11-25T09:00:00.000Z"),
            (to, "2026-11-25T10:00:00Z", "2026-11-25T10:00:00.000Z"),
        ] {
            assert_eq!(read(text).map(|time| time.to_string()).as_deref(), Ok(time), "{text}");
        }
        for text in ["2026-11", "2026-02-30", "25.11.2026", "yesterday"] {
            let message = from(text).map_err(|error| error.to_string());
            assert_eq!(message, Err(format!("not a date and time like 2026-11-22T10:00:00Z: {text}")));
        }
    }
}
