//! The differences of one part, as far as they are listed.

use model::{Difference, PartComparison};

use super::volatile::is_volatile;

/// More differences of a part are counted only.
const MOST_LISTED: usize = 50;
/// Values are cut to so many characters.
const LONGEST_VALUE: usize = 300;

/// A part of two calls while it is compared.
#[derive(Debug)]
pub struct Part {
    /// Its name in the answer.
    pub name: &'static str,
    /// The name people read.
    pub label: &'static str,
    differences: Vec<Difference>,
    more: u32,
    /// Values that differ as they do from call to call.
    pub ignored: u32,
    /// Whether it was not compared to its end.
    pub is_partial: bool,
}

impl Part {
    /// Nothing compared yet.
    pub const fn new(name: &'static str, label: &'static str) -> Self {
        Self { name, label, differences: Vec::new(), more: 0, ignored: 0, is_partial: false }
    }

    /// Whether anything differs.
    pub fn differs(&self) -> bool {
        !self.differences.is_empty()
    }

    /// Notes a difference.
    pub fn add(&mut self, name: &str, was: Option<&str>, now: Option<&str>) {
        if self.differences.len() >= MOST_LISTED {
            self.more = self.more.saturating_add(1);
            return;
        }
        let value = |text: Option<&str>| text.map(cut);
        self.differences.push(Difference { name: name.to_owned(), was: value(was), now: value(now) });
    }

    /// Notes values where they differ, and otherwise than from call to call.
    pub fn compare(&mut self, name: &str, was: Option<&str>, now: Option<&str>) {
        match (was, now) {
            (was, now) if was == now => {}
            (Some(was), Some(now)) if is_volatile(name, was, now) => self.ignore(),
            _ => self.add(name, was, now),
        }
    }

    /// Counts a value that differs as it does from call to call.
    pub const fn ignore(&mut self) {
        self.ignored = self.ignored.saturating_add(1);
    }

    /// The part as it is answered.
    pub fn into_answer(self) -> PartComparison {
        PartComparison {
            part: self.name.to_owned(),
            label: self.label.to_owned(),
            differences: self.differences,
            more: self.more,
        }
    }
}

/// A value on one line, cut.
fn cut(text: &str) -> String {
    let mut value = String::new();
    let mut is_behind_space = false;
    for character in text.chars().take(4 * LONGEST_VALUE) {
        let is_break = matches!(character, '\n' | '\r' | '\t');
        if is_break || (is_behind_space && character == ' ') {
            if !is_behind_space {
                value.push(' ');
            }
            is_behind_space = true;
        } else {
            value.push(character);
            is_behind_space = false;
        }
    }
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => {
            value.truncate(end);
            value.push('…');
        }
        None if text.chars().nth(4 * LONGEST_VALUE).is_some() => value.push('…'),
        None => {}
    }
    value
}
