//! The words of the search box.

use std::fmt;

/// What the search box asks for: words and quoted words, all of which must occur.
///
/// `"quoted words"` stand together; inside quotes `\"` and `\\` stand for themselves. A quote that is never closed
/// reaches to the end, so that the answer stays useful while somebody is still typing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchText {
    terms: Vec<String>,
}

/// The most terms one search may have; more are a mistake or an attack.
pub const MAX_TERMS: usize = 32;
/// The longest search text in bytes.
pub const MAX_TEXT_BYTES: usize = 2_048;

impl SearchText {
    /// Reads what somebody typed.
    pub fn parse(typed: &str) -> Self {
        let mut terms = Vec::new();
        let mut characters = typed.chars().peekable();
        while let Some(&next) = characters.peek() {
            if next.is_whitespace() {
                characters.next();
                continue;
            }
            let mut term = String::new();
            if next == '"' {
                characters.next();
                while let Some(character) = characters.next() {
                    match character {
                        '"' => break,
                        '\\' if matches!(characters.peek(), Some('"' | '\\')) => term.extend(characters.next()),
                        other => term.push(other),
                    }
                }
            } else {
                while let Some(character) = characters.next_if(|character| !character.is_whitespace()) {
                    term.push(character);
                }
            }
            if !term.trim().is_empty() {
                terms.push(term);
            }
        }
        Self { terms }
    }

    /// The terms as typed, in order.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Prints the terms so that `parse` reads them again.
impl fmt::Display for SearchText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, term) in self.terms.iter().enumerate() {
            if index > 0 {
                formatter.write_str(" ")?;
            }
            if term.starts_with('"') || term.chars().any(char::is_whitespace) {
                write!(formatter, "\"{}\"", term.replace('\\', "\\\\").replace('"', "\\\""))?;
            } else {
                formatter.write_str(term)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::SearchText;
    use proptest::prelude::*;

    fn terms(typed: &str) -> Vec<String> {
        SearchText::parse(typed).terms().to_vec()
    }

    #[test]
    fn words_and_quoted_words() {
        assert_eq!(terms(r#"invalid_grant "token has  expired" 42"#), ["invalid_grant", "token has  expired", "42"]);
        assert_eq!(terms(r#""a \"b\" \\ c""#), [r#"a "b" \ c"#]);
        assert_eq!(terms(r#""never closed"#), ["never closed"]);
        assert_eq!(terms("  \t "), Vec::<String>::new());
        assert_eq!(terms(r#""""#), Vec::<String>::new());
        assert_eq!(terms(r#"{"id":7}"#), [r#"{"id":7}"#]);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(typed in ".*") {
            let text = SearchText::parse(&typed);
            prop_assert_eq!(SearchText::parse(&text.to_string()), text);
        }
    }
}
