//! Looking at the places of a call that rules name, each read once.

use model::search::TextPart;
use model::{Call, Evidence, Headers};

use super::rule::{Place, Test};
use crate::json::{self, Found, Json, Limits};

/// How far a body is read: errors stand near its top, whatever lies beside them.
const LIMITS: Limits = Limits { depth: 8, items: 50, values: 5_000 };
/// Values that a pointer with a star is tried on.
const MOST_VALUES: usize = 50;
/// What is quoted is cut to so many characters.
const LONGEST_QUOTE: usize = 300;
/// Characters quoted on either side of words that were found in a text.
const AROUND: usize = 80;
/// Shorter texts would be found everywhere: with them stands the name of their member.
const SHORTEST_SIGN: usize = 4;
/// The longest text that calls are searched for.
const LONGEST_SIGN: usize = 100;

/// A call while rules look at it.
pub struct Reading<'a> {
    call: &'a Call,
    body: Option<&'a str>,
    json: Option<Json<'a>>,
    /// The body in lower case, once somebody asked for words in it.
    folded: Option<String>,
}

/// What fulfilled a condition.
pub struct Fulfilled {
    /// The piece of the call.
    pub evidence: Evidence,
    /// A text that calls which fulfil it in the same way have.
    pub sign: Option<Sign>,
}

/// A text that tells calls from others, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The text.
    pub text: String,
    /// The part of a call's text that it stands in.
    pub part: TextPart,
}

impl<'a> Reading<'a> {
    /// Reads the body, where it is JSON.
    pub fn new(call: &'a Call) -> Self {
        let response = call.response.as_ref();
        // What is not text is not read.
        let body =
            response.filter(|response| response.encoding.is_none()).and_then(|response| response.body.as_deref());
        Self { call, body, json: body.and_then(|body| json::read(body, LIMITS)), folded: None }
    }

    /// What at a place fulfils a test.
    pub fn find(&mut self, place: &Place, test: &Test) -> Option<Fulfilled> {
        match place {
            Place::Value(pointer) => {
                let json = self.json.as_ref()?;
                let found = pointer.find(json, MOST_VALUES);
                let found = found.into_iter().find(|found| test.holds_of(found))?;
                // Of a sentence the words that were looked for: the rest names what is different each time.
                let words = || test.sign_in(&found.value.text());
                let sign = if matches!(test, Test::Has(_)) { words() } else { self.sign_of(&found) };
                let sign = sign.map(|text| Sign { text, part: TextPart::Response });
                Some(Fulfilled { sign, evidence: self.evidence_of(&found) })
            }
            Place::Body => self.find_words(test),
            _ => {
                let evidence = self.quote(place, "")?;
                let words = test.sign_in(&evidence.text)?;
                let part = match place {
                    Place::Message if self.call.script.is_some() => TextPart::Script,
                    Place::Message => TextPart::Anywhere,
                    _ => TextPart::Headers,
                };
                let sign = (!words.is_empty()).then_some(Sign { text: words, part });
                Some(Fulfilled { evidence, sign })
            }
        }
    }

    /// What stands at a place, where anything does; of several values that nearest to another one, by its pointer.
    pub fn quote(&self, place: &Place, near: &str) -> Option<Evidence> {
        let piece = |part: &str, name: &str, text: &str| evidence(part, name, text, None);
        match place {
            Place::Value(pointer) => {
                let found = pointer.find(self.json.as_ref()?, MOST_VALUES).into_iter();
                // The last of equals is taken, and the first in the body is meant.
                let found = found.rev().filter(|found| found.value.is_set()).max_by_key(|found| {
                    found.pointer.split('/').zip(near.split('/')).take_while(|(one, other)| one == other).count()
                })?;
                Some(self.evidence_of(&found))
            }
            Place::Body => {
                let text = self.body?.trim();
                let is_short = !text.is_empty() && text.len() <= LONGEST_QUOTE;
                is_short.then(|| evidence("response.body", "", text, Some((1, 1))))
            }
            Place::Header(name) => {
                let value = header(&self.call.response.as_ref()?.headers, name)?;
                Some(piece("response.headers", name, value))
            }
            Place::RequestHeader(name) => {
                let value = header(&self.call.request.as_ref()?.headers, name)?;
                Some(piece("request.headers", name, value))
            }
            Place::Message => {
                let failure = self.call.failure.as_ref().map(|failure| ("failure", &failure.message));
                let error = self.call.script.as_ref().and_then(|script| script.error.as_ref());
                let (part, message) = failure.or(error.map(|error| ("script", &error.message)))?;
                (!message.trim().is_empty()).then(|| piece(part, "", message))
            }
        }
    }

    fn evidence_of(&self, found: &Found<'_, '_>) -> Evidence {
        let raw_line = raw_line(self.body.unwrap_or_default(), found.value.start);
        evidence("response.body", &found.pointer, &found.value.text(), Some((found.value.line, raw_line)))
    }

    /// The value, or as it stands in the body with the name of its member, where it alone would be found everywhere.
    fn sign_of(&self, found: &Found<'_, '_>) -> Option<String> {
        let text = found.value.text();
        let has_letters =
            text.chars().any(char::is_alphabetic) && !matches!(found.value.raw, "true" | "false" | "null");
        let sign = if has_letters && text.chars().count() >= SHORTEST_SIGN {
            text
        } else {
            self.body?.get(found.start..found.value.end())?.to_owned()
        };
        Some(first_line(&sign, LONGEST_SIGN)).filter(|sign| sign.len() >= SHORTEST_SIGN)
    }

    fn find_words(&mut self, test: &Test) -> Option<Fulfilled> {
        let body = self.body?;
        let Test::Has(words) = test else { return None };
        // Of the same length, because only ASCII changes.
        let folded = self.folded.get_or_insert_with(|| body.to_ascii_lowercase());
        let (place, word) = words.iter().find_map(|word| Some((folded.find(word)?, word)))?;
        let found = body.get(place..place + word.len())?;
        let raw_line = raw_line(body, place);
        let line = self.json.as_ref().map_or(raw_line, |json| json.root.line_of(place));
        let surroundings = around(body, place, place + word.len());
        let evidence = evidence("response.body", "", &surroundings, Some((line, raw_line)));
        let sign = Sign { text: found.to_owned(), part: TextPart::Response };
        Some(Fulfilled { evidence, sign: Some(sign) })
    }
}

/// A piece of evidence; `lines` are its line in the pretty form of a body, and in the body as it came.
fn evidence(part: &str, name: &str, text: &str, lines: Option<(u32, u32)>) -> Evidence {
    let place = match (part, lines) {
        ("response.headers", _) => format!("The header {name} of the response"),
        ("request.headers", _) => format!("The header {name} of the request"),
        ("failure", _) => "What the platform's HTTP client said".to_owned(),
        (_, Some((line, _))) => format!("Line {line} of the response"),
        _ => "The message of the script".to_owned(),
    };
    Evidence {
        part: part.to_owned(),
        name: name.to_owned(),
        place,
        text: cut(text, LONGEST_QUOTE),
        line: lines.map(|(line, _)| line),
        raw_line: lines.map(|(_, raw_line)| raw_line),
    }
}

impl Test {
    fn holds_of(&self, found: &Found<'_, '_>) -> bool {
        match self {
            Self::Set => found.value.is_set(),
            _ => self.sign_in(&found.value.text()).is_some(),
        }
    }

    /// What of a text fulfils it.
    fn sign_in(&self, text: &str) -> Option<String> {
        match self {
            Self::Is(words) => words.iter().find(|word| *word == text).cloned(),
            Self::Has(words) => {
                let folded = text.to_ascii_lowercase();
                words
                    .iter()
                    .find_map(|word| folded.find(word).and_then(|place| text.get(place..place + word.len())))
                    .map(str::to_owned)
            }
            Self::Set => (!text.is_empty()).then(String::new),
            Self::From(least) => text.parse::<u64>().is_ok_and(|number| number >= *least).then(String::new),
        }
    }
}

/// The value of a header, whatever the case of its name.
pub fn header<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The line of a text that holds a place, counted from one.
fn raw_line(text: &str, place: usize) -> u32 {
    let before = text.as_bytes().get(..place).unwrap_or_default();
    u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).unwrap_or(u32::MAX)
}

/// A text cut to so many characters, which is said.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The first line that says something, without what would be cut.
pub fn first_line(text: &str, longest: usize) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(longest).collect::<String>().trim_end().to_owned()
}

/// A place of a text with what stands around it on its line, or between the tags of its markup.
fn around(text: &str, start: usize, end: usize) -> String {
    let is_border = |character: char| matches!(character, '\n' | '\r' | '<' | '>');
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let before: Vec<char> = before.chars().rev().take(AROUND).take_while(|character| !is_border(*character)).collect();
    let after: String = after.chars().take(AROUND).take_while(|character| !is_border(*character)).collect();
    let found = text.get(start..end).unwrap_or_default();
    format!("{}{found}{after}", before.into_iter().rev().collect::<String>()).trim().to_owned()
}
