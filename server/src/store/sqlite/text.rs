//! Search over the text of calls: which rows may pass, and which do.

use memchr::memmem::Finder;
use model::search::{Expression, TextPart, Words};
use model::{Call, Search, SearchedText};

/// The index knows sequences of this many characters.
const GRAM: usize = 3;
/// The most sequences one question looks up; the rest is left to verification.
const MAX_GRAMS: usize = 32;

/// A search, ready to be looked up and verified.
pub struct Needles {
    test: Test,
    lookup: Option<String>,
    is_exact: bool,
}

/// How a call is verified.
enum Test {
    /// All of these words, anywhere.
    Words(Vec<Finder<'static>>),
    /// Whatever else the language says.
    Search(Search),
}

impl Needles {
    /// `None` where nothing is searched for.
    pub fn new(search: &Search) -> Option<Self> {
        if search.is_empty() {
            return None;
        }
        let words = search.required_words();
        let grams: Vec<String> = words.iter().flat_map(|words| grams(words.folded())).take(MAX_GRAMS).collect();
        let lookup = grams.iter().map(|gram| format!("\"{}\"", gram.replace('"', "\"\""))).collect::<Vec<_>>();
        let is_one_gram =
            words.iter().all(|words| words.folded().chars().count() == GRAM) && words.len() == grams.len();
        let (test, is_exact) = match only_words(search.expression()) {
            Some(words) => {
                let finder = |words: &&Words| Finder::new(words.folded().as_bytes()).into_owned();
                (Test::Words(words.iter().map(finder).collect()), is_one_gram)
            }
            None => (Test::Search(search.clone()), false),
        };
        Some(Self { test, lookup: (!lookup.is_empty()).then(|| lookup.join(" ")), is_exact })
    }

    /// What to ask the index, bound as a parameter; `None` where it knows nothing that every call found must hold, and
    /// only reading the calls tells.
    pub fn lookup(&self) -> Option<&str> {
        self.lookup.as_deref()
    }

    /// Whether what the index finds needs no verification.
    pub const fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// Whether a call passes the search.
    pub fn are_in(&self, call: &Call) -> bool {
        match &self.test {
            Test::Words(finders) => {
                let text = SearchedText::of(call);
                finders.iter().all(|finder| finder.find(text.anywhere().as_bytes()).is_some())
            }
            Test::Search(search) => search.matches(call),
        }
    }
}

/// The words of a search that is nothing but words.
fn only_words(expression: &Expression) -> Option<Vec<&Words>> {
    match expression {
        Expression::Text { words, part: TextPart::Anywhere } => Some(vec![words]),
        Expression::All(terms) => terms.iter().map(only_words).collect::<Option<Vec<_>>>().map(|words| words.concat()),
        _ => None,
    }
}

/// Sequences of three characters that together cover a word, without overlap but for the last: a third of the look-ups
/// of all sequences, and measured 2.5 times as quick.
fn grams(term: &str) -> Vec<String> {
    // A zero byte would end the question to the index; verification finds what holds one.
    let characters: Vec<char> = term.chars().collect();
    let last = characters.len().saturating_sub(GRAM);
    let starts = (0..last).step_by(GRAM).chain([last]);
    starts
        .filter_map(|start| characters.get(start..start + GRAM))
        .filter(|gram| !gram.contains(&'\0'))
        .map(|gram| gram.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Needles, grams};
    use model::Search;

    fn needles(typed: &str) -> Needles {
        Needles::new(&Search::parse(typed).unwrap()).unwrap()
    }

    #[test]
    fn a_word_is_covered_by_its_sequences() {
        assert_eq!(grams("ab"), Vec::<String>::new());
        assert_eq!(grams("abc"), ["abc"]);
        assert_eq!(grams("abcd"), ["abc", "bcd"]);
        assert_eq!(grams("abcdefgh"), ["abc", "def", "fgh"]);
        assert_eq!(grams("日本語で"), ["日本語", "本語で"]);
    }

    #[test]
    fn what_is_typed_is_quoted_for_the_index() {
        let quoted = needles(r#"a"b "OR" x NEAR(y) "-foo*""#);
        assert_eq!(quoted.lookup(), Some(r#""a""b" "nea" "r(y" "(y)" "-fo" "oo*""#));
        assert!(!quoted.is_exact());
        assert!(needles("é1").lookup().is_none());
        assert!(needles("404").is_exact());
    }

    #[test]
    fn the_index_is_asked_for_what_every_call_found_holds() {
        assert_eq!(needles("refund status:error in:response 404").lookup(), Some(r#""ref" "und" "404""#));
        assert!(!needles("404 status:error").is_exact());
        assert!(!needles("in:response 404").is_exact());
        for unknown in ["refund OR status:error", "-refund", "status:error"] {
            assert!(needles(unknown).lookup().is_none(), "{unknown}");
        }
    }
}
