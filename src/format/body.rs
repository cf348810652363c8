//! What a body is, before anybody looks at it: nothing, erased, not kept, not text, JSON or another text.

use model::{Erasure, Headers, Omission, Timestamp, Truncation};

use super::code::Language;
use crate::words;

/// A body as the panel tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<'a> {
    /// The platform did not capture it: nobody knows whether there was one.
    NotCaptured,
    /// It was captured and has no bytes.
    Empty,
    /// It was not kept, because it is not text.
    Omitted(&'a Omission),
    /// It was erased since.
    Erased(Timestamp),
    /// It is text.
    Text(Language),
}

impl<'a> Body<'a> {
    /// What a body is, by what is kept of it, by what was left out of its call and erased from it, and by its headers.
    pub fn new(kept: Option<&str>, part: &str, omitted: &'a [Omission], erased: &[Erasure], headers: &Headers) -> Self {
        match (kept, omitted.iter().find(|omission| omission.part == part)) {
            (None, Some(omission)) => Self::Omitted(omission),
            (None, None) => erased_at(erased, part).map_or(Self::NotCaptured, Self::Erased),
            (Some(""), _) => Self::Empty,
            (Some(text), _) => Self::Text(language(text, media_type(headers))),
        }
    }
}

/// When a part was erased, where it was.
pub fn erased_at(erased: &[Erasure], part: &str) -> Option<Timestamp> {
    erased.iter().find(|erasure| erasure.part == part).map(|erasure| erasure.at)
}

/// What is told of a body that was not kept: `Binary body, image/png, 12,345 bytes.`
pub fn omission_words(omission: &Omission) -> String {
    match &omission.media_type {
        Some(media_type) => words::body::binary(media_type, omission.bytes),
        None => words::body::binary_of_no_type(omission.bytes),
    }
}

/// The value of a header, whatever the case of its name.
pub fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The type that the headers name, without parameters: `application/json`.
pub fn media_type(headers: &Headers) -> Option<&str> {
    header(headers, "content-type").map(|value| value.split(';').next().unwrap_or(value).trim())
}

/// The type as people say it: `JSON`, `HTML`, or the type itself.
pub fn type_name(media_type: &str, language: Language) -> String {
    let lower = media_type.to_ascii_lowercase();
    let subtype = lower.split('/').nth(1).unwrap_or_default();
    match subtype.rsplit('+').next().unwrap_or(subtype) {
        _ if language == Language::Json => "JSON".to_owned(),
        "html" | "xhtml" => "HTML".to_owned(),
        "xml" => "XML".to_owned(),
        "csv" => "CSV".to_owned(),
        "plain" | "" => words::body::TEXT.to_owned(),
        "x-www-form-urlencoded" => words::body::FORM.to_owned(),
        _ => lower,
    }
}

/// How large a part was before it was cut, where it was.
pub fn original_bytes(truncated: &[Truncation], part: &str) -> Option<u64> {
    truncated.iter().find(|truncation| truncation.part == part).map(|truncation| truncation.original_bytes)
}

/// Services name JSON in many ways, and not at all: what begins like JSON is tried as JSON, which loses nothing.
fn language(text: &str, media_type: Option<&str>) -> Language {
    let named = media_type.is_some_and(|media_type| {
        let lower = media_type.to_ascii_lowercase();
        lower.ends_with("json") || lower.ends_with("javascript")
    });
    let begins = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let begins_with_value = named
        && text.trim_start().starts_with(['"', 't', 'f', 'n', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if begins || begins_with_value { Language::Json } else { Language::Plain }
}

#[cfg(test)]
mod tests {
    use model::{Erasure, Omission, Timestamp};

    use super::{Body, header, media_type, omission_words, type_name};
    use crate::format::code::Language;

    fn headers(content_type: &str) -> Vec<(String, String)> {
        vec![("Content-Type".to_owned(), content_type.to_owned())]
    }

    #[test]
    fn nothing_and_not_kept_are_told_apart() {
        let omission = |media_type: Option<&str>, bytes| Omission {
            part: "response.body".to_owned(),
            media_type: media_type.map(str::to_owned),
            bytes,
        };
        let omitted = [omission(Some("image/png"), 12_345)];
        let at = Timestamp::from_millis(1_795_000_000_000);
        let erased = [Erasure { part: "request.body".to_owned(), at }];
        assert_eq!(Body::new(None, "response.body", &[], &[], &vec![]), Body::NotCaptured);
        assert_eq!(Body::new(None, "request.body", &omitted, &[], &vec![]), Body::NotCaptured);
        assert_eq!(Body::new(None, "request.body", &omitted, &erased, &vec![]), Body::Erased(at));
        assert_eq!(Body::new(None, "response.body", &omitted, &erased, &vec![]), Body::Omitted(&omitted[0]));
        assert_eq!(Body::new(Some(""), "response.body", &[], &[], &vec![]), Body::Empty);
        assert_eq!(omission_words(&omitted[0]), "Binary body, image/png, 12,345 bytes.");
        assert_eq!(omission_words(&omission(None, 1)), "Binary body, of an unnamed type, 1 byte.");
    }

    #[test]
    fn json_is_known_by_its_type_or_its_beginning() {
        for (text, content_type, language) in [
            (" {\"a\":1}", "text/plain", Language::Json),
            ("\u{feff}[1]", "text/html", Language::Json),
            ("true", "application/problem+json; charset=utf-8", Language::Json),
            ("true", "text/plain", Language::Plain),
            ("<html>", "application/json", Language::Plain),
        ] {
            assert_eq!(
                Body::new(Some(text), "response.body", &[], &[], &headers(content_type)),
                Body::Text(language),
                "{text}"
            );
        }
    }

    #[test]
    fn types_have_names() {
        let headers = headers("text/HTML; charset=utf-8");
        assert_eq!(header(&headers, "content-TYPE"), Some("text/HTML; charset=utf-8"));
        assert_eq!(type_name(media_type(&headers).unwrap(), Language::Plain), "HTML");
        assert_eq!(type_name("application/hal+json", Language::Json), "JSON");
        assert_eq!(type_name("image/svg+xml", Language::Plain), "XML");
        assert_eq!(type_name("application/pdf", Language::Plain), "application/pdf");
    }
}
