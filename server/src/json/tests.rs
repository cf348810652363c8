//! What is read is what another reader reads, and lines are those of the pretty form.

use proptest::prelude::*;
use serde_json::Value as Known;

use super::{Json, Kind, Limits, Pointer, Value, read};

const ALL: Limits = Limits { depth: 100, items: usize::MAX, values: usize::MAX };

fn rebuilt(value: &Value<'_>) -> Known {
    match &value.kind {
        Kind::Object(members) => members
            .iter()
            .map(|member| (member.name.clone(), rebuilt(&member.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Kind::List(items) => items.iter().map(rebuilt).collect(),
        Kind::Text => value.text().into(),
        Kind::Plain => serde_json::from_str(value.raw).unwrap(),
        Kind::Unread => panic!("nothing is passed over"),
    }
}

/// Each value's line and its text up to the end of the line.
fn lines(value: &Value<'_>, lines_of: &mut Vec<u32>) {
    lines_of.push(value.line);
    match &value.kind {
        Kind::Object(members) => members.iter().for_each(|member| lines(&member.value, lines_of)),
        Kind::List(items) => items.iter().for_each(|item| lines(item, lines_of)),
        _ => {}
    }
}

/// The lines of a value's parts in the pretty form that serde writes.
fn known_lines(value: &Known, line: &mut u32, lines_of: &mut Vec<u32>) {
    lines_of.push(*line);
    let parts: Vec<&Known> = match value {
        Known::Object(members) => members.values().collect(),
        Known::Array(items) => items.iter().collect(),
        _ => return,
    };
    for part in &parts {
        *line += 1;
        known_lines(part, line, lines_of);
    }
    *line += u32::from(!parts.is_empty());
}

fn value() -> impl Strategy<Value = Known> {
    let leaf = prop_oneof![
        Just(Known::Null),
        any::<bool>().prop_map(Known::from),
        any::<i64>().prop_map(Known::from),
        ".*".prop_map(Known::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Known::from),
            proptest::collection::btree_map(".*", inner, 0..6)
                .prop_map(|members| Known::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_and_line_is_what_another_reader_reads(inside in value(), is_pretty: bool, depth in 0_usize..4) {
        let known = Known::from(vec![inside]);
        let text = if is_pretty { serde_json::to_string_pretty(&known) } else { serde_json::to_string(&known) }.unwrap();
        let json = read(&text, ALL).unwrap();
        prop_assert!(json.is_whole);
        prop_assert_eq!(rebuilt(&json.root), known.clone());
        let (mut found, mut expected, mut line) = (Vec::new(), Vec::new(), 1);
        lines(&json.root, &mut found);
        known_lines(&known, &mut line, &mut expected);
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(usize::try_from(line).unwrap(), serde_json::to_string_pretty(&known).unwrap().lines().count());
        // What is passed over has as many lines as what is read.
        let more = format!("[{text},7]");
        let shallow = read(&more, Limits { depth, ..ALL }).unwrap();
        if let Kind::List(items) = &shallow.root.kind {
            prop_assert_eq!(items[1].line, line + 2);
        }
        let few = format!("[[7,{text},8],9]");
        let few = read(&few, Limits { items: 1, ..ALL }).unwrap();
        prop_assert!(!few.is_whole);
    }

    #[test]
    fn nothing_panics_and_what_is_cut_is_not_whole(text in "[\\[\\]{}\",:\\\\u0a1 \u{e9}]{0,40}", known in value()) {
        let _ = read(&text, ALL);
        let text = Known::from(vec![known]).to_string();
        let cut = text.get(..text.len() - 1).unwrap();
        prop_assert!(read(cut, ALL).is_none_or(|json| !json.is_whole));
    }
}

fn found(json: &Json<'_>, pointer: &str) -> Vec<(String, String, u32)> {
    let found = Pointer::parse(pointer).unwrap().find(json, 3);
    found.into_iter().map(|found| (found.pointer, found.value.text(), found.value.line)).collect()
}

#[test]
fn pointers_name_values_and_stars_name_any() {
    let text = r#"{"error":{"code":12345678901234567890,"a/b":"\u00e9"},"list":[{"x":1},{"x":2},{},{"x":3},{"x":4}]}"#;
    let json = read(text, ALL).unwrap();
    assert_eq!(found(&json, "/error/code"), [("/error/code".to_owned(), "12345678901234567890".to_owned(), 3)]);
    assert_eq!(found(&json, "/error/a~1b"), [("/error/a~1b".to_owned(), "é".to_owned(), 4)]);
    let all: Vec<String> = found(&json, "/list/*/x").into_iter().map(|(pointer, _, _)| pointer).collect();
    assert_eq!(all, ["/list/0/x", "/list/1/x", "/list/3/x"]);
    assert!(found(&json, "/error/none").is_empty());
    assert_eq!(Pointer::parse("error"), None);
}

#[test]
fn what_was_cut_is_read_as_far_as_it_goes() {
    let json = read("{\"error\":\"x\",\"data\":[1,2,{\"a\":\"unfin", ALL).unwrap();
    assert!(!json.is_whole);
    assert_eq!(found(&json, "/error").len(), 1);
    assert_eq!(found(&json, "/data/1"), [("/data/1".to_owned(), "2".to_owned(), 5)]);
    assert!(read("error", ALL).is_none() && read("", ALL).is_none() && read("\"text\"", ALL).is_none());
    assert!(read("{\"a\":1} <html>", ALL).is_some_and(|json| !json.is_whole));
}

#[test]
fn a_place_has_the_line_of_the_value_that_holds_it() {
    let text = "{\"a\":{\"b\":\"needle here\"},\"c\":1}";
    let json = read(text, ALL).unwrap();
    assert_eq!(json.root.line_of(text.find("needle").unwrap()), 3);
    assert_eq!(json.root.line_of(text.find("\"c\"").unwrap()), 5);
}

#[test]
fn depth_does_not_exhaust_the_stack() {
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(read(&deep, ALL).is_some_and(|json| !json.is_whole));
}
