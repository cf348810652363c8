//! One moment, or one day, of what was typed.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use model::query::SpanUnit;
use model::{Span, Timestamp};

use super::{Here, span};
use crate::format::time::Zone;
use crate::words;
use crate::words::time::{MONTHS, WEEKDAYS};

/// A moment, or a whole day.
#[derive(Clone, Copy)]
pub struct Moment {
    /// The moment, or where the day begins.
    pub start: Timestamp,
    /// Where the day ends, if it is one.
    pub end: Option<Timestamp>,
    date: NaiveDate,
}

/// The parts that were typed, in any order.
#[derive(Default)]
struct Parts {
    date: Option<NaiveDate>,
    weekday: Option<u32>,
    /// Whether the day of the week is one before today.
    is_last: bool,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    time: Option<NaiveTime>,
    /// Minutes that the moment's own zone is ahead of UTC.
    offset: Option<i32>,
}

impl Moment {
    /// Reads a moment; where a range begins, if this is its end.
    pub fn read(words: &[&str], here: Here, begin: Option<Self>) -> Result<Self, String> {
        if let [words @ .., "ago"] = words {
            let span = span_of(words).ok_or_else(|| unknown(words.first().copied().unwrap_or("ago")))??;
            return Ok(Self::at(here.now.minus_millis(span.millis()), here.zone));
        }
        match words {
            [] => return Err(words::time::time_missing()),
            ["now"] => return Ok(Self::at(here.now, here.zone)),
            _ => {}
        }
        let today = here.zone.local(here.now).date();
        let parts = Parts::read(words, today)?;
        let date = parts.date(today)?;
        let Some(time) = parts.time else {
            let date = date.ok_or_else(words::time::time_missing)?;
            // Of a range over the end of a week, the end is in the next one.
            let is_next = parts.weekday.is_some() && begin.is_some_and(|begin| date < begin.date);
            return Ok(Self::day(if is_next { later(date, 7) } else { date }, here.zone));
        };
        let at = |date: NaiveDate| {
            let local = date.and_time(time);
            match parts.offset {
                None => here.zone.instant(local),
                Some(offset) => Zone::UTC.instant(local).minus_millis(i64::from(offset) * 60_000),
            }
        };
        let start = match (date, begin) {
            (Some(date), Some(begin)) if parts.weekday.is_some() && at(date) <= begin.start => at(later(date, 7)),
            (Some(date), _) => at(date),
            // A time alone is of the day the range begins on, or of the night that follows.
            (None, Some(begin)) if at(begin.date) > begin.start => at(begin.date),
            (None, Some(begin)) => at(later(begin.date, 1)),
            (None, None) if at(today) <= here.now => at(today),
            (None, None) => at(today.pred_opt().unwrap_or(today)),
        };
        Ok(Self::at(start, here.zone))
    }

    fn at(start: Timestamp, zone: Zone) -> Self {
        Self { start, end: None, date: zone.local(start).date() }
    }

    fn day(date: NaiveDate, zone: Zone) -> Self {
        let begin = |date: NaiveDate| zone.instant(date.and_time(NaiveTime::MIN));
        Self { start: begin(date), end: Some(begin(later(date, 1))), date }
    }
}

impl Parts {
    fn read(words: &[&str], today: NaiveDate) -> Result<Self, String> {
        let mut parts = Self::default();
        let mut words = words.iter().copied().peekable();
        while let Some(word) = words.next() {
            if let Some(half) = words.next_if(|next| matches!(*next, "am" | "pm")) {
                parts.time = Some(clock(&format!("{word}{half}"))?);
            } else {
                parts.take(word, today)?;
            }
        }
        Ok(parts)
    }

    fn take(&mut self, word: &str, today: NaiveDate) -> Result<(), String> {
        match word {
            "at" | "on" | "the" | "of" | "this" => {}
            "last" | "past" => self.is_last = true,
            "today" => self.date = Some(today),
            "yesterday" => self.date = today.pred_opt(),
            "tomorrow" => self.date = today.succ_opt(),
            "noon" => self.time = NaiveTime::from_hms_opt(12, 0, 0),
            "midnight" => self.time = Some(NaiveTime::MIN),
            "utc" | "gmt" | "z" => self.offset = Some(0),
            _ if word.starts_with(|first: char| first.is_ascii_digit()) => self.take_number(word)?,
            _ => {
                if let Some(weekday) = named(word, &WEEKDAYS) {
                    self.weekday = Some(weekday);
                } else {
                    self.month = Some(named(word, &MONTHS).ok_or_else(|| unknown(word))? + 1);
                }
            }
        }
        Ok(())
    }

    fn take_number(&mut self, word: &str) -> Result<(), String> {
        if let Some((date, time)) = word.split_once('t').filter(|(date, _)| date.contains('-')) {
            self.date = Some(iso_date(date)?);
            let zone = time.find(['z', '+', '-']).unwrap_or(time.len());
            let (time, zone) = time.split_at(zone);
            self.time = Some(clock(time)?);
            if !zone.is_empty() {
                self.offset = Some(offset(zone).ok_or_else(|| unknown(word))?);
            }
        } else if word.contains('-') {
            self.date = Some(iso_date(word)?);
        } else if word.contains(':') || word.ends_with("am") || word.ends_with("pm") {
            self.time = Some(clock(word)?);
        } else if word.contains(['/', '.']) {
            return Err(words::time::day_or_month(word));
        } else {
            let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            let suffix = word.get(digits.len()..).unwrap_or_default();
            let number: u32 = digits.parse().map_err(|_| unknown(word))?;
            match suffix {
                "" if (1_970..10_000).contains(&number) => self.year = i32::try_from(number).ok(),
                "" | "st" | "nd" | "rd" | "th" if (1..=31).contains(&number) => self.day = Some(number),
                _ => {
                    // `24nov`, the other way round.
                    let month = named(suffix, &MONTHS).filter(|_| (1..=31).contains(&number));
                    self.month = Some(month.ok_or_else(|| unknown(word))? + 1);
                    self.day = Some(number);
                }
            }
        }
        Ok(())
    }

    /// The day that was typed, if any was.
    fn date(&self, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
        if self.date.is_some() {
            return Ok(self.date);
        }
        if let Some(weekday) = self.weekday {
            let back = (today.weekday().num_days_from_monday() + 7 - weekday) % 7;
            let back = if self.is_last && back == 0 { 7 } else { back };
            return Ok(today.checked_sub_days(Days::new(back.into())));
        }
        match (self.day, self.month) {
            (None, None) if self.year.is_none() => Ok(None),
            (Some(day), Some(month)) => {
                let of = |year| NaiveDate::from_ymd_opt(year, month, day);
                let found = match self.year {
                    Some(year) => of(year),
                    // The last one there was.
                    None => of(today.year()).filter(|date| *date <= today).or_else(|| of(today.year() - 1)),
                };
                found.map(Some).ok_or_else(|| words::time::no_such_day(day))
            }
            _ => Err(words::time::DAY_AND_MONTH.to_owned()),
        }
    }
}

/// `90m`, `90 minutes`, `2h`; `None` where it is something else.
pub fn span_of(words: &[&str]) -> Option<Result<Span, String>> {
    let (number, unit) = match words {
        [word] => word.split_at(word.find(|letter: char| !letter.is_ascii_digit())?),
        [number, unit] => (*number, *unit),
        _ => return None,
    };
    let (unit, times) = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => (SpanUnit::Minutes, 1),
        "h" | "hr" | "hrs" | "hour" | "hours" => (SpanUnit::Hours, 1),
        "d" | "day" | "days" => (SpanUnit::Days, 1),
        "w" | "week" | "weeks" => (SpanUnit::Days, 7),
        _ => return None,
    };
    // More digits than a number has are more time than a year has.
    (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
        .then(|| span(number.parse().unwrap_or(u32::MAX).saturating_mul(times), unit))
}

/// `9am`, `9:30pm`, `14:00`, `14:00:05.123`.
fn clock(word: &str) -> Result<NaiveTime, String> {
    read_clock(word).ok_or_else(|| words::time::no_time_of_day(word))
}

fn read_clock(word: &str) -> Option<NaiveTime> {
    let half = word.strip_suffix("am").map(|rest| (rest, 0)).or(word.strip_suffix("pm").map(|rest| (rest, 12)));
    let digits = half.map_or(word, |(rest, _)| rest);
    let (digits, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut numbers = digits.split(':');
    let mut next = || match numbers.next() {
        Some(digits) if (1..=2).contains(&digits.len()) => digits.parse::<u32>().ok(),
        Some(_) => None,
        None => Some(0),
    };
    let (hour, minute, second) = (next()?, next()?, next()?);
    let hour = match half {
        Some((_, afternoon)) => (1..=12).contains(&hour).then_some(hour % 12 + afternoon)?,
        None => hour,
    };
    let millis: u32 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    if numbers.next().is_some() || (!fraction.is_empty() && digits.matches(':').count() != 2) {
        return None;
    }
    NaiveTime::from_hms_milli_opt(hour, minute, second, millis)
}

fn iso_date(word: &str) -> Result<NaiveDate, String> {
    let mut numbers = word.split('-').map(|digits| digits.parse::<u32>().ok());
    let mut next = || numbers.next().flatten();
    let read = (|| {
        let (year, month, day) = (next()?, next()?, next()?);
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    })();
    read.filter(|_| word.matches('-').count() == 2).ok_or_else(|| words::time::no_date(word))
}

/// `z`, `+01:00`, `-0330` in minutes.
fn offset(zone: &str) -> Option<i32> {
    if zone == "z" {
        return Some(0);
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    let digits: String = digits.chars().filter(|letter| *letter != ':').collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|minutes| !minutes.is_empty()).map_or(Ok(0), str::parse).ok()?;
    let offset = hours * 60 + minutes;
    (offset <= 18 * 60).then_some(if sign == "-" { -offset } else { offset })
}

/// The place of a name that begins like the word, with three letters at least.
fn named(word: &str, names: &[&str]) -> Option<u32> {
    let begins =
        |name: &&str| word.len() >= 3 && name.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    names.iter().position(begins).and_then(|place| u32::try_from(place).ok())
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

fn unknown(word: &str) -> String {
    let word: String = word.chars().take(30).collect();
    words::time::no_time(&word)
}
