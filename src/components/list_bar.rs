//! The line above the list: how many calls, the switch for new ones, and those that got no response.

use leptos::prelude::*;
use model::Total;

use super::live_switch::live_switch;
use crate::format::count::{count, counted};
use crate::state::feed::Phase;
use crate::state::live::Live;
use crate::ui::markup::{Markup, button, classed, element};

/// The line above the list.
#[component]
pub fn ListBar(
    /// How many calls the filter finds; `None` before the first answer.
    total: impl Fn() -> Option<Total> + Copy + 'static,
    /// How the list is.
    phase: impl Fn() -> Phase + Copy + 'static,
    /// Calls of the filter that failed; `None` while they are being counted.
    errors: impl Fn() -> Option<u64> + 'static,
    /// Calls of the filter that got no response.
    no_response: impl Fn() -> u64 + 'static,
    /// Whether those are in the list.
    lists_no_response: impl Fn() -> bool + 'static,
    /// Asked for by the button: list them, or leave them out again.
    on_list_no_response: Callback<bool>,
    /// Calls as they come in.
    live: Live,
    /// Asked for by the chip: those that wait.
    on_show_new: Callback<()>,
    /// What stands at the end of the line: the menus of the list.
    tools: Markup,
) -> impl IntoView {
    let found = move || match (total(), phase()) {
        (_, Phase::Failed(_)) => "Calls not loaded".to_owned(),
        (None, _) => "Loading calls".to_owned(),
        (Some(total), _) if total.count == 0 && !total.exact => "Searching older calls".to_owned(),
        (Some(total), _) if total.exact => counted(total.count, "call"),
        (Some(total), _) => format!("At least {}", counted(total.count, "call")),
    };
    let failed = move || {
        let is_found = phase() == Phase::Ready && total().is_some_and(|total| total.count > 0);
        let errors = errors().filter(|errors| *errors > 0 && is_found)?;
        let sum = classed("span", "muted").text(&counted(errors, "error"));
        Some(classed("span", "listbar__err").with(classed("span", "sep").text("\u{b7}")).with(sum))
    };
    let unanswered = move || {
        let number = Some(no_response()).filter(|number| *number > 0)?;
        let is_listed = lists_no_response();
        let noun = if number == 1 { "call got no response" } else { "calls got no response" };
        let verb = match (is_listed, number) {
            (true, _) => "leave them out",
            (false, 1) => "show it",
            (false, _) => "show them",
        };
        let words = classed("span", "muted").text(&format!("{} {noun}", count(number)));
        let change = button("link").on_press(move || on_list_no_response.run(!is_listed)).text(verb);
        Some(classed("p", "listbar__none").with(words).with(change))
    };
    let sums = classed("p", "listbar__n").attr("role", "status");
    classed("div", "listbar")
        .with(sums.with(element("b").text_now(found)).part(failed))
        .with(live_switch(live, on_show_new))
        .part(unanswered)
        .with(tools)
}
