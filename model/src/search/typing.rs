//! What is being typed at a place of a search, so that it can be offered how it may go on.
//!
//! Nothing here is an error: a search that is still being typed seldom can be read as a whole.

use std::ops::Range;

use super::parser::{is_text_with_colon, qualifier_name};
use super::scanner::{OPERATORS, Scanner};
use super::{Field, Search};

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The field whose value it is; `None` for the beginning of a word, which may become a field's name.
    pub value_of: Option<Field>,
    /// The letters before the place, without quotes.
    pub letters: String,
    /// What a completion takes the place of, in bytes.
    pub replaced: Range<usize>,
    /// The whole term it is a part of, in bytes.
    term: Range<usize>,
    /// Whether it stands among the values in a field's parentheses.
    is_in_group: bool,
}

impl Typing {
    /// What is being typed at a place, in bytes; `None` where there is nothing to complete: in quoted words, between
    /// words, before the first letter of one.
    pub fn at(typed: &str, place: usize) -> Option<Self> {
        let place = typed.floor_char_boundary(place);
        Walk { scanner: Scanner { typed, place: 0 }, place, groups: Vec::new() }.find()
    }

    /// The search without the term that is being typed; empty where the rest cannot be read.
    pub fn rest(&self, typed: &str) -> String {
        let mut before = typed.get(..self.term.start).unwrap_or_default().trim_end();
        while let Some(shorter) = before.strip_suffix('-').or_else(|| before.strip_suffix("NOT")) {
            before = shorter.trim_end();
        }
        let after = typed.get(self.term.end..).unwrap_or_default().trim_start();
        let rest = format!("{before} {after}").trim().to_owned();
        if Search::parse(&rest).is_ok() { rest } else { String::new() }
    }

    /// A completion as it takes its place: with a blank behind it where the next word can follow at once.
    pub fn completed(&self, typed: &str, completion: &str) -> String {
        let is_done = self.value_of.is_some() && !self.is_in_group && self.replaced.end == typed.len();
        if is_done { format!("{completion} ") } else { completion.to_owned() }
    }
}

/// The parentheses that are open, from the outermost: those of a field's values with the field and its term.
type Groups = Vec<Option<(Field, Range<usize>)>>;

/// Goes through a search up to the place.
struct Walk<'t> {
    scanner: Scanner<'t>,
    place: usize,
    groups: Groups,
}

impl Walk<'_> {
    fn find(mut self) -> Option<Typing> {
        loop {
            self.scanner.skip_blanks();
            if self.scanner.place > self.place {
                return None;
            }
            let is_between = self.scanner.is_at_end() || self.scanner.is_at(')');
            if is_between && self.scanner.place == self.place {
                return Some(self.empty());
            }
            let start = self.scanner.place;
            if self.scanner.take('(') {
                let around = self.groups.last().cloned().flatten();
                self.groups.push(around);
                continue;
            }
            if self.scanner.is_at('-') && !self.scanner.rest().starts_with("--") && start < self.place {
                self.scanner.place += 1;
                continue;
            }
            if self.scanner.take(')') {
                self.groups.pop();
            } else if OPERATORS.iter().all(|operator| self.scanner.take_operator(operator).is_none()) {
                let typing = match self.groups.last().cloned().flatten() {
                    Some((field, term)) => self.values(field, &term, true),
                    None if self.scanner.is_at('"') => {
                        self.scanner.quoted();
                        None
                    }
                    None => self.word(),
                };
                if typing.is_some() {
                    return typing;
                }
            }
            // Right behind what was passed nothing begins, but where a field's parenthesis has just been opened.
            if self.place <= self.scanner.place && !self.scanner.slice(0..self.scanner.place).ends_with(":(") {
                return None;
            }
        }
    }

    /// Nothing is typed yet.
    fn empty(&self) -> Typing {
        let here = self.place..self.place;
        match self.groups.last().cloned().flatten() {
            Some((field, term)) => self.typing(Some(field), String::new(), here, term, true),
            None => self.typing(None, String::new(), here.clone(), here, false),
        }
    }

    /// A word, or a qualifier up to its values; what is being typed, where it is this.
    fn word(&mut self) -> Option<Typing> {
        let (start, rest) = (self.scanner.place, self.scanner.rest());
        let name = qualifier_name(rest).filter(|name| !is_text_with_colon(name, rest));
        let end = match name {
            Some(name) => start + name.len() + 1,
            None => self.scanner.end_of_word(start, false),
        };
        if name.is_none() || self.place < end {
            self.scanner.place = end;
            let letters = self.scanner.typed.get(start..self.place).filter(|_| self.place <= end)?;
            let is_name = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
            return is_name.then(|| self.typing(None, letters.to_owned(), start..end, start..end, false));
        }
        let Some(field) = name.and_then(Field::named) else {
            self.scanner.place = self.scanner.end_of_value(end);
            return None;
        };
        let term = start..self.scanner.end_of_value(end);
        self.scanner.place = end;
        if self.scanner.is_at('(') && field != Field::In {
            self.scanner.place += 1;
            self.groups.push(Some((field, term)));
            return None;
        }
        self.values(field, &term, false)
    }

    /// Values with commas between them; the one that is being typed, where it is among them.
    fn values(&mut self, field: Field, term: &Range<usize>, is_in_group: bool) -> Option<Typing> {
        loop {
            let start = self.scanner.place;
            let is_quoted = self.scanner.is_at('"');
            let is_closed = if is_quoted {
                self.is_closed_quote()
            } else {
                self.scanner.place = self.scanner.end_of_word(start, field.takes_lists());
                true
            };
            if self.place <= self.scanner.place {
                // A quote that is still open takes in nothing of what stands behind the place.
                let end = if is_closed { self.scanner.place } else { self.place };
                let term = if is_closed { term.clone() } else { term.start..self.place };
                let letters = self.letters(start, is_quoted);
                return Some(self.typing(Some(field), letters, start..end, term, is_in_group));
            }
            if !(field.takes_lists() && self.scanner.take(',')) {
                return None;
            }
        }
    }

    /// Passes quoted words; whether there is a quote at their end.
    fn is_closed_quote(&mut self) -> bool {
        let start = self.scanner.place;
        let words = self.scanner.quoted();
        let end = self.scanner.place;
        let without_last = self.scanner.typed.floor_char_boundary(end - 1);
        let mut shorter = Scanner { typed: self.scanner.slice(0..without_last), place: start };
        end > start + 1 && shorter.quoted() == words
    }

    /// What of a value stands before the place.
    fn letters(&self, start: usize, is_quoted: bool) -> String {
        let before = self.scanner.slice(0..self.place);
        if is_quoted && start < self.place {
            Scanner { typed: before, place: start }.quoted()
        } else {
            self.scanner.slice(start..self.place).to_owned()
        }
    }

    fn typing(
        &self,
        value_of: Option<Field>,
        letters: String,
        replaced: Range<usize>,
        term: Range<usize>,
        is_in_group: bool,
    ) -> Typing {
        let end = |range: Range<usize>| range.start.min(self.place)..range.end.max(self.place);
        Typing { value_of, letters, replaced: end(replaced), term: end(term), is_in_group }
    }
}

#[cfg(test)]
mod tests {
    use super::Typing;
    use crate::search::Field;
    use proptest::prelude::*;

    /// What is being typed where the bar stands: whose value, its letters, what is replaced, and the rest.
    fn at(marked: &str) -> Option<(Option<Field>, String, String, String)> {
        let place = marked.find('|').unwrap();
        let typed = marked.replacen('|', "", 1);
        let typing = Typing::at(&typed, place)?;
        let replaced = typed[typing.replaced.clone()].to_owned();
        Some((typing.value_of, typing.letters.clone(), replaced, typing.rest(&typed)))
    }

    fn is(marked: &str, value_of: Option<Field>, letters: &str, replaced: &str, rest: &str) {
        let found = at(marked).unwrap_or_else(|| panic!("{marked}"));
        assert_eq!(found, (value_of, letters.to_owned(), replaced.to_owned(), rest.to_owned()), "{marked}");
    }

    #[test]
    fn a_word_may_become_the_name_of_a_field() {
        is("|", None, "", "", "");
        is("sta|", None, "sta", "sta", "");
        is("refund st|at", None, "st", "stat", "refund");
        is("sta|tus:error", None, "sta", "status:", "error");
        is("statu|:error", None, "statu", "statu:", "error");
        is("-sta|", None, "sta", "sta", "");
        is("(a OR sta|", None, "sta", "sta", "(a OR");
        is("refund |", None, "", "", "refund");
        is("-|", None, "", "", "");
        is("NOT sta| refund", None, "sta", "sta", "refund");
    }

    #[test]
    fn behind_a_colon_stand_values() {
        is("bot:|", Some(Field::Bot), "", "", "");
        is("code:404 bot:ord| -refund", Some(Field::Bot), "ord", "ord", "code:404 -refund");
        is("bot:or|der", Some(Field::Bot), "or", "order", "");
        is("-bot:ord|", Some(Field::Bot), "ord", "ord", "");
        is("bot:sales,ord|", Some(Field::Bot), "ord", "ord", "");
        is("code:(404 OR 5|)", Some(Field::Code), "5", "5", "");
        is("code:(404 OR |", Some(Field::Code), "", "", "");
        is("code:(404 -5|", Some(Field::Code), "5", "5", "");
        is("code:(404 OR |) refund", Some(Field::Code), "", "", "refund");
        is("in:res| word", Some(Field::In), "res", "res", "word");
        is("url:/a,b|", Some(Field::Url), "/a,b", "/a,b", "");
        is("application:goo|", Some(Field::Application), "goo", "goo", "");
    }

    #[test]
    fn a_value_may_be_quoted() {
        is(r#"bot:"Ord|"#, Some(Field::Bot), "Ord", r#""Ord"#, "");
        is(r#"bot:"|"#, Some(Field::Bot), "", "\"", "");
        is(r#"bot:"Order st|atus" x"#, Some(Field::Bot), "Order st", r#""Order status""#, "x");
        is(r#"bot:"a \"b|"#, Some(Field::Bot), "a \"b", r#""a \"b"#, "");
        // It is not closed: what stands behind it stays.
        is(r#"bot:"Ord| code:404"#, Some(Field::Bot), "Ord", r#""Ord"#, "code:404");
    }

    #[test]
    fn elsewhere_there_is_nothing_to_complete() {
        for marked in [
            "|refund",
            "42|",
            r#""quo|ted words""#,
            "https://sho|",
            "statu:err|",
            "a | b",
            "größe|",
            "--da|",
            "a OR|",
            "re-|",
            "(a)|",
            r#"{"id|"#,
        ] {
            assert_eq!(at(marked), None, "{marked}");
        }
    }

    #[test]
    fn a_completion_has_a_blank_behind_it_where_the_next_word_can_follow() {
        let completed = |marked: &str, completion: &str| {
            let place = marked.find('|').unwrap();
            let typed = marked.replacen('|', "", 1);
            let typing = Typing::at(&typed, place).unwrap();
            let mut whole = typed.clone();
            whole.replace_range(typing.replaced.clone(), &typing.completed(&typed, completion));
            whole
        };
        assert_eq!(completed("refund sta|", "status:"), "refund status:");
        assert_eq!(completed("status:er|", "error"), "status:error ");
        assert_eq!(completed("status:er| refund", "error"), "status:error refund");
        assert_eq!(completed("code:(404 OR 5|", "5xx"), "code:(404 OR 5xx");
        assert_eq!(completed("bot:o|", "\"Order status\""), "bot:\"Order status\" ");
    }

    proptest! {
        #[test]
        fn every_place_of_every_text_has_an_answer(
            typed in r#"([a-z:"\\(), é-]|OR |bot:|in:|code:\(){0,24}"#, place in 0_usize..40,
        ) {
            if let Some(typing) = Typing::at(&typed, place) {
                let place = typed.floor_char_boundary(place);
                prop_assert!(typing.replaced.start <= place && place <= typing.replaced.end);
                prop_assert!(typed.get(typing.replaced.clone()).is_some());
                prop_assert!(typed.get(typing.term.clone()).is_some());
                let rest = typing.rest(&typed);
                prop_assert!(crate::Search::parse(&rest).is_ok());
            }
        }
    }
}
