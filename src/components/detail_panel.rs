//! The docked panel that shows one whole call.

use std::sync::Arc;

use leptos::prelude::*;
use model::{CallId, CallSummary, Session};

use crate::ui::icon::{Icon, IconName};

/// One whole call beside the list. It asks for the call itself; the row that is already known stands in until then.
#[component]
pub fn DetailPanel(
    /// The call; nothing is shown without one.
    #[prop(into)]
    id: Signal<Option<CallId>>,
    /// Its row, where the list holds it.
    #[prop(into)]
    hint: Signal<Option<Arc<CallSummary>>>,
    /// Its place in the list: `Call 5 of 2,314`.
    #[prop(into)]
    position: Signal<Option<String>>,
    /// Who is looking.
    #[prop(into)]
    session: Signal<Arc<Session>>,
    /// Asked for by the close button.
    on_close: Callback<()>,
    /// Asked for by the button to the next newer call.
    on_newer: Callback<()>,
    /// Asked for by the button to the next older call.
    on_older: Callback<()>,
    /// Whether there is a newer call.
    #[prop(into)]
    can_newer: Signal<bool>,
    /// Whether there is an older call.
    #[prop(into)]
    can_older: Signal<bool>,
) -> impl IntoView {
    let title = move || hint.get().map_or_else(|| "Call".to_owned(), |call| call.application.label().to_owned());
    let support = move || session.with(|session| session.support.clone());
    view! {
        <Show when=move || id.get().is_some()>
            <aside class="dp" id="call-details" aria-label="Call details" tabindex="-1">
                <div class="dp__head">
                    <div class="dp__bar">
                        <span class="dp__pos">{move || position.get()}</span>
                        <button class="btn btn--icon" type="button" title="Newer call" prop:disabled=move || !can_newer.get() on:click=move |_| on_newer.run(())>
                            <Icon name=IconName::Up />
                            <span class="vh">"Newer call"</span>
                        </button>
                        <button class="btn btn--icon" type="button" title="Older call" prop:disabled=move || !can_older.get() on:click=move |_| on_older.run(())>
                            <Icon name=IconName::Down />
                            <span class="vh">"Older call"</span>
                        </button>
                        <button class="btn btn--icon" type="button" title="Close" on:click=move |_| on_close.run(())>
                            <Icon name=IconName::X />
                            <span class="vh">"Close"</span>
                        </button>
                    </div>
                    <div class="dp__title">
                        <h2>{title}</h2>
                    </div>
                    <p class="small muted">{support}</p>
                </div>
            </aside>
        </Show>
    }
}
