//! JSON cut into the lines of its pretty form, one line at a time, without recursion and without reading values.
//!
//! What stops being JSON is not thrown away: the lines before are kept, the rest goes on as it came, and [`Ending`]
//! says why. Several values one below the other (NDJSON) are taken as they are.

use super::line::{Language, Line, offset};
use super::scan::{self, StringEnd};

/// How the text turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All of it is JSON.
    Complete,
    /// It ends in the middle of a value.
    CutShort,
    /// From this place on, in bytes, it is not JSON.
    NotJson(usize),
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// The first thing in a list, or its end.
    FirstItem,
    /// The first key of an object, or its end.
    FirstKey,
    /// A further item.
    Item,
    /// A further key.
    Key,
    /// The end of the list or object around.
    Close,
    /// A further value of its own, after a line break.
    Another,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    Object,
    List,
}

/// Cuts a text into the lines of its pretty JSON form.
#[derive(Debug)]
pub struct JsonLines {
    at: usize,
    open: Vec<Container>,
    expected: Expected,
    ending: Option<Ending>,
}

/// Why a line could not be finished.
enum Stop {
    Short,
    Wrong(usize),
}

impl Default for JsonLines {
    fn default() -> Self {
        Self { at: 0, open: Vec::new(), expected: Expected::Item, ending: None }
    }
}

impl JsonLines {
    /// How the text turned out; `None` as long as lines come.
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }

    /// The next line; `None` when the rest, if any, is not JSON. Always asked with the same text.
    pub fn next_line(&mut self, text: &str) -> Option<Line> {
        if self.ending.is_some() {
            return None;
        }
        let start = scan::skip_space(text, self.at);
        if start >= text.len() {
            let complete = self.open.is_empty() && self.expected == Expected::Another;
            self.ending = Some(if complete { Ending::Complete } else { Ending::CutShort });
            return None;
        }
        if self.expected == Expected::Another && !scan::part(text, self.at, start).contains('\n') {
            self.ending = Some(Ending::NotJson(start));
            return None;
        }
        let closes = matches!(scan::byte(text, start), Some(b'}' | b']'));
        let keyed = !closes && matches!(self.expected, Expected::FirstKey | Expected::Key);
        let depth = self.open.len().saturating_sub(usize::from(closes));
        self.at = start;
        if let Err(stop) = self.read_line(text, start) {
            self.ending = Some(match stop {
                Stop::Short => Ending::CutShort,
                Stop::Wrong(place) => Ending::NotJson(place),
            });
        }
        (self.at > start).then(|| Line {
            start: offset(start),
            end: offset(self.at),
            depth: u16::try_from(depth).unwrap_or(u16::MAX),
            keyed,
            language: Language::Json,
        })
    }

    /// Reads one line from `start`; `self.at` follows behind every token that is taken.
    fn read_line(&mut self, text: &str, start: usize) -> Result<(), Stop> {
        match (self.expected, scan::byte(text, start)) {
            (Expected::FirstItem | Expected::Close, Some(b']')) => self.close(text, Container::List),
            (Expected::FirstKey | Expected::Close, Some(b'}')) => self.close(text, Container::Object),
            (Expected::Close, _) => Err(Stop::Wrong(start)),
            (Expected::FirstKey | Expected::Key, _) => {
                self.read_key(text, start)?;
                let value = self.next_token(text)?;
                self.read_value(text, value)
            }
            (Expected::FirstItem | Expected::Item | Expected::Another, _) => self.read_value(text, start),
        }
    }

    fn read_key(&mut self, text: &str, start: usize) -> Result<(), Stop> {
        if scan::byte(text, start) != Some(b'"') {
            return Err(Stop::Wrong(start));
        }
        self.read_string(text, start)?;
        let colon = self.next_token(text)?;
        if scan::byte(text, colon) != Some(b':') {
            return Err(Stop::Wrong(colon));
        }
        self.at = colon + 1;
        Ok(())
    }

    fn read_value(&mut self, text: &str, start: usize) -> Result<(), Stop> {
        match scan::byte(text, start) {
            Some(b'{') => self.open(text, start, Container::Object),
            Some(b'[') => self.open(text, start, Container::List),
            Some(b'"') => {
                self.read_string(text, start)?;
                self.finish_value(text);
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => {
                self.at = scan::run(text, start, text.len(), scan::is_number);
                self.finish_value(text);
                Ok(())
            }
            Some(b't' | b'f' | b'n') => {
                let end = scan::run(text, start, text.len(), |byte| byte.is_ascii_alphanumeric());
                let word = scan::part(text, start, end);
                let known = ["true", "false", "null"];
                if known.contains(&word) {
                    self.at = end;
                    self.finish_value(text);
                    return Ok(());
                }
                let cut = end == text.len() && known.iter().any(|known| known.starts_with(word));
                if cut {
                    self.at = end;
                }
                Err(if cut { Stop::Short } else { Stop::Wrong(start) })
            }
            _ => Err(Stop::Wrong(start)),
        }
    }

    fn read_string(&mut self, text: &str, start: usize) -> Result<(), Stop> {
        match scan::json_string_end(text, start + 1) {
            StringEnd::Closed(end) => {
                self.at = end;
                Ok(())
            }
            StringEnd::Open => {
                self.at = text.len();
                Err(Stop::Short)
            }
            StringEnd::Broken => Err(Stop::Wrong(start)),
        }
    }

    /// An opening bracket ends its line, unless it is closed at once.
    fn open(&mut self, text: &str, start: usize, container: Container) -> Result<(), Stop> {
        self.at = start + 1;
        self.open.push(container);
        self.expected = match container {
            Container::Object => Expected::FirstKey,
            Container::List => Expected::FirstItem,
        };
        let next = scan::skip_space(text, self.at);
        match (container, scan::byte(text, next)) {
            (Container::Object, Some(b'}')) | (Container::List, Some(b']')) => {
                self.at = next;
                self.close(text, container)
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, text: &str, container: Container) -> Result<(), Stop> {
        if self.open.last() != Some(&container) {
            return Err(Stop::Wrong(self.at));
        }
        self.open.pop();
        self.at += 1;
        self.finish_value(text);
        Ok(())
    }

    /// A comma belongs to the line of the value before it.
    fn finish_value(&mut self, text: &str) {
        let next = scan::skip_space(text, self.at);
        self.expected = match (self.open.last(), scan::byte(text, next)) {
            (None, _) => Expected::Another,
            (Some(Container::Object), Some(b',')) => {
                self.at = next + 1;
                Expected::Key
            }
            (Some(Container::List), Some(b',')) => {
                self.at = next + 1;
                Expected::Item
            }
            (Some(_), _) => Expected::Close,
        };
    }

    fn next_token(&self, text: &str) -> Result<usize, Stop> {
        let next = scan::skip_space(text, self.at);
        if next < text.len() { Ok(next) } else { Err(Stop::Short) }
    }
}
