use super::*;
use proptest::prelude::*;

/// Central Europe in the autumn of 2026: one hour ahead, two until 25 October 01:00 UTC.
const BERLIN: Zone = Zone { offset_minutes: |time| if time.millis() < 1_792_890_000_000 { 120 } else { 60 } };

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn one_zone_and_exact_utc() {
    let time = at("2026-11-24T10:24:07.318Z");
    assert_eq!(time_of_day(time, BERLIN), "11:24:07");
    assert_eq!(exact(time, BERLIN), "24 Nov 2026, 11:24:07.318");
    assert_eq!(exact_utc(time), "24 Nov 2026, 10:24:07.318 UTC");
    assert_eq!(BERLIN.label(time), "UTC+01:00");
    assert_eq!(Zone { offset_minutes: |_| -210 }.label(time), "UTC\u{2212}03:30");
    assert_eq!(Zone::UTC.label(time), "UTC");
}

#[test]
fn a_call_before_the_clock_change_keeps_its_summer_time() {
    assert_eq!(time_of_day(at("2026-10-24T22:30:00Z"), BERLIN), "00:30:00");
    assert_eq!(time_of_day(at("2026-10-25T22:30:00Z"), BERLIN), "23:30:00");
}

#[test]
fn days_are_named_as_people_do() {
    let now = at("2026-11-24T10:00:00Z");
    assert_eq!(day_heading(at("2026-11-24T01:00:00Z"), now, BERLIN), "Today, Tuesday 24 November");
    assert_eq!(day_heading(at("2026-11-23T22:59:00Z"), now, BERLIN), "Yesterday, Monday 23 November");
    assert_eq!(day_heading(at("2026-11-23T23:00:00Z"), now, BERLIN), "Today, Tuesday 24 November");
    assert_eq!(day_heading(at("2026-11-02T09:00:00Z"), now, BERLIN), "Monday 2 November");
    assert_eq!(day_heading(at("2025-12-31T12:00:00Z"), now, BERLIN), "Wednesday 31 December 2025");
}

#[test]
fn fields_are_read_in_the_readers_zone() {
    let time = at("2026-11-24T10:24:00Z");
    assert_eq!(field_value(time, BERLIN), "2026-11-24T11:24");
    assert_eq!(read_field("2026-11-24T11:24", BERLIN), Some(time));
    assert_eq!(read_field("2026-11-24T11:24:30", BERLIN), Some(at("2026-11-24T10:24:30Z")));
    assert_eq!(read_field("yesterday", BERLIN), None);
}

#[test]
fn spans_in_words() {
    assert_eq!(
        [1_000, 60_000, 900_000, 3_600_000, 14_400_000, 86_400_000].map(span),
        ["1 second", "1 minute", "15 minutes", "1 hour", "4 hours", "1 day"]
    );
}

#[test]
fn a_day_begins_at_the_readers_midnight() {
    let days = day_starts(at("2026-10-24T12:00:00Z"), at("2026-10-26T12:00:00Z"), BERLIN);
    let starts: Vec<_> = days.iter().map(|(day, start)| (day.to_string(), start.to_string())).collect();
    assert_eq!(
        starts,
        [
            ("2026-10-25".to_owned(), "2026-10-24T22:00:00.000Z".to_owned()),
            ("2026-10-26".to_owned(), "2026-10-25T23:00:00.000Z".to_owned())
        ]
    );
}

proptest! {
    #[test]
    fn local_times_lead_back_to_their_instant(millis in 1_793_000_000_000_i64..1_800_000_000_000) {
        let time = Timestamp::from_millis(millis);
        prop_assert_eq!(BERLIN.instant(BERLIN.local(time)), time);
    }
}
