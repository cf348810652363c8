//! Parts of answers that are read where they are shown.
//!
//! What a panel says in sentences of the server needs no types here: reading it into some, member by member, with the
//! code that takes them apart again, was two thirds of the bytes that showing it costs, measured. What is decided on is
//! read into types, in [`super::answers`].

use model::Timestamp;

use crate::format::json;

/// A value of an answer. Of what is not there, nothing is said: its texts are empty, its lists have no items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a>(&'a str);

impl<'a> Part<'a> {
    /// A JSON value.
    pub fn of(json: &'a str) -> Self {
        Self(json.trim())
    }

    /// Whether there is something.
    pub fn is_there(self) -> bool {
        !matches!(self.0, "" | "null")
    }

    /// A member of an object.
    #[must_use]
    pub fn get(self, name: &str) -> Self {
        let is_it = |raw: &str| raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) == Some(name);
        let members = json::members(self.0).unwrap_or_default();
        Self(members.into_iter().find(|(raw, _)| is_it(raw)).map_or("", |(_, value)| value))
    }

    /// The items of a list.
    pub fn items(self) -> Vec<Self> {
        json::items(self.0).unwrap_or_default().into_iter().map(Self).collect()
    }

    /// The text of a string; empty where it is none.
    pub fn text(self) -> String {
        json::text(self.0).unwrap_or_default()
    }

    /// A whole number; 0 where it is none.
    pub fn number(self) -> u64 {
        self.0.parse().unwrap_or_default()
    }

    /// The number of a line, counted from one.
    pub fn line(self) -> Option<u32> {
        self.0.parse().ok()
    }

    /// Whether it says `true`.
    pub fn is_true(self) -> bool {
        self.0 == "true"
    }

    /// A time.
    pub fn time(self) -> Option<Timestamp> {
        self.text().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn members_are_read_and_what_is_not_there_says_nothing() {
        let part = Part::of(r#" {"a":{"b":["x",7,true]},"at":"2026-11-23T10:00:00Z","none":null} "#);
        let items = part.get("a").get("b").items();
        assert_eq!((items[0].text().as_str(), items[1].number(), items[2].is_true()), ("x", 7, true));
        assert!(part.get("at").time().is_some() && part.get("a").is_there());
        for missing in [part.get("none"), part.get("a").get("c"), part.get("at").get("d"), Part::of("")] {
            assert!(!missing.is_there() && missing.items().is_empty() && missing.text().is_empty());
            assert_eq!((missing.number(), missing.line(), missing.time()), (0, None, None));
        }
    }
}
