//! Dates, lengths of time and zones.

/// The months' names; their first three letters stand for them where there is little room.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const TODAY: &str = "Today";
pub const YESTERDAY: &str = "Yesterday";

pub const TIME_ZONE: &str = "Time zone";
pub const ALL_IN_THIS_ZONE: &str = "All times on this page are in this zone";
pub const YOUR_ZONE: &str = "Your zone";
pub const ACCOUNT_ZONE: &str = "Your account's zone";
pub const TIMES_IN_UTC: &str = "Times in UTC";

pub const DATES: &str = "Dates";
/// Before the dates that are set.
pub const DATES_ARE: &str = "Dates: ";
pub const ALL_KEPT: &str = "All that is kept";
pub const WHEN: &str = "When";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const APPLY: &str = "Apply";
pub const SHORT_EXAMPLES: &str = "last 90m, yesterday 9am";

pub const GO_TO_TIME: &str = "Go to a time";
pub const GO_TO_CALLS_OF: &str = "Go to the calls of";
pub const FILL_IN: &str = "Fill in a date and a time.";
pub const GO: &str = "Go";
pub const CANCEL: &str = "Cancel";

/// What can be typed; a time that is typed is read in English alone.
const EXAMPLES: &str = "last 90m, yesterday 9am, mon 14:00 to 15:30, 2026-11-22 10:00";
pub const TYPE_A_TIME: &str = "Type a time.";
pub const LENGTH_LIMITS: &str = "A length of time is at least a minute and at most 366 days.";
pub const DAY_AND_MONTH: &str = "Write a date with its day and month, like 24 Nov or 2026-11-24.";
pub const STILL_TO_COME: &str = "This is still to come.";
pub const END_BEFORE_BEGINNING: &str = "The end must be later than the beginning.";

/// What a length of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days,
    Hours,
    Minutes,
    Seconds,
}

impl Unit {
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Days => ["day", "days"],
            Self::Hours => ["hour", "hours"],
            Self::Minutes => ["minute", "minutes"],
            Self::Seconds => ["second", "seconds"],
        }
    }
}

/// A length of time: `4 hours`.
pub fn span(amount: u64, unit: Unit) -> String {
    let [one, several] = unit.names();
    format!("{amount} {}", if amount == 1 { one } else { several })
}

/// A length of time up to now: `Last 7 days`.
pub fn last(amount: u64, unit: Unit) -> String {
    let [one, _] = unit.names();
    match (amount, unit) {
        // The last day is a calendar's; a span of one day is 24 hours.
        (1, Unit::Days) => "Last 24 hours".to_owned(),
        (1, _) => format!("Last {one}"),
        _ => format!("Last {}", span(amount, unit)),
    }
}

pub fn from_to(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

pub fn from(time: &str) -> String {
    format!("From {time}")
}

pub fn up_to(time: &str) -> String {
    format!("Up to {time}")
}

/// The heading of today in the list.
pub fn today(day: &str) -> String {
    format!("Today, {day}")
}

/// The heading of yesterday in the list.
pub fn yesterday(day: &str) -> String {
    format!("Yesterday, {day}")
}

pub fn took_over(days: u64) -> String {
    format!("over {days} d")
}

pub fn times_in_your_zone(offset: &str) -> String {
    format!("Times in your zone, {offset}")
}

pub fn times_in_zone(zone: &str, offset: &str) -> String {
    format!("Times in {zone}, {offset}")
}

pub fn goes_on_from_there(offset: &str) -> String {
    format!("The list goes on from there in both directions. In your zone, {offset}.")
}

pub fn kept_since(days: &str, oldest: &str) -> String {
    format!("Calls are kept for {days}: choose a time after {oldest}.")
}

pub fn type_examples() -> String {
    format!("Type {EXAMPLES}.")
}

pub fn time_missing() -> String {
    format!("A time is missing. Try {EXAMPLES}.")
}

pub fn no_time(word: &str) -> String {
    format!("\u{201c}{word}\u{201d} is no time. Try {EXAMPLES}.")
}

pub fn no_time_of_day(word: &str) -> String {
    format!("{word} is no time of day. Write it like 14:00 or 2pm.")
}

pub fn no_date(word: &str) -> String {
    format!("{word} is no date. Write it like 2026-11-24 or 24 Nov.")
}

pub fn day_or_month(word: &str) -> String {
    format!("{word} may be a day or a month first. Write the date like 24 Nov or 2026-11-24.")
}

pub fn no_such_day(day: u32) -> String {
    format!("There is no day {day} in that month.")
}
