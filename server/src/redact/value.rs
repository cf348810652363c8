//! Values that give themselves away wherever they stand: by how they begin, or by a name before them in any notation.
//!
//! One search for all the beginnings goes through the text once; what it finds is looked at by hand, within bounds, so
//! that the time is linear whatever the text is.

mod assignment;
mod key;
mod scheme;
mod signs;
mod token;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::mark::{Edits, Hidden};

pub use scheme::basic_credentials;
pub use signs::Signs;

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

/// Looks at a place where a beginning stands.
type Look = fn(&str, Range<usize>) -> Option<Found>;

/// What is done about a beginning.
enum Act {
    Look(Look),
    Match(&'static key::Shape),
}

struct Beginnings {
    signs: Signs,
    acts: Vec<(usize, Act)>,
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let looked: [(&[&'static str], Look); 7] = [
        (&assignment::NAMES, assignment::find),
        (&assignment::PARAMETERS, assignment::find_parameter),
        (&["bearer"], scheme::find_bearer),
        (&["basic"], scheme::find_basic),
        (&["eyJ"], token::find_jwt),
        (&["://"], token::find_user_information),
        (&token::PATHS, token::find_in_path),
    ];
    let looked = looked.into_iter().flat_map(|(words, look)| words.iter().map(move |word| (*word, Act::Look(look))));
    let keys = key::SHAPES.iter().map(|shape| (shape.prefix, Act::Match(shape)));
    let (words, acts): (Vec<&str>, Vec<_>) = looked.chain(keys).map(|(word, act)| (word, (word.len(), act))).unzip();
    Beginnings { signs: Signs::new(words), acts }
});

/// A text with such values hidden.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let Beginnings { signs, acts } = &*BEGINNINGS;
    let mut edits = Edits::new(text);
    signs.visit(text, |index, start| {
        if start < edits.settled() {
            return;
        }
        let found = match acts.get(index) {
            Some((length, Act::Look(look))) => look(text, start..start + length),
            Some((length, Act::Match(shape))) => shape.find(text, start..start + length),
            None => None,
        };
        let Some(Found { part, kind, is_named }) = found else { return };
        let value = text.get(part.clone()).unwrap_or_default();
        let mark = if is_named { hidden.hide(kind, value) } else { hidden.mark(kind) };
        edits.replace(part, &mark);
    });
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
