//! What can be done on the page, by name or by key: the palette, the sheet of keys and the keys themselves read the same
//! table, so that they agree.

use leptos::prelude::*;

/// Something that can be done.
#[derive(Clone, Copy)]
pub struct Command {
    /// What it does, in the words that are searched.
    pub words: &'static str,
    /// The letter or sign that does it; empty where there is none.
    pub key: &'static str,
    /// Does it.
    pub run: Callback<()>,
}

impl Command {
    /// A command without a key.
    pub fn new(words: &'static str, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self::keyed("", words, run)
    }

    /// A command with a key.
    pub fn keyed(key: &'static str, words: &'static str, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self { words, key, run: Callback::new(move |()| run()) }
    }
}

/// All that can be done.
pub type Commands = StoredValue<Vec<Command>>;

/// The places of the words that fit what was typed, the best first: those that hold it, then those that hold its letters
/// in order.
pub fn fitting(words: &[&str], typed: &str) -> Vec<usize> {
    let typed = model::fold::fold(typed.trim());
    let rank = |words: &str| {
        let words = model::fold::fold(words);
        match words.find(typed.as_str()) {
            Some(place) => Some(usize::from(place > 0)),
            None => holds_in_order(&words, &typed).then_some(2),
        }
    };
    let mut found: Vec<_> = words.iter().enumerate().filter_map(|(place, words)| Some((rank(words)?, place))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

fn holds_in_order(words: &str, typed: &str) -> bool {
    let mut words = words.chars();
    typed.chars().filter(|letter| *letter != ' ').all(|letter| words.any(|found| found == letter))
}

#[cfg(test)]
mod tests {
    use super::fitting;

    const WORDS: [&str; 5] =
        ["Show errors only, or all again", "Last hour", "Last 24 hours", "Export as CSV", "Go to a time"];

    #[test]
    fn nothing_typed_keeps_the_order() {
        assert_eq!(fitting(&WORDS, " "), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn beginnings_stand_before_parts_and_parts_before_letters() {
        assert_eq!(fitting(&WORDS, "last"), [1, 2]);
        assert_eq!(fitting(&WORDS, "HOUR"), [1, 2]);
        assert_eq!(fitting(&WORDS, "ex"), [3]);
        assert_eq!(fitting(&WORDS, "l24"), [2]);
        assert_eq!(fitting(&WORDS, "go"), [4]);
        assert!(fitting(&WORDS, "refund").is_empty());
    }
}
