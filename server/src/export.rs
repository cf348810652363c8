//! Calls as files that other programs read: CSV for spreadsheets, lines of JSON for programs, HTTP archives for the
//! tools of web developers. Pure: calls go in one by one, pieces of the file come out.

mod csv;
mod har;

use model::Notice;

use crate::accounts::AccountScope;
use crate::search;
use crate::store::StoredCall;

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values: one row a call, without headers and bodies.
    Csv,
    /// One whole call a line, as `GET calls/{id}` answers it.
    Ndjson,
    /// An HTTP archive, version 1.2.
    Har,
}

/// Not a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an export is csv, ndjson or har")]
pub struct NotAFormat;

impl std::str::FromStr for Format {
    type Err = NotAFormat;

    fn from_str(word: &str) -> Result<Self, NotAFormat> {
        match word {
            "csv" => Ok(Self::Csv),
            "ndjson" => Ok(Self::Ndjson),
            "har" => Ok(Self::Har),
            _ => Err(NotAFormat),
        }
    }
}

impl Format {
    /// The ending of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Har => "har",
        }
    }

    /// The media type. HTTP archives have none of their own.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
            Self::Har => "application/json",
        }
    }

    /// Whether a file can say at its end that it is not whole. A table has rows and nothing else.
    pub const fn can_say_at_its_end(self) -> bool {
        !matches!(self, Self::Csv)
    }
}

/// A call could not be written; a defect, for what was stored is JSON.
#[derive(Debug, thiserror::Error)]
#[error("a call could not be written: {0}")]
pub struct NotWritable(#[from] serde_json::Error);

/// Writes one file.
pub struct Writer {
    format: Format,
    scope: AccountScope,
    written: usize,
    without_url: usize,
}

impl Writer {
    /// Writes in a format, for somebody with this scope.
    pub const fn new(format: Format, scope: AccountScope) -> Self {
        Self { format, scope, written: 0, without_url: 0 }
    }

    /// How the file begins.
    pub fn begin(&self) -> String {
        match self.format {
            Format::Csv => csv::head(),
            Format::Ndjson => String::new(),
            Format::Har => har::head(),
        }
    }

    /// The next call.
    pub fn call(&mut self, stored: StoredCall, file: &mut String) -> Result<(), NotWritable> {
        match self.format {
            Format::Csv => csv::row(&stored.call, file),
            Format::Ndjson => {
                let line = serde_json::to_string(&search::detail(&self.scope, stored))?;
                // A script's variables are kept as they came, with the line breaks between their values.
                file.push_str(&line.replace(['\n', '\r'], " "));
                file.push('\n');
            }
            Format::Har => {
                let Some(entry) = har::entry(&stored) else {
                    self.without_url += 1;
                    return Ok(());
                };
                file.push_str(if self.written == 0 { "\n" } else { ",\n" });
                file.push_str(&serde_json::to_string(&entry)?);
            }
        }
        self.written += 1;
        Ok(())
    }

    /// How the file ends, with what its reader should know.
    pub fn end(self, mut notices: Vec<Notice>) -> Result<String, NotWritable> {
        match self.format {
            Format::Csv => Ok(String::new()),
            // Only where there is something to say, so that every line of a whole file is a call.
            Format::Ndjson => {
                let mut lines = String::new();
                for notice in &notices {
                    lines.push_str(&serde_json::to_string(&serde_json::json!({"notice": notice}))?);
                    lines.push('\n');
                }
                Ok(lines)
            }
            Format::Har => {
                if self.without_url > 0 {
                    notices.push(Notice {
                        code: "without_url".to_owned(),
                        message: format!(
                            "Left out, for an archive holds requests only: {} without a URL (scripts, C2E).",
                            self.without_url
                        ),
                    });
                }
                let messages: Vec<&str> = notices.iter().map(|notice| notice.message.as_str()).collect();
                Ok(har::tail(&messages.join(" ")))
            }
        }
    }
}
