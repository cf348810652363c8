//! The head of the panel: which call of the list, the way to its neighbours, what became of it.

use leptos::html::H2;
use leptos::prelude::*;

use crate::browser::{clock, history};
use crate::components::application_name::glyph;
use crate::format::duration::duration;
use crate::format::facts::CallFacts;
use crate::format::time;
use crate::ui::copy_button::CopyButton;
use crate::ui::icon::{Icon, IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::status_pill::status_pill;

/// Position, buttons, title, status.
#[component]
pub fn Head(
    /// What is known of the call.
    #[prop(into)]
    facts: Signal<Option<CallFacts>>,
    /// Its place in the list.
    position: Signal<Option<String>>,
    /// The title, which has the focus when the panel opens.
    heading: NodeRef<H2>,
    /// Asked for by the close button.
    on_close: Callback<()>,
    /// Asked for by the button to the next newer call.
    on_newer: Callback<()>,
    /// Asked for by the button to the next older call.
    on_older: Callback<()>,
    /// Whether there is a newer call.
    can_newer: Signal<bool>,
    /// Whether there is an older call.
    can_older: Signal<bool>,
) -> impl IntoView {
    let glyph = move || facts.with(|facts| facts.as_ref().map(application_glyph));
    let title = move || facts.with(|facts| facts.as_ref().map_or_else(|| "Call".to_owned(), CallFacts::title));
    view! {
        <header class="dp__head">
            <div class="dp__bar">
                <span class="dp__pos">{move || position.get()}</span>
                <Step label="Newer call" title="Newer call (k)" icon=IconName::Up can=can_newer on_press=on_newer />
                <Step label="Older call" title="Older call (j)" icon=IconName::Down can=can_older on_press=on_older />
                <CopyButton label="Copy link to this call" text=Callback::new(|()| history::href()) is_icon=true icon=IconName::Link />
                <Step label="Close" title="Close (Esc)" icon=IconName::X can=true on_press=on_close />
            </div>
            <div class="dp__title">
                {glyph} <h2 tabindex="-1" node_ref=heading title=title dir="auto">
                    {title}
                </h2>
            </div>
            {move || facts.with(|facts| facts.as_ref().map(summary))}
        </header>
    }
}

fn application_glyph(facts: &CallFacts) -> Markup {
    classed("span", "app-i").with(icon(glyph(&facts.application), IconSize::Medium))
}

/// Status, time and how long it took, in one line.
fn summary(facts: &CallFacts) -> Markup {
    let when = time::relative_day_and_time(facts.timestamp, clock::now(), clock::zone());
    let when = element("span").attr("title", &time::exact_utc(facts.timestamp)).text(&when);
    let line = classed("p", "dp__sub").with(status_pill(&facts.status_text(), false)).with(when);
    match facts.duration_ms {
        Some(millis) => line.with(element("span").text(&duration(millis))),
        None => line,
    }
}

/// A button of the head.
#[component]
fn Step(
    /// Its name.
    label: &'static str,
    /// Its name with the key that does the same.
    title: &'static str,
    /// Its icon.
    icon: IconName,
    /// Whether it leads anywhere.
    #[prop(into)]
    can: Signal<bool>,
    /// What it does.
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="btn btn--icon"
            type="button"
            title=title
            prop:disabled=move || !can.get()
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon />
            <span class="vh">{label}</span>
        </button>
    }
}
