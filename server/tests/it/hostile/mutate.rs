//! Valid calls, made invalid, absurd or merely odd.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::support::a_call;

/// Texts that break what is careless with texts.
pub const TEXTS: [&str; 34] = [
    "",
    " ",
    "\0",
    "a\0b",
    "abc\0def",
    "\u{ffff}",
    "x\u{fffe}y",
    "\u{feff}",
    "\u{fffd}\u{fffd}\u{fffd}",
    "\u{202e}drowssap",
    "e\u{301}\u{301}\u{301}\u{301}",
    "İstanbul ΣΑΣ ß ﬃ",
    "𝕏🙂👩‍👩‍👧",
    "\r\nset-cookie: api_logs=stolen",
    "data: x\n\nevent: end",
    "\u{1b}[2J",
    "\u{2028}\u{85}",
    "'; DROP TABLE call; --",
    "\" OR 1=1 NEAR(x, 5) *",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "%00%ff%",
    "{{user.user_name}}",
    "\\",
    "\"",
    "null",
    "[redacted:token]",
    "[redacted:",
    "https://[::1",
    "http://user:pa ss@ho st:99999999/%zz?#?#",
    "javascript:alert(1)",
    "-0",
    "1e999",
];

/// Times at the edges of what a time is.
const TIMES: [&str; 18] = [
    "2026-11-23T12:00:00.999999999Z",
    "2026-11-23T11:59:59.9994Z",
    "2026-11-23t11:00:00z",
    "2026-11-23 11:00:00Z",
    "2026-11-23T23:59:60Z",
    "2026-11-22T23:59:60Z",
    "2026-11-23T12:00:00+23:59",
    "2026-11-23T12:00:00-23:59",
    "2026-11-23T00:00:00Z",
    "2026-11-22T23:59:59.999Z",
    "2026-02-30T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "+012026-11-23T12:00:00Z",
    "-2026-11-23T12:00:00Z",
    "2026-11-23",
    "2026-W48-1T12:00:00Z",
    "1795435200000",
];

/// Ids at the edges of what an id is.
const IDS: [&str; 9] = [
    "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    "{01a1b2c3-0000-7000-8000-000000000001}",
    "urn:uuid:01a1b2c3-0000-7000-8000-000000000002",
    "01a1b2c3000070008000000000000003",
    "01a1b2c3-0000-7000-8000-00000000000",
    "01a1b2c3-0000-7000-8000-0000000000011",
    "0٠a1b2c3-0000-7000-8000-000000000001",
    "not an id",
];

/// Numbers that overflow something, as they stand in JSON.
pub const NUMBERS: [&str; 12] = [
    "-1",
    "-0",
    "0.5",
    "99",
    "1000",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
];

pub fn hostile_text() -> BoxedStrategy<String> {
    prop_oneof![
        6 => select(&TEXTS[..]).prop_map(str::to_owned),
        2 => ".{0,12}",
        1 => (select(&["a", "é", "日", "\0"][..]), select(&[64_usize, 511, 512, 513, 1_025, 70_000][..]))
            .prop_map(|(text, times)| text.repeat(times)),
    ]
    .boxed()
}

/// A value that nobody asked for, as JSON.
fn hostile_json() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        4 => hostile_text().prop_map(|text| json!(text).to_string()),
        3 => select(&NUMBERS[..]).prop_map(str::to_owned),
        2 => select(&["null", "true", "{}", "[]", "\"\\ud800\"", "\"\\udc00\\ud800\"", "[[[[]]]]", "{\"a\":1,\"a\":2}"][..])
            .prop_map(str::to_owned),
        1 => (1_usize..3_000).prop_map(|depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth))),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            (hostile_text(), inner).prop_map(|(name, value)| format!("{{{}:{value}}}", json!(name))),
        ]
    })
    .boxed()
}

/// A change of one call.
#[derive(Clone, Debug)]
enum Change {
    /// Another value at a place.
    Set(Index, String),
    /// Nothing there.
    Remove(Index),
    /// A name twice in the object around a place.
    Double(Index, String),
    Time(&'static str),
    Id(&'static str),
    /// A field of the script or the message that takes anything.
    Variables(String),
    Headers(Vec<(String, String)>),
}

fn change() -> BoxedStrategy<Change> {
    prop_oneof![
        4 => (any::<Index>(), hostile_json()).prop_map(|(place, value)| Change::Set(place, value)),
        1 => any::<Index>().prop_map(Change::Remove),
        1 => (any::<Index>(), hostile_json()).prop_map(|(place, value)| Change::Double(place, value)),
        2 => select(&TIMES[..]).prop_map(Change::Time),
        1 => select(&IDS[..]).prop_map(Change::Id),
        2 => hostile_json().prop_map(Change::Variables),
        1 => vec((hostile_text(), hostile_text()), 0..5).prop_map(Change::Headers),
    ]
    .boxed()
}

/// A call as JSON, valid or nearly so: a seed with a few changes.
pub fn call() -> BoxedStrategy<String> {
    let seed = (0_u8..5, any::<u128>()).prop_map(|(kind, number)| {
        let call = a_call(number).at("2026-11-23T11:30:00Z");
        match kind {
            0 => call,
            1 => call.answered(503),
            2 => call.without_response("timeout"),
            3 => call.of_a_script(None),
            _ => call.of_a_script(Some("x is not defined")),
        }
        .json()
    });
    (seed, vec(change(), 0..3)).prop_map(|(seed, changes)| changed(seed, &changes)).boxed()
}

/// What stands in JSON for text that is put in afterwards, because a `Value` could not hold it.
fn hole(number: usize) -> String {
    format!("hole-{number}")
}

fn changed(mut call: Value, changes: &[Change]) -> String {
    let mut filled = Vec::new();
    let mut doubled = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        let places = places(&call);
        match change {
            Change::Set(place, value) => {
                let place: &String = place.get(&places);
                *call.pointer_mut(place).unwrap() = json!(hole(number));
                filled.push((hole(number), value));
            }
            Change::Remove(place) => {
                let (parent, name) = place.get(&places).rsplit_once('/').unwrap();
                if let Some(fields) = call.pointer_mut(parent).unwrap().as_object_mut() {
                    fields.remove(name);
                }
            }
            Change::Double(place, value) => {
                let name = place.get(&places).rsplit_once('/').unwrap().1.to_owned();
                doubled.push((name, value));
            }
            Change::Time(time) => call["timestamp"] = json!(time),
            Change::Id(id) => call["id"] = json!(id),
            Change::Variables(value) => {
                let place = if call["script"].is_object() { "/script/before" } else { "/more" };
                let (parent, name) = place.rsplit_once('/').unwrap();
                call.pointer_mut(parent).unwrap()[name] = json!(hole(number));
                filled.push((hole(number), value));
            }
            Change::Headers(headers) => {
                if call["request"].is_object() {
                    call["request"]["headers"] = json!(headers);
                }
            }
        }
    }
    let mut text = call.to_string();
    for (hole, value) in filled {
        text = text.replace(&format!("\"{hole}\""), value);
    }
    for (name, value) in doubled {
        let name = format!("\"{name}\":");
        text = text.replacen(&name, &format!("{name}{value},{name}"), 1);
    }
    text
}

/// A pointer to everything inside a value.
fn places(value: &Value) -> Vec<String> {
    fn add(value: &Value, at: &str, places: &mut Vec<String>) {
        let inside: Vec<(String, &Value)> = match value {
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
            _ => Vec::new(),
        };
        for (name, value) in inside {
            // Names of ours hold neither of the two characters that a pointer escapes.
            let place = format!("{at}/{name}");
            places.push(place.clone());
            add(value, &place, places);
        }
    }
    let mut found = Vec::new();
    add(value, "", &mut found);
    found
}

/// Bytes with a few of them wrong.
pub fn garbled(bytes: Vec<u8>, garblings: &[Garbling]) -> Vec<u8> {
    garblings.iter().fold(bytes, |mut bytes, garbling| {
        if bytes.is_empty() {
            return bytes;
        }
        match garbling {
            Garbling::Flip(place, bit) => {
                let place = place.index(bytes.len());
                bytes[place] ^= 1 << bit;
            }
            Garbling::Truncate(place) => bytes.truncate(place.index(bytes.len())),
            Garbling::Insert(place, more) => {
                let place = place.index(bytes.len());
                bytes.splice(place..place, more.iter().copied());
            }
            Garbling::Repeat(place, other) => {
                let (from, to) = (place.index(bytes.len()), other.index(bytes.len()));
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(from..from, part);
            }
            Garbling::Remove(place, other) => {
                let (from, to) = (place.index(bytes.len()), other.index(bytes.len()));
                bytes.drain(from.min(to)..from.max(to));
            }
        }
        bytes
    })
}

#[derive(Clone, Debug)]
pub enum Garbling {
    Flip(Index, u8),
    Truncate(Index),
    Insert(Index, Vec<u8>),
    Repeat(Index, Index),
    Remove(Index, Index),
}

pub fn garbling() -> BoxedStrategy<Garbling> {
    let bits = select(&["\"", "}", "{", "[", "]", ",", "\\u0000", "\n", "null", "\u{0}", "\\"][..]);
    let more = prop_oneof![bits.prop_map(|text| text.as_bytes().to_vec()), vec(any::<u8>(), 1..6)];
    prop_oneof![
        3 => (any::<Index>(), 0_u8..8).prop_map(|(place, bit)| Garbling::Flip(place, bit)),
        1 => any::<Index>().prop_map(Garbling::Truncate),
        2 => (any::<Index>(), more).prop_map(|(place, more)| Garbling::Insert(place, more)),
        1 => any::<(Index, Index)>().prop_map(|(place, other)| Garbling::Repeat(place, other)),
        1 => any::<(Index, Index)>().prop_map(|(place, other)| Garbling::Remove(place, other)),
    ]
    .boxed()
}
