//! The open call: asked for when it is opened, taken back when another one is.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use model::{CallDetail, CallId};

use crate::api::{self, ApiError};
use crate::browser::fetch::Abort;

/// What is known of the open call.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Known {
    /// It is asked for, or no call is open.
    #[default]
    Waiting,
    /// Here it is.
    Here(Arc<CallDetail>),
    /// It is not there: expired, never been, or not for this person. Which of them is not told.
    Gone,
    /// It could not be had.
    Failed(ApiError),
}

impl Known {
    fn of(answer: Result<CallDetail, ApiError>) -> Option<Self> {
        match answer {
            Ok(call) => Some(Self::Here(Arc::new(call))),
            // Whoever took the question back does not wait for this answer.
            Err(ApiError::Aborted) => None,
            Err(error) if error.is_not_found() => Some(Self::Gone),
            Err(error) => Some(Self::Failed(error)),
        }
    }
}

/// The open call.
#[derive(Clone, Copy)]
pub struct DetailState {
    known: RwSignal<Known>,
    attempts: RwSignal<u32>,
}

impl DetailState {
    /// Follows the id of the open call. The question for an earlier call is taken back, so that its answer, however
    /// late, never stands in for the one that is open.
    pub fn new(id: Memo<Option<CallId>>) -> Self {
        let state = Self { known: RwSignal::default(), attempts: RwSignal::new(0) };
        Effect::new(move |_| {
            state.attempts.track();
            state.known.set(Known::Waiting);
            if let Some(id) = id.get() {
                state.ask(id);
            }
        });
        state
    }

    /// What is known of it.
    pub fn known(self) -> Known {
        self.known.get()
    }

    /// Asks once more.
    pub fn retry(self) {
        self.attempts.update(|attempts| *attempts += 1);
    }

    /// Runs in the effect: its next run, and its end, take the question back and stop the wait for its answer.
    fn ask(self, id: CallId) {
        let abort = Abort::with_owner();
        spawn_local_scoped_with_cancellation(async move {
            if let Some(known) = Known::of(api::calls::call(id, abort.as_ref()).await) {
                self.known.try_set(known);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use crate::api::ApiError;
    use model::Problem;

    #[test]
    fn answers_are_told_apart() {
        let problem = |status| Problem {
            status,
            code: String::new(),
            title: String::new(),
            detail: String::new(),
            parameters: Vec::new(),
            request_id: None,
        };
        assert_eq!(Known::of(Err(ApiError::Aborted)), None);
        assert_eq!(Known::of(Err(ApiError::Problem(Box::new(problem(404))))), Some(Known::Gone));
        let failed = ApiError::Problem(Box::new(problem(500)));
        assert_eq!(Known::of(Err(failed.clone())), Some(Known::Failed(failed)));
    }
}
