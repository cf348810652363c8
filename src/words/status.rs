//! How calls ended.

/// What stands where a code would: of a script, and of a call without a response.
pub const SCRIPT: &str = "Script";
pub const DONE: &str = "done";
pub const ERROR: &str = "error";
pub const CALL_DONE: &str = "Success";
pub const CALL_ERROR: &str = "Error";
pub const NO_REPLY: &str = "No reply";
pub const SCRIPT_STOPPED: &str = "Stopped";
pub const SCRIPT_DONE: &str = "Done";

/// Behind a missing reply: why.
pub const NO_NAME: &str = "DNS";
pub const NOT_CONNECTED: &str = "refused";
pub const NOT_TRUSTED: &str = "TLS";
pub const TIMED_OUT: &str = "timeout";

pub const NAME_NOT_FOUND: &str = "The host's name could not be found (DNS).";
pub const HOST_NOT_REACHED: &str = "The host could not be reached, or refused the connection.";
pub const CERTIFICATE: &str = "The host's certificate was not trusted (TLS).";
pub const NOT_IN_TIME: &str = "The host did not answer in time.";
pub const NO_ANSWER: &str = "No answer came.";

pub fn no_answer(why: &str) -> String {
    format!("No answer came: {why}.")
}

pub fn on_line(line: u32) -> String {
    format!("on line {line}")
}

/// A plain word for a response code; `None` where its class says enough.
pub const fn code(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "Done",
        304 => "Unchanged",
        401 => "Refused",
        402 => "Not paid",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Wrong type",
        408 | 504 => "Too late",
        409 => "Conflict",
        410 => "Gone",
        413 => "Too large",
        429 => "Too many",
        503 => "Unavailable",
        _ => return None,
    })
}

/// A plain word for a class of response codes.
pub const fn class(class: u16) -> &'static str {
    match class {
        1 => "Continues",
        2 => "OK",
        3 => "Redirected",
        4 => "Rejected",
        5 => "Failed",
        _ => "Unknown",
    }
}
