//! Places of values: JSON pointers (RFC 6901) in which `*` stands for any member or item.

use super::{Json, Kind, Value};

/// A pointer that may name several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer(Vec<String>);

/// A value that a pointer names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'v, 'a> {
    /// The pointer to it alone.
    pub pointer: String,
    /// Where the name of its member begins; where the value begins for an item.
    pub start: usize,
    /// The value.
    pub value: &'v Value<'a>,
}

impl Pointer {
    /// Reads a pointer; `None` where it does not begin with a slash.
    pub fn parse(text: &str) -> Option<Self> {
        let names = text.strip_prefix('/')?.split('/');
        Some(Self(names.map(|name| name.replace("~1", "/").replace("~0", "~")).collect()))
    }

    /// The values it names, in their order; at most so many.
    pub fn find<'v, 'a>(&self, json: &'v Json<'a>, most: usize) -> Vec<Found<'v, 'a>> {
        let mut found = Vec::new();
        descend(&self.0, String::new(), json.root.start, &json.root, most, &mut found);
        found
    }
}

fn descend<'v, 'a>(
    names: &[String],
    pointer: String,
    start: usize,
    value: &'v Value<'a>,
    most: usize,
    found: &mut Vec<Found<'v, 'a>>,
) {
    if found.len() >= most {
        return;
    }
    let Some((name, rest)) = names.split_first() else {
        found.push(Found { pointer, start, value });
        return;
    };
    match &value.kind {
        Kind::Object(members) => {
            for member in members.iter().filter(|member| name == "*" || *name == member.name) {
                descend(rest, join(&pointer, &member.name), member.start, &member.value, most, found);
            }
        }
        Kind::List(items) => {
            let wanted = name.parse::<usize>().ok();
            for (index, item) in items.iter().enumerate().filter(|(index, _)| name == "*" || wanted == Some(*index)) {
                descend(rest, join(&pointer, &index.to_string()), item.start, item, most, found);
            }
        }
        Kind::Text | Kind::Plain | Kind::Unread => {}
    }
}

/// The pointer to a member or an item of what another pointer names.
pub fn join(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
