//! Reads the language, in one pass and without looking back.

use std::ops::Range;

use super::error::Fault;
use super::scanner::Scanner;
use super::{Expression, Field, MAX_BYTES, MAX_DEPTH, MAX_TERMS, SearchError, TextPart, Words};

/// Reads what somebody typed.
pub(super) fn parse(typed: &str) -> Result<Expression, SearchError> {
    let mut parser = Parser { scanner: Scanner { typed, place: 0 }, terms: 0, depth: 0 };
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
    scanner: Scanner<'t>,
    terms: usize,
    depth: usize,
}

impl Parser<'_> {
    fn search(&mut self) -> Result<Expression, Fault> {
        if self.scanner.typed.len() > MAX_BYTES {
            let message = format!("too long: at most {MAX_BYTES} bytes can be searched for");
            return Err(Fault::limit(
                message,
                self.scanner.typed.floor_char_boundary(MAX_BYTES)..self.scanner.typed.len(),
            ));
        }
        let expression = self.alternatives(Reading::Anything)?;
        if self.scanner.is_at(')') {
            let place = self.scanner.place..self.scanner.place + 1;
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
            let Some(or) = self.scanner.take_operator("OR") else {
                break;
            };
            self.scanner.skip_blanks();
            // At the very end it is still being typed.
            if is_missing || self.scanner.is_at(')') {
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
            self.scanner.skip_blanks();
            if let Some(place) = self.scanner.take_operator("AND") {
                if all.is_empty() || and.is_some() {
                    return Err(one_sided("AND", place));
                }
                and = Some(place);
            } else if self.scanner.is_at_end() || self.scanner.is_at(')') || self.scanner.is_at_operator("OR") {
                break;
            } else {
                all.push(self.term(reading)?);
                and = None;
            }
        }
        match and {
            Some(place) if !self.scanner.is_at_end() => Err(one_sided("AND", place)),
            _ if all.is_empty() => Ok(None),
            _ => Ok(Some(Expression::all(all))),
        }
    }

    /// One term with what negates it.
    fn term(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let mut is_negated = false;
        while let Some(not) = self.scanner.take_operator("NOT") {
            is_negated = !is_negated;
            self.scanner.skip_blanks();
            if self.scanner.is_at_end() {
                return Ok(Expression::default());
            }
            if self.scanner.is_at(')') || self.scanner.is_at_operator("OR") || self.scanner.is_at_operator("AND") {
                return Err(Fault::new(
                    "NOT stands before a term, and here is none; put it in quotes to search for it",
                    not,
                ));
            }
        }
        let after_minus = self.scanner.rest().strip_prefix('-').and_then(|rest| rest.chars().next());
        if after_minus.is_some_and(|next| !next.is_whitespace() && next != ')' && next != '-') {
            is_negated = !is_negated;
            self.scanner.place += 1;
        }
        let term = match (reading, self.scanner.rest().chars().next()) {
            (_, Some('(')) => self.group(reading)?,
            (Reading::ValuesOf(field), _) => self.values(field)?,
            (_, Some('"')) => self.quoted_words(reading)?,
            _ => self.word(reading)?,
        };
        Ok(if is_negated { term.negated() } else { term })
    }

    fn group(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let opening = self.scanner.place..self.scanner.place + 1;
        if self.depth == MAX_DEPTH {
            let message = format!("too many parentheses inside each other: at most {MAX_DEPTH}");
            return Err(Fault::limit(message, opening));
        }
        self.depth += 1;
        self.scanner.place += 1;
        let inner = self.alternatives(reading)?;
        // One that is not closed reaches to the end.
        self.scanner.take(')');
        self.depth -= 1;
        Ok(inner.unwrap_or_default())
    }

    fn quoted_words(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let start = self.scanner.place;
        let words = self.scanner.quoted();
        if self.scanner.is_at(':') {
            // JSON: the quotes belong to it.
            self.scanner.place = self.scanner.end_of_word(self.scanner.place, false);
            return self.leaf(reading, self.scanner.slice(start..self.scanner.place), start);
        }
        self.leaf(reading, &words, start)
    }

    fn word(&mut self, reading: Reading) -> Result<Expression, Fault> {
        let start = self.scanner.place;
        let rest = self.scanner.rest();
        if let Some(name) = qualifier_name(rest).filter(|name| !is_text_with_colon(name, rest)) {
            let value = start + name.len() + 1;
            if let Some(field) = Field::named(name) {
                return self.qualifier(reading, field, start, value);
            }
            let nearest = Field::nearest(name);
            if nearest.is_some() || !self.scanner.is_blank_at(value) {
                let whole = start..self.scanner.end_of_value(value);
                let fault = Fault::new(unknown(name, nearest), start..value - 1).within(whole);
                return Err(Fault { nearest, ..fault });
            }
        }
        self.scanner.place = self.scanner.end_of_word(start, false);
        self.leaf(reading, self.scanner.slice(start..self.scanner.place), start)
    }

    fn qualifier(&mut self, reading: Reading, field: Field, start: usize, value: usize) -> Result<Expression, Fault> {
        let whole = start..self.scanner.end_of_value(value);
        if matches!(reading, Reading::WordsIn(_)) {
            let message = format!("only words can stand behind in:, not {}:", field.name());
            return Err(Fault::new(message, start..value).within(whole));
        }
        if self.scanner.is_blank_at(value) {
            let message = format!("{0}: needs a value right behind it, like {0}:{1}", field.name(), field.example());
            return Err(Fault::new(message, start..value).within(whole));
        }
        self.scanner.place = value;
        if field == Field::In {
            return self.scope(start, value);
        }
        let values = if self.scanner.is_at('(') { self.group(Reading::ValuesOf(field)) } else { self.values(field) };
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
            let start = self.scanner.place;
            if self.scanner.is_at('"') {
                let words = self.scanner.quoted();
                any.push(self.leaf(Reading::ValuesOf(field), &words, start)?);
            } else {
                self.scanner.place = self.scanner.end_of_word(start, field.takes_lists());
                let word = self.scanner.slice(start..self.scanner.place);
                // Behind the last comma the next value is still being typed.
                if !(word.is_empty() && self.scanner.is_at_end() && !any.is_empty()) {
                    any.push(self.leaf(Reading::ValuesOf(field), word, start)?);
                }
            }
            if !(field.takes_lists() && self.scanner.take(',')) {
                return Ok(Expression::any(any));
            }
        }
    }

    /// `in:response` with the term it is about.
    fn scope(&mut self, start: usize, value: usize) -> Result<Expression, Fault> {
        self.scanner.place = self.scanner.end_of_word(value, false);
        let place = start..self.scanner.place;
        let part = Field::scope(self.scanner.slice(value..self.scanner.place))
            .map_err(|message| Fault::new(message, value..place.end).within(place.clone()))?;
        self.scanner.skip_blanks();
        if self.scanner.is_at_end()
            || self.scanner.is_at(')')
            || self.scanner.is_at_operator("OR")
            || self.scanner.is_at_operator("AND")
        {
            return Err(Fault::new(format!("{} needs a word behind it", self.scanner.slice(place.clone())), place));
        }
        self.term(Reading::WordsIn(part))
    }

    /// Words or a value, as what they ask for.
    fn leaf(&mut self, reading: Reading, words: &str, start: usize) -> Result<Expression, Fault> {
        let place = start..self.scanner.place;
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
