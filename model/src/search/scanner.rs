//! Goes through what was typed, letter by letter: words, quotes, operators, and where each of them ends.

use std::ops::Range;

/// The words that are operators where one can stand.
pub(super) const OPERATORS: [&str; 3] = ["OR", "AND", "NOT"];

/// A place in what was typed.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'t> {
    pub typed: &'t str,
    pub place: usize,
}

impl<'t> Scanner<'t> {
    /// Takes quoted words; a quote that is not closed reaches to the end.
    pub fn quoted(&mut self) -> String {
        self.place += 1;
        let mut words = String::new();
        let mut characters = self.rest().char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.place += at + 1;
                    return words;
                }
                '\\' => {
                    let escaped = characters.next_if(|(_, next)| matches!(next, '"' | '\\'));
                    words.push(escaped.map_or('\\', |(_, next)| next));
                }
                other => words.push(other),
            }
        }
        self.place = self.typed.len();
        words
    }

    /// Where a word ends: at a blank, or a parenthesis that it did not open.
    pub fn end_of_word(&self, start: usize, ends_at_comma: bool) -> usize {
        let mut open = 0_usize;
        for (at, character) in self.slice(start..self.typed.len()).char_indices() {
            match character {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' => return start + at,
                ',' if ends_at_comma => return start + at,
                other if other.is_whitespace() => return start + at,
                _ => {}
            }
        }
        self.typed.len()
    }

    /// Where a value ends, of whatever kind: for saying what would be text instead.
    pub fn end_of_value(&self, start: usize) -> usize {
        let mut ahead = Self { place: start, ..*self };
        if ahead.is_at('(') {
            let mut open = 0_usize;
            while let Some(next) = ahead.rest().chars().next() {
                match next {
                    '"' => {
                        ahead.quoted();
                        continue;
                    }
                    '(' => open += 1,
                    ')' => open -= 1,
                    _ => {}
                }
                ahead.place += next.len_utf8();
                if open == 0 {
                    break;
                }
            }
            return ahead.place;
        }
        loop {
            if ahead.is_at('"') {
                ahead.quoted();
            } else {
                ahead.place = ahead.end_of_word(ahead.place, true);
            }
            if !ahead.take(',') {
                return ahead.place;
            }
        }
    }

    pub fn skip_blanks(&mut self) {
        self.place = self.typed.len() - self.rest().trim_start().len();
    }

    pub fn is_at_operator(&self, operator: &str) -> bool {
        let after = self.rest().strip_prefix(operator).map(|rest| rest.chars().next());
        after.is_some_and(|next| next.is_none_or(|next| next.is_whitespace() || matches!(next, '(' | ')' | '"')))
    }

    pub fn take_operator(&mut self, operator: &str) -> Option<Range<usize>> {
        self.is_at_operator(operator).then(|| {
            let start = self.place;
            self.place += operator.len();
            start..self.place
        })
    }

    pub fn take(&mut self, character: char) -> bool {
        let is_there = self.is_at(character);
        if is_there {
            self.place += character.len_utf8();
        }
        is_there
    }

    pub fn is_at(&self, character: char) -> bool {
        self.rest().starts_with(character)
    }

    pub fn is_at_end(&self) -> bool {
        self.place == self.typed.len()
    }

    pub fn is_blank_at(&self, place: usize) -> bool {
        let next = self.slice(place..self.typed.len()).chars().next();
        next.is_none_or(|next| next.is_whitespace() || next == ')')
    }

    pub fn rest(&self) -> &'t str {
        self.slice(self.place..self.typed.len())
    }

    pub fn slice(&self, place: Range<usize>) -> &'t str {
        self.typed.get(place).unwrap_or_default()
    }
}
