//! Who is looking.

use model::Session;

use super::{ApiError, client};
use crate::browser::fetch::Abort;

/// The person, what they may do, and what the page needs to know.
pub async fn session(abort: Option<&Abort>) -> Result<Session, ApiError> {
    client::get("session", abort).await
}
