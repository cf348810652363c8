//! The search box.

use super::count::counted;

pub const SEARCH: &str = "Search API logs";
pub const EXAMPLE: &str = "Words, or code:5xx app:\"Google Sheets\" -method:GET";
pub const PRESS_SLASH: &str = "Press / to search";
pub const CLEAR: &str = "Clear the search";
pub const HOW_TO: &str = "How to search";

pub const SUGGESTIONS: &str = "Suggestions";
pub const LAST_SEARCHES: &str = "Your last searches. Delete forgets one.";
pub const AMONG_NEWEST: &str = "Among the newest calls";
pub const FORGET: &str = "Forget this search";

/// Before the reason.
pub const NOT_APPLIED: &str = "This search is not applied: ";
pub const AS_TEXT: &str = "Search for it as text";

pub fn suggestions(number: u64) -> String {
    counted(number, ["suggestion", "suggestions"])
}

pub fn use_field(field: &str) -> String {
    format!("Use {field}:")
}
