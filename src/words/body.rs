//! Bodies, and the code that they and others are shown as.

use super::count::bytes;

pub const REQUEST_BODY: &str = "Request body";
pub const RESPONSE_BODY: &str = "Response body";
pub const EMPTY_REQUEST: &str = "Empty: the request was sent without a body.";
pub const EMPTY_RESPONSE: &str = "Empty: the response came without a body.";
pub const REQUEST_NOT_CAPTURED: &str = "Not captured: whether the request had a body is not known.";
pub const RESPONSE_NOT_CAPTURED: &str = "Not captured: whether the response had a body is not known.";
pub const REQUEST_NOT_TEXT: &str =
    "Only bodies that are text are kept: the curl command takes it from a file body.bin.";
pub const RESPONSE_NOT_TEXT: &str = "Only bodies that are text are kept.";
pub const CURL_TAKES_FILE: &str = "The curl command takes it from a file body.bin.";
pub const COPY_BODY: &str = "Copy body";
pub const TEXT: &str = "text";
/// The type of a body that a form was sent as.
pub const FORM: &str = "form";

pub const TOO_MANY_LINES: &str = "The rest has too many lines to be shown. Copy the body to see all of it.";
pub const FORMATTED_AS_KEPT: &str = "The JSON is formatted as far as it is kept.";
pub const ENDS_IN_A_VALUE: &str = "The JSON ends in the middle of a value. It is formatted as far as it goes.";
pub const NOT_JSON: &str = "This is not valid JSON. It is shown as it came.";
pub const FORM_OF_BODY: &str = "Form of the body";
pub const PRETTY: &str = "Pretty";
pub const RAW: &str = "Raw";

pub const FIND_IN_BODY: &str = "Find in body";
pub const PREVIOUS_MATCH: &str = "Previous match";
pub const NEXT_MATCH: &str = "Next match";
pub const NOT_FOUND: &str = "Not found";
pub const CHOOSE_A_LINE: &str = "Choose a line to copy its path or its value.";
/// In place of a path: the whole of the body.
pub const EVERYTHING: &str = "(everything)";
pub const COPY_PATH: &str = "Copy path";
pub const COPY_VALUE: &str = "Copy value";

/// In the place of a secret, before its kind.
pub const REDACTED: &str = "redacted";

pub fn binary(media_type: &str, size: u64) -> String {
    format!("Binary body, {media_type}, {}.", bytes(size))
}

pub fn binary_of_no_type(size: u64) -> String {
    format!("Binary body, of an unnamed type, {}.", bytes(size))
}

pub fn erased_on(date: &str) -> String {
    format!("Erased on {date}.")
}

pub fn cut(kept: &str, whole: &str) -> String {
    format!("Only the first {kept} are kept. The whole body had {whole}.")
}

pub fn not_json_from(line: usize) -> String {
    format!("From line {line} on this is not valid JSON. The rest is shown as it came.")
}

/// Which of the matches is pointed at.
pub fn match_of(place: usize, all: usize) -> String {
    format!("{place} of {all}")
}

pub fn invisible(code: u32) -> String {
    format!("Invisible character U+{code:04X}")
}

/// Follows the beginning of a text.
pub fn more_bytes(rest: usize) -> String {
    format!(" \u{2026} and {rest} more bytes")
}
