//! The filters, what is set of them, and the kinds of file that what is filtered comes as.

use super::count::{calls, count};

pub const FILTERS: &str = "Filters";
pub const CLEAR_ALL: &str = "Clear all";
pub const SHOW_THE_CALLS: &str = "Show the calls";
/// The filters in one word each, for narrow lists.
pub const STATUS: &str = "Status";
pub const TYPE: &str = "Type";
pub const CODE: &str = "Code";
pub const BOT: &str = "Bot";
pub const APPLICATION: &str = "Application";

pub const FIND_A_BOT: &str = "Find a bot";
pub const FIND_AN_APPLICATION: &str = "Find an application";
pub const FIND_A_CODE: &str = "Find a code";
pub const FIND_A_VALUE: &str = "Find a value";
pub const NONE_HAS_THIS_NAME: &str = "Nothing here has this name.";
pub const NOT_COUNTED: &str = "The counts could not be had";
pub const COUNTS_FOLLOW: &str = "Counts follow the other filters";
pub const CLEAR: &str = "Clear";
pub const ONLY: &str = "Only";
pub const EXCLUDE: &str = "Exclude";
/// Before a value.
pub const EXCLUDED: &str = "Excluded: ";
pub const WITH_NO_RESPONSE: &str = "with no response";

pub const EXPORT: &str = "Export";
pub const CSV: &str = "a row for each call, for spreadsheets";
pub const NDJSON: &str = "whole calls, a line each";
pub const HAR: &str = "whole calls, for developer tools";

pub fn show_calls(number: u64) -> String {
    format!("Show {}", calls(number))
}

pub fn chosen(number: usize) -> String {
    format!("{number} chosen")
}

pub fn excluded(number: usize) -> String {
    format!("{number} excluded")
}

pub fn chosen_and_excluded(chosen: usize, excluded: usize) -> String {
    format!("{chosen} chosen, {excluded} excluded")
}

pub fn only(value: &str) -> String {
    format!("Only {value}")
}

pub fn exclude(value: &str) -> String {
    format!("Exclude {value}")
}

pub fn remove(filter: &str) -> String {
    format!("Remove filter {filter}")
}

pub fn exported_up_to(most: u64) -> String {
    format!("What is filtered, newest first, up to {} calls.", count(most))
}
