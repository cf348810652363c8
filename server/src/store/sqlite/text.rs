//! Search over the text of calls: what is searched, which rows may hold it, and which do.

use memchr::memmem::Finder;
use model::fold::{fold, fold_into};
use model::{Call, Headers, SearchText};

use super::question::Question;
use super::reader::Reader;
use crate::store::{StoreError, StoredCall};

/// Stands between two parts of a call's text, so that nothing is found across their border by accident.
const BORDER: char = '\n';
/// The index knows sequences of this many characters.
const GRAM: usize = 3;
/// The most sequences one question looks up; the rest is left to verification.
const MAX_GRAMS: usize = 32;

/// The text of a call that search looks at, folded: URL, headers, bodies, user, bot, source, error, script, id.
pub fn searched_text(call: &Call) -> String {
    let mut text = String::with_capacity(4_096);
    let mut add = |parts: &[Option<&str>]| {
        for part in parts.iter().flatten() {
            fold_into(part, &mut text);
            text.push(BORDER);
        }
    };
    add(&[Some(&call.id.to_string()), Some(call.application.label())]);
    add(&[call.conversation_id.as_deref(), call.connection_id.as_deref()]);
    if let Some(bot) = &call.bot {
        add(&[Some(&bot.id), Some(&bot.name)]);
    }
    if let Some(path) = &call.source.path {
        add(&[Some(&path.id), Some(&path.name)]);
    }
    if let Some(node) = &call.source.node {
        add(&[Some(&node.id), Some(&node.name)]);
    }
    if let Some(agent) = &call.source.agent {
        add(&[agent.name.as_deref(), agent.email.as_deref()]);
    }
    if let Some(user) = &call.user {
        add(&[user.id.as_deref(), user.name.as_deref()]);
    }
    if let Some(failure) = &call.failure {
        add(&[Some(failure.kind.as_str()), Some(&failure.message)]);
    }
    if let Some(script) = &call.script {
        add(&[Some(script.before.as_str()), Some(script.after.as_str()), Some(script.result.as_str())]);
        add(&[script.source.as_deref(), script.error.as_ref().map(|error| error.message.as_str())]);
    }
    if let Some(request) = &call.request {
        add(&[Some(&request.url), request.body.as_deref()]);
        add_headers(&request.headers, &mut text);
    }
    if let Some(response) = &call.response {
        fold_into(response.body.as_deref().unwrap_or_default(), &mut text);
        text.push(BORDER);
        add_headers(&response.headers, &mut text);
    }
    text
}

fn add_headers(headers: &Headers, text: &mut String) {
    for (name, value) in headers {
        fold_into(name, text);
        text.push_str(": ");
        fold_into(value, text);
        text.push(BORDER);
    }
}

/// The words of a search, ready to be looked for.
pub struct Needles {
    finders: Vec<Finder<'static>>,
    lookup: Option<String>,
    is_exact: bool,
}

impl Needles {
    /// `None` where nothing is searched for.
    pub fn new(text: &SearchText) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let folded: Vec<String> = text.terms().iter().map(|term| fold(term)).collect();
        let grams: Vec<String> = folded.iter().flat_map(|term| grams(term)).take(MAX_GRAMS).collect();
        let is_one_gram = folded.iter().all(|term| term.chars().count() == GRAM) && folded.len() == grams.len();
        let lookup = grams.iter().map(|gram| format!("\"{}\"", gram.replace('"', "\"\""))).collect::<Vec<_>>();
        Some(Self {
            finders: folded.iter().map(|term| Finder::new(term.as_bytes()).into_owned()).collect(),
            lookup: (!lookup.is_empty()).then(|| lookup.join(" ")),
            is_exact: is_one_gram,
        })
    }

    /// What to ask the index, bound as a parameter; `None` where every word is too short for it, and only reading
    /// the calls tells.
    pub fn lookup(&self) -> Option<&str> {
        self.lookup.as_deref()
    }

    /// Whether what the index finds needs no verification.
    pub const fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// Whether a call holds every word.
    pub fn are_in(&self, call: &Call) -> bool {
        let text = searched_text(call);
        self.finders.iter().all(|finder| finder.find(text.as_bytes()).is_some())
    }
}

/// Whether a candidate really holds the words that are searched for.
pub fn holds(question: &Question, reader: &Reader, row: i64) -> Result<bool, StoreError> {
    match &question.needles {
        Some(needles) if !needles.is_exact() => Ok(needles.are_in(&read_call(reader, row)?.call)),
        _ => Ok(true),
    }
}

/// Reads a whole call.
pub fn read_call(reader: &Reader, row: i64) -> Result<StoredCall, StoreError> {
    let mut statement = reader.connection.prepare_cached("SELECT body FROM call WHERE row = ?1")?;
    let mut rows = statement.query([row])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Unreadable("a call is missing".to_owned()))?;
    reader.unpacker.unpack(&reader.connection, row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)
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
    use model::SearchText;

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
        let needles = Needles::new(&SearchText::parse(r#"a"b OR x NEAR(y) -foo*"#)).unwrap();
        assert_eq!(needles.lookup(), Some(r#""a""b" "nea" "r(y" "(y)" "-fo" "oo*""#));
        assert!(!needles.is_exact());
        assert!(Needles::new(&SearchText::parse("é1")).unwrap().lookup().is_none());
        assert!(Needles::new(&SearchText::parse("404")).unwrap().is_exact());
    }
}
