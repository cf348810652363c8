//! A text as it reads where its escapes are undone: those of JSON, of addresses and of XML, also of each other.
//!
//! Serializers differ in what they escape, so that a secret has more written forms than can be listed: `+` may stand as
//! `\u002B`, `%2b` or `&#43;`. Read back, it has one.

use std::ops::Range;

use memchr::memchr3;

/// No escape is longer: `&#x10ffff;`.
const LONGEST: usize = 10;

/// The bytes of a text without its escapes, and where they stand in it.
pub struct Unescaped {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where each byte begins in the text; one more, for the end.
    places: Vec<usize>,
}

impl Unescaped {
    /// Reads a text; nothing where it has no escapes.
    pub fn of(text: &str) -> Option<Self> {
        Self::once(text.as_bytes())
    }

    /// The same without the escapes that are left: those of JSON in a string of JSON, of an address in a parameter of one.
    pub fn deeper(&self) -> Option<Self> {
        let deeper = Self::once(&self.bytes)?;
        let places = deeper.places.iter().filter_map(|place| self.places.get(*place).copied()).collect();
        Some(Self { bytes: deeper.bytes, places })
    }

    /// Where a part of the bytes stands in the text.
    pub fn part(&self, part: Range<usize>) -> Option<Range<usize>> {
        Some(*self.places.get(part.start)?..*self.places.get(part.end)?)
    }

    fn once(bytes: &[u8]) -> Option<Self> {
        let mut read = Self { bytes: Vec::new(), places: Vec::new() };
        let mut at = 0;
        let mut copied = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr3(b'\\', b'%', b'&', rest)) {
            let start = at + found;
            let escape = escape_at(bytes.get(start..).unwrap_or_default());
            at = start + escape.as_ref().map_or(1, |(_, length)| *length);
            if let Some((character, _)) = escape {
                read.copy(bytes, copied..start);
                copied = at;
                let before = read.bytes.len();
                match character {
                    Written::Character(character) => {
                        read.bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                    Written::Byte(byte) => read.bytes.push(byte),
                }
                read.places.resize(read.places.len() + read.bytes.len() - before, start);
            }
        }
        if copied == 0 {
            return None;
        }
        read.copy(bytes, copied..bytes.len());
        read.places.push(bytes.len());
        Some(read)
    }

    fn copy(&mut self, bytes: &[u8], part: Range<usize>) {
        self.bytes.extend_from_slice(bytes.get(part.clone()).unwrap_or_default());
        self.places.extend(part);
    }
}

/// What an escape stands for.
enum Written {
    Character(char),
    /// One of the bytes of a character, as addresses have them.
    Byte(u8),
}

/// The escape with which a text begins, and its length.
fn escape_at(text: &[u8]) -> Option<(Written, usize)> {
    let hex = |digits: &[u8]| u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok();
    match text {
        [b'\\', b'u', digits @ ..] => {
            let character = char::from_u32(hex(digits.get(..4)?)?)?;
            Some((Written::Character(character), 6))
        }
        [b'\\', escaped @ (b'/' | b'"' | b'\\'), ..] => Some((Written::Byte(*escaped), 2)),
        [b'\\', b'n', ..] => Some((Written::Byte(b'\n'), 2)),
        [b'\\', b'r', ..] => Some((Written::Byte(b'\r'), 2)),
        [b'\\', b't', ..] => Some((Written::Byte(b'\t'), 2)),
        [b'%', digits @ ..] => {
            let byte = u8::try_from(hex(digits.get(..2)?)?).ok()?;
            Some((Written::Byte(byte), 3))
        }
        [b'&', name @ ..] => {
            let name = name.get(..name.iter().take(LONGEST).position(|byte| *byte == b';')?)?;
            let character = match name {
                b"amp" => '&',
                b"lt" => '<',
                b"gt" => '>',
                b"quot" => '"',
                b"apos" => '\'',
                [b'#', b'x' | b'X', digits @ ..] => char::from_u32(hex(digits)?)?,
                [b'#', digits @ ..] => char::from_u32(str::from_utf8(digits).ok()?.parse().ok()?)?,
                _ => return None,
            };
            Some((Written::Character(character), name.len() + 2))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Unescaped;
    use proptest::prelude::*;

    /// As it reads where everything is undone.
    fn undone(text: &str) -> Option<Unescaped> {
        let mut read = Unescaped::of(text)?;
        while let Some(deeper) = read.deeper() {
            read = deeper;
        }
        Some(read)
    }

    #[test]
    fn escapes_of_every_kind_and_of_each_other_are_undone() {
        for (text, expected) in [
            (r"a\u002Bb", "a+b"),
            (r"a\\u002bb", "a+b"),
            ("a%2bb%2Fc", "a+b/c"),
            ("a%252Bb", "a+b"),
            ("a&#43;b&amp;c&#x2F;d", "a+b&c/d"),
            (r#"\"\/\n"#, "\"/\n"),
            ("caf%C3%A9", "café"),
        ] {
            let read = undone(text).unwrap();
            assert_eq!(String::from_utf8(read.bytes).unwrap(), expected, "{text}");
        }
        for text in ["", "a+b", "100% & more;", r"C:\users", r"\u00", "%4", "&unknown;", "&#xffffffff;"] {
            assert!(Unescaped::of(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_byte_has_a_place_and_places_rise(text in r"(\\u00[0-9a-f]{2}|%[0-9a-f]{2}|&#4[0-9];|[a-c%&\\é]){0,30}") {
            let Some(read) = undone(&text) else { return Ok(()) };
            prop_assert_eq!(read.places.len(), read.bytes.len() + 1);
            prop_assert!(read.places.is_sorted());
            prop_assert_eq!(read.part(0..read.bytes.len()), Some(0..text.len()));
        }
    }
}
