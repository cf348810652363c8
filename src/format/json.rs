//! JSON values as parts of the text they came in: members and items are found without reading what is in them.
//!
//! Nothing here recurses, so no depth of nesting is too deep, and nothing panics on what is no JSON.

use super::code::scan::{self, StringEnd};

/// The members of an object in their order, names and values as they stand there; `None` where it is no object.
pub fn members(json: &str) -> Option<Vec<(&str, &str)>> {
    let mut members = Vec::new();
    let mut rest = Rest::of(json, b'{')?;
    while !rest.has_ended(b'}')? {
        let name = rest.value()?;
        rest.pass(b':')?;
        members.push((name, rest.value()?));
        rest.pass_comma(b'}')?;
    }
    Some(members)
}

/// The items of a list as they stand there; `None` where it is no list.
pub fn items(json: &str) -> Option<Vec<&str>> {
    let mut items = Vec::new();
    let mut rest = Rest::of(json, b'[')?;
    while !rest.has_ended(b']')? {
        items.push(rest.value()?);
        rest.pass_comma(b']')?;
    }
    Some(items)
}

/// What a string says; `None` where it is no string.
pub fn text(json: &str) -> Option<String> {
    let quoted = json.strip_prefix('"')?;
    if scan::json_string_end(json, 1) != StringEnd::Closed(json.len()) {
        return None;
    }
    let mut rest = quoted.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        let (character, after) = unescaped(escaped)?;
        text.push(character);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// A text as a string.
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            // No field takes other control characters.
            ..=' ' => json.push(' '),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// The character that is written behind a backslash, and what stands after it.
fn unescaped(escaped: &str) -> Option<(char, &str)> {
    let mut rest = escaped.chars();
    let character = match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unescaped_unit(rest.as_str()),
        sign @ ('"' | '\\' | '/') => sign,
        _ => return None,
    };
    Some((character, rest.as_str()))
}

/// A character from one UTF-16 unit, or from two of which the second follows behind another `\u`.
fn unescaped_unit(digits: &str) -> Option<(char, &str)> {
    let unit = |digits: &str| u16::from_str_radix(digits.get(..4)?, 16).ok();
    let first = unit(digits)?;
    let after = digits.get(4..)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((character, after));
    }
    let second = after.strip_prefix("\\u")?;
    let character = char::decode_utf16([first, unit(second)?]).next()?.ok()?;
    Some((character, second.get(4..)?))
}

/// The place after a value, without reading it.
pub fn value_end(json: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match scan::byte(json, at)? {
            b'"' => match scan::json_string_end(json, at + 1) {
                StringEnd::Closed(end) => at = end,
                _ => return None,
            },
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            _ => {
                let end =
                    scan::run(json, at, json.len(), |byte| !matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b','));
                at = if end == at { at + 1 } else { end };
            }
        }
        if depth == 0 {
            // A literal may have run into the space behind it.
            let value = scan::part(json, start, at);
            return Some(start + value.trim_end().len());
        }
    }
}

/// What is not passed yet of an object or a list.
struct Rest<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    fn of(json: &'a str, opening: u8) -> Option<Self> {
        let mut rest = Self { json, at: 0 };
        rest.pass(opening)?;
        Some(rest)
    }

    fn next(&mut self) -> Option<u8> {
        self.at = scan::skip_space(self.json, self.at);
        scan::byte(self.json, self.at)
    }

    fn pass(&mut self, sign: u8) -> Option<()> {
        (self.next()? == sign).then(|| self.at += 1)
    }

    /// Whether the end is here, behind which only space may stand.
    fn has_ended(&mut self, closing: u8) -> Option<bool> {
        if self.next()? != closing {
            return Some(false);
        }
        (scan::skip_space(self.json, self.at + 1) == self.json.len()).then_some(true)
    }

    fn pass_comma(&mut self, closing: u8) -> Option<()> {
        let is_last = self.next()? == closing;
        if is_last { Some(()) } else { self.pass(b',') }
    }

    fn value(&mut self) -> Option<&'a str> {
        self.next()?;
        let start = self.at;
        self.at = value_end(self.json, start)?;
        Some(scan::part(self.json, start, self.at))
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{items, members, quoted, text};
    use proptest::prelude::*;
    use serde_json::Value;

    proptest! {
        #[test]
        fn what_is_quoted_is_read_again(text in ".*") {
            let read: String = serde_json::from_str(&quoted(&text)).unwrap();
            prop_assert_eq!(read, text.replace(|character: char| character < ' ', " "));
        }
    }

    #[test]
    fn parts_are_found_as_they_stand() {
        let json = " { \"a\" : [1, {\"b\":\"]}\"}] ,\"c\":null,\"\\u0064\":1.50e3 } ";
        assert_eq!(
            members(json),
            Some(vec![("\"a\"", "[1, {\"b\":\"]}\"}]"), ("\"c\"", "null"), ("\"\\u0064\"", "1.50e3")])
        );
        assert_eq!(items("[ 1 ,\"a,b\", [ ] ]"), Some(vec!["1", "\"a,b\"", "[ ]"]));
        assert_eq!((items("[]"), members("{ }")), (Some(vec![]), Some(vec![])));
        for broken in ["", "{", "{\"a\"}", "{\"a\":1,,}", "{\"a\":1} x", "[1", "null"] {
            assert_eq!(members(broken), None, "{broken}");
        }
        assert_eq!(
            members(&format!("{{\"deep\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000))).map(|all| all.len()),
            Some(1)
        );
    }

    #[test]
    fn strings_say_what_they_say() {
        assert_eq!(text(r#""a\"\\\/\b\f\n\r\té\u00e9\ud83d\ude86""#).as_deref(), Some("a\"\\/\u{8}\u{c}\n\r\téé🚆"));
        for broken in ["", "a", "\"a", "\"a\"b\"", r#""\x""#, r#""\u12""#, r#""\ud83d""#, r#""\ud83dA""#, r#""\""#] {
            assert_eq!(text(broken), None, "{broken}");
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map(".*", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// The value that the parts say, read with the functions above alone.
    fn read(json: &str) -> Option<Value> {
        if let Some(members) = members(json) {
            return members.into_iter().map(|(name, value)| Some((text(name)?, read(value)?))).collect();
        }
        if let Some(items) = items(json) {
            return items.into_iter().map(read).collect();
        }
        text(json).map(Value::from).or_else(|| serde_json::from_str(json).ok())
    }

    proptest! {
        #[test]
        fn every_value_is_read_as_another_reader_does(value in value(), is_pretty: bool) {
            let json = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            prop_assert_eq!(read(&json.unwrap()), Some(value));
        }

        #[test]
        fn nothing_panics(json in "[\\[\\]{}\",:\\\\u0a1 \u{e9}]{0,40}") {
            let _ = (members(&json), items(&json), text(&json));
        }
    }
}
