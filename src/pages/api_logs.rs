//! Integrations, API Logs.

use std::sync::Arc;

use leptos::prelude::*;
use model::Session;

/// The list of calls with its filters, and the open call beside it.
#[component]
pub fn ApiLogs(
    /// Who is looking; they may see calls.
    session: Arc<Session>,
) -> impl IntoView {
    view! { <main class="list">{session.user.clone()}</main> }
}
