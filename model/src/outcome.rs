//! How a call ended.

use crate::token::token_enum;

token_enum! {
    /// How a call ended, as the Response status filter sees it.
    pub enum Outcome {
        /// An answer below 400, or a script that ran to its end.
        Success = "success",
        /// An answer of 400 or above, or a script that stopped.
        Error = "error",
        /// No answer came: DNS, connection, TLS or a timeout. Left out of lists and counts unless asked for.
        NoResponse = "no_response",
    }
}

impl Outcome {
    /// The name people read.
    pub fn label(&self) -> &str {
        match self {
            Self::Success => "Success",
            Self::Error => "Error",
            Self::NoResponse => "No response",
            Self::Other(word) => word,
        }
    }
}
