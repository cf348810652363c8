//! Reads the language, in one pass and without looking back.

use std::ops::Range;

use super::error::Fault;
use super::{Expression, Field, MAX_BYTES, MAX_DEPTH, MAX_TERMS, SearchError, TextPart, Words};

/// The words that are operators where one can stand.
pub(super) const OPERATORS: [&str; 3] = ["OR", "AND", "NOT"];

/// Reads what somebody typed.
pub(super) fn parse(typed: &str) -> Result<Expression, SearchError> {
    let mut parser = Parser { typed, place: 0, terms: 0, depth: 0 };
    parser.search().map_err(|fault| fault.of(typed))
}

/// The name before the first colon of a word, where it could be a field's: ASCII letters and underscores.
pub(super) fn qualifier_name(word: &str) -> Option<&str> {
    let end = word.bytes().position(|byte| !byte.is_ascii_alphabetic() && byte != b'_')?;
    let name = word.get(..end).filter(|name| !name.is_empty())?;
    word.get(end..)?.starts_with(':').then_some(name)
}

/// Whether a word with such a name and a colon is text all the same, as a URL is.
pub(super) fn is_text_with_colon(name: &str, word: &str) -> bool {
    let is_url = word.get(name.len()..).is_some_and(|rest| rest.starts_with("://"));
    is_url && Field::named(name).is_none()
}

/// How the terms at hand are read.
#[derive(Clone, Copy)]
enum Reading {
    /// As words and qualifiers.
    Anything,
    /// As words of one part of the text.
    WordsIn(TextPart),
    /// As values of a field.
    ValuesOf(Field),
}

struct Parser<'t> {
    typed: &'t str,
    place: usize,
    terms: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn search(&mut self) -> Result<Expression, Fault> {
        if self.typed.len() > MAX_BYTES {
            let message = format!("too long: at most {MAX_BYTES} bytes can be searched for");
            return Err(Fault::limit(message, self.typed.floor_char_boundary(MAX_BYTES)..self.typed.len()));
        }
        let expression = self.alternatives(Reading::Anything)?;
        if self.is_at(')') {
            let place = self.place..self.place + 1;
            return Err(Fault::new("this parenthesis closes none; put it in quotes to search for it", place));
        }
        Ok(expression.unwrap_or_default())
    }

    /// Terms with `OR` between them, up to a closing parenthesis or the end; `None` where there are none.
    fn alternatives(&mut self, reading: Reading) -> Result<Option<Expression>, Fault> {
        let mut any = Vec::new();
        loop {
            let before = any.len();
            any.extend(self.conjunction(reading)?);
            let is_missing = any.len() == before;
            let Some(or) = self.take_operator("OR") else {
                break;
            };
            self.skip_blanks();
            // At the very end it is still being typed.
            if is_missing || self.is_at(')') {
                return Err(one_sided("OR", or));
            }
        }
        Ok(if any.is_empty() { None } else { Some(Expression::any(any)) })
    }

    /// Terms side by side, up to `OR`, a closing parenthesis or the end; `None` where there are none.
    fn conjunction(&mut self, reading: Reading) -> Result<Option<Expression>, Fault> {
        let mut all = Vec::new();
        let mut and: Option<Range<usize>> = None;
        loop {
            self.skip_blanks();
            if let Some(place) = self.take_operator("AND") {
                if all.is_empty() || and.is_some() {
                    return Err(one_sided("AND", place));
                }
                and = Some(place);
            } else if self.is_at_end() || self.is_at(')') || self.is_at_operator("OR") {
                break;
            } else {
                all.push(self.term(reading)?);
                and = None;
            }
        }
        match and {
            Some(place) if !self.is_at_end() => Err(one_sided("AND", place)),
            _ if all.is_empty() => Ok(None),
            _ => Ok(Some(Expression::all(all))),
        }
    }

    /// One term with what negates it.
    fn term(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let mut is_negated = false;
        while let Some(not) = self.take_operator("NOT") {
            is_negated = !is_negated;
            self.skip_blanks();
            if self.is_at_end() {
                return Ok(Expression::default());
            }
            if self.is_at(')') || self.is_at_operator("OR") || self.is_at_operator("AND") {
                return Err(Fault::new(
                    "NOT stands before a term, and here is none; put it in quotes to search for it",
                    not,
                ));
            }
        }
        let after_minus = self.rest().strip_prefix('-').and_then(|rest| rest.chars().next());
        if after_minus.is_some_and(|next| !next.is_whitespace() && next != ')' && next != '-') {
            is_negated = !is_negated;
            self.place += 1;
        }
        let term = match (reading, self.rest().chars().next()) {
            (_, Some('(')) => self.group(reading)?,
            (Reading::ValuesOf(field), _) => self.values(field)?,
            (_, Some('"')) => self.quoted_words(reading)?,
            _ => self.word(reading)?,
        };
        Ok(if is_negated { term.negated() } else { term })
    }

    fn group(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let opening = self.place..self.place + 1;
        if self.depth == MAX_DEPTH {
            let message = format!("too many parentheses inside each other: at most {MAX_DEPTH}");
            return Err(Fault::limit(message, opening));
        }
        self.depth += 1;
        self.place += 1;
        let inner = self.alternatives(reading)?;
        // One that is not closed reaches to the end.
        self.take(')');
        self.depth -= 1;
        Ok(inner.unwrap_or_default())
    }

    fn quoted_words(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let start = self.place;
        let words = self.quoted();
        if self.is_at(':') {
            // JSON: the quotes belong to it.
            self.place = self.end_of_word(self.place, false);
            return self.leaf(reading, self.slice(start..self.place), start);
        }
        self.leaf(reading, &words, start)
    }

    fn word(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let start = self.place;
        let rest = self.rest();
        if let Some(name) = qualifier_name(rest).filter(|name| !is_text_with_colon(name, rest)) {
            let value = start + name.len() + 1;
            if let Some(field) = Field::named(name) {
                return self.qualifier(reading, field, start, value);
            }
            let nearest = Field::nearest(name);
            if nearest.is_some() || !self.is_blank_at(value) {
                let whole = start..self.end_of_value(value);
                let fault = Fault::new(unknown(name, nearest), start..value - 1).within(whole);
                return Err(Fault { nearest, ..fault });
            }
        }
        self.place = self.end_of_word(start, false);
        self.leaf(reading, self.slice(start..self.place), start)
    }

    fn qualifier(&mut self, reading: Reading, field: Field, start: usize, value: usize) -> Result<Expression, Fault> {
        let whole = start..self.end_of_value(value);
        if matches!(reading, Reading::WordsIn(_)) {
            let message = format!("only words can stand behind in:, not {}:", field.name());
            return Err(Fault::new(message, start..value).within(whole));
        }
        if self.is_blank_at(value) {
            let message = format!("{0}: needs a value right behind it, like {0}:{1}", field.name(), field.example());
            return Err(Fault::new(message, start..value).within(whole));
        }
        self.place = value;
        if field == Field::In {
            return self.scope(start, value);
        }
        let values = if self.is_at('(') { self.group(Reading::ValuesOf(field)) } else { self.values(field) };
        let values = values.map_err(|fault| fault.within(whole.clone()))?;
        if values.is_everything() {
            let message = format!("{}: needs a value between the parentheses", field.name());
            return Err(Fault::new(message, whole));
        }
        Ok(values)
    }

    /// Values with commas between them.
    fn values(&mut self, field: Field) -> Result<Expression, Fault> {
        let mut any = Vec::new();
        loop {
            let start = self.place;
            if self.is_at('"') {
                let words = self.quoted();
                any.push(self.leaf(Reading::ValuesOf(field), &words, start)?);
            } else {
                self.place = self.end_of_word(start, field.takes_lists());
                let word = self.slice(start..self.place);
                // Behind the last comma the next value is still being typed.
                if !(word.is_empty() && self.is_at_end() && !any.is_empty()) {
                    any.push(self.leaf(Reading::ValuesOf(field), word, start)?);
                }
            }
            if !(field.takes_lists() && self.take(',')) {
                return Ok(Expression::any(any));
            }
        }
    }

    /// `in:response` with the term it is about.
    fn scope(&mut self, start: usize, value: usize) -> Result<Expression, Fault> {
        self.place = self.end_of_word(value, false);
        let place = start..self.place;
        let part = Field::scope(self.slice(value..self.place))
            .map_err(|message| Fault::new(message, value..place.end).within(place.clone()))?;
        self.skip_blanks();
        if self.is_at_end() || self.is_at(')') || self.is_at_operator("OR") || self.is_at_operator("AND") {
            return Err(Fault::new(format!("{} needs a word behind it", self.slice(place.clone())), place));
        }
        self.term(Reading::WordsIn(part))
    }

    /// Words or a value, as what they ask for.
    fn leaf(&mut self, reading: Reading, words: &str, start: usize) -> Result<Expression, Fault> {
        let place = start..self.place;
        let is_blank = words.trim().is_empty();
        match reading {
            // Blank words say nothing, and are no term.
            Reading::Anything | Reading::WordsIn(_) if is_blank => return Ok(Expression::default()),
            Reading::ValuesOf(field) if is_blank => {
                let message = format!("{0}: needs a value here, like {0}:{1}", field.name(), field.example());
                return Err(Fault::new(message, place));
            }
            _ => {}
        }
        self.terms += 1;
        if self.terms > MAX_TERMS {
            let message = format!("too many words: at most {MAX_TERMS} words and values can be searched for");
            return Err(Fault::limit(message, place));
        }
        match reading {
            Reading::Anything => Ok(Expression::text(words)),
            Reading::WordsIn(part) => Ok(Expression::Text { words: Words::new(words), part }),
            Reading::ValuesOf(field) => field.test(words).map_err(|message| Fault::new(message, place)),
        }
    }

    /// Takes quoted words; a quote that is not closed reaches to the end.
    fn quoted(&mut self) -> String {
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
    fn end_of_word(&self, start: usize, ends_at_comma: bool) -> usize {
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
    fn end_of_value(&self, start: usize) -> usize {
        let mut ahead = Parser { typed: self.typed, place: start, terms: 0, depth: 0 };
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

    fn skip_blanks(&mut self) {
        self.place = self.typed.len() - self.rest().trim_start().len();
    }

    fn is_at_operator(&self, operator: &str) -> bool {
        let after = self.rest().strip_prefix(operator).map(|rest| rest.chars().next());
        after.is_some_and(|next| next.is_none_or(|next| next.is_whitespace() || matches!(next, '(' | ')' | '"')))
    }

    fn take_operator(&mut self, operator: &str) -> Option<Range<usize>> {
        self.is_at_operator(operator).then(|| {
            let start = self.place;
            self.place += operator.len();
            start..self.place
        })
    }

    fn take(&mut self, character: char) -> bool {
        let is_there = self.is_at(character);
        if is_there {
            self.place += character.len_utf8();
        }
        is_there
    }

    fn is_at(&self, character: char) -> bool {
        self.rest().starts_with(character)
    }

    fn is_at_end(&self) -> bool {
        self.place == self.typed.len()
    }

    fn is_blank_at(&self, place: usize) -> bool {
        let next = self.slice(place..self.typed.len()).chars().next();
        next.is_none_or(|next| next.is_whitespace() || next == ')')
    }

    fn rest(&self) -> &'t str {
        self.slice(self.place..self.typed.len())
    }

    fn slice(&self, place: Range<usize>) -> &'t str {
        self.typed.get(place).unwrap_or_default()
    }
}

fn one_sided(operator: &str, place: Range<usize>) -> Fault {
    Fault::new(format!("{operator} stands between two terms; put it in quotes to search for it"), place)
}

fn unknown(name: &str, nearest: Option<&str>) -> String {
    let shown: String = name.chars().take(40).collect();
    match nearest {
        Some(nearest) => format!("{shown} is not a field; did you mean {nearest}:?"),
        None => format!("{shown} is not a field; the fields are {}", Field::ALL.map(Field::name).join(", ")),
    }
}
