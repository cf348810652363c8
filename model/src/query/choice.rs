//! Several values of one filter.

use std::fmt;

/// The most values of one filter: each is compared with every bot, node or user of every day.
const MAX_VALUES: usize = 500;

/// What one filter lets through: the included values, or everything, but none of the excluded ones.
///
/// On the wire a comma list, `-` in front of what is excluded: `GET,POST` or `-C2E`. A comma, a leading `-` and a
/// backslash inside a value are written with a backslash in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// Any of these; all when empty.
    pub include: Vec<T>,
    /// None of these.
    pub exclude: Vec<T>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { include: Vec::new(), exclude: Vec::new() }
    }
}

impl<T: PartialEq> Choice<T> {
    /// Only this value.
    pub fn only(value: T) -> Self {
        Self { include: vec![value], exclude: Vec::new() }
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// How many values are named.
    pub fn len(&self) -> usize {
        self.include.len() + self.exclude.len()
    }

    /// Whether something passes, given which of the named values it has.
    pub fn passes(&self, has: impl Fn(&T) -> bool) -> bool {
        (self.include.is_empty() || self.include.iter().any(&has)) && !self.exclude.iter().any(&has)
    }

    /// Includes a value, or takes it out where it was included.
    pub fn toggle(&mut self, value: T) {
        if let Some(index) = self.include.iter().position(|included| *included == value) {
            self.include.remove(index);
        } else {
            self.remove(&value);
            self.include.push(value);
        }
    }

    /// Excludes a value, or takes it out where it was excluded.
    pub fn toggle_excluded(&mut self, value: T) {
        if let Some(index) = self.exclude.iter().position(|excluded| *excluded == value) {
            self.exclude.remove(index);
        } else {
            self.remove(&value);
            self.exclude.push(value);
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, value: &T) {
        self.include.retain(|included| included != value);
        self.exclude.retain(|excluded| excluded != value);
    }

    /// Reads a comma list; the message of the first value that cannot be read.
    pub(super) fn parse(list: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Self, String> {
        let mut choice = Self::default();
        let words = split(list);
        if words.len() > MAX_VALUES {
            return Err(format!("more than {MAX_VALUES} values; choose fewer"));
        }
        for (is_excluded, word) in words {
            let value = read(&word)?;
            let (values, opposite) = if is_excluded {
                (&mut choice.exclude, &choice.include)
            } else {
                (&mut choice.include, &choice.exclude)
            };
            if opposite.contains(&value) {
                return Err(format!("{word} is both asked for and excluded"));
            }
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Ok(choice)
    }
}

impl Choice<String> {
    /// Reads a comma list as words, of whatever filter it is.
    pub fn of_words(list: &str) -> Self {
        // A word that is both asked for and excluded is in no list that was printed.
        Self::parse(list, super::any_word).unwrap_or_default()
    }
}

/// Splits a comma list into its words, each with whether it is excluded.
fn split(list: &str) -> Vec<(bool, String)> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_excluded = false;
    let mut is_start = true;
    let mut characters = list.chars();
    while let Some(character) = characters.next() {
        match character {
            ',' => {
                words.push((is_excluded, std::mem::take(&mut word)));
                is_excluded = false;
                is_start = true;
                continue;
            }
            '-' if is_start => is_excluded = true,
            '\\' => word.extend(characters.next()),
            other => word.push(other),
        }
        is_start = false;
    }
    words.push((is_excluded, word));
    words.retain(|(_, word)| !word.is_empty());
    words
}

impl<T: fmt::Display> fmt::Display for Choice<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let included = self.include.iter().map(|value| (false, value));
        let excluded = self.exclude.iter().map(|value| (true, value));
        for (index, (is_excluded, value)) in included.chain(excluded).enumerate() {
            if index > 0 {
                formatter.write_str(",")?;
            }
            let word = value.to_string().replace('\\', "\\\\").replace(',', "\\,");
            match (is_excluded, word.starts_with('-')) {
                (true, _) => write!(formatter, "-{word}")?,
                (false, true) => write!(formatter, "\\{word}")?,
                (false, false) => formatter.write_str(&word)?,
            }
        }
        Ok(())
    }
}
