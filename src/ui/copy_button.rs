//! A button that copies a text and says whether it could.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::icon::{Icon, IconName};
use crate::browser::clipboard;
use crate::browser::clock::Timer;

/// How long it says what became of it.
const SAID_FOR: Duration = Duration::from_millis(2_500);

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Copied,
    Refused,
}

/// Copies a text when it is pressed. The text is asked for then, so that a large one is not held twice.
#[component]
pub fn CopyButton(
    /// What is copied, in the words of the button: `Copy as cURL`.
    #[prop(into)]
    label: String,
    /// The text.
    text: Callback<(), String>,
    /// Whether the words are for screen readers and the tooltip only.
    #[prop(optional)]
    is_icon: bool,
    /// What it looks like.
    #[prop(default = IconName::Copy)]
    icon: IconName,
) -> impl IntoView {
    let said = RwSignal::new(Said::Nothing);
    let timer = Timer::new();
    let on_press = move |_| {
        let text = text.run(());
        spawn_local_scoped_with_cancellation(async move {
            let is_copied = clipboard::copy(&text).await;
            said.try_set(if is_copied { Said::Copied } else { Said::Refused });
            timer.set(SAID_FOR, move || {
                said.try_set(Said::Nothing);
            });
        });
    };
    let shown_icon = move || if said.get() == Said::Copied { IconName::Check } else { icon };
    let words = move || match said.get() {
        Said::Nothing => "",
        Said::Copied => "Copied",
        Said::Refused => "The browser does not allow it: select the text instead",
    };
    let title = is_icon.then(|| label.clone());
    let class = if is_icon { "btn btn--icon" } else { "btn btn--sm btn--quiet" };
    view! {
        <span class="copy">
            <span class="copy__said small muted" role="status">
                {words}
            </span>
            <button class=class type="button" title=title on:click=on_press>
                {move || view! { <Icon name=shown_icon() /> }}
                <span class=if is_icon { "vh" } else { "" }>{label}</span>
            </button>
        </span>
    }
}
