//! How a call ended, in a shape, a code and a word: never by colour alone.

use crate::words;
use model::{FailureKind, Outcome, StatusCode};

/// The shape of a status tells its class without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Circle with a tick: it worked.
    Success,
    /// Octagon with a cross: the other side refused it (4xx).
    Refused,
    /// Square with a mark: the other side failed (5xx).
    OtherSideFailed,
    /// Dashed ring: nobody answered.
    NoReply,
    /// Triangle: an answer of 600 or above, of a class that no standard has.
    UnknownClass,
    /// Angle brackets with a cross: a script stopped.
    ScriptStopped,
    /// Plain circle: neither good nor bad, or not known to this version.
    Neutral,
}

/// A status as it is shown: `401` `Refused`, `No reply` `DNS`, `Script` `error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusText {
    /// Its shape.
    pub shape: Shape,
    /// The code, or what stands for it.
    pub code: String,
    /// One plain word.
    pub word: String,
}

impl StatusText {
    /// From the parts of a call. A call without a response gets no code: there was none.
    pub fn new(outcome: &Outcome, status: Option<StatusCode>, failure: Option<&FailureKind>, is_script: bool) -> Self {
        let text = |shape, code: &str, word: &str| Self { shape, code: code.to_owned(), word: word.to_owned() };
        if let Some(status) = status {
            return Self { shape: code_shape(status), code: status.to_string(), word: code_word(status).to_owned() };
        }
        match outcome {
            Outcome::Success if is_script => text(Shape::Success, words::status::SCRIPT, words::status::DONE),
            Outcome::Error if is_script => text(Shape::ScriptStopped, words::status::SCRIPT, words::status::ERROR),
            Outcome::Success => text(Shape::Success, words::status::CALL_DONE, ""),
            Outcome::Error => text(Shape::Refused, words::status::CALL_ERROR, ""),
            Outcome::NoResponse => text(Shape::NoReply, words::status::NO_REPLY, failure_word(failure)),
            Outcome::Other(word) => text(Shape::Neutral, word, ""),
        }
    }

    /// Code and word in one: `401 Refused`.
    pub fn sentence(&self) -> String {
        if self.word.is_empty() { self.code.clone() } else { format!("{} {}", self.code, self.word) }
    }
}

/// The shape of a response code.
pub const fn code_shape(status: StatusCode) -> Shape {
    match status.class() {
        0..=3 => Shape::Success,
        4 => Shape::Refused,
        5 => Shape::OtherSideFailed,
        _ => Shape::UnknownClass,
    }
}

/// A plain word for a response code; the official phrase stands only in the panel.
pub fn code_word(status: StatusCode) -> &'static str {
    words::status::code(status.0).unwrap_or_else(|| class_word(status.class()))
}

/// A plain word for a class of response codes.
pub fn class_word(class: u16) -> &'static str {
    words::status::class(class)
}

const fn failure_word(failure: Option<&FailureKind>) -> &'static str {
    match failure {
        Some(FailureKind::Dns) => words::status::NO_NAME,
        Some(FailureKind::Connect) => words::status::NOT_CONNECTED,
        Some(FailureKind::Tls) => words::status::NOT_TRUSTED,
        Some(FailureKind::Timeout) => words::status::TIMED_OUT,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, StatusText};
    use model::{FailureKind, Outcome, StatusCode};

    fn shown(outcome: Outcome, status: Option<u16>, failure: Option<FailureKind>, is_script: bool) -> (Shape, String) {
        let text = StatusText::new(&outcome, status.map(StatusCode), failure.as_ref(), is_script);
        (text.shape, text.sentence())
    }

    #[test]
    fn every_ending_has_shape_code_and_word() {
        for (outcome, status, failure, is_script, shape, sentence) in [
            (Outcome::Success, Some(200), None, false, Shape::Success, "200 OK"),
            (Outcome::Success, Some(207), None, false, Shape::Success, "207 OK"),
            (Outcome::Error, Some(401), None, false, Shape::Refused, "401 Refused"),
            (Outcome::Error, Some(422), None, false, Shape::Refused, "422 Rejected"),
            (Outcome::Error, Some(503), None, false, Shape::OtherSideFailed, "503 Unavailable"),
            (Outcome::Error, Some(599), None, false, Shape::OtherSideFailed, "599 Failed"),
            (Outcome::Error, Some(600), None, false, Shape::UnknownClass, "600 Unknown"),
            (Outcome::Error, Some(799), None, false, Shape::UnknownClass, "799 Unknown"),
            (Outcome::NoResponse, None, Some(FailureKind::Dns), false, Shape::NoReply, "No reply DNS"),
            (Outcome::NoResponse, None, None, false, Shape::NoReply, "No reply"),
            (Outcome::Error, None, None, true, Shape::ScriptStopped, "Script error"),
            (Outcome::Success, None, None, true, Shape::Success, "Script done"),
            (Outcome::from("paused"), None, None, false, Shape::Neutral, "paused"),
        ] {
            assert_eq!(shown(outcome, status, failure, is_script), (shape, sentence.to_owned()));
        }
    }
}
