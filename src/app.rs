//! The page as a whole: who is looking, where they are, and what they see there.

use leptos::prelude::*;

use crate::pages::api_logs::ApiLogs;
use crate::state::session::SessionState;
use crate::state::url::UrlState;

/// Everything in the document's body.
#[component]
pub fn App() -> impl IntoView {
    let url = UrlState::new();
    let session = SessionState::new();
    provide_context(url);
    provide_context(session);
    view! {
        {move || {
            session.known().get().map(|known| match known {
                Ok(session) => view! { <ApiLogs session /> }.into_any(),
                Err(error) => error.sentence().into_any(),
            })
        }}
    }
}
