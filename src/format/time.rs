//! Points in time, in the reader's zone, and exactly in UTC.
//!
//! The zone is given as a function from an instant to its offset, so that daylight saving is right for every call and
//! tests need no browser.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use model::Timestamp;

use crate::words;
use crate::words::time::{MONTHS, Unit, WEEKDAYS};

/// The reader's time zone.
#[derive(Clone, Copy, Debug)]
pub struct Zone {
    /// Minutes to add to UTC at an instant.
    pub offset_minutes: fn(Timestamp) -> i32,
}

impl Zone {
    /// UTC itself.
    pub const UTC: Self = Self { offset_minutes: |_| 0 };

    /// The date and time on the reader's wall.
    pub fn local(self, time: Timestamp) -> NaiveDateTime {
        let offset = i64::from((self.offset_minutes)(time)) * 60_000;
        time.plus_millis(offset).to_chrono().naive_utc()
    }

    /// The instant at which the reader's wall shows this date and time; at the hour that daylight saving skips or
    /// repeats, the instant by the offset before the change.
    pub fn instant(self, local: NaiveDateTime) -> Timestamp {
        let as_utc = Timestamp::from_millis(local.and_utc().timestamp_millis());
        let guess = as_utc.minus_millis(i64::from((self.offset_minutes)(as_utc)) * 60_000);
        as_utc.minus_millis(i64::from((self.offset_minutes)(guess)) * 60_000)
    }

    /// The offset as people write it: `UTC+01:00`.
    pub fn label(self, at: Timestamp) -> String {
        let minutes = (self.offset_minutes)(at);
        if minutes == 0 {
            return "UTC".to_owned();
        }
        let sign = if minutes < 0 { '\u{2212}' } else { '+' };
        format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// Whether a day of the reader's begins at this very instant.
    pub fn begins_day(self, time: Timestamp) -> bool {
        self.local(time).time() == NaiveTime::MIN
    }

    /// The reader's day, counted; two calls with the same number stand under one heading.
    pub fn day_number(self, time: Timestamp) -> i32 {
        self.local(time).date().num_days_from_ce()
    }
}

/// `11:24:07`, for lists.
pub fn time_of_day(time: Timestamp, zone: Zone) -> String {
    clock(zone.local(time).time())
}

/// `11:24:07.318`, where the milliseconds matter.
pub fn time_of_day_exact(time: Timestamp, zone: Zone) -> String {
    clock_exact(zone.local(time).time())
}

/// `24 Nov 2026`
pub fn date(time: Timestamp, zone: Zone) -> String {
    short_date(zone.local(time).date())
}

/// `24 Nov 2026, 11:24`, for the ends of a range.
pub fn date_and_minute(time: Timestamp, zone: Zone) -> String {
    let local = zone.local(time);
    format!("{}, {:02}:{:02}", short_date(local.date()), local.hour(), local.minute())
}

/// `24 Nov 2026, 11:24`, with seconds where there are any.
pub fn date_and_time(time: Timestamp, zone: Zone) -> String {
    if time.millis() % 60_000 == 0 {
        date_and_minute(time, zone)
    } else {
        format!("{}, {}", date(time, zone), time_of_day(time, zone))
    }
}

/// `24 Nov 11:24 to 12:24`, or with both days where they differ, for a span nearby.
pub fn short_span(from: Timestamp, to: Timestamp, zone: Zone) -> String {
    let (from, to) = (zone.local(from), zone.local(to));
    let at = |local: NaiveDateTime| format!("{} {} {}", local.day(), short_month(local.date()), axis_time(local));
    if from.date() == to.date() {
        return words::time::from_to(&at(from), &axis_time(to));
    }
    words::time::from_to(&at(from), &at(to))
}

/// `24 Nov 2026, 11:24:07.318`
pub fn exact(time: Timestamp, zone: Zone) -> String {
    let local = zone.local(time);
    format!("{}, {}", short_date(local.date()), clock_exact(local.time()))
}

/// `24 Nov 2026, 10:24:07.318 UTC`
pub fn exact_utc(time: Timestamp) -> String {
    format!("{} UTC", exact(time, Zone::UTC))
}

/// `10:24:07.318 UTC`, beside a date that is already there.
pub fn time_of_day_utc(time: Timestamp) -> String {
    format!("{} UTC", time_of_day_exact(time, Zone::UTC))
}

/// The heading of a day in the list: `Today, Tuesday 24 November`.
pub fn day_heading(time: Timestamp, now: Timestamp, zone: Zone) -> String {
    let day = zone.local(time).date();
    let today = zone.local(now).date();
    let year = if day.year() == today.year() { String::new() } else { format!(" {}", day.year()) };
    let words = format!("{} {} {}{year}", weekday(day.weekday()), day.day(), month(day));
    match (today - day).num_days() {
        0 => words::time::today(&words),
        1 => words::time::yesterday(&words),
        _ => words,
    }
}

/// `Today 11:24:07` or `24 Nov 2026 11:24:07`.
pub fn relative_day_and_time(time: Timestamp, now: Timestamp, zone: Zone) -> String {
    let days = (zone.local(now).date() - zone.local(time).date()).num_days();
    let day = match days {
        0 => words::time::TODAY.to_owned(),
        1 => words::time::YESTERDAY.to_owned(),
        _ => date(time, zone),
    };
    format!("{day} {}", time_of_day(time, zone))
}

/// The mark of a day on an axis: `24`, and `1 Nov` where a month begins or the axis does.
pub fn axis_day(day: NaiveDate, is_first: bool) -> String {
    if is_first || day.day() == 1 { format!("{} {}", day.day(), short_month(day)) } else { day.day().to_string() }
}

/// The mark of a time on an axis: `14:00`.
pub fn axis_time(local: NaiveDateTime) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// The first instants of the days between two times, in the reader's zone.
pub fn day_starts(from: Timestamp, to: Timestamp, zone: Zone) -> Vec<(NaiveDate, Timestamp)> {
    let first = zone.local(from).date();
    first
        .iter_days()
        .map(|day| (day, zone.instant(day.and_time(NaiveTime::MIN))))
        .skip_while(|(_, start)| *start < from)
        .take_while(|(_, start)| *start < to)
        .take(400)
        .collect()
}

/// What a `datetime-local` field holds: `2026-11-24T11:24`.
pub fn field_value(time: Timestamp, zone: Zone) -> String {
    let local = zone.local(time);
    let (year, month, day) = (local.year(), local.month(), local.day());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", local.hour(), local.minute())
}

/// A moment as it is typed: `2026-11-24 11:24`, with seconds and milliseconds where there are any.
pub fn typed(time: Timestamp, zone: Zone) -> String {
    let local = zone.local(time);
    let day = field_value(time, zone).replace('T', " ");
    match (local.second(), local.nanosecond() / 1_000_000) {
        (0, 0) => day,
        (second, 0) => format!("{day}:{second:02}"),
        (second, millis) => format!("{day}:{second:02}.{millis:03}"),
    }
}

/// Reads what a `datetime-local` field holds, with or without seconds.
pub fn read_field(value: &str, zone: Zone) -> Option<Timestamp> {
    // Without the seconds' fraction, which such a field has only when it was given one.
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    let seconds = if whole.matches(':').count() == 1 { ":00" } else { "" };
    // As if it were in UTC: the same reader of RFC 3339 that reads every other time.
    let local: Timestamp = format!("{whole}{seconds}Z").parse().ok()?;
    Some(zone.instant(local.to_chrono().naive_utc()))
}

/// A length of time in the largest unit that it is whole in; less than an hour in minutes, less than that in seconds.
pub fn amount(millis: u64) -> (u64, Unit) {
    match millis {
        day if day >= 86_400_000 && day.is_multiple_of(86_400_000) => (day / 86_400_000, Unit::Days),
        hour if hour >= 3_600_000 && hour.is_multiple_of(3_600_000) => (hour / 3_600_000, Unit::Hours),
        minute if minute >= 60_000 => (minute / 60_000, Unit::Minutes),
        second => (second / 1_000, Unit::Seconds),
    }
}

/// A whole number of hours or minutes in words: `4 hours`, `15 minutes`.
pub fn span(millis: u64) -> String {
    let (amount, unit) = amount(millis);
    words::time::span(amount, unit)
}

fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

fn clock_exact(time: NaiveTime) -> String {
    format!("{}.{:03}", clock(time), time.nanosecond() / 1_000_000)
}

fn short_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), short_month(date), date.year())
}

fn month(date: NaiveDate) -> &'static str {
    usize::try_from(date.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
}

fn short_month(date: NaiveDate) -> &'static str {
    month(date).get(..3).unwrap_or_default()
}

fn weekday(day: Weekday) -> &'static str {
    usize::try_from(day.num_days_from_monday()).ok().and_then(|day| WEEKDAYS.get(day)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
