use super::{Here, print, read};
use crate::format::time::Zone;
use model::query::SpanUnit;
use model::{Span, TimeRange, Timestamp};
use proptest::prelude::*;

/// Central Europe in the autumn of 2026: one hour ahead, two until 25 October 01:00 UTC.
const BERLIN: Zone = Zone { offset_minutes: |time| if time.millis() < 1_792_890_000_000 { 120 } else { 60 } };

/// A Tuesday, 11:30 in Berlin.
const NOW: &str = "2026-11-24T10:30:00Z";

fn here(zone: Zone) -> Here {
    Here { now: NOW.parse().unwrap(), zone }
}

/// The parameters of the URL that a text leads to.
fn understood(text: &str, zone: Zone) -> String {
    match read(text, here(zone)) {
        Ok(TimeRange::All) => "all".to_owned(),
        Ok(TimeRange::Last(span)) => format!("last={span}"),
        Ok(TimeRange::Between { from, to }) => {
            let shown = |time: Option<Timestamp>| {
                time.map(|time| time.to_string().replace(":00.000Z", "Z")).unwrap_or_default()
            };
            format!("{}..{}", shown(from), shown(to))
        }
        Err(message) => message,
    }
}

#[test]
fn what_people_type() {
    for (text, range) in [
        ("last 90m", "last=90m"),
        ("Last 2 hours", "last=2h"),
        ("past hour", "last=1h"),
        ("last week", "last=7d"),
        ("90 min", "last=90m"),
        ("2w", "last=14d"),
        ("2 hours ago", "last=2h"),
        ("since 3d ago", "last=3d"),
        ("everything", "all"),
        ("today", "2026-11-24T00:00Z..2026-11-25T00:00Z"),
        ("Yesterday", "2026-11-23T00:00Z..2026-11-24T00:00Z"),
        ("since yesterday", "2026-11-23T00:00Z.."),
        ("yesterday 9am", "2026-11-23T09:00Z.."),
        ("9:30pm yesterday", "2026-11-23T21:30Z.."),
        ("yesterday at 9 pm", "2026-11-23T21:00Z.."),
        ("yesterday noon to now", "2026-11-23T12:00Z.."),
        ("12am", "2026-11-24T00:00Z.."),
        // Still to come today, so that of yesterday is meant.
        ("23:15", "2026-11-23T23:15Z.."),
        ("9am to 10am", "2026-11-24T09:00Z..2026-11-24T10:00Z"),
        ("22:00-6:00", "2026-11-23T22:00Z..2026-11-24T06:00Z"),
        ("mon 14:00 to 15:30", "2026-11-23T14:00Z..2026-11-23T15:30Z"),
        ("tuesday", "2026-11-24T00:00Z..2026-11-25T00:00Z"),
        ("last tuesday", "2026-11-17T00:00Z..2026-11-18T00:00Z"),
        ("fri to mon", "2026-11-20T00:00Z..2026-11-24T00:00Z"),
        ("mon-fri", "2026-11-23T00:00Z..2026-11-28T00:00Z"),
        ("24 nov 9:00", "2026-11-24T09:00Z.."),
        ("Nov 20th, 9am", "2026-11-20T09:00Z.."),
        ("20nov", "2026-11-20T00:00Z..2026-11-21T00:00Z"),
        ("30 november", "2025-11-30T00:00Z..2025-12-01T00:00Z"),
        ("24 nov 2025 9:00 to 26 nov 2025", "2025-11-24T09:00Z..2025-11-27T00:00Z"),
        ("2026-11-20 to 2026-11-22", "2026-11-20T00:00Z..2026-11-23T00:00Z"),
        ("2026-11-20\u{2013}2026-11-22", "2026-11-20T00:00Z..2026-11-23T00:00Z"),
        ("between 2026-11-20 10:00 and 11:00", "2026-11-20T10:00Z..2026-11-20T11:00Z"),
        ("2026-11-20T10:00", "2026-11-20T10:00Z.."),
        ("2026-11-20T10:00:05.25Z", "2026-11-20T10:00:05.250Z.."),
        ("2026-11-20T10:00+01:00", "2026-11-20T09:00Z.."),
        ("2026-11-20T10:00:00-0330", "2026-11-20T13:30Z.."),
        ("before 20 nov", "..2026-11-20T00:00Z"),
        ("until 20 nov", "..2026-11-21T00:00Z"),
        ("2h ago to 1h ago", "2026-11-24T08:30Z..2026-11-24T09:30Z"),
    ] {
        assert_eq!(understood(text, Zone::UTC), range, "{text}");
    }
}

#[test]
fn times_are_the_readers_unless_they_say_otherwise() {
    for (text, range) in [
        ("yesterday 9am", "2026-11-23T08:00Z.."),
        ("yesterday 9am utc", "2026-11-23T09:00Z.."),
        ("2026-11-20T10:00Z", "2026-11-20T10:00Z.."),
        ("20 nov", "2026-11-19T23:00Z..2026-11-20T23:00Z"),
        // The day that has 25 hours.
        ("25 oct", "2026-10-24T22:00Z..2026-10-25T23:00Z"),
    ] {
        assert_eq!(understood(text, BERLIN), range, "{text}");
    }
}

#[test]
fn what_is_no_time_is_said_in_words() {
    for (text, message) in [
        ("", "Type a time."),
        ("yestrday", "\u{201c}yestrday\u{201d} is no time."),
        ("banana 9am", "\u{201c}banana\u{201d} is no time."),
        ("25:00", "25:00 is no time of day."),
        ("13pm", "13pm is no time of day."),
        ("2026-13-40", "2026-13-40 is no date."),
        ("30 feb", "There is no day 30 in that month."),
        ("24/11/2026", "24/11/2026 may be a day or a month first."),
        ("the 20", "Write a date with its day and month"),
        ("yesterday to", "A time is missing."),
        ("last 0m", "A length of time is at least a minute"),
        ("99999999999d", "A length of time is at least a minute"),
        ("5 parsecs", "\u{201c}parsecs\u{201d} is no time."),
    ] {
        let said = read(text, here(Zone::UTC)).unwrap_err();
        assert!(said.starts_with(message), "{text}: {said}");
    }
}

fn a_time() -> impl Strategy<Value = Timestamp> {
    // Behind the hour that Berlin has twice, which no text can tell apart.
    (1_793_000_000_000_i64..1_800_000_000_000).prop_map(Timestamp::from_millis)
}

fn a_range() -> impl Strategy<Value = TimeRange> {
    let unit = prop_oneof![Just(SpanUnit::Minutes), Just(SpanUnit::Hours), Just(SpanUnit::Days)];
    prop_oneof![
        (1_u32..366, unit).prop_map(|(amount, unit)| TimeRange::Last(Span::new(amount, unit).unwrap())),
        a_time().prop_map(|from| TimeRange::Between { from: Some(from), to: None }),
        a_time().prop_map(|to| TimeRange::Between { from: None, to: Some(to) }),
        (a_time(), a_time()).prop_map(|(from, to)| TimeRange::Between { from: Some(from), to: Some(to) }),
    ]
}

proptest! {
    #[test]
    fn a_printed_range_reads_back(range in a_range(), is_utc: bool) {
        let zone = if is_utc { Zone::UTC } else { BERLIN };
        let printed = print(range, zone);
        prop_assert_eq!(read(&printed, here(zone)), Ok(range), "{}", printed);
    }

    #[test]
    fn anything_may_be_typed(text in ".*", words in "((last|mon|nov|[0-9]{1,5}|9am|to|ago|-|:|t|z|utc|\\+) ?){0,6}") {
        let _ = read(&text, here(BERLIN));
        let _ = read(&words, here(BERLIN));
    }
}
