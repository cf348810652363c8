//! What a part of the panel asks about its call, once it is shown.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use model::CallId;

use crate::api::ApiError;
use crate::api::calls::about;
use crate::browser::fetch::Abort;

/// A question about a call, and its answer.
#[derive(Clone, Copy)]
pub struct Asked {
    answer: RwSignal<Option<Result<Arc<str>, ApiError>>>,
}

impl Asked {
    /// Asks, and asks anew when it has become another question; as long as the owner is there.
    pub fn new(id: CallId, what: impl Fn() -> String + 'static) -> Self {
        let asked = Self { answer: RwSignal::new(None) };
        asked.follow(id, Box::new(what));
        asked
    }

    /// Looks at the answer, where it is here.
    pub fn with<T>(self, look: impl FnOnce(Option<&Result<Arc<str>, ApiError>>) -> T) -> T {
        self.answer.with(|answer| look(answer.as_ref()))
    }

    fn follow(self, id: CallId, what: Box<dyn Fn() -> String>) {
        Effect::new(move |_| {
            let what = what();
            self.answer.set(None);
            let coming = about(id, &what, Abort::with_owner());
            spawn_local_scoped_with_cancellation(async move {
                let answer = coming.await;
                if answer != Err(ApiError::Aborted) {
                    self.answer.try_set(Some(answer));
                }
            });
        });
    }
}
