//! An address that leads nowhere.

use leptos::prelude::*;

use crate::state::place::Page;
use crate::state::url::UrlState;
use crate::ui::icon::IconName;
use crate::ui::state_message::StateMessage;

/// An address that leads nowhere.
#[component]
pub fn Unknown(
    /// Where the reader is.
    url: UrlState,
) -> impl IntoView {
    view! {
        <main class="page">
            <StateMessage icon=IconName::Link title="There is no page at this address">
                <p>"The link may be old or cut short."</p>
                <div class="state__do">
                    <button class="btn btn--solid" type="button" on:click=move |_| url.go(Page::ApiLogs)>
                        "Go to API Logs"
                    </button>
                </div>
            </StateMessage>
        </main>
    }
}
