//! Reads a text as JSON, as far as it is.

use super::{Json, Kind, Member, Value};

/// How much is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Objects and lists that lie inside so many others are passed over. At most a hundred, because reading recurses.
    pub depth: usize,
    /// Items of one list behind so many are passed over.
    pub items: usize,
    /// Once so many values were read, objects and lists are passed over.
    pub values: usize,
}

/// Reads a text that begins as an object or a list; `None` where it does not.
pub fn read(text: &str, limits: Limits) -> Option<Json<'_>> {
    let mut reader = Reader { text, at: 0, line: 1, values_left: limits.values, limits, is_whole: true };
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    if !matches!(reader.next(), Some(b'{' | b'[')) {
        return None;
    }
    let root = reader.value(0)?;
    let has_ended = reader.next().is_none();
    Some(Json { root, is_whole: reader.is_whole && has_ended })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The line of the pretty form: members and items begin lines, and so does the bracket that closes them.
    line: u32,
    values_left: usize,
    limits: Limits,
    is_whole: bool,
}

impl<'a> Reader<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte after insignificant space.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.byte()
    }

    /// A value; `None` where none begins here.
    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        let first = self.next()?;
        let (start, line) = (self.at, self.line);
        self.values_left = self.values_left.saturating_sub(1);
        let kind = match first {
            b'"' => {
                self.string();
                Kind::Text
            }
            b'{' | b'[' if depth >= self.limits.depth || self.values_left == 0 => {
                self.pass_over();
                Kind::Unread
            }
            b'{' => Kind::Object(self.members(depth)),
            b'[' => Kind::List(self.items(depth)),
            _ => {
                self.word();
                Kind::Plain
            }
        };
        let raw = self.text.get(start..self.at).filter(|raw| !raw.is_empty());
        if raw.is_none() {
            self.is_whole = false;
        }
        Some(Value { raw: raw?, start, line, kind })
    }

    fn members(&mut self, depth: usize) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        if self.opens_empty(b'}') {
            return members;
        }
        loop {
            if self.next() != Some(b'"') {
                self.is_whole = false;
                return members;
            }
            let start = self.at;
            self.string();
            let name = self.text.get(start..self.at).and_then(|name| serde_json::from_str(name).ok());
            if self.next() != Some(b':') {
                self.is_whole = false;
                return members;
            }
            self.at += 1;
            let (Some(name), Some(value)) = (name, self.value(depth + 1)) else {
                self.is_whole = false;
                return members;
            };
            members.push(Member { name, start, value });
            if !self.goes_on(b'}') {
                return members;
            }
        }
    }

    fn items(&mut self, depth: usize) -> Vec<Value<'a>> {
        let mut items = Vec::new();
        if self.opens_empty(b']') {
            return items;
        }
        loop {
            if items.len() >= self.limits.items {
                self.is_whole = false;
                self.pass_to_the_end();
                return items;
            }
            let Some(item) = self.value(depth + 1) else {
                self.is_whole = false;
                return items;
            };
            items.push(item);
            if !self.goes_on(b']') {
                return items;
            }
        }
    }

    /// Passes an opening bracket; whether its closing one follows at once, which is passed too.
    fn opens_empty(&mut self, closing: u8) -> bool {
        self.at += 1;
        let is_empty = self.next() == Some(closing);
        if is_empty {
            self.at += 1;
        } else {
            self.line += 1;
        }
        is_empty
    }

    /// Passes a comma, behind which something follows, or the closing bracket.
    fn goes_on(&mut self, closing: u8) -> bool {
        let next = self.next();
        if next == Some(b',') || next == Some(closing) {
            self.at += 1;
            self.line += 1;
        } else {
            self.is_whole = false;
        }
        next == Some(b',')
    }

    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            match memchr::memchr2(b'"', b'\\', rest) {
                Some(place) if rest.get(place) == Some(&b'"') => {
                    self.at += place + 1;
                    return;
                }
                Some(place) if self.at + place + 2 <= bytes.len() => self.at += place + 2,
                _ => {
                    self.at = bytes.len();
                    self.is_whole = false;
                    return;
                }
            }
        }
    }

    fn word(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
            self.at += 1;
        }
    }

    /// Passes over an object or a list.
    fn pass_over(&mut self) {
        let closing = if self.byte() == Some(b'{') { b'}' } else { b']' };
        self.is_whole = false;
        if !self.opens_empty(closing) {
            self.pass_to_the_end();
        }
    }

    /// Passes over the rest of an object or a list, without reading what is in it.
    fn pass_to_the_end(&mut self) {
        let mut depth = 1_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => {
                    if !self.opens_empty(byte + 2) {
                        depth += 1;
                    }
                    continue;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.line += 1;
                }
                b',' => self.line += 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}
