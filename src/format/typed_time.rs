//! A time as people type it: `last 90m`, `yesterday 9am`, `mon 14:00 to 15:30`, `24 nov 9:00`, an ISO time. Pure: what
//! time it is and in which zone is given.
//!
//! A length of time stays relative. Words of a calendar are moments by the time they are read, so that a link means the
//! same days tomorrow. A day alone is the whole day, a moment alone is where the range begins.

mod moment;

use model::query::SpanUnit;
use model::{Span, TimeRange, Timestamp};

use self::moment::{Moment, span_of};
use super::time::{self, Zone};
use crate::words;

/// The time it is, and where.
#[derive(Clone, Copy)]
pub struct Here {
    /// Now.
    pub now: Timestamp,
    /// The reader's zone.
    pub zone: Zone,
}

/// The range that was typed, or in words why it is none.
pub fn read(text: &str, here: Here) -> Result<TimeRange, String> {
    let text = spaced(text);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    match words.first().copied() {
        None => return Err(words::time::TYPE_A_TIME.to_owned()),
        Some("all" | "everything" | "any") if words.len() == 1 => return Ok(TimeRange::All),
        Some("from" | "between" | "on") => drop(words.remove(0)),
        _ => {}
    }
    if let Some(span) = relative(&words) {
        return span.map(TimeRange::Last);
    }
    let (first, rest) = words.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    let open = |from, to| TimeRange::Between { from, to };
    match first {
        "since" | "after" => return Ok(open(Some(Moment::read(rest, here, None)?.start), None)),
        "before" => return Ok(open(None, Some(Moment::read(rest, here, None)?.start))),
        "until" | "till" | "to" => {
            let moment = Moment::read(rest, here, None)?;
            return Ok(open(None, Some(moment.end.unwrap_or(moment.start))));
        }
        _ => {}
    }
    let Some(place) = words.iter().position(|word| matches!(*word, "to" | "until" | "till" | "and" | "..")) else {
        let moment = Moment::read(&words, here, None)?;
        return Ok(open(Some(moment.start), moment.end));
    };
    let (before, after) = words.split_at(place);
    let begin = Moment::read(before, here, None)?;
    let after = after.get(1..).unwrap_or_default();
    if after == ["now"] {
        return Ok(open(Some(begin.start), None));
    }
    let end = Moment::read(after, here, Some(begin))?;
    Ok(open(Some(begin.start), Some(end.end.unwrap_or(end.start))))
}

/// A range as somebody could have typed it; empty for everything.
pub fn print(range: TimeRange, zone: Zone) -> String {
    let moment = |at| time::typed(at, zone);
    match range {
        TimeRange::Last(span) => format!("last {span}"),
        TimeRange::Between { from: Some(from), to: Some(to) } => format!("{} to {}", moment(from), moment(to)),
        TimeRange::Between { from: Some(from), to: None } => format!("since {}", moment(from)),
        TimeRange::Between { from: None, to: Some(to) } => format!("until {}", moment(to)),
        TimeRange::All | TimeRange::Between { from: None, to: None } => String::new(),
    }
}

/// In small letters, without commas, and with a word for what stands between two moments.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split([' ', ',', '\t']) {
        // The dashes of an ISO time are its own.
        let is_date = word.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        for part in word.chars() {
            match part {
                '\u{2013}' | '\u{2014}' => spaced.push_str(" to "),
                '-' if !is_date => spaced.push_str(" to "),
                part => spaced.push(part.to_ascii_lowercase()),
            }
        }
        spaced.push(' ');
    }
    spaced
}

/// `last 90m`, `90 minutes`, `since 2h ago`: a length of time up to now.
fn relative(words: &[&str]) -> Option<Result<Span, String>> {
    let words = match words {
        ["last" | "past", "hour"] => return Some(span(1, SpanUnit::Hours)),
        ["last" | "past", "day"] => return Some(span(1, SpanUnit::Days)),
        ["last" | "past", "week"] => return Some(span(7, SpanUnit::Days)),
        ["last" | "past", "month"] => return Some(span(30, SpanUnit::Days)),
        ["last" | "past", words @ ..] | ["since", words @ .., "ago"] | [words @ .., "ago"] | words => words,
    };
    span_of(words)
}

fn span(amount: u32, unit: SpanUnit) -> Result<Span, String> {
    Span::new(amount, unit).ok_or_else(|| words::time::LENGTH_LIMITS.to_owned())
}

#[cfg(test)]
mod tests;
