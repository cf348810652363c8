//! Secrets that are known exactly, and must not be kept wherever they stand: a provider that echoes the token it was
//! sent does so under a name of its own choosing.

mod unescaped;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use memchr::memmem;
use model::Call;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::mark::{Edits, Hidden, OPENING};
use super::{header, url, value};
use unescaped::Unescaped;

/// Shorter ones occur by chance.
const SHORTEST: usize = 8;
/// The most that one call may add for what stands in it, so that its time stays linear in its length.
const MOST_NOTED: usize = 64;
/// How often escapes are undone.
const MOST_DEEP: usize = 3;
/// What may stand in an address as it is (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Exact values that are hidden wherever they stand in a call, as they are and in the usual encodings.
#[derive(Default)]
pub struct Secrets {
    /// What kind of thing each is.
    values: BTreeMap<String, &'static str>,
    noted: usize,
}

impl Secrets {
    /// The credentials with which a call was made and that its answer set: those of its headers and its address.
    pub fn of(call: &Call) -> Self {
        let sent = call.request.iter().flat_map(|request| &request.headers);
        let received = call.response.iter().flat_map(|response| &response.headers);
        let in_headers = sent.chain(received).flat_map(|(name, value)| header::credentials(name, value));
        let in_address = call.request.iter().flat_map(|request| url::credentials(&request.url));
        let mut secrets = Self::default();
        in_headers.chain(in_address).for_each(|credential| secrets.insert(&credential));
        secrets
    }

    /// Adds one. What is too short to be told from a word is left out.
    pub fn insert(&mut self, value: &str) {
        self.insert_as("credentials", value);
    }

    /// Adds one of a kind.
    pub(super) fn insert_as(&mut self, kind: &'static str, value: &str) {
        if value.len() >= SHORTEST && !is_of_a_mark(value) {
            self.values.entry(value.to_owned()).or_insert(kind);
        }
    }

    /// Adds a value that was hidden for its name only, where it is no word that means something elsewhere.
    pub(super) fn note(&mut self, value: &str) {
        let is_one = value::looks_random(value) && !value.contains(char::is_whitespace);
        if is_one && self.noted < MOST_NOTED {
            self.noted += 1;
            self.insert(value);
        }
    }

    /// What to look for in the texts of a call.
    pub(super) fn forms(&self) -> Forms {
        let mut values: Vec<(&String, &'static str)> = self.values.iter().map(|(value, kind)| (value, *kind)).collect();
        // One that holds another is hidden whole.
        values.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        let plain = values.iter().map(|(value, kind)| Form::new(value, kind, false)).collect();
        Forms { plain, other: values.into_iter().flat_map(|(value, kind)| other_forms_of(value, kind)).collect() }
    }
}

/// Whether a value holds marks or is part of one: they must stay what they are.
fn is_of_a_mark(value: &str) -> bool {
    const KINDS: [&str; 14] = [
        "authorization",
        "password",
        "credentials",
        "signature",
        "private_key",
        "api_key",
        "token",
        "secret",
        "session",
        "cookie",
        "card",
        "iban",
        "email",
        "phone",
    ];
    let is_in = |kind: &&str| [", ends ", "]"].iter().any(|end| format!("{OPENING}{kind}{end}").contains(value));
    value.contains(OPENING) || KINDS.iter().any(is_in)
}

/// Secrets in the forms in which they may stand in a text.
pub struct Forms {
    /// As they are: what they read like where escapes are undone.
    plain: Vec<Form>,
    /// In forms that are no escapes.
    other: Vec<Form>,
}

struct Form {
    finder: memmem::Finder<'static>,
    kind: &'static str,
    /// Base64 holds a secret among other bits: the whole word is hidden.
    is_base64: bool,
}

impl Form {
    fn new(text: &str, kind: &'static str, is_base64: bool) -> Self {
        Self { finder: memmem::Finder::new(text.as_bytes()).into_owned(), kind, is_base64 }
    }
}

impl Forms {
    /// A text without these secrets.
    pub fn redact<'t>(&self, text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
        let mut result = Cow::Borrowed(text);
        for form in self.plain.iter().chain(&self.other) {
            if let Some(redacted) = super::text::changed(form.redact(&result, hidden)) {
                result = Cow::Owned(redacted);
            }
        }
        if self.plain.is_empty() {
            return result;
        }
        match self.redact_escaped(&result, hidden) {
            Some(redacted) => Cow::Owned(redacted),
            None => result,
        }
    }

    /// A text without these secrets where their characters are escaped, in whatever way; nothing where there are none.
    fn redact_escaped(&self, text: &str, hidden: &mut Hidden) -> Option<String> {
        let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
        // A secret may hold what looks like an escape: it is looked for at each depth, and not at the last alone.
        for read in iter::successors(Unescaped::of(text), Unescaped::deeper).take(MOST_DEEP) {
            for form in &self.plain {
                let length = form.finder.needle().len();
                let starts = form.finder.find_iter(&read.bytes);
                found.extend(starts.filter_map(|start| Some((read.part(start..start + length)?, form.kind))));
            }
        }
        // Of two that begin together, the longer one first.
        found.sort_by_key(|(part, _)| (part.start, std::cmp::Reverse(part.end)));
        let mut edits = Edits::new(text);
        for (part, kind) in found {
            if part.start >= edits.settled() && text.get(part.clone()).is_some() {
                edits.replace(part, &hidden.mark(kind));
            }
        }
        super::text::changed(edits.finish())
    }
}

impl Form {
    fn redact<'t>(&self, text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
        let mut edits = Edits::new(text);
        for start in self.finder.find_iter(text.as_bytes()) {
            let mut part = start..start + self.finder.needle().len();
            if self.is_base64 {
                part = word_around(text.as_bytes(), part.start.max(edits.settled()), part.end, edits.settled());
            }
            if part.start >= edits.settled() && !part.is_empty() {
                edits.replace(part, &hidden.mark(self.kind));
            }
        }
        edits.finish()
    }
}

fn word_around(bytes: &[u8], start: usize, end: usize, settled: usize) -> Range<usize> {
    let is_in = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=');
    let before = bytes.get(settled..start).unwrap_or_default().iter().rev().take_while(is_in).count();
    let after = bytes.get(end.max(start)..).unwrap_or_default().iter().take_while(is_in).count();
    start - before..end.max(start) + after
}

/// A secret in the forms that undoing escapes does not read back: a form of a browser, where a blank is a plus, and base64
/// at each of the three places at which it can begin within a group of three bytes.
fn other_forms_of(value: &str, kind: &'static str) -> impl Iterator<Item = Form> {
    let of_browser = value.contains(' ').then(|| {
        let text = utf8_percent_encode(value, ENCODED).to_string().replace("%20", "+");
        Form::new(&text, kind, false)
    });
    let base64 = (0..3).flat_map(move |place| {
        let core = base64_core(value.as_bytes(), place);
        let for_addresses = core.replace('+', "-").replace('/', "_");
        BTreeSet::from([core, for_addresses]).into_iter().map(move |core| Form::new(&core, kind, true))
    });
    of_browser.into_iter().chain(base64)
}

/// The characters of base64 that a value alone decides, where `place` bytes stand before it in its group.
fn base64_core(value: &[u8], place: usize) -> String {
    let mut bytes = vec![0; place];
    bytes.extend_from_slice(value);
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    let first = (place * 8).div_ceil(6);
    let last = bytes.len() * 8 / 6;
    encoded.get(first..last).unwrap_or_default().to_owned()
}
