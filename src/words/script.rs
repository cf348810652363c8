//! What a script did.

use super::count::counted;

pub const SCRIPT: &str = "Script";
pub const COPY_SCRIPT: &str = "Copy script";
pub const WHERE_IT_STOPPED: &str = "Where the script stopped";
pub const ERROR: &str = "Error";

pub const RAN_TO_ITS_END: &str = "The script ran to its end.";
pub const STOPPED: &str = "The script stopped.";
pub const TIME_NOT_KNOWN: &str = "How long it ran is not known.";

pub const BEFORE_AND_AFTER: &str = "Variables before and after";
pub const NONE_CAPTURED: &str = "None were captured.";
pub const WHEN_AFTER_IS: &str = "\u{201c}After\u{201d} is the moment the script stopped";
/// The heads of the columns.
pub const COLUMNS: [&str; 4] = ["Attribute", "Before", "After", "What happened"];
pub const SAME: &str = "Same";
pub const NEW: &str = "New";
pub const CHANGED: &str = "Changed";
pub const REMOVED: &str = "Removed";
/// In place of a name: the value itself, which has none.
pub const THE_VALUE: &str = "(value)";
pub const NOT_SET: &str = "not set";
pub const EMPTY_LIST: &str = "empty list";
pub const NO_MEMBERS: &str = "no members";
pub const EMPTY_TEXT: &str = "empty text";
pub const LIST: &str = "list";
pub const OBJECT: &str = "object";
pub const TEXT: &str = "text";
pub const VALUE: &str = "Value";
pub const RESULT: &str = "Result";

pub fn stopped_on(line: u32) -> String {
    format!("stopped on line {line}")
}

pub fn line_of(line: u32, all: usize) -> String {
    format!("line {line} of {all}")
}

pub fn ran_for(duration: &str) -> String {
    format!("It ran for {duration}.")
}

pub fn stopped_on_line(line: u32) -> String {
    format!("The script stopped on line {line}.")
}

pub fn stopped_at(line: u32, column: u32) -> String {
    format!("The script stopped on line {line}, column {column}.")
}

pub fn more_variables(rest: u64) -> String {
    format!("And {} more.", counted(rest, ["variable", "variables"]))
}
