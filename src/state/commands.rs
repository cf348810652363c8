//! What can be done on the page, by name or by key: the palette, the sheet of keys and the keys themselves read the same
//! table, so that they agree. Pure.

use model::query::SpanUnit;

use super::table_look::Density;
use crate::browser::theme::Theme;
use crate::words;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// To the search box.
    Search,
    /// To the next older call, or into the list.
    Older,
    /// To the next newer call, or into the list.
    Newer,
    /// Errors only, or all again.
    ToggleErrors,
    /// A length of time up to now; zero is all that is kept.
    Last(u32, SpanUnit),
    /// No filter at all.
    ClearFilters,
    /// Asks for a time, and goes to its calls.
    GoToTime,
    /// The list from its newest call on.
    Newest,
    /// Calls as they come in, or not any more.
    Live,
    /// The address of the view.
    CopyLink,
    /// Folds calls that are alike, or shows each.
    ToggleFolding,
    /// The height of the rows.
    Rows(Density),
    /// The list as it is before anybody changes it.
    ResetLook,
    /// Light or dark.
    Colours(Theme),
    /// What is filtered as a file of a format.
    Export(&'static str),
    /// The open call on paper.
    Print,
    /// To the connections.
    Connections,
    /// The keys.
    Keys,
}

/// Something that can be done.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The letter or sign that does it; empty where there is none.
    pub key: &'static str,
    /// What it does, in the words that are searched.
    pub words: &'static str,
    /// What it does.
    pub act: Act,
}

const fn command(key: &'static str, words: &'static str, act: Act) -> Command {
    Command { key, words, act }
}

/// All that can be done.
pub const COMMANDS: [Command; 27] = [
    command("/", words::commands::SEARCH, Act::Search),
    command("j", words::commands::OLDER, Act::Older),
    command("k", words::commands::NEWER, Act::Newer),
    command("e", words::commands::ERRORS_ONLY, Act::ToggleErrors),
    command("", words::commands::LAST_HOUR, Act::Last(1, SpanUnit::Hours)),
    command("", words::commands::LAST_DAY, Act::Last(24, SpanUnit::Hours)),
    command("", words::commands::LAST_WEEK, Act::Last(7, SpanUnit::Days)),
    command("", words::commands::ALL_KEPT, Act::Last(0, SpanUnit::Days)),
    command("", words::commands::CLEAR_FILTERS, Act::ClearFilters),
    command("g", words::commands::GO_TO_TIME, Act::GoToTime),
    command("n", words::commands::NEWEST, Act::Newest),
    command("", words::commands::LIVE, Act::Live),
    command("c", words::commands::COPY_LINK, Act::CopyLink),
    command("f", words::commands::FOLDING, Act::ToggleFolding),
    command("", words::commands::COMPACT_ROWS, Act::Rows(Density::Compact)),
    command("", words::commands::STANDARD_ROWS, Act::Rows(Density::Standard)),
    command("", words::commands::ROOMY_ROWS, Act::Rows(Density::Roomy)),
    command("", words::commands::RESET_LOOK, Act::ResetLook),
    command("", words::commands::LIGHT, Act::Colours(Theme::Light)),
    command("", words::commands::DARK, Act::Colours(Theme::Dark)),
    command("", words::commands::AS_SYSTEM, Act::Colours(Theme::System)),
    command("", words::commands::EXPORT_CSV, Act::Export("csv")),
    command("", words::commands::EXPORT_NDJSON, Act::Export("ndjson")),
    command("", words::commands::EXPORT_HAR, Act::Export("har")),
    command("", words::commands::PRINT, Act::Print),
    command("", words::commands::CONNECTIONS, Act::Connections),
    command("?", words::commands::KEYS, Act::Keys),
];

/// The commands that fit what was typed, the best first: those that begin with it, and those that hold it; where there
/// are none, those that hold its letters in order.
pub fn fitting(typed: &str) -> Vec<Command> {
    let typed = model::fold::fold(typed.trim());
    let rank = |command: &Command| {
        let words = model::fold::fold(command.words);
        match words.find(typed.as_str()) {
            Some(place) => u8::from(place > 0),
            None if holds_in_order(&words, &typed) => 2,
            None => 3,
        }
    };
    let of_rank = |best: u8| COMMANDS.into_iter().filter(move |command| rank(command) == best);
    let found: Vec<_> = of_rank(0).chain(of_rank(1)).collect();
    if found.is_empty() { of_rank(2).collect() } else { found }
}

fn holds_in_order(words: &str, typed: &str) -> bool {
    let mut words = words.chars();
    typed.chars().filter(|letter| *letter != ' ').all(|letter| words.any(|found| found == letter))
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, fitting};

    fn found(typed: &str) -> Vec<&'static str> {
        fitting(typed).into_iter().map(|command| command.words).collect()
    }

    #[test]
    fn nothing_typed_keeps_the_order() {
        assert_eq!(found(" "), COMMANDS.map(|command| command.words));
    }

    #[test]
    fn beginnings_stand_before_parts_and_parts_before_letters() {
        assert_eq!(found("last"), ["Last hour", "Last 24 hours", "Last 7 days"]);
        assert_eq!(found("THEME")[0], "Theme of the system");
        assert_eq!(found("xcsv"), ["Export as CSV"]);
        assert!(found("refund").is_empty());
    }

    #[test]
    fn no_key_does_two_things() {
        let mut keys: Vec<_> = COMMANDS.iter().map(|command| command.key).filter(|key| !key.is_empty()).collect();
        let number = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), number);
    }
}
