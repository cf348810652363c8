//! The open call: asked for when it is opened, taken back when another one is.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use model::{CallDetail, CallId};

use super::again::Again;
use super::asked::{Answer, ask};
use crate::api::{ApiError, answers};

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
    fn of(answer: Option<Answer>) -> Self {
        let unreadable = |message| ApiError::Unreadable { message };
        match answer.map(|answer| answer.and_then(|answer| answers::read(&answer).map_err(unreadable))) {
            None => Self::Waiting,
            Some(Ok(call)) => Self::Here(Arc::new(call)),
            Some(Err(error)) if error.is_not_found() => Self::Gone,
            Some(Err(error)) => Self::Failed(error),
        }
    }
}

/// The open call.
#[derive(Clone, Copy)]
pub struct DetailState {
    known: RwSignal<Known>,
    attempts: RwSignal<u32>,
    again: Again,
}

impl DetailState {
    /// Follows the id of the open call.
    pub fn new(id: Memo<Option<CallId>>) -> Self {
        let state = Self { known: RwSignal::default(), attempts: RwSignal::new(0), again: Again::new() };
        let what = move || {
            state.attempts.track();
            Some((id.get()?, String::new()))
        };
        ask(Box::new(what), Rc::new(move |answer| state.take(Known::of(answer))));
        // Another call has another server to find, as far as anybody knows.
        Effect::new(move |_| {
            id.track();
            state.again.rest();
        });
        state
    }

    /// What is known of it.
    pub fn known(self) -> Known {
        self.known.get()
    }

    fn take(self, known: Known) {
        match &known {
            Known::Failed(error) if error.is_away() => self.again.later(move || self.retry()),
            Known::Here(_) | Known::Gone => self.again.rest(),
            Known::Waiting | Known::Failed(_) => {}
        }
        self.known.try_set(known);
    }

    /// Asks once more.
    pub fn retry(self) {
        self.attempts.update(|attempts| *attempts += 1);
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
        assert_eq!(Known::of(None), Known::Waiting);
        assert_eq!(Known::of(Some(Err(ApiError::Problem(Box::new(problem(404)))))), Known::Gone);
        assert!(matches!(Known::of(Some(Ok("{}".to_owned()))), Known::Failed(ApiError::Unreadable { .. })));
        let failed = ApiError::Problem(Box::new(problem(500)));
        assert_eq!(Known::of(Some(Err(failed.clone()))), Known::Failed(failed));
    }
}
