//! What stands in the place of a call that is not here.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::history;
use crate::ui::icon::{Icon, IconName, IconSize};

/// The call is on its way. What was known from its row stands above.
#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <div class="dp__wait" aria-busy="true">
            <p class="vh" role="status">
                "The call is being loaded."
            </p>
            <div class="sk sk--wide" aria-hidden="true"></div>
            <div class="sk sk--box" aria-hidden="true"></div>
            <div class="sk" aria-hidden="true"></div>
            <div class="sk sk--box" aria-hidden="true"></div>
        </div>
    }
}

/// The call is not there. Whether it ever was is not told: it may be somebody else's.
#[component]
pub fn Gone(
    /// Asked for by the button.
    on_close: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="state dp__state" role="status">
            <span class="state__i">
                <Icon name=IconName::Question size=IconSize::Large />
            </span>
            <h3>"This call is not here any more, or not yours to see"</h3>
            <p>"Calls are kept for a limited time, and only for those who may see their bot."</p>
            <div class="state__do">
                <button class="btn" type="button" on:click=move |_| on_close.run(())>
                    "Back to the list"
                </button>
            </div>
        </div>
    }
}

/// The call could not be had.
#[component]
pub fn Failed(
    /// Why.
    error: ApiError,
    /// Asked for by the button.
    on_retry: Callback<()>,
) -> impl IntoView {
    let request_id = error.request_id().map(ToOwned::to_owned);
    let (title, action) = if error == ApiError::NotSignedIn {
        ("You are not signed in any more", None)
    } else {
        ("This call could not be loaded", Some(on_retry))
    };
    let button = match action {
        Some(on_retry) => view! {
            <button class="btn" type="button" on:click=move |_| on_retry.run(())>
                <Icon name=IconName::Refresh />
                "Try again"
            </button>
        }
        .into_any(),
        None => view! {
            <button class="btn" type="button" on:click=|_| history::reload()>
                <Icon name=IconName::Refresh />
                "Sign in again"
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="state dp__state" role="alert">
            <span class="state__i state__i--err">
                <Icon name=IconName::OctagonX size=IconSize::Large />
            </span>
            <h3>{title}</h3>
            <p>{error.sentence()}</p>
            {request_id.map(|id| view! { <p class="small">"For support: " <code>{id}</code></p> })}
            <div class="state__do">{button}</div>
        </div>
    }
}
