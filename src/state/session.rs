//! Who is looking.

use std::sync::Arc;

use leptos::prelude::*;
use model::Session;

use crate::api::{self, ApiError};
use crate::browser::{clock, zone};

/// What is known of the session.
pub type Known = Option<Result<Arc<Session>, ApiError>>;

/// The session of this page.
#[derive(Clone, Copy)]
pub struct SessionState {
    known: RwSignal<Known>,
}

impl SessionState {
    /// Asks who is looking.
    pub fn new() -> Self {
        let state = Self { known: RwSignal::new(None) };
        state.ask();
        state
    }

    /// What is known; `None` until the server answered.
    pub fn known(self) -> Known {
        self.known.get()
    }

    /// Asks once more; what was known stays until the answer.
    pub fn ask(self) {
        api::session::session(move |answer| {
            if let Ok(session) = &answer {
                clock::learn(session.now);
                zone::learn_account(session.time_zone.as_deref());
                // The same person, only later: what they look at stays.
                let is_same = |known: &Known| {
                    let Some(Ok(known)) = known else { return false };
                    **known == Session { now: known.now, ..session.clone() }
                };
                if self.known.try_with_untracked(is_same) == Some(true) {
                    return;
                }
            }
            self.known.try_set(Some(answer.map(Arc::new)));
        });
    }

    /// Shows that nobody is signed in any more, as another answer told.
    pub fn end(self) {
        self.known.set(Some(Err(ApiError::NotSignedIn)));
    }
}

impl Default for SessionState {
    fn default() -> Self {
        Self::new()
    }
}
