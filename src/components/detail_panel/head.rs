//! The head of the panel: which call of the list, the way to its neighbours, what became of it.

use leptos::prelude::*;

use crate::browser::{clock, history};
use crate::components::application_name::glyph;
use crate::format::duration::duration;
use crate::format::facts::CallFacts;
use crate::format::time;
use crate::ui::copy_button::copy_icon;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Handle, Markup, button, classed, element};
use crate::ui::status_pill::status_pill;

/// Position, buttons, title, status.
#[derive(Clone, Copy)]
pub struct Head {
    /// What is known of the call.
    pub facts: Memo<Option<CallFacts>>,
    /// Its place in the list.
    pub position: Signal<Option<String>>,
    /// The title, which has the focus when the panel opens.
    pub heading: Handle,
    /// Asked for by the close button.
    pub on_close: Callback<()>,
    /// Asked for by the button to the next newer call.
    pub on_newer: Callback<()>,
    /// Asked for by the button to the next older call.
    pub on_older: Callback<()>,
    /// Whether there is a newer call.
    pub can_newer: Signal<bool>,
    /// Whether there is an older call.
    pub can_older: Signal<bool>,
}

impl Head {
    /// Shows it.
    pub fn show(self) -> Markup {
        let Self { facts, position, heading, on_close, on_newer, on_older, can_newer, can_older } = self;
        let title = move || facts.with(|facts| facts.as_ref().map_or_else(|| "Call".to_owned(), CallFacts::title));
        let step = |label, title, picture, can: Signal<bool>, on_press: Callback<()>| {
            let step = step(label, title, picture, move || on_press.run(()));
            step.prop_when("disabled", move || !can.get())
        };
        let bar = classed("div", "dp__bar")
            .with(classed("span", "dp__pos").text_now(move || position.get().unwrap_or_default()))
            .with(step("Newer call", "Newer call (k)", IconName::Up, can_newer, on_newer))
            .with(step("Older call", "Older call (j)", IconName::Down, can_older, on_older))
            .with(copy_icon(IconName::Link, "Copy link to this call", history::href))
            .with(self::step("Close", "Close (Esc)", IconName::X, move || on_close.run(())));
        let words = element("h2")
            .attr("tabindex", "-1")
            .attr("dir", "auto")
            .attr_now("title", move || Some(title()))
            .handle(heading)
            .text_now(title);
        let titled = classed("div", "dp__title")
            .part(move || facts.with(|facts| facts.as_ref().map(application_glyph)))
            .with(words);
        let summary = move || facts.with(|facts| facts.as_ref().map(summary));
        classed("header", "dp__head").with(bar).with(titled).part(summary)
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

/// A button of the head: its name, and the same with the key that does what it does.
fn step(label: &str, title: &str, picture: IconName, task: impl Fn() + 'static) -> Markup {
    let step = button("btn btn--icon").attr("title", title).on_press(task);
    step.with(icon(picture, IconSize::Standard)).with(classed("span", "vh").text(label))
}
