use std::sync::Arc;
use std::time::Instant;

use proptest::prelude::*;

use super::json::Ending;
use super::mark::{Part, mark_label, split_marks};
use super::unit::{is_invisible, name};
use super::{Document, Language, Shown, TokenKind};

fn document(text: &str, language: Language, columns: Option<u32>) -> Document {
    let mut document = Document::new(Arc::from(text), language, columns);
    while document.advance(64) {}
    document
}

/// The rows as they read, indented as they are.
fn shown(document: &Document) -> Vec<String> {
    (0..document.row_count())
        .filter_map(|number| document.row(number))
        .map(|row| {
            let indent = " ".repeat(usize::try_from(row.indent).unwrap());
            row.pieces.iter().fold(indent, |line, piece| match piece.shown {
                Shown::Text(text) => line + text,
                Shown::Redacted(label) => line + "<" + label + ">",
                Shown::Invisible(character) => line + "{" + &name(character) + "}",
            })
        })
        .collect()
}

fn pretty(text: &str) -> Vec<String> {
    shown(&document(text, Language::Json, None))
}

/// Everything but whitespace, in order: what a formatter must neither lose nor invent.
fn without_space(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// The text of the rows as it came, without what lies between them.
fn joined(document: &Document) -> String {
    document
        .rows()
        .iter()
        .map(|row| document.text().get(row.start as usize..row.end as usize).unwrap())
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn json_is_shown_in_its_pretty_form() {
    assert_eq!(
        pretty(r#" {"b":1,"a" : [ ] , "c":[{"d":null},-1.50e+10,{ }],"a":"x\"y"} "#),
        [
            "{",
            "  \"b\": 1,",
            "  \"a\": [],",
            "  \"c\": [",
            "    {",
            "      \"d\": null",
            "    },",
            "    -1.50e+10,",
            "    {}",
            "  ],",
            "  \"a\": \"x\\\"y\"",
            "}",
        ]
    );
}

#[test]
fn numbers_escapes_and_doubled_keys_stay_as_they_came() {
    assert_eq!(
        pretty(r#"{"n":12345678901234567890123,"n":1.0,"s":"\ud800\u00e9"}"#),
        ["{", "  \"n\": 12345678901234567890123,", "  \"n\": 1.0,", "  \"s\": \"\\ud800\\u00e9\"", "}"]
    );
}

#[test]
fn a_text_cut_short_is_shown_as_far_as_it_goes() {
    for (text, last) in [
        (r#"{"a":[1,{"b":"half"#, "      \"b\": \"half"),
        (r#"{"a":tru"#, "  \"a\": tru"),
        (r#"{"a":"#, "  \"a\": "),
        (r#"{"a""#, "  \"a\""),
        ("[1,", "  1,"),
        ("[", "["),
    ] {
        let document = document(text, Language::Json, None);
        assert_eq!(document.ending(), Some(Ending::CutShort), "{text}");
        assert_eq!(shown(&document).last().map(String::as_str), Some(last), "{text}");
    }
}

#[test]
fn what_is_not_json_goes_on_as_it_came() {
    let document = document("{\"a\":1,\n oops: 2,\n\t\"b\": 3}", Language::Json, None);
    assert_eq!(document.ending(), Some(Ending::NotJson(9)));
    assert_eq!(shown(&document), ["{", "  \"a\": 1,", "oops: 2,", "\t\"b\": 3}"]);

    for text in ["[1}", "[1 2]", "{\"a\" 1}", "{1:2}", "]", "{} x", "truely", "[01x]", "{\"a\":\"line\nbreak\"}", "[,]"]
    {
        let document = super::tests::document(text, Language::Json, None);
        assert!(matches!(document.ending(), Some(Ending::NotJson(_))), "{text}");
        assert_eq!(without_space(&joined(&document)), without_space(text));
    }
}

#[test]
fn values_one_below_the_other_are_taken_as_they_are() {
    let document = document("{\"a\":1}\n{\"a\":2}\n", Language::Json, None);
    assert_eq!(document.ending(), Some(Ending::Complete));
    assert_eq!(shown(&document), ["{", "  \"a\": 1", "}", "{", "  \"a\": 2", "}"]);
}

#[test]
fn keys_and_values_have_their_own_colours() {
    let document = document(r#"{"key":"a [redacted:token] b"}"#, Language::Json, None);
    let row = document.row(1).unwrap();
    let kinds: Vec<_> = row.pieces.iter().map(|piece| piece.kind).collect();
    assert!(matches!(
        kinds.as_slice(),
        [TokenKind::Key, TokenKind::Sign, TokenKind::Text(_), TokenKind::Text(_), TokenKind::Text(_)]
    ));
    assert_eq!(row.pieces[3].shown, Shown::Redacted("token"));
}

#[test]
fn rows_are_as_wide_as_the_view() {
    let text = format!("{{\"key\":\"{}\"}}", "0123456789".repeat(5));
    let document = document(&text, Language::Json, Some(20));
    assert_eq!(
        shown(&document),
        ["{", "  \"key\": \"0123456789", "  012345678901234567", "  890123456789012345", "  6789\"", "}"]
    );
    let numbers: Vec<_> =
        (0..document.row_count()).map(|row| document.row(row).unwrap()).map(|row| (row.number, row.is_first)).collect();
    assert_eq!(numbers, [(1, true), (2, true), (2, false), (2, false), (2, false), (3, true)]);
    assert_eq!((document.row_of_line(3), document.line_at(0), document.line_at(9)), (5, 1, 2));
}

#[test]
fn escapes_marks_and_accents_are_not_torn() {
    let text = format!("[\"{}\\\"\\\\ [redacted:a long label] e\u{301}e\u{301}\"]", "x".repeat(12));
    for columns in 16..40 {
        let rows = shown(&document(&text, Language::Json, Some(columns)));
        assert_eq!(rows.concat().matches("<a long label>").count(), 1, "{columns}: {rows:?}");
        assert!(rows.iter().all(|row| !row.trim_start().starts_with('\u{301}')), "{columns}: {rows:?}");
        assert!(rows.iter().all(|row| row.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0), "{rows:?}");
    }
}

#[test]
fn plain_text_keeps_its_lines_and_shows_what_cannot_be_seen() {
    let document = document("one\r\ntwo\n\nend\u{202e}\0\rstop\n", Language::Plain, None);
    assert_eq!(shown(&document), ["one", "two", "", "end{U+202E}{␀}{␍}stop"]);
    assert!(is_invisible('\u{feff}') && !is_invisible('\t') && !is_invisible('é'));
}

#[test]
fn a_curl_command_is_coloured_over_its_lines() {
    let command = "curl 'https://x.test/a' \\\n  -H 'authorization: Bearer [redacted:token]' \\\n  --data-raw 'two\nlines-not -flags'";
    let document = document(command, Language::Shell, None);
    let words: Vec<Vec<_>> = (0..document.row_count())
        .map(|row| document.row(row).unwrap().pieces.iter().map(|piece| piece.kind).collect())
        .collect();
    assert_eq!(words[0][0], TokenKind::Word);
    assert!(words[1].contains(&TokenKind::Flag));
    assert!(words[3].iter().all(|kind| matches!(kind, TokenKind::Text(_))), "{words:?}");
    assert_eq!(shown(&document).join("\n").replace("<token>", "[redacted:token]"), command);
}

#[test]
fn a_script_is_coloured_over_its_lines() {
    let document = document("/* a\n b */ const x = 'y'; // z", Language::Script, None);
    let row = document.row(1).unwrap();
    assert!(matches!(row.pieces[0].kind, TokenKind::Comment(_)));
    assert!(row.pieces.iter().any(|piece| piece.kind == TokenKind::Word && piece.shown == Shown::Text("const")));
    assert!(matches!(row.pieces.last().unwrap().kind, TokenKind::Comment(_)));
}

#[test]
fn marks_are_found_and_lookalikes_are_not() {
    assert_eq!(
        split_marks("Bearer [redacted:ends x7Q]! [redacted] [redactedish] [redacted:\"]"),
        [
            Part::Text("Bearer "),
            Part::Redacted("ends x7Q"),
            Part::Text("! "),
            Part::Redacted(""),
            Part::Text(" [redactedish] [redacted:\"]"),
        ]
    );
    assert_eq!(mark_label("[redacted: 12 characters]"), "12 characters");
}

#[test]
fn ten_thousand_levels_and_a_million_characters_in_a_line_are_quick() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_eq!(document(&deep, Language::Json, Some(60)).ending(), Some(Ending::Complete));
    for text in [format!("[\"{}\"]", "a".repeat(1_000_000)), "é".repeat(1_000_000), "[".repeat(1_000_000)] {
        let started = Instant::now();
        let whole = document(&text, Language::Json, Some(60));
        for row in (0..whole.row_count()).step_by(101) {
            assert!(whole.row(row).is_some());
        }
        // Unoptimised and on a busy machine; what is quadratic takes minutes.
        assert!(started.elapsed().as_secs() < 20);
    }
}

fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,9})?",
        "\\PC{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        let space = "[ \n\t]{0,3}";
        prop_oneof![
            (proptest::collection::vec(inner.clone(), 0..6), space)
                .prop_map(|(items, space)| format!("[{space}{}{space}]", items.join(&format!("{space},")))),
            (proptest::collection::vec(("\\PC{0,6}", inner), 0..6), space).prop_map(|(members, space)| {
                let members: Vec<_> = members
                    .iter()
                    .map(|(key, value)| format!("{}{space}:{value}", serde_json::to_string(key).unwrap()))
                    .collect();
                format!("{{{}{space}}}", members.join(","))
            }),
        ]
    })
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::Plain), Just(Language::Json), Just(Language::Shell), Just(Language::Script)]
}

/// What the pieces of all rows say, marks and names turned back.
fn said(document: &Document) -> String {
    let mut said = String::new();
    for row in (0..document.row_count()).filter_map(|number| document.row(number)) {
        for piece in row.pieces {
            match piece.shown {
                Shown::Text(text) => said.push_str(text),
                Shown::Redacted(label) => said.push_str(label),
                Shown::Invisible(character) => said.push(character),
            }
        }
    }
    said
}

proptest! {
    #[test]
    fn the_pretty_form_is_what_a_json_writer_writes(text in json_text()) {
        let document = document(&text, Language::Json, None);
        prop_assert_eq!(document.ending(), Some(Ending::Complete));
        let raw: Box<serde_json::value::RawValue> = serde_json::from_str(&text).unwrap();
        prop_assert!(!raw.get().is_empty());
        let value: serde_json::Value = serde_json::from_str(&joined(&document)).unwrap();
        let before: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(value, before);
    }

    #[test]
    fn nothing_is_lost_whatever_the_text(
        text in "([\\[\\]{},:\"'\\\\a-z0-9 \n\t-]|\\PC|\r|\0){0,200}",
        language in language(),
        columns in proptest::option::of(0_u32..60),
    ) {
        let document = document(&text, language, columns);
        prop_assert_eq!(without_space(&joined(&document)), without_space(&text.replace('\u{feff}', "")).as_str().to_owned());
    }

    #[test]
    fn the_pieces_say_what_the_text_says(
        text in "([\\[\\]{},:\"'\\\\a-z0-9 \n\t/*`$-]|\\PC|\0){0,200}",
        language in language(),
        columns in proptest::option::of(0_u32..60),
    ) {
        prop_assume!(!text.contains("[redacted"));
        let document = document(&text, language, columns);
        prop_assert_eq!(without_space(&said(&document)), without_space(&text.replace('\u{feff}', "")));
    }

    #[test]
    fn a_row_alone_says_what_it_says_among_others(
        text in "([\\[\\]{},:\"'\\\\a-z0-9 \n/*`$-]|é|👩🏽){0,120}",
        language in language(),
        columns in 16_u32..40,
    ) {
        // Wrapped or not, every character has the same colour.
        let kinds = |document: &Document| -> Vec<(char, TokenKind)> {
            (0..document.row_count())
                .filter_map(|number| document.row(number))
                .flat_map(|row| row.pieces.into_iter())
                .filter_map(|piece| match piece.shown {
                    Shown::Text(text) => Some((text.to_owned(), piece.kind)),
                    _ => None,
                })
                .flat_map(|(text, kind)| text.chars().map(move |character| (character, kind)).collect::<Vec<_>>())
                .filter(|(character, _)| !character.is_whitespace())
                .collect()
        };
        let wrapped = document(&text, language, Some(columns));
        let whole = document(&text, language, None);
        prop_assert_eq!(kinds(&wrapped), kinds(&whole));
    }

    #[test]
    fn steps_of_any_size_end_alike(text in json_text(), step in 1_usize..5_000) {
        let mut stepped = Document::new(Arc::from(text.as_str()), Language::Json, Some(40));
        while stepped.advance(step) {}
        let whole = document(&text, Language::Json, Some(40));
        prop_assert_eq!(stepped.rows(), whole.rows());
    }

    #[test]
    fn another_width_is_as_if_it_had_been_so_from_the_beginning(text in json_text(), first in 16_u32..80, then in 16_u32..80) {
        let mut document = document(&text, Language::Json, Some(first));
        let rows = document.row_count();
        document.rewrap(Some(then));
        prop_assert_eq!(document.row_count(), rows);
        while document.advance(64) {}
        let anew = super::tests::document(&text, Language::Json, Some(then));
        prop_assert_eq!(document.rows(), anew.rows());
    }
}
