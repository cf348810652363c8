//! What the panel asks about a call: the call itself, and what its parts ask once they are shown.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use model::CallId;

use crate::api::ApiError;
use crate::api::calls::about;
use crate::browser::fetch::Abort;

/// An answer as it came, or why there is none.
pub type Answer = Result<String, ApiError>;

/// Asks as long as the owner is there, and asks anew when what is asked has become something else. The earlier question
/// is then taken back, so that its answer, however late, never stands in for the later one. `None` is told while an
/// answer is waited for.
pub fn ask(what: Box<dyn Fn() -> Option<(CallId, String)>>, on_answer: Rc<dyn Fn(Option<Answer>)>) {
    Effect::new(move |_| {
        let what = what();
        on_answer(None);
        let Some((id, what)) = what else { return };
        // Runs in the effect: its next run, and its end, take the question back and stop the wait for its answer.
        let coming = about(id, &what, Abort::with_owner());
        let on_answer = Rc::clone(&on_answer);
        spawn_local_scoped_with_cancellation(async move {
            let answer = coming.await;
            // Whoever took the question back does not wait for this answer.
            if answer != Err(ApiError::Aborted) {
                on_answer(Some(answer));
            }
        });
    });
}
