//! A filter that is set, with a button that takes it out.

use leptos::prelude::*;

use super::icon::{Icon, IconName, IconSize};

/// A filter that is set.
#[component]
pub fn Chip(
    /// What it is of, with its colon; may be empty.
    field: String,
    /// What it is set to.
    words: String,
    /// Whether it excludes: dashed, and it says so.
    is_excluding: bool,
    /// Asked for by the button.
    on_remove: Callback<()>,
) -> impl IntoView {
    let text = format!("{field}{words}");
    let remove = format!("Remove filter {text}");
    view! {
        <span class=if is_excluding { "chip chip--not" } else { "chip" }>
            <span class="chip__t" title=text>
                {(!field.is_empty()).then(|| view! { <em>{field}</em> })}
                {words}
            </span>
            <button class="chip__x" type="button" aria-label=remove on:click=move |_| on_remove.run(())>
                <Icon name=IconName::X size=IconSize::Small />
            </button>
        </span>
    }
}
