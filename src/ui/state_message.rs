//! A region that has nothing to list: what happened, why, and what to do.

use leptos::prelude::*;

use super::icon::{Icon, IconName, IconSize};

/// How much a state matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is wrong.
    #[default]
    Quiet,
    /// Something good is ahead.
    Information,
    /// Somebody may want to decide something.
    Warning,
    /// Something failed.
    Error,
}

/// A state in place of a list.
#[component]
pub fn StateMessage(
    /// Its picture.
    icon: IconName,
    /// How much it matters.
    #[prop(optional)]
    tone: Tone,
    /// What happened, in one line.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    children: Children,
) -> impl IntoView {
    let picture = match tone {
        Tone::Quiet => "state__i",
        Tone::Information => "state__i state__i--info",
        Tone::Warning => "state__i state__i--warn",
        Tone::Error => "state__i state__i--err",
    };
    let role = if tone == Tone::Error { "alert" } else { "group" };
    let label = title.clone();
    view! {
        <div class="state" role=role aria-label=label>
            <span class=picture>
                <Icon name=icon size=IconSize::Large />
            </span>
            <h2>{title}</h2>
            {children()}
        </div>
    }
}
