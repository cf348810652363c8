//! Status codes and the classes people filter by.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The status code of a response, as it came: 100 to 999, known to the standards or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatusCode(pub u16);

impl StatusCode {
    /// The hundreds: 4 for 404.
    pub const fn class(self) -> u16 {
        self.0 / 100
    }

    /// The official phrase (IANA HTTP Status Code Registry), where there is one.
    pub const fn phrase(self) -> Option<&'static str> {
        Some(match self.0 {
            100 => "Continue",
            101 => "Switching Protocols",
            200 => "OK",
            201 => "Created",
            202 => "Accepted",
            203 => "Non-Authoritative Information",
            204 => "No Content",
            205 => "Reset Content",
            206 => "Partial Content",
            207 => "Multi-Status",
            301 => "Moved Permanently",
            302 => "Found",
            303 => "See Other",
            304 => "Not Modified",
            307 => "Temporary Redirect",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            401 => "Unauthorized",
            402 => "Payment Required",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            406 => "Not Acceptable",
            407 => "Proxy Authentication Required",
            408 => "Request Timeout",
            409 => "Conflict",
            410 => "Gone",
            411 => "Length Required",
            412 => "Precondition Failed",
            413 => "Content Too Large",
            414 => "URI Too Long",
            415 => "Unsupported Media Type",
            416 => "Range Not Satisfiable",
            417 => "Expectation Failed",
            421 => "Misdirected Request",
            422 => "Unprocessable Content",
            423 => "Locked",
            424 => "Failed Dependency",
            425 => "Too Early",
            426 => "Upgrade Required",
            428 => "Precondition Required",
            429 => "Too Many Requests",
            431 => "Request Header Fields Too Large",
            451 => "Unavailable For Legal Reasons",
            500 => "Internal Server Error",
            501 => "Not Implemented",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            505 => "HTTP Version Not Supported",
            507 => "Insufficient Storage",
            508 => "Loop Detected",
            511 => "Network Authentication Required",
            _ => return None,
        })
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// One choice of the Response code filter: a code, or a whole class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeFilter {
    /// A class by its hundreds: `Class(5)` is `5xx`.
    Class(u16),
    /// One code.
    Exact(StatusCode),
}

/// The text is neither a code nor a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a response code is a number from 100 to 999 or a class like 5xx")]
pub struct NotACode;

impl CodeFilter {
    /// Whether a code falls under this choice.
    pub const fn matches(self, code: StatusCode) -> bool {
        match self {
            Self::Class(class) => code.class() == class,
            Self::Exact(exact) => exact.0 == code.0,
        }
    }
}

impl FromStr for CodeFilter {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        if let Some(class) = text.strip_suffix("xx").or_else(|| text.strip_suffix("XX")) {
            return match class.parse() {
                Ok(class @ 1..=9) if class_is_one_digit(text) => Ok(Self::Class(class)),
                _ => Err(NotACode),
            };
        }
        match text.parse() {
            Ok(code @ 100..=999) if text.len() == 3 => Ok(Self::Exact(StatusCode(code))),
            _ => Err(NotACode),
        }
    }
}

fn class_is_one_digit(text: &str) -> bool {
    text.len() == 3
}

impl fmt::Display for CodeFilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class(class) => write!(formatter, "{class}xx"),
            Self::Exact(code) => code.fmt(formatter),
        }
    }
}
