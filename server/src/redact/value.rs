//! Values that give themselves away wherever they stand: by how they begin, or by a name before them in any notation.
//!
//! One automaton over all the beginnings goes through the text once; what it stops at is looked at by hand, within
//! bounds, so that the time is linear whatever the text is.

mod assignment;
mod key;
mod scheme;
mod token;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::mark::{Edits, Hidden};

pub use scheme::basic_credentials;

/// What is to be hidden, and what it is.
struct Found {
    part: Range<usize>,
    kind: &'static str,
    /// Whether it is hidden for a name, and so is to be looked for elsewhere.
    is_named: bool,
}

impl Found {
    const fn new(part: Range<usize>, kind: &'static str) -> Self {
        Self { part, kind, is_named: false }
    }
}

/// Looks at a place where the automaton stopped.
type Look = fn(&str, Range<usize>) -> Option<Found>;

enum Sign {
    Looked(Look),
    Key(&'static key::Shape),
}

struct Signs {
    finder: AhoCorasick,
    signs: Vec<Sign>,
}

#[expect(clippy::expect_used, reason = "the beginnings are constants, and every test builds them")]
static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let looked: [(&[&str], Look); 7] = [
        (&assignment::NAMES, assignment::find),
        (&assignment::PARAMETERS, assignment::find_parameter),
        (&["bearer"], scheme::find_bearer),
        (&["basic"], scheme::find_basic),
        (&["eyJ"], token::find_jwt),
        (&["://"], token::find_user_information),
        (&token::PATHS, token::find_in_path),
    ];
    let looked = looked.into_iter().flat_map(|(words, look)| words.iter().map(move |word| (*word, Sign::Looked(look))));
    let keys = key::SHAPES.iter().map(|shape| (shape.prefix, Sign::Key(shape)));
    let (words, signs): (Vec<_>, Vec<_>) = looked.chain(keys).unzip();
    let finder = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(words);
    Signs { finder: finder.expect("constant words can be searched for"), signs }
});

/// A text with such values hidden.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let Signs { finder, signs } = &*SIGNS;
    let mut edits = Edits::new(text);
    for hit in finder.find_overlapping_iter(text) {
        if hit.start() < edits.settled() {
            continue;
        }
        let found = match signs.get(hit.pattern().as_usize()) {
            Some(Sign::Looked(look)) => look(text, hit.range()),
            Some(Sign::Key(shape)) => shape.find(text, hit.range()),
            None => None,
        };
        let Some(Found { part, kind, is_named }) = found else { continue };
        let value = text.get(part.clone()).unwrap_or_default();
        let mark = if is_named { hidden.hide(kind, value) } else { hidden.mark(kind) };
        edits.replace(part, &mark);
    }
    edits.finish()
}

/// Whether a word is no word of a language: long enough, with digits among its letters.
pub fn looks_random(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
    let has_letters = has(u8::is_ascii_alphabetic);
    let has_cases = has(u8::is_ascii_lowercase) && word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    word.len() >= 8 && has_letters && (has(u8::is_ascii_digit) || (word.len() >= 20 && has_cases))
}

/// Whether a word may begin at a place: behind no letter or digit, but for the end of a percent escape.
fn is_word_start(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    match before {
        [.., b'%', high, low] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        [.., last] => !(last.is_ascii_alphanumeric() || matches!(last, b'_')),
        [] => true,
    }
}

/// The end of a run of bytes that all are of one class.
fn run_end(text: &str, from: usize, is_in: impl Fn(u8) -> bool) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !is_in(*byte)).unwrap_or(rest.len())
}

/// The beginning of a run, which is enough to judge it by: a run of any length that is looked at again and again, and
/// turned down each time, would cost quadratic time.
fn run_beginning(text: &str, from: usize, is_in: impl Fn(u8) -> bool) -> &str {
    const JUDGED: usize = 128;
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let length = rest.iter().take(JUDGED).position(|byte| !is_in(*byte)).unwrap_or(rest.len().min(JUDGED));
    text.get(from..text.floor_char_boundary(from + length)).unwrap_or_default()
}

const fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
