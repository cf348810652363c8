//! URLs in one line. No URL parser: what was called may not even be a URL, and is shown all the same.

/// A URL without its scheme, split before the part that tells most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlText {
    /// `api.example.com/v4/spreadsheets/1kQ/`: what calls of one kind have in common; narrow lists leave it out.
    pub head: String,
    /// `values/Orders!A2:F`: the last steps of the path with the query, or a host that is called alone.
    pub tail: String,
}

/// As many of the last steps of a path belong to the tail as fit into so many bytes; the last one always does.
const TAIL_BYTES: usize = 48;

impl UrlText {
    /// Splits a URL.
    pub fn new(url: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        let path = rest.get(..end).unwrap_or(rest);
        // A slash at the very end belongs to the last step.
        let steps = path.strip_suffix('/').unwrap_or(path).rmatch_indices('/').map(|(slash, _)| slash + 1);
        let split = steps
            .enumerate()
            .take_while(|(nth, start)| *nth == 0 || path.len() - start <= TAIL_BYTES)
            .last()
            .map_or(0, |(_, start)| start);
        let (head, tail) = rest.split_at(split);
        Self { head: head.to_owned(), tail: tail.to_owned() }
    }
}

/// The host of a URL, and the rest of it from the path on.
pub fn host_and_path(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

/// The ends of a long text: what must not be cut away, so that texts with the same beginning are told apart.
const END_CHARACTERS: usize = 10;
/// A beginning of fewer characters would leave nothing worth cutting.
const START_CHARACTERS: usize = 4;

/// Splits a text into what may be cut and the end that stays; all of a short one stays.
pub fn with_end(text: &str) -> (&str, &str) {
    let mut places = text.char_indices().rev().map(|(place, _)| place);
    let end = places.nth(END_CHARACTERS - 1).unwrap_or(0);
    text.split_at(if places.nth(START_CHARACTERS - 1).is_some() { end } else { 0 })
}

/// A part of a URL as people read it: `Sheet1!A%3AG` is `Sheet1!A:G`. What is no text when decoded stays as it is.
pub fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.first_chunk::<2>().filter(|_| *first == b'%');
        let digits = escape.and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.chars().any(char::is_control) => text,
        _ => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{UrlText, decoded, host_and_path, with_end};
    use proptest::prelude::*;

    #[test]
    fn a_host_ends_where_the_path_begins() {
        for (url, parts) in [
            ("https://a.example/v2/stock?sku=1", ("a.example", "/v2/stock?sku=1")),
            ("https://a.example:8443", ("a.example:8443", "")),
            ("https://a.example?q=1/2", ("a.example", "?q=1/2")),
            ("not a url", ("not a url", "")),
        ] {
            assert_eq!(host_and_path(url), parts);
        }
    }

    #[test]
    fn the_last_steps_are_the_tail() {
        for (url, head, tail) in [
            ("https://a.example/v2/stock/sku-1?branch=3/4", "a.example/", "v2/stock/sku-1?branch=3/4"),
            ("https://a.example/v2/stock/", "a.example/", "v2/stock/"),
            (
                "https://a.example/v4/spreadsheets/1kQ7zN0x-2bWm_Yt9/values/Orders!A2:F",
                "a.example/v4/spreadsheets/",
                "1kQ7zN0x-2bWm_Yt9/values/Orders!A2:F",
            ),
            (
                "https://a.example/people/0197a000-0000-7000-8000-000000000041/notes",
                "a.example/people/",
                "0197a000-0000-7000-8000-000000000041/notes",
            ),
            ("https://a.example", "", "a.example"),
            ("https://a.example/", "", "a.example/"),
            ("https://a.example?q=1", "", "a.example?q=1"),
            ("/flow/reminder", "/", "flow/reminder"),
            ("call me", "", "call me"),
            ("", "", ""),
        ] {
            let text = UrlText::new(url);
            assert_eq!((text.head.as_str(), text.tail.as_str()), (head, tail), "{url}");
        }
    }

    #[test]
    fn a_long_text_keeps_its_end() {
        assert_eq!(["orders/41", "tickets/41.js"].map(with_end), [("", "orders/41"), ("", "tickets/41.js")]);
        assert_eq!(with_end("tickets/4.json"), ("tick", "ets/4.json"));
        assert_eq!(with_end("orders?from=2026&customer=4711"), ("orders?from=2026&cus", "tomer=4711"));
        assert_eq!(with_end("Zürich-Zürich-Zürich-Zürich"), ("Zürich-Zürich-Zür", "ich-Zürich"));
    }

    #[test]
    fn escapes_are_read_where_they_are_text() {
        for (part, text) in [
            ("Sheet1!A%3AG:append", "Sheet1!A:G:append"),
            ("q=Z%C3%BCrich%20%F0%9F%9A%86", "q=Z\u{fc}rich \u{1f686}"),
            ("%00%0a", "%00%0a"),
            ("%ff%fe", "%ff%fe"),
            ("100%", "100%"),
            ("%zz", "%zz"),
        ] {
            assert_eq!(decoded(part), text);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(url in ".*") {
            let text = UrlText::new(&url);
            let whole = [text.head, text.tail].concat();
            prop_assert!(url.ends_with(&whole));
        }

        #[test]
        fn both_parts_are_the_text(text in ".*") {
            let (start, end) = with_end(&text);
            prop_assert_eq!([start, end].concat(), text);
        }
    }
}
