//! What can be done by name or key, the sheet of keys, and what is said when it is done.

pub const COMMANDS: &str = "Commands";
pub const FIND: &str = "Find a command";
pub const NONE_FOUND: &str = "No command has these letters.";

pub const SEARCH: &str = "Search";
pub const OLDER: &str = "Older call";
pub const NEWER: &str = "Newer call";
pub const ERRORS_ONLY: &str = "Show errors only, or all again";
pub const LAST_HOUR: &str = "Last hour";
pub const LAST_DAY: &str = "Last 24 hours";
pub const LAST_WEEK: &str = "Last 7 days";
pub const ALL_KEPT: &str = "All that is kept";
pub const CLEAR_FILTERS: &str = "Clear all filters";
pub const GO_TO_TIME: &str = "Go to a time";
pub const NEWEST: &str = "Newest calls";
pub const LIVE: &str = "Switch Live on or off";
pub const COPY_LINK: &str = "Copy the link to this view";
pub const FOLDING: &str = "Fold calls that are alike, or show each";
pub const COMPACT_ROWS: &str = "Compact rows";
pub const STANDARD_ROWS: &str = "Standard rows";
pub const ROOMY_ROWS: &str = "Roomy rows";
pub const RESET_LOOK: &str = "Reset columns, rows and folding";
pub const LIGHT: &str = "Light theme";
pub const DARK: &str = "Dark theme";
pub const AS_SYSTEM: &str = "Theme of the system";
pub const EXPORT_CSV: &str = "Export as CSV";
pub const EXPORT_NDJSON: &str = "Export as NDJSON";
pub const EXPORT_HAR: &str = "Export as HAR";
pub const PRINT: &str = "Print the open call";
pub const CONNECTIONS: &str = "Go to Connections";
pub const KEYS: &str = "Keys";

pub const KEYS_AND_COMMANDS: &str = "Keys and commands";
pub const LETTERS: &str = "Letters are shortcuts";
/// Keys that are no letters, as they are written on them, and what they do.
pub const FIXED_KEYS: [(&str, &str); 9] = [
    ("Ctrl K", "Find a command; \u{2318} K on a Mac"),
    ("\u{2191} \u{2193}", "The row above and below"),
    ("PgUp PgDn", "A screen up and down"),
    ("Home End", "The first and the last row that is loaded"),
    ("\u{2192}", "Show each of the calls that are folded"),
    ("\u{2190}", "Fold calls that are alike again"),
    ("Enter", "Open the call"),
    ("Ctrl Enter", "Open the call in a new tab; \u{2318} Enter on a Mac"),
    ("Esc", "Close what is open, and go back"),
];

pub const LINK_COPIED: &str = "Link copied";
pub const COPY_THE_ADDRESS: &str = "The browser does not allow it: copy the address";
pub const LIVE_IS_ON: &str = "Live is on";
pub const LIVE_IS_OFF: &str = "Live is off";
pub const ARE_FOLDED: &str = "Calls that are alike are folded";
pub const EACH_HAS_ITS_ROW: &str = "Every call has its row";
pub const FILE_ON_ITS_WAY: &str = "The file is on its way";

pub fn entered_at(time: &str) -> String {
    format!("From {time} on; newer calls are above")
}

pub fn none_as_old_as(time: &str) -> String {
    format!("No call of this filter is as old as {time}")
}
