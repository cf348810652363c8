//! The page as a whole: who is looking, where they are, and what they see there.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Access, Session};

use crate::components::access_state::{no_access, no_session};
use crate::components::list_state::loading_rows;
use crate::components::shell::Shell;
use crate::pages::api_logs::api_logs;
use crate::pages::connections::connections;
use crate::pages::unknown::unknown;
use crate::state::place::Page;
use crate::state::session::SessionState;
use crate::state::url::UrlState;
use crate::ui::markup::{Markup, classed, place};
use crate::words;

/// Everything in the document's body.
#[component]
pub fn App() -> impl IntoView {
    let url = UrlState::new();
    let sessions = SessionState::new();
    let session = move || sessions.known().and_then(Result::ok);
    let content = place().part(move || {
        Some(match url.page().get() {
            Page::ApiLogs => logs(url, sessions),
            Page::Connections => connections(),
            Page::Unknown(_) => unknown(url),
        })
    });
    view! { <Shell url session>{content}</Shell> }
}

/// The list for whoever may see it; for the others, why not.
fn logs(url: UrlState, sessions: SessionState) -> Markup {
    // Asking who is looking once more must not take the list away from somebody who is still the same.
    let seen = Memo::new(move |_| sessions.known());
    let retry = Callback::new(move |()| sessions.ask());
    place().part(move || {
        Some(match seen.get() {
            None => classed("main", "list")
                .attr("aria-busy", "true")
                .attr("aria-label", words::access::LOADING)
                .with(loading_rows()),
            Some(Err(error)) => classed("main", "page").with(no_session(&error, retry)),
            Some(Ok(session)) => granted(url, sessions, session),
        })
    })
}

fn granted(url: UrlState, sessions: SessionState, session: Arc<Session>) -> Markup {
    if session.access == Access::Granted {
        api_logs(url, sessions, session)
    } else {
        classed("main", "page").with(no_access(&session))
    }
}
