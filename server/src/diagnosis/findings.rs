//! What of a request was probably not meant so: variables that were not filled in, values that are empty or say that
//! there is none, two slashes in a path.

use std::borrow::Cow;

use model::{Finding, FindingKind, Request};
use percent_encoding::percent_decode_str;

use super::evidence::{cut, header};
use crate::json::{self, Kind, Limits, Value, join};

/// More are not told: who repairs the first finds the others.
const MOST: usize = 20;
/// How far a body is read.
const LIMITS: Limits = Limits { depth: 32, items: 1_000, values: 20_000 };
/// What is quoted is cut to so many characters.
const LONGEST_QUOTE: usize = 120;
/// Bodies that are neither JSON nor a form are looked through so far.
const LONGEST_TEXT: usize = 1 << 20;
/// What stands where a program put a value that it did not have.
const NO_VALUES: [&str; 5] = ["null", "undefined", "NaN", "None", "[object Object]"];
/// The same inside a longer text, in the quotes of another language.
const NO_VALUES_IN_QUOTES: [&str; 4] = ["'null'", "'undefined'", "\"null\"", "\"undefined\""];
/// Headers that may well be empty, or say `null`.
const HEADERS_LEFT_OUT: [&str; 3] = ["origin", "cookie", "accept"];

/// Everything odd about a request.
pub fn of(request: Option<&Request>) -> Vec<Finding> {
    let Some(request) = request else { return Vec::new() };
    let mut found = Vec::new();
    look_at_url(&request.url, &mut found);
    for (name, value) in &request.headers {
        if !HEADERS_LEFT_OUT.iter().any(|left_out| name.eq_ignore_ascii_case(left_out)) {
            found.extend(look_at_header(name, value));
        }
    }
    if let (Some(body), None) = (&request.body, &request.encoding) {
        look_at_body(body, header(&request.headers, "content-type").unwrap_or_default(), &mut found);
    }
    found.truncate(MOST);
    found
}

fn look_at_url(url: &str, found: &mut Vec<Finding>) {
    let url = url.split('#').next().unwrap_or(url);
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address,
    };
    let host = address.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest));
    if let Some(variable) = unresolved(&decoded(host)) {
        found.push(finding(FindingKind::Unresolved, "request.url", "", variable, None));
    }
    if path.trim_end_matches('/').contains("//") {
        found.push(finding(FindingKind::DoubledSlash, "request.url", "", &format!("/{path}"), None));
    }
    for segment in path.split('/') {
        let segment = decoded(segment);
        if let Some((kind, text)) = odd(&segment).filter(|(kind, _)| *kind != FindingKind::Empty) {
            found.push(finding(kind, "request.url", "", text, None));
        }
    }
    look_at_pairs(query, "request.query", found);
}

fn look_at_pairs(pairs: &str, part: &str, found: &mut Vec<Finding>) {
    // A name alone (`?debug`) is not one whose value is empty.
    let pairs = pairs.split('&').filter(|pair| pair.contains('='));
    let pairs = pairs.flat_map(|pair| form_urlencoded::parse(pair.as_bytes()));
    for (name, value) in pairs.filter(|(name, _)| !name.is_empty()) {
        if let Some((kind, text)) = odd(&value) {
            found.push(finding(kind, part, &name, text, None));
        }
    }
}

fn look_at_header(name: &str, value: &str) -> Option<Finding> {
    // Behind the scheme of credentials stands what was meant to be sent.
    let said = match value.trim().split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic") => rest,
        _ if value.trim().eq_ignore_ascii_case("bearer") => "",
        _ => value,
    };
    let (kind, text) = odd(said)?;
    Some(finding(kind, "request.headers", name, text, None))
}

fn look_at_body(body: &str, content_type: &str, found: &mut Vec<Finding>) {
    if let Some(json) = json::read(body, LIMITS) {
        look_at_value(&json.root, "", found);
    } else if content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        look_at_pairs(body, "request.body", found);
    } else {
        let end = body.floor_char_boundary(LONGEST_TEXT);
        if let Some(variable) = unresolved(body.get(..end).unwrap_or_default()) {
            found.push(finding(FindingKind::Unresolved, "request.body", "", variable, None));
        }
    }
}

fn look_at_value(value: &Value<'_>, pointer: &str, found: &mut Vec<Finding>) {
    if found.len() >= MOST {
        return;
    }
    let below = |name: &str, inside: &Value<'_>, found: &mut Vec<Finding>| {
        look_at_value(inside, &join(pointer, name), found);
    };
    match &value.kind {
        Kind::Object(members) => members.iter().for_each(|member| below(&member.name, &member.value, found)),
        Kind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                below(&index.to_string(), item, found);
            }
        }
        Kind::Text => {
            let text = value.text();
            // An empty text in a body says often enough what is meant.
            if let Some((kind, text)) = odd(&text).filter(|(kind, _)| *kind != FindingKind::Empty) {
                found.push(finding(kind, "request.body", pointer, text, Some(value.line)));
            }
        }
        Kind::Plain | Kind::Unread => {}
    }
}

/// What is odd about a value, and the part of it that is.
fn odd(value: &str) -> Option<(FindingKind, &str)> {
    if let Some(variable) = unresolved(value) {
        return Some((FindingKind::Unresolved, variable));
    }
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return Some((FindingKind::Empty, ""));
    }
    if NO_VALUES.contains(&trimmed) {
        return Some((FindingKind::NoValue, trimmed));
    }
    let quoted = NO_VALUES_IN_QUOTES.iter().find(|quoted| value.contains(**quoted))?;
    Some((FindingKind::NoValue, quoted))
}

/// The first variable of a text that was not filled in: `{{user.name}}`.
fn unresolved(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let opened = rest.get(start..)?;
        let end = opened.find("}}")?;
        let name = opened.get(2..end)?;
        // JSON closes two objects with the same signs; a variable's name is short and holds no quotes.
        let is_name = !name.trim().is_empty() && name.len() <= 200 && !name.contains(['"', '\n', '{']);
        if is_name {
            return opened.get(..end + 2);
        }
        rest = opened.get(2..)?;
    }
    None
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

fn finding(kind: FindingKind, part: &str, name: &str, text: &str, line: Option<u32>) -> Finding {
    let text = cut(text, LONGEST_QUOTE);
    let place = match (part, name) {
        ("request.url", _) => "the address".to_owned(),
        ("request.query", name) => format!("the parameter {name} of the address"),
        ("request.headers", name) => format!("the header {name}"),
        (_, "") => "the body".to_owned(),
        (_, name) => format!("{name} in the body"),
    };
    let sentence = match kind {
        FindingKind::Unresolved => format!("The variable {text} in {place} was not filled in."),
        FindingKind::Empty => format!("The value of {place} is empty."),
        FindingKind::NoValue if part == "request.url" => {
            format!("A part of {place} is the word {text}: the variable behind it was empty.")
        }
        FindingKind::NoValue => format!("The value of {place} is the word {text}: the variable behind it was empty."),
        FindingKind::DoubledSlash | FindingKind::Other(_) => {
            format!("Two slashes follow each other in {place}: what belongs between them is empty.")
        }
    };
    Finding { kind, part: part.to_owned(), name: name.to_owned(), text, sentence, line }
}
