//! URLs in one line. No URL parser: what was called may not even be a URL, and is shown all the same.

/// A URL without its origin, split before the part that tells most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlText {
    /// `api.example.com`; empty where there is none.
    pub host: String,
    /// `/v4/spreadsheets/1kQ/`: narrow lists leave it out.
    pub head: String,
    /// `values/Orders!A2:F`: the last step with its query, always shown.
    pub tail: String,
}

impl UrlText {
    /// Splits a URL.
    pub fn new(url: &str) -> Self {
        let (host, rest) = match url.split_once("://") {
            Some((_, rest)) => {
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                rest.split_at(end)
            }
            None => ("", url),
        };
        let path_end = rest.find(['?', '#']).unwrap_or(rest.len());
        let path = rest.get(..path_end).unwrap_or(rest);
        // A slash at the very end belongs to the last step.
        let split = path.strip_suffix('/').unwrap_or(path).rfind('/').map_or(0, |slash| slash + 1);
        let (head, tail) = rest.split_at(split);
        if tail.is_empty() {
            return Self { host: host.to_owned(), head: String::new(), tail: rest.to_owned() };
        }
        Self { host: host.to_owned(), head: head.to_owned(), tail: tail.to_owned() }
    }
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
    use super::{UrlText, decoded};
    use proptest::prelude::*;

    fn split(url: &str) -> (String, String, String) {
        let text = UrlText::new(url);
        (text.host, text.head, text.tail)
    }

    #[test]
    fn the_last_step_is_the_tail() {
        for (url, host, head, tail) in [
            ("https://a.example/v2/stock/sku-1?branch=3/4", "a.example", "/v2/stock/", "sku-1?branch=3/4"),
            ("https://a.example/v2/stock/", "a.example", "/v2/", "stock/"),
            ("https://a.example", "a.example", "", ""),
            ("https://a.example/", "a.example", "", "/"),
            ("https://a.example?q=1", "a.example", "", "?q=1"),
            ("/flow/reminder", "", "/flow/", "reminder"),
            ("call me", "", "", "call me"),
        ] {
            assert_eq!(split(url), (host.to_owned(), head.to_owned(), tail.to_owned()), "{url}");
        }
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
            let whole = [text.host, text.head, text.tail].concat();
            prop_assert!(url.ends_with(&whole));
        }
    }
}
