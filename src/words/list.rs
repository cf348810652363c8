//! The list of calls, the line above it and what stands in its place.

use super::count::{calls, count, counted};

/// A call, and several.
pub const CALLS: [&str; 2] = ["call", "calls"];

/// The name of the grid.
pub const API_LOGS: &str = "API logs";
pub const STATUS: &str = "Status";
pub const TIME: &str = "Time";
pub const APPLICATION: &str = "Application";
pub const REQUEST: &str = "Request";
pub const BOT_NAME: &str = "Bot name";
pub const SOURCE: &str = "Source";
pub const USER: &str = "User";
pub const TOOK: &str = "Took";
pub const RESPONSE_CODE: &str = "Response code";
pub const REQUEST_TYPE: &str = "Request type";
pub const HOST: &str = "Host";
pub const URL_PATH: &str = "URL path";
pub const TIME_IN_UTC: &str = "Time in UTC";

pub const SCRIPT_DONE: &str = "The script ran to its end";
/// Before how long a call took.
pub const SLOW: &str = "Slow: ";
pub const OLDER_NOT_LOADED: &str = "Older calls could not be loaded.";
pub const NO_OLDER: &str = "No older calls";

pub const COLUMNS: &str = "Columns";
pub const ROW_HEIGHT: &str = "Height of the rows";
pub const COMPACT: &str = "Compact";
pub const STANDARD: &str = "Standard";
pub const ROOMY: &str = "Roomy";
pub const FOLD_ALIKE: &str = "Fold calls in a row that are alike";
pub const ALWAYS_STAY: &str = "Status and time always stay";
pub const RESET: &str = "Reset";

pub const NOT_LOADED: &str = "Calls not loaded";
pub const LOADING: &str = "Loading calls";
pub const SEARCHING_OLDER: &str = "Searching older calls";
pub const LEAVE_THEM_OUT: &str = "leave them out";
pub const SHOW_IT: &str = "show it";
pub const SHOW_THEM: &str = "show them";
pub const NEWEST: &str = "Newest calls";
pub const KEYS: &str = "Keys";

/// Around a part of the address; the reason follows.
pub const LEFT_OUT: [&str; 2] = ["In the address, ", " was left out: "];
pub const NOT_A_CALL_ID: &str = "not the id of a call";
pub const DISMISS: &str = "Dismiss";
/// Before what the server says of its answer.
pub const NOT_EVERYTHING: &str = "Not everything is here. ";

pub const COULD_NOT_BE_LOADED: &str = "The calls could not be loaded";
pub const FILTERS_STAY: &str = "Your filters are still set. Your bots are not affected; only this page is.";
pub const GET_HELP: &str = "Get help";
pub const NO_MATCH: &str = "No call matches these filters";
/// Before what was searched for.
pub const WORDS: &str = "words:";
pub const LONGER_TIME: &str = "Remove one, or look at a longer time.";
pub const OTHER_WORDS: &str = "Remove one, or search for other words.";
pub const CLEAR_FILTERS: &str = "Clear all filters";
pub const SEARCH_ALL: &str = "Search all that is kept";
pub const NO_CALL_YET: &str = "No bot has made a call yet";
pub const WHEN_ONE_COMES: &str = "As soon as a node talks to another service, the call shows up here within seconds.";
pub const TRY_A_BOT: &str = "Already built one? Open the bot, start its preview and send it a message.";
pub const NO_LONGER_KEPT: &str = "These days are no longer kept";
pub const SHOW_ALL: &str = "Show all that is kept";
pub const LAST_WEEK: &str = "Last 7 days";

/// The name of a row that stands for several calls.
pub fn newest_of(call: &str, number: u64) -> String {
    format!("{call}, newest of {} calls that are alike", count(number))
}

pub fn show_each_of(number: u64) -> String {
    format!("Show each of {} calls that are alike", count(number))
}

pub fn fold(number: u64) -> String {
    format!("Fold {} calls that are alike", count(number))
}

pub fn width_of(column: &str) -> String {
    format!("Width of {column}")
}

pub fn move_up(column: &str) -> String {
    format!("Move {column} up")
}

pub fn move_down(column: &str) -> String {
    format!("Move {column} down")
}

pub fn at_least(number: u64) -> String {
    format!("At least {}", calls(number))
}

pub fn got_no_response(number: u64) -> String {
    counted(number, ["call got no response", "calls got no response"])
}

pub fn not_listed(number: u64) -> String {
    format!("{} got no response and is not listed.", calls(number))
}

pub fn kept_for(success: &str, error: &str) -> String {
    format!("Successful calls are kept for {success} and failed ones for {error}.")
}
