//! Calls over time.

use super::count::{calls, count, errors};

pub const NOT_COUNTED: &str = "The calls over time could not be counted.";
pub const SUCCESS: &str = "Success";
pub const ERRORS: &str = "Errors";
pub const NO_RESPONSE: &str = "No response";
pub const ONLY_ERRORS_KEPT: &str = "only errors are kept here";
pub const ZOOM_OUT: &str = "Zoom out";
pub const BAR_BY_BAR: &str = "Calls over time, bar by bar";
pub const CHART: &str = "chart";
pub const HOW_TO_MOVE: &str =
    "Arrow keys move between the bars, with Shift they select; Enter zooms in, g goes to their calls";
/// In the tip of a bar: the key of the command that goes to a time.
pub const TO_THESE: &str = "Press g to go to these calls";

pub fn per_bar(span: &str) -> String {
    format!("{span} per bar")
}

pub fn in_words(from: &str, to: &str, succeeded: u64, failed: u64) -> String {
    format!("Calls from {from} to {to}: {} succeeded, {} failed.", count(succeeded), count(failed))
}

pub fn only_errors_before(time: &str) -> String {
    format!("Before {time} only errors are kept.")
}

pub fn selected(when: &str, how_many: &str) -> String {
    format!("selected: {when}, {how_many}")
}

/// What some bars count; calls without response where there are any, and of failures also their share in a hundred.
pub fn bars(total: u64, failed: u64, share: u64, no_response: u64) -> String {
    let failed = match (share, failed) {
        (_, 0) => String::new(),
        (0, failed) => format!(", {} failed (under 1%)", count(failed)),
        (share, failed) => format!(", {} failed ({share}%)", count(failed)),
    };
    format!("{}{failed}{}", calls(total), unanswered(no_response))
}

/// The same where only errors are kept, so that nobody knows of how many they are.
pub fn bars_of_errors(failed: u64, no_response: u64) -> String {
    format!("{}{}; {ONLY_ERRORS_KEPT}", errors(failed), unanswered(no_response))
}

fn unanswered(number: u64) -> String {
    if number == 0 { String::new() } else { format!(", {} without response", count(number)) }
}
