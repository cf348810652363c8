//! What the text index is asked for, and whether a call that it names really passes the search.

use model::search::{Expression, FieldTest, TextPart, Words};

use super::question::Question;
use super::reader::Reader;
use crate::store::{StoreError, StoredCall};

/// The index knows sequences of this many characters.
const GRAM: usize = 3;
/// The most sequences one question looks up; the rest is left to verification.
const MAX_GRAMS: usize = 2 * model::search::MAX_TERMS;
/// Words up to this length are looked up by every sequence in them, longer ones by as many as cover them.
const SHORT: usize = 11;

/// A text as the index gets it. Its tokenizer skips zero characters and takes two others for U+FFFD, which would join
/// what stands apart: so it gets U+FFFD for each of them.
pub fn indexed(folded: String) -> String {
    // Most texts hold neither a zero byte nor a character of the range from U+F000 on, and are done with at once.
    if memchr::memchr2(0, 0xef, folded.as_bytes()).is_none() || !folded.contains(['\0', '\u{fffe}', '\u{ffff}']) {
        return folded;
    }
    folded.replace(['\0', '\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// Characters that the index does not tell apart.
const fn is_blurred(character: char) -> bool {
    matches!(character, '\0' | '\u{fffd}'..='\u{ffff}')
}

/// What to ask the index, bound as a parameter: something that the text of every call found holds. `None` where it
/// knows of nothing like that, and only reading the calls tells.
pub fn lookup(expression: &Expression) -> Option<String> {
    Lookup { room: MAX_GRAMS }.of(expression)
}

/// Builds a question to the index. It is made of quoted sequences and nothing else.
struct Lookup {
    /// How many sequences may still be looked up.
    room: usize,
}

impl Lookup {
    fn of(&mut self, expression: &Expression) -> Option<String> {
        match expression {
            Expression::Text { words, .. } => self.of_words(words.folded()),
            Expression::Field(FieldTest::Id(id)) => self.of_words(&id.to_string()),
            Expression::Field(_) | Expression::Not(_) => None,
            Expression::All(terms) => {
                // First what is taken to be held without a look: there is always room for that.
                let (surely, rest): (Vec<&Expression>, Vec<&Expression>) = terms
                    .iter()
                    .partition(|term| matches!(term, Expression::Text { words, part } if is_surely_held(words, *part)));
                let known: Vec<String> = surely.into_iter().chain(rest).filter_map(|term| self.of(term)).collect();
                (!known.is_empty()).then(|| known.join(" AND "))
            }
            Expression::Any(terms) => {
                let known: Vec<String> = terms.iter().map(|term| self.of(term)).collect::<Option<_>>()?;
                Some(format!("({})", known.join(" OR ")))
            }
        }
    }

    fn of_words(&mut self, folded: &str) -> Option<String> {
        let mut grams = grams(folded);
        grams.truncate(self.room);
        self.room -= grams.len();
        let quoted = grams.iter().map(|gram| format!("\"{}\"", gram.replace('"', "\"\""))).collect::<Vec<_>>();
        (!quoted.is_empty()).then(|| quoted.join(" AND "))
    }
}

/// Sequences of three characters that together cover a word.
///
/// Of a short word all of them: an order number covered by three sequences of digits named so many calls in vain that
/// reading them took most of the time. Of a long one without overlap but for the last: a third of the look-ups, and
/// measured 2.5 times as quick.
fn grams(folded: &str) -> Vec<String> {
    let characters: Vec<char> = folded.chars().collect();
    let last = characters.len().saturating_sub(GRAM);
    let step = if characters.len() <= SHORT { 1 } else { GRAM };
    let starts = (0..last).step_by(step).chain([last]);
    starts
        .filter_map(|start| characters.get(start..start + GRAM))
        // Verification finds what holds them.
        .filter(|gram| !gram.iter().copied().any(is_blurred))
        .map(|gram| gram.iter().collect())
        .collect()
}

/// Whether words that every call found must hold are in all the calls that the index names, without a look at them.
pub fn is_surely_held(words: &Words, part: TextPart) -> bool {
    part == TextPart::Anywhere && words.folded().chars().count() == GRAM && grams(words.folded()).len() == 1
}

/// Whether a call really passes the search.
pub fn passes_search(question: &Question, reader: &Reader, row: i64) -> Result<bool, StoreError> {
    Ok(question.search.matches(&read_call(reader, row)?.call))
}

/// Reads a whole call.
pub fn read_call(reader: &Reader, row: i64) -> Result<StoredCall, StoreError> {
    let mut statement = reader.connection.prepare_cached("SELECT body FROM call WHERE row = ?1")?;
    let mut rows = statement.query([row])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Unreadable("a call is missing".to_owned()))?;
    reader.unpacker.unpack(&reader.connection, row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::{grams, indexed, lookup};
    use model::Search;

    fn looked_up(typed: &str) -> Option<String> {
        lookup(Search::parse(typed).unwrap().expression())
    }

    #[test]
    fn a_word_is_covered_by_its_sequences() {
        assert_eq!(grams("ab"), Vec::<String>::new());
        assert_eq!(grams("abc"), ["abc"]);
        assert_eq!(grams("abcd"), ["abc", "bcd"]);
        assert_eq!(grams("abcdef"), ["abc", "bcd", "cde", "def"]);
        assert_eq!(grams("abcdefghijklm"), ["abc", "def", "ghi", "jkl", "klm"]);
        assert_eq!(grams("日本語で"), ["日本語", "本語で"]);
    }

    #[test]
    fn what_the_index_blurs_is_not_asked_for() {
        assert_eq!(indexed("a\0b\u{ffff}\u{ff46}\u{fffe}".to_owned()), "a\u{fffd}b\u{fffd}\u{ff46}\u{fffd}");
        assert_eq!(indexed("abc é 日本".to_owned()), "abc é 日本");
        assert_eq!(grams("a\0b"), Vec::<String>::new());
        assert_eq!(grams("abc\u{ffff}def"), ["abc", "def"]);
    }

    #[test]
    fn what_is_typed_is_quoted_for_the_index() {
        let quoted = looked_up(r#"a"b "OR" x NEAR(y) "-foo*""#);
        let expected = r#""a""b" AND "nea" AND "ear" AND "ar(" AND "r(y" AND "(y)" AND "-fo" AND "foo" AND "oo*""#;
        assert_eq!(quoted.as_deref(), Some(expected));
    }

    #[test]
    fn the_index_is_asked_for_what_every_call_found_holds() {
        let known = [
            ("fund status:error in:response 404", r#""fun" AND "und" AND "404""#),
            ("404 (fund OR host:shop)", r#""404" AND ("fun" AND "und" OR "sho" AND "hop")"#),
            ("-xyz 404", r#""404""#),
        ];
        for (typed, expected) in known {
            assert_eq!(looked_up(typed).as_deref(), Some(expected), "{typed}");
        }
        for unknown in ["refund OR status:error", "-refund", "status:error", "é1", "refund OR ab"] {
            assert_eq!(looked_up(unknown), None, "{unknown}");
        }
        let longer: Vec<String> = (0..31).map(|number| format!("longer-than-{number}")).collect();
        let exact = longer.join(" ") + " 404";
        assert!(looked_up(&exact).unwrap().starts_with(r#""404" AND "#));
        let many = (0..30).map(|number| format!("word{number:05}")).collect::<Vec<_>>().join(" ");
        assert_eq!(looked_up(&many).unwrap().matches(" AND ").count(), 63);
    }
}
