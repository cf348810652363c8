//! The page as a whole: who is looking, where they are, and what they see there.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Access, Session};

use crate::components::access_state::{NoAccess, NoSession};
use crate::components::list_state::loading_rows;
use crate::components::shell::Shell;
use crate::pages::api_logs::ApiLogs;
use crate::pages::connections::Connections;
use crate::pages::unknown::Unknown;
use crate::state::place::Page;
use crate::state::session::SessionState;
use crate::state::url::UrlState;

/// Everything in the document's body.
#[component]
pub fn App() -> impl IntoView {
    let url = UrlState::new();
    let sessions = SessionState::new();
    let session = Signal::derive(move || sessions.known().get().and_then(Result::ok));
    let content = move || match url.page().get() {
        Page::ApiLogs => logs(url, sessions),
        Page::Connections => view! { <Connections /> }.into_any(),
        Page::Unknown(_) => view! { <Unknown url /> }.into_any(),
    };
    view! {
        <Shell url session>
            {content}
        </Shell>
    }
}

/// The list for whoever may see it; for the others, why not.
fn logs(url: UrlState, sessions: SessionState) -> AnyView {
    let known = sessions.known();
    // Asking who is looking once more must not take the list away from somebody who is still the same.
    let seen = Memo::new(move |_| known.get());
    let retry = Callback::new(move |()| sessions.ask());
    view! {
        {move || match seen.get() {
            None => view! {
                <main class="list" aria-busy="true" aria-label="Loading calls">
                    {loading_rows()}
                </main>
            }
            .into_any(),
            Some(Err(error)) => view! {
                <main class="page">
                    <NoSession error on_retry=retry />
                </main>
            }
            .into_any(),
            Some(Ok(session)) => granted(url, sessions, session),
        }}
    }
    .into_any()
}

fn granted(url: UrlState, sessions: SessionState, session: Arc<Session>) -> AnyView {
    if session.access == Access::Granted {
        view! { <ApiLogs url sessions session /> }.into_any()
    } else {
        view! {
            <main class="page">
                <NoAccess session />
            </main>
        }
        .into_any()
    }
}
