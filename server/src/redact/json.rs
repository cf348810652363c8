//! JSON, and any other text in which `"name": value` occurs.
//!
//! A scanner over the text instead of a parser: what is not hidden stays as it was written (order, spaces, numbers of
//! any size), and a body that is cut off, or not quite JSON, is searched all the same.

use super::{Hidden, is_mark, name, url};

/// How deep JSON inside strings of JSON is searched.
const MAX_NESTING: u8 = 4;

/// A text with the values of its secret keys hidden.
pub fn redact(text: &str, hidden: &mut Hidden) -> String {
    redact_nested(text, hidden, 0)
}

fn redact_nested(text: &str, hidden: &mut Hidden, nesting: u8) -> String {
    Scanner {
        text,
        at: 0,
        redacted: String::with_capacity(text.len()),
        hidden,
        depth: 0,
        pending: None,
        hiding: None,
        nesting,
    }
    .scan()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    redacted: String,
    hidden: &'a mut Hidden,
    /// How many containers are open.
    depth: usize,
    /// The kind of secret that the key before the next value announces.
    pending: Option<&'static str>,
    /// The kind of secret that everything holds down to this depth, where a secret key holds a container.
    hiding: Option<(&'static str, usize)>,
    nesting: u8,
}

impl Scanner<'_> {
    fn scan(mut self) -> String {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' => {
                    self.depth += 1;
                    if let (Some(kind), None) = (self.pending.take(), self.hiding) {
                        self.hiding = Some((kind, self.depth));
                    }
                    self.copy_to(self.at + 1);
                }
                b'}' | b']' => {
                    if self.hiding.is_some_and(|(_, depth)| depth >= self.depth) {
                        self.hiding = None;
                    }
                    self.depth = self.depth.saturating_sub(1);
                    self.pending = None;
                    self.copy_to(self.at + 1);
                }
                b',' => {
                    self.pending = None;
                    self.copy_to(self.at + 1);
                }
                b'0'..=b'9' | b'-' if self.pending.is_some() || self.hiding.is_some() => self.number(),
                _ => {
                    // Everything up to the next byte that means something is copied at once.
                    let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
                    let is_hiding = self.pending.is_some() || self.hiding.is_some();
                    let next = rest.iter().position(|&byte| {
                        matches!(byte, b'"' | b'{' | b'[' | b'}' | b']' | b',')
                            || (is_hiding && (byte.is_ascii_digit() || byte == b'-'))
                    });
                    self.copy_to(next.map_or(self.text.len(), |next| self.at + 1 + next));
                }
            }
        }
        self.redacted
    }

    fn copy_to(&mut self, end: usize) {
        self.redacted.push_str(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    fn kind(&self) -> Option<&'static str> {
        self.pending.or(self.hiding.map(|(kind, _)| kind))
    }

    /// A string: a key when a colon follows, else a value.
    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        let end = end.min(bytes.len());
        let content = self.text.get(start..end).unwrap_or_default();
        let after = (end + 1).min(bytes.len());
        let spaces =
            bytes.get(after..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if bytes.get(after + spaces) == Some(&b':') {
            self.pending = name::secret_kind(content);
            self.copy_to(after + spaces + 1);
            return;
        }
        let replacement = match self.kind() {
            Some(kind) if !content.is_empty() && !is_mark(content) => Some(self.hidden.mark(kind)),
            Some(_) => None,
            None => self.redact_content(content),
        };
        self.pending = None;
        match replacement {
            Some(replacement) => {
                self.redacted.push('"');
                self.redacted.push_str(&replacement);
                // A string that was cut off stays open, so that the cut stays visible.
                if bytes.get(end) == Some(&b'"') {
                    self.redacted.push('"');
                }
                self.at = after;
            }
            None => self.copy_to(after),
        }
    }

    /// What a string itself holds: JSON as text, or URLs. `None` when nothing in it is secret.
    fn redact_content(&mut self, content: &str) -> Option<String> {
        let before = self.hidden.0.clone();
        if content.contains("\\\"") && self.nesting < MAX_NESTING {
            let unescaped: String = serde_json::from_str(&format!("\"{content}\"")).ok()?;
            let redacted = redact_nested(&unescaped, self.hidden, self.nesting + 1);
            let escaped = serde_json::to_string(&redacted).ok()?;
            let inner = escaped.strip_prefix('"')?.strip_suffix('"')?;
            return (self.hidden.0 != before).then(|| inner.to_owned());
        }
        if content.contains("://") {
            let redacted = url::redact_within(content, self.hidden);
            return (self.hidden.0 != before).then_some(redacted);
        }
        None
    }

    fn number(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        if let Some(kind) = self.kind() {
            let mark = self.hidden.mark(kind);
            self.redacted.push('"');
            self.redacted.push_str(&mark);
            self.redacted.push('"');
        }
        self.pending = None;
        self.at += length.max(1);
    }
}
