//! Ranges of codes and durations: `404`, `5xx`, `>=500`, `400..499`, `>2s`.

use std::fmt;

use crate::{CodeFilter, StatusCode};

const LOWEST_CODE: u64 = 100;
const HIGHEST_CODE: u64 = 999;

/// Response codes from one to another, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeRange {
    from: u16,
    to: u16,
}

impl CodeRange {
    /// Codes between two of them; `None` when there are none, or they are no codes.
    pub fn new(from: StatusCode, to: StatusCode) -> Option<Self> {
        let is_code = |code: StatusCode| (LOWEST_CODE..=HIGHEST_CODE).contains(&u64::from(code.0));
        (is_code(from) && is_code(to) && from <= to).then_some(Self { from: from.0, to: to.0 })
    }

    /// The lowest.
    pub const fn from(self) -> StatusCode {
        StatusCode(self.from)
    }

    /// The highest.
    pub const fn to(self) -> StatusCode {
        StatusCode(self.to)
    }

    /// Whether a code is in it.
    pub const fn contains(self, code: StatusCode) -> bool {
        self.from <= code.0 && code.0 <= self.to
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let read = |text: &str| match text.parse().ok()? {
            CodeFilter::Class(class) => Some((u64::from(class) * 100, u64::from(class) * 100 + 99)),
            CodeFilter::Exact(code) => Some((u64::from(code.0), u64::from(code.0))),
        };
        let code = |code: u64| u16::try_from(code).unwrap_or(u16::MAX);
        match bounds(text, read, LOWEST_CODE, HIGHEST_CODE) {
            Ok((from, to)) => Ok(Self { from: code(from), to: code(to) }),
            Err(NoBounds::Unreadable) => {
                Err("a response code is a number from 100 to 999, a class like 5xx, >=500, or a range like 400..404"
                    .to_owned())
            }
            Err(NoBounds::Empty) => Err(format!("no response code is {text}")),
        }
    }
}

impl From<CodeFilter> for CodeRange {
    fn from(filter: CodeFilter) -> Self {
        match filter {
            CodeFilter::Class(class) => Self { from: class * 100, to: class * 100 + 99 },
            CodeFilter::Exact(code) => Self { from: code.0, to: code.0 },
        }
    }
}

impl fmt::Display for CodeRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        match (u64::from(from), u64::from(to)) {
            _ if from == to => from.fmt(formatter),
            _ if from % 100 == 0 && to == from + 99 => write!(formatter, "{}xx", from / 100),
            (_, HIGHEST_CODE) => write!(formatter, ">={from}"),
            (LOWEST_CODE, _) => write!(formatter, "<={to}"),
            _ => write!(formatter, "{from}..{to}"),
        }
    }
}

/// Durations from one to another in milliseconds, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DurationRange {
    from: u64,
    to: u64,
}

impl DurationRange {
    /// Durations between two of them; `None` when there are none.
    pub fn new(from_millis: u64, to_millis: u64) -> Option<Self> {
        (from_millis <= to_millis).then_some(Self { from: from_millis, to: to_millis })
    }

    /// The shortest, in milliseconds.
    pub const fn from(self) -> u64 {
        self.from
    }

    /// The longest, in milliseconds; `u64::MAX` where it is open.
    pub const fn to(self) -> u64 {
        self.to
    }

    /// Whether a duration in milliseconds is in it.
    pub const fn contains(self, millis: u64) -> bool {
        self.from <= millis && millis <= self.to
    }

    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let read = |text: &str| millis(text).map(|millis| (millis, millis));
        match bounds(text, read, 0, u64::MAX) {
            Ok((from, to)) => Ok(Self { from, to }),
            Err(NoBounds::Unreadable) => {
                Err("a duration is a number with ms, s, m or h, like 500ms, >2s, or a range like 1s..2.5s".to_owned())
            }
            Err(NoBounds::Empty) => Err(format!("no duration is {text}")),
        }
    }
}

impl fmt::Display for DurationRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_round = |millis: u64| millis.is_multiple_of(1_000);
        match (self.from, self.to) {
            (from, to) if from == to => duration(from).fmt(formatter),
            (from, u64::MAX) if from > 1 && is_round(from - 1) => write!(formatter, ">{}", duration(from - 1)),
            (from, u64::MAX) => write!(formatter, ">={}", duration(from)),
            (0, to) if is_round(to + 1) => write!(formatter, "<{}", duration(to + 1)),
            (0, to) => write!(formatter, "<={}", duration(to)),
            (from, to) => write!(formatter, "{}..{}", duration(from), duration(to)),
        }
    }
}

/// Milliseconds in each unit, the largest first.
const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Reads `500ms`, `2s`, `1.5s`, `1m`: a number of whole milliseconds.
fn millis(text: &str) -> Option<u64> {
    let (number, name) = text.split_at(text.find(|character: char| character.is_ascii_alphabetic())?);
    let (_, unit) = UNITS.into_iter().find(|(known, _)| *known == name)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) || fraction.len() > 6 {
        return None;
    }
    let scale = fraction.bytes().fold(1_u64, |scale, _| scale * 10);
    let parts = fraction.parse::<u64>().ok()? * unit;
    if parts % scale != 0 {
        return None;
    }
    whole.parse::<u64>().ok()?.checked_mul(unit)?.checked_add(parts / scale)
}

/// A duration in the largest unit that it is a whole number of.
fn duration(millis: u64) -> String {
    let is_whole = |unit: u64| millis >= unit && millis.is_multiple_of(unit);
    let (name, unit) = UNITS.into_iter().find(|(_, unit)| is_whole(*unit)).unwrap_or(("ms", 1));
    format!("{}{name}", millis / unit)
}

/// Why a text gives no bounds.
enum NoBounds {
    /// It is no value.
    Unreadable,
    /// Nothing lies between them.
    Empty,
}

/// Reads a value, a comparison or a range. A value covers what `read` says: a code itself, a class its hundred codes.
fn bounds(
    text: &str,
    read: impl Fn(&str) -> Option<(u64, u64)>,
    lowest: u64,
    highest: u64,
) -> Result<(u64, u64), NoBounds> {
    let value = |text: &str| read(text).ok_or(NoBounds::Unreadable);
    let end = |text: &str, open: u64| if text.is_empty() { Ok((open, open)) } else { value(text) };
    let (from, to) = if let Some(text) = text.strip_prefix(">=") {
        (value(text)?.0, highest)
    } else if let Some(text) = text.strip_prefix("<=") {
        (lowest, value(text)?.1)
    } else if let Some(text) = text.strip_prefix('>') {
        (value(text)?.1.checked_add(1).ok_or(NoBounds::Empty)?, highest)
    } else if let Some(text) = text.strip_prefix('<') {
        (lowest, value(text)?.0.checked_sub(1).ok_or(NoBounds::Empty)?)
    } else if let Some((from, to)) = text.split_once("..").filter(|_| text != "..") {
        (end(from, lowest)?.0, end(to, highest)?.1)
    } else {
        value(text.strip_prefix('=').unwrap_or(text))?
    };
    if from < lowest || to > highest || from > to { Err(NoBounds::Empty) } else { Ok((from, to)) }
}
