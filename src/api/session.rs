//! Who is looking.

use model::Session;

use super::ApiError;
use super::client::{self, Asked};

/// Asks for the person, what they may do, and what the page needs to know.
pub fn session(then: impl FnOnce(Result<Session, ApiError>) + 'static) {
    let asked = Asked { url: "api/v1/session".to_owned(), ..Asked::default() };
    client::ask(asked, Box::new(move |answer| then(client::body(answer))));
}
