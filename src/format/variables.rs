//! The variables of a script before and after its run, side by side.
//!
//! Values are compared as texts without their insignificant whitespace: a number of forty digits stays one.

use super::code::scan::{self, StringEnd};
use super::json;

/// One variable, by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, with those of the objects around it: `order.items`.
    pub path: String,
    /// Its value before the run, as JSON; `None` where it was not set.
    pub before: Option<String>,
    /// Its value after the run, as JSON; `None` where it is not set.
    pub after: Option<String>,
}

/// What a script did to a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Same,
    /// It set it.
    New,
    /// It gave it another value.
    Changed,
    /// It took it away.
    Removed,
}

impl Variable {
    /// What the script did to it.
    pub fn change(&self) -> Change {
        match (&self.before, &self.after) {
            (None, Some(_)) => Change::New,
            (Some(_), None) => Change::Removed,
            (before, after) if before == after => Change::Same,
            _ => Change::Changed,
        }
    }
}

/// Objects are taken apart into their members so deep; what lies deeper is compared as a whole.
const DEEPEST: usize = 6;
/// An object with more members is a value, not a group of variables.
const MOST_MEMBERS: usize = 200;

/// The variables in the order in which they stood before the run, new ones behind.
pub fn variables(before: &str, after: &str) -> Vec<Variable> {
    let mut after = leaves(after);
    let mut variables: Vec<Variable> =
        leaves(before).into_iter().map(|(path, value)| Variable { path, before: Some(value), after: None }).collect();
    // By name, and the first of doubled names with the first: sorted once, so that many variables stay quick.
    let mut places: Vec<usize> = (0..variables.len()).collect();
    places.sort_by(|one, other| path_at(&variables, *one).cmp(path_at(&variables, *other)));
    for (path, value) in after.drain(..) {
        let first = places.partition_point(|place| path_at(&variables, *place) < path.as_str());
        let place = places
            .get(first..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(|place| path_at(&variables, *place) == path)
            .find(|place| variables.get(*place).is_some_and(|variable| variable.after.is_none()));
        match place.and_then(|place| variables.get_mut(place)) {
            Some(variable) => variable.after = Some(value),
            None => variables.push(Variable { path, before: None, after: Some(value) }),
        }
    }
    variables
}

fn path_at(variables: &[Variable], place: usize) -> &str {
    variables.get(place).map_or("", |variable| &variable.path)
}

/// The values that are not taken apart, with their paths, in order.
fn leaves(json: &str) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let mut waiting = vec![(String::new(), json, 0_usize)];
    while let Some((path, value, depth)) = waiting.pop() {
        match members(value).filter(|members| depth == 0 || !members.is_empty()) {
            Some(members) if depth <= DEEPEST && members.len() <= MOST_MEMBERS || depth == 0 => {
                // The last in is the first out, so that the order stays.
                for (name, member) in members.into_iter().rev() {
                    let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                    waiting.push((path, member, depth + 1));
                }
            }
            _ if depth == 0 && (value == "null" || value.is_empty()) => {}
            _ => leaves.push((path, compact(value))),
        }
    }
    leaves
}

/// The members of an object, names decoded; `None` where the value is no object.
fn members(json: &str) -> Option<Vec<(String, &str)>> {
    let name = |name: &str| json::text(name).unwrap_or_else(|| name.to_owned());
    Some(json::members(json)?.into_iter().map(|(raw, value)| (name(raw), value)).collect())
}

/// A value without its insignificant whitespace.
fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let mut at = 0;
    while at < json.len() {
        let next = scan::skip_space(json, at);
        let end = match scan::byte(json, next) {
            Some(b'"') => match scan::json_string_end(json, next + 1) {
                StringEnd::Closed(end) => end,
                _ => json.len(),
            },
            Some(_) => scan::run(json, scan::after_character(json, next), json.len(), |byte| {
                byte != b'"' && !scan::is_space(byte)
            }),
            None => json.len(),
        };
        compact.push_str(scan::part(json, next, end));
        at = end;
    }
    compact
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{Change, variables};
    use proptest::prelude::*;

    #[test]
    fn variables_stand_side_by_side() {
        let before = r#"{"order":{"items":[ ],"total":64.90},"fee":0,"gone":"x","user":{"phone":"[redacted:phone]"}}"#;
        let after = r#"{"order":{"items":[],"total":64.90,"note":"n"},"fee":4.95,"user":{"phone":"[redacted:phone]"},"new":null}"#;
        let shown: Vec<_> = variables(before, after)
            .into_iter()
            .map(|variable| (variable.change(), variable.path, variable.after.unwrap_or_default()))
            .collect();
        let row = |change, path: &str, after: &str| (change, path.to_owned(), after.to_owned());
        assert_eq!(
            shown,
            [
                row(Change::Same, "order.items", "[]"),
                row(Change::Same, "order.total", "64.90"),
                row(Change::Changed, "fee", "4.95"),
                row(Change::Removed, "gone", ""),
                row(Change::Same, "user.phone", "\"[redacted:phone]\""),
                row(Change::New, "order.note", "\"n\""),
                row(Change::New, "new", "null"),
            ]
        );
    }

    #[test]
    fn digits_and_doubled_names_survive() {
        let before = r#"{"n":123456789012345678901234567890,"n":1}"#;
        let shown = variables(before, before);
        assert_eq!(shown.len(), 2);
        assert!(shown.iter().all(|variable| variable.change() == Change::Same));
        assert_eq!(shown[0].after.as_deref(), Some("123456789012345678901234567890"));
    }

    #[test]
    fn what_is_no_object_is_nothing_or_one_value() {
        assert!(variables("null", "null").is_empty());
        assert!(variables("{}", " { } ").is_empty());
        assert_eq!(variables("[1, 2]", "[1,2]")[0].change(), Change::Same);
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(variables(&deep, &deep)[0].change(), Change::Same);
        let objects = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
        assert_eq!(variables(&objects, &objects).len(), 1);
    }

    proptest! {
        #[test]
        fn a_script_that_changes_nothing_changes_nothing(
            members in proptest::collection::vec(("\\PC{0,5}", "\\PC{0,8}"), 0..8),
            space in "[ \n]{0,2}",
        ) {
            let object = |space: &str| {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| {
                        let quoted = |text: &String| serde_json::to_string(text).unwrap();
                        format!("{}{space}:{space}[{}{space},{space}1{space}]", quoted(name), quoted(value))
                    })
                    .collect();
                format!("{{{}}}", members.join(","))
            };
            let variables = variables(&object(""), &object(&space));
            prop_assert_eq!(variables.len(), members.len());
            for variable in &variables {
                prop_assert_eq!(variable.change(), Change::Same);
            }
        }
    }
}
