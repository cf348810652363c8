//! The head of the panel: which call of the list, the way to its neighbours, what became of it.

use leptos::prelude::*;

use crate::browser::clock;
use crate::components::application_name::glyph;
use crate::format::duration::duration;
use crate::format::facts::CallFacts;
use crate::format::time;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Handle, Markup, button, classed, element};
use crate::ui::status_pill::status_pill;
use crate::words;

/// Position and buttons, title, status. The title has the focus when the panel opens.
pub fn head(
    facts: Memo<Option<CallFacts>>,
    position: impl Fn() -> Option<String> + 'static,
    heading: Handle,
    ways: impl IntoIterator<Item = Markup>,
) -> Markup {
    let title =
        move || facts.with(|facts| facts.as_ref().map_or_else(|| words::detail::CALL.to_owned(), CallFacts::title));
    let place = classed("span", "dp__pos").text_now(move || position().unwrap_or_default());
    let words = element("h2")
        .attr("tabindex", "-1")
        .attr("dir", "auto")
        .attr_now("title", move || Some(title()))
        .handle(heading)
        .text_now(title);
    let glyph = move || facts.with(|facts| facts.as_ref().map(application_glyph));
    let summary = move || facts.with(|facts| facts.as_ref().map(summary));
    classed("header", "dp__head")
        .with(classed("div", "dp__bar").with(place).with_all(ways))
        .with(classed("div", "dp__title").part(glyph).with(words))
        .part(summary)
}

fn application_glyph(facts: &CallFacts) -> Markup {
    icon(glyph(&facts.application), IconSize::Tile)
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
pub fn step(label: &str, title: &str, picture: IconName, task: impl Fn() + 'static) -> Markup {
    let step = button("btn btn--icon").attr("title", title).on_press(task);
    step.with(icon(picture, IconSize::Standard)).with(classed("span", "vh").text(label))
}
