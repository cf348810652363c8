//! Why a question was not answered.

use crate::words;
use model::Problem;

/// Why a question was not answered. Every one is shown where the answer would stand, never as an empty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server could not be reached.
    Unreachable,
    /// It did not answer in time.
    TooLate,
    /// The question was taken back; nobody waits for this.
    Aborted,
    /// Nobody is signed in, or no longer.
    NotSignedIn,
    /// The role or the plan does not allow it; the code says which.
    Forbidden(Box<Problem>),
    /// Too many questions; again after so many seconds.
    TooMany {
        /// Seconds to wait, where the server says so.
        retry_after: Option<u32>,
    },
    /// Anything else the server answered.
    Problem(Box<Problem>),
    /// The answer could not be read: page and server are of different versions.
    Unreadable {
        /// What was wrong with it.
        message: String,
    },
}

impl ApiError {
    /// The stable code of the server's problem.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Forbidden(problem) | Self::Problem(problem) => Some(&problem.code),
            _ => None,
        }
    }

    /// What support wants to know.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Forbidden(problem) | Self::Problem(problem) => problem.request_id.as_deref(),
            _ => None,
        }
    }

    /// Whether the call is not there, any more or for this person.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.status == 404)
    }

    /// Whether the server is away, and may be back in a moment: it, or what stands before it, did not answer.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Unreachable | Self::TooLate => true,
            Self::Problem(problem) => matches!(problem.status, 502..=504),
            _ => false,
        }
    }

    /// What happened, in a sentence for the reader.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreachable => words::errors::UNREACHABLE.to_owned(),
            Self::TooLate => words::errors::TOO_LATE.to_owned(),
            Self::Aborted => words::errors::TAKEN_BACK.to_owned(),
            Self::NotSignedIn => words::errors::SIGNED_OUT.to_owned(),
            Self::TooMany { retry_after: Some(seconds) } => words::errors::too_many_for(*seconds),
            Self::TooMany { retry_after: None } => words::errors::TOO_MANY.to_owned(),
            Self::Forbidden(problem) | Self::Problem(problem) => {
                let said = if problem.detail.is_empty() { &problem.title } else { &problem.detail };
                said.clone()
            }
            Self::Unreadable { .. } => words::errors::UNREADABLE.to_owned(),
        }
    }
}
