//! Calls whose every trace can be recognised: known ids, a word of its own in each, a word in common in each batch.
//!
//! Their content is nothing that redaction hides, so that what comes back must be what was sent, letter by letter.

use std::io::Write;

use model::Timestamp;
use serde_json::{Value, json};

use crate::Error;
use crate::random::Dice;

/// Syllables of the word that stands in one call; and of the word that stands in every call of a batch.
const CALL_WORD: usize = 6;
const BATCH_WORD: usize = 7;

/// How old calls may be, in hours: today, and days whose files were made and closed before. Failing calls are kept for
/// thirty days, the others for seven.
const AGES: &[usize] = &[0, 0, 0, 26, 74, 140];
const AGES_OF_FAILING: &[usize] = &[0, 0, 26, 260, 600];

const WORDS: &[&str] = &[
    "parcel",
    "warehouse",
    "blue",
    "jacket",
    "Tuesday",
    "renewal",
    "terrace",
    "Nürnberg",
    "voucher",
    "doorstep",
    "courier",
    "invoice",
    "Straße",
    "中山路",
    "شارع",
    "ΟΔΌΣ",
    "заказ",
    "naïve",
    "🙂",
    "neighbour",
];

/// A call that is sent.
#[derive(Debug)]
pub struct SentCall {
    /// Its id.
    pub id: String,
    /// The word that stands in it and in no other.
    pub word: String,
    /// When it was made, in its account the only one at that time.
    pub at: Timestamp,
    /// The whole call.
    pub json: Value,
}

/// Calls that are sent together.
#[derive(Debug)]
pub struct Batch {
    /// Whose: an index of accounts.
    pub account: usize,
    /// The word that stands in each of them and in no other.
    pub word: String,
    /// The calls.
    pub calls: Vec<SentCall>,
    /// How the body is packed: a content encoding, or none.
    pub encoding: Option<&'static str>,
    /// The body as it is sent, every time.
    pub body: Vec<u8>,
}

/// How long the bodies of made-up calls are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sizes {
    /// A few hundred bytes; now and then some dozen KiB, which SQLite spreads over many pages.
    Mixed,
    /// This many bytes each.
    About(usize),
    /// This many bytes each, and all of them successes of the last hour: one file gets them all.
    OneFile(usize),
}

/// Makes batches up.
pub struct CallMaker {
    dice: Dice,
    sizes: Sizes,
}

impl CallMaker {
    /// One that makes the same calls for the same dice, but for their times.
    pub const fn new(dice: Dice, sizes: Sizes) -> Self {
        Self { dice, sizes }
    }

    /// Calls of an account, made at several times before `now`.
    pub fn batch(&mut self, account: usize, size: usize, now: Timestamp) -> Result<Batch, Error> {
        let word = self.dice.word('q', BATCH_WORD);
        let calls: Vec<SentCall> = (0..size).map(|_| self.call(&word, now)).collect();
        let is_lines = self.dice.one_in(2);
        let text = if is_lines {
            calls.iter().flat_map(|call| [call.json.to_string(), "\n".to_owned()]).collect::<String>()
        } else {
            Value::Array(calls.iter().map(|call| call.json.clone()).collect()).to_string()
        };
        let (encoding, body) =
            if self.dice.one_in(3) { (Some("gzip"), gzip(text.as_bytes())?) } else { (None, text.into_bytes()) };
        Ok(Batch { account, word, calls, encoding, body })
    }

    fn call(&mut self, batch_word: &str, now: Timestamp) -> SentCall {
        let word = self.dice.word('x', CALL_WORD);
        let id = uuid(u128::from(self.dice.number()) << 64 | u128::from(self.dice.number()));
        let is_one_file = matches!(self.sizes, Sizes::OneFile(_));
        let kind = self.dice.below(if is_one_file { 4 } else { 10 });
        let is_failing = kind >= 5;
        let ages = if is_failing { AGES_OF_FAILING } else { AGES };
        let hours = if is_one_file { 0 } else { self.dice.pick(ages).copied().unwrap_or(0) };
        let millis = hours * 3_600_000 + self.dice.below(3_600_000);
        let at = now.minus_millis(i64::try_from(millis).unwrap_or(0));
        let text = self.text(&word, batch_word);
        let mut call = json!({
            "id": id,
            "timestamp": at.to_string(),
            "duration_ms": self.dice.below(3_000),
            "bot": {"id": format!("b{}", self.dice.below(5)), "name": "Order status"},
            "source": {"kind": "bot_flow", "path": {"id": "p1", "name": "Order status"},
                       "node": {"id": format!("n{}", self.dice.below(9)), "name": "Look up order", "type": "json_api"}},
            "user": {"id": format!("u{}", self.dice.below(400)), "name": "Asha"},
            "conversation_id": format!("c{}", self.dice.below(1_000)),
            "application": self.dice.pick(&["json_api", "google_sheets", "zendesk"]),
        });
        let request = json!({"method": "POST", "url": "https://shop.example/orders?page=2",
                             "headers": [["content-type", "application/json"], ["accept", "*/*"]],
                             "body": "{\"order\": 7}"});
        let ending = match kind {
            0..=3 => json!({"request": request, "response": response(200, &text)}),
            4 => script(&text, &Value::Null),
            5 | 6 => json!({"request": request, "response": response(503, &text)}),
            7 | 8 => {
                let mut request = request;
                if let Some(body) = request.get_mut("body") {
                    *body = json!({"text": text}).to_string().into();
                }
                json!({"request": request, "failure": {"kind": "timeout", "message": "no answer in time"}})
            }
            _ => script(&text, &json!({"message": "total is not defined", "line": 3, "column": 7})),
        };
        if let (Some(call), Value::Object(ending)) = (call.as_object_mut(), ending) {
            call.extend(ending);
        }
        SentCall { id, word, at, json: call }
    }

    /// A text with both words somewhere in it.
    fn text(&mut self, word: &str, batch_word: &str) -> String {
        let bytes = match self.sizes {
            Sizes::About(bytes) | Sizes::OneFile(bytes) => bytes,
            Sizes::Mixed => match self.dice.below(40) {
                0 => self.dice.between(20_000, 60_000),
                1..=4 => self.dice.between(3_000, 9_000),
                _ => self.dice.between(60, 900),
            },
        };
        let place = self.dice.below(bytes);
        let mut text = String::with_capacity(bytes + 64);
        let mut has_words = false;
        while text.len() < bytes || !has_words {
            if text.len() >= place && !has_words {
                has_words = true;
                text.push_str(word);
                text.push(' ');
                text.push_str(batch_word);
            } else {
                text.push_str(self.dice.pick(WORDS).copied().unwrap_or_default());
                // Noise, so that packing does not make all bodies small.
                text.push_str(&self.dice.word(' ', 3));
            }
            text.push(' ');
        }
        text
    }
}

fn response(status: u16, text: &str) -> Value {
    json!({"status": status, "headers": [["content-type", "application/json; charset=utf-8"]],
           "body": json!({"state": "shipped", "text": text}).to_string()})
}

fn script(text: &str, error: &Value) -> Value {
    json!({"application": "script", "script": {
        "before": {"total": 1}, "after": {"total": 2, "text": text}, "error": error, "result": {"ok": true}}})
}

fn uuid(bits: u128) -> String {
    let hex = format!("{bits:032x}");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

/// Packs bytes as `gzip` does.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Whether an answer holds everything that was sent, as it was sent. An answer may say more; `null` and absence are
/// one.
pub fn holds(answer: &Value, sent: &Value) -> bool {
    match (answer, sent) {
        (Value::Object(answer), Value::Object(sent)) => {
            sent.iter().all(|(name, sent)| holds(answer.get(name).unwrap_or(&Value::Null), sent))
        }
        (Value::Array(answer), Value::Array(sent)) => {
            answer.len() == sent.len() && answer.iter().zip(sent).all(|(answer, sent)| holds(answer, sent))
        }
        _ => answer == sent,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::Call;

    use super::*;

    fn some_calls() -> Vec<SentCall> {
        let mut maker = CallMaker::new(Dice::new(3, 3), Sizes::Mixed);
        (0..20).flat_map(|_| maker.batch(0, 20, Timestamp::from_millis(1_795_000_000_000)).unwrap().calls).collect()
    }

    #[test]
    fn made_up_calls_are_calls_of_every_kind_with_words_of_their_own() {
        let calls = some_calls();
        let read: Vec<Call> = calls.iter().map(|call| serde_json::from_value(call.json.clone()).unwrap()).collect();
        assert!(read.iter().any(|call| call.failure.is_some()));
        assert!(read.iter().any(|call| call.script.as_ref().is_some_and(|script| script.error.is_some())));
        assert!(read.iter().any(|call| call.script.as_ref().is_some_and(|script| script.error.is_none())));
        assert!(read.iter().any(|call| call.response.as_ref().is_some_and(|response| response.status.0 == 503)));
        assert_eq!(calls.iter().map(|call| &call.id).collect::<HashSet<_>>().len(), calls.len());
        let all = calls.iter().map(|call| call.json.to_string()).collect::<Vec<_>>();
        for call in &calls {
            assert_eq!(all.iter().filter(|text| text.contains(&call.word)).count(), 1, "{}", call.word);
        }
    }

    #[test]
    fn what_is_missing_or_other_is_told_apart() {
        let sent = json!({"a": {"b": [1, {"c": "x"}], "none": null}});
        assert!(holds(&json!({"a": {"b": [1, {"c": "x", "more": 1}]}, "more": 2}), &sent));
        for other in [json!({"a": {"b": [1]}}), json!({"a": {"b": [1, {"c": "y"}]}}), json!({}), Value::Null] {
            assert!(!holds(&other, &sent), "{other}");
        }
        assert!(!holds(&json!({"a": {"b": [1, {"c": "x"}], "none": 1}}), &sent));
    }
}
