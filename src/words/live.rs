//! Calls as they come in, and the connection they come over.

use super::count::count;

pub const LIVE: &str = "Live";
pub const SHOW_NEW: &str = "Show the new calls";
pub const CONNECTING: &str = "connecting";
pub const ON_HOLD: &str = "on hold";
pub const TRYING_AGAIN: &str = "trying again";
pub const PAUSED: &str = "paused";
pub const NOT_FOR_DATES: &str = "not for these dates";

pub const WAIT_FOR_CALL: &str = "New calls wait while a call is open";
pub const WAIT_FOR_LIST: &str = "New calls wait while the list is scrolled";
pub const WAIT_FOR_SEARCH: &str = "New calls wait while you search";
pub const DATES_ARE_PAST: &str = "The dates end in the past, so that no new call belongs to them";
pub const NOBODY_LOOKED: &str = "Nobody has looked at this page for a while";

pub const NO_SERVER: &str = "The server cannot be reached.";
pub const CALLS_OF_BEFORE: &str = "The calls below are those of the filter before. This page tries again by itself.";
pub const CALLS_STAY: &str = "What you see stays as it is. This page tries again by itself.";
pub const TRY_NOW: &str = "Try now";
pub const LEFT_OUT: &str = "Some new calls are left out here.";
pub const WHY_LEFT_OUT: &str = "They came in while this page was not connected, or faster than it could show them.";
pub const LOAD_THEM: &str = "Load them";
pub const ENDED: &str = "Live has ended.";
pub const SWITCH_ON_AGAIN: &str = "Switch it on again";
pub const WAITS: &str = "Live waits.";
pub const WHY_WAITS: &str =
    "No new call belongs to these dates: they end in the past. Choose others to see calls as they come in.";
pub const SWITCH_OFF: &str = "Switch it off";
pub const TOO_MANY_VIEWS: &str =
    "You have as many live views open as there may be. Close one, and switch this one on again.";

pub fn new_calls(number: u64) -> String {
    format!("{} new", count(number))
}
