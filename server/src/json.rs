//! JSON as places in its own text: key order, duplicate keys and digits stay as they came, every value knows the line
//! on which a reader sees it, and a text that was cut is read as far as it goes.
//!
//! What lies deeper, or behind more values, than its caller wants is passed over without being read, so that a large
//! body costs one walk through its bytes.

mod pointer;
mod reader;

pub use pointer::{Found, Pointer, join};
pub use reader::{Limits, read};

/// A value in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// The value as it stands there.
    pub raw: &'a str,
    /// Where it begins, in bytes of the whole text.
    pub start: usize,
    /// The line of the pretty form on which it begins, counted from one.
    pub line: u32,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// An object with its members in order.
    Object(Vec<Member<'a>>),
    /// A list with its items, as far as they were read.
    List(Vec<Value<'a>>),
    /// A string.
    Text,
    /// A number, `true`, `false` or `null`.
    Plain,
    /// An object or a list that was passed over.
    Unread,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its name.
    pub name: String,
    /// Where its name begins, with its quote, in bytes of the whole text.
    pub start: usize,
    /// Its value.
    pub value: Value<'a>,
}

/// A text read as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<'a> {
    /// The value that is all of it.
    pub root: Value<'a>,
    /// Whether it was read to its end: it was not cut, is JSON throughout, and nothing was passed over.
    pub is_whole: bool,
}

impl Value<'_> {
    /// What it says: a string without its quotes and escapes, anything else as it stands there.
    pub fn text(&self) -> String {
        let unquoted = || serde_json::from_str(self.raw).ok();
        if self.kind == Kind::Text { unquoted() } else { None }.unwrap_or_else(|| self.raw.to_owned())
    }

    /// Where it ends, in bytes of the whole text.
    pub const fn end(&self) -> usize {
        self.start + self.raw.len()
    }

    /// Whether there is something: not `null`, `false`, nought, or empty.
    pub fn is_set(&self) -> bool {
        match &self.kind {
            Kind::Object(members) => !members.is_empty(),
            Kind::List(items) => !items.is_empty(),
            Kind::Unread => true,
            Kind::Text | Kind::Plain => !matches!(self.raw, "" | "null" | "false" | "0" | "\"\""),
        }
    }

    /// The line of the pretty form that holds a place in the text.
    pub fn line_of(&self, place: usize) -> u32 {
        let inside = match &self.kind {
            Kind::Object(members) => {
                members.iter().rev().find(|member| member.start <= place).map(|member| &member.value)
            }
            Kind::List(items) => items.iter().rev().find(|item| item.start <= place),
            Kind::Text | Kind::Plain | Kind::Unread => None,
        };
        inside.map_or(self.line, |inside| inside.line_of(place))
    }
}

#[cfg(test)]
mod tests;
