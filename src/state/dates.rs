//! The dates somebody chooses: whether they make a range, and in words why not. Pure.

use model::{Retention, TimeRange, Timestamp};

use crate::format::time;
use crate::format::typed_time::{self, Here};
use crate::words;

/// The field that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
    /// The typed one.
    Typed,
    /// The beginning.
    From,
    /// The end.
    To,
}

/// Why the dates are no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateIssue {
    /// Where.
    pub field: DateField,
    /// Why, and what would be right.
    pub message: String,
}

/// A beginning and an end.
pub type Bounds = (Option<Timestamp>, Option<Timestamp>);

/// What of a typed time was understood.
pub struct Understood {
    /// The range, or why it is none.
    pub range: Result<TimeRange, DateIssue>,
    /// Its ends, as far as it can be read.
    pub bounds: Bounds,
}

/// Reads a typed time.
#[inline(never)]
pub fn understand(text: &str, here: Here, retention: Retention) -> Understood {
    match typed_time::read(text, here) {
        Ok(range) => {
            let bounds = match range {
                TimeRange::Last(span) => (Some(here.now.minus_millis(span.millis())), None),
                range => range.bounds(here.now),
            };
            Understood { range: check(range, here, retention), bounds }
        }
        Err(message) => Understood { range: Err(DateIssue { field: DateField::Typed, message }), bounds: (None, None) },
    }
}

/// A minute of grace: what was kept when the fields were filled in may just have gone.
const GRACE_MILLIS: i64 = 60_000;

/// The range itself, if it is one and any of it is kept. An absent end is open.
fn check(range: TimeRange, here: Here, retention: Retention) -> Result<TimeRange, DateIssue> {
    let TimeRange::Between { from, to } = range else { return Ok(range) };
    let issue = |field, message: String| Err(DateIssue { field, message });
    let Here { now, zone } = here;
    let oldest = now.minus_millis(retention.longest_millis());
    let days = time::span(u64::try_from(retention.longest_millis()).unwrap_or_default());
    let kept = || words::time::kept_since(&days, &time::date_and_minute(oldest, zone));
    match (from, to) {
        // A day of which a part is kept is a range; its end says whether it is.
        (Some(from), None) if from.plus_millis(GRACE_MILLIS) < oldest => issue(DateField::From, kept()),
        (Some(from), _) if from > now => issue(DateField::From, words::time::STILL_TO_COME.to_owned()),
        (Some(from), Some(to)) if to <= from => issue(DateField::To, words::time::END_BEFORE_BEGINNING.to_owned()),
        (_, Some(to)) if to <= oldest => issue(DateField::To, kept()),
        (from, to) => Ok(TimeRange::Between { from, to }),
    }
}

#[cfg(test)]
mod tests {
    use super::{DateField, check};
    use crate::format::time::Zone;
    use crate::format::typed_time::Here;
    use model::{LogQuery, Retention, TimeRange, Timestamp};

    #[test]
    fn only_what_is_kept_is_a_range() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let here = Here { now: at("2026-11-24T10:00:00Z").unwrap(), zone: Zone::UTC };
        let check = |range| check(range, here, Retention::STANDARD);
        let between = |from, to| TimeRange::Between { from, to };

        let (long_ago, barely, then, later) = (
            at("2026-10-20T00:00:00Z"),
            at("2026-10-25T10:00:00Z"),
            at("2026-11-20T00:00:00Z"),
            at("2026-11-21T00:00:00Z"),
        );
        for range in [
            between(then, later),
            between(None, then),
            between(barely, None),
            between(long_ago, then),
            TimeRange::All,
            LogQuery::parse("last=90d").query.range,
        ] {
            assert_eq!(check(range), Ok(range));
        }

        let kept = "Calls are kept for 30 days: choose a time after 25 Oct 2026, 10:00.";
        for (from, to, field, message) in [
            (long_ago, None, DateField::From, kept),
            (at("2026-11-25T00:00:00Z"), None, DateField::From, "This is still to come."),
            (later, then, DateField::To, "The end must be later than the beginning."),
            (None, long_ago, DateField::To, kept),
        ] {
            let issue = check(between(from, to)).unwrap_err();
            assert_eq!((issue.field, issue.message.as_str()), (field, message));
        }
    }
}
