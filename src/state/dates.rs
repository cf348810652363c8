//! The dates somebody fills in: whether they make a range, and in words why not. Pure.

use model::{Retention, TimeRange, Timestamp};

use crate::format::time::{self, Zone};

/// The field that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
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

/// A minute of grace: what was kept when the fields were filled in may just have gone.
const GRACE_MILLIS: i64 = 60_000;

/// The range between two moments, if it is one and any of it is kept. An absent end is open.
pub fn range(
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    now: Timestamp,
    retention: Retention,
    zone: Zone,
) -> Result<TimeRange, DateIssue> {
    let issue = |field, message: String| Err(DateIssue { field, message });
    let oldest = now.minus_millis(retention.longest_millis());
    let days = time::span(u64::try_from(retention.longest_millis()).unwrap_or_default());
    let kept = || format!("Calls are kept for {days}: choose a time after {}.", time::date_and_minute(oldest, zone));
    match (from, to) {
        (None, None) => issue(DateField::From, "Fill in a beginning, an end or both.".to_owned()),
        (Some(from), _) if from.plus_millis(GRACE_MILLIS) < oldest => issue(DateField::From, kept()),
        (Some(from), _) if from > now => issue(DateField::From, "This is still to come.".to_owned()),
        (Some(from), Some(to)) if to <= from => {
            issue(DateField::To, "The end must be later than the beginning.".to_owned())
        }
        (_, Some(to)) if to <= oldest => issue(DateField::To, kept()),
        (from, to) => Ok(TimeRange::Between { from, to }),
    }
}

#[cfg(test)]
mod tests {
    use super::{DateField, range};
    use crate::format::time::Zone;
    use model::{Retention, TimeRange, Timestamp};

    #[test]
    fn only_what_is_kept_is_a_range() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let now = at("2026-11-24T10:00:00Z").unwrap();
        let check = |from, to| range(from, to, now, Retention::STANDARD, Zone::UTC);

        let (from, to) = (at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"));
        assert_eq!(check(from, to), Ok(TimeRange::Between { from, to }));
        assert_eq!(check(None, to), Ok(TimeRange::Between { from: None, to }));
        assert_eq!(
            check(at("2026-10-25T10:00:00Z"), None).map_err(|issue| issue.field),
            Ok(TimeRange::Between { from: at("2026-10-25T10:00:00Z"), to: None })
        );

        for (from, to, field, message) in [
            (None, None, DateField::From, "Fill in a beginning, an end or both."),
            (
                at("2026-10-20T00:00:00Z"),
                None,
                DateField::From,
                "Calls are kept for 30 days: choose a time after 25 Oct 2026, 10:00.",
            ),
            (at("2026-11-25T00:00:00Z"), None, DateField::From, "This is still to come."),
            (to, from, DateField::To, "The end must be later than the beginning."),
            (
                None,
                at("2026-10-20T00:00:00Z"),
                DateField::To,
                "Calls are kept for 30 days: choose a time after 25 Oct 2026, 10:00.",
            ),
        ] {
            let issue = check(from, to).unwrap_err();
            assert_eq!((issue.field, issue.message.as_str()), (field, message));
        }
    }
}
