//! The line above the list: how many calls, the switch for new ones, and those that got no response.

use leptos::prelude::*;
use model::Total;

use super::live_switch::live_switch;
use crate::state::feed::Phase;
use crate::state::live::Live;
use crate::ui::markup::{Markup, button, classed, element};
use crate::words;
use crate::words::count::calls;

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
        (_, Phase::Failed(_)) => words::list::NOT_LOADED.to_owned(),
        (None, _) => words::list::LOADING.to_owned(),
        (Some(total), _) if total.count == 0 && !total.exact => words::list::SEARCHING_OLDER.to_owned(),
        (Some(total), _) if total.exact => calls(total.count),
        (Some(total), _) => words::list::at_least(total.count),
    };
    let failed = move || {
        let is_found = phase() == Phase::Ready && total().is_some_and(|total| total.count > 0);
        let errors = errors().filter(|errors| *errors > 0 && is_found)?;
        let sum = classed("span", "muted").text(&words::count::errors(errors));
        Some(classed("span", "listbar__err").with(classed("span", "sep").text("\u{b7}")).with(sum))
    };
    let unanswered = move || {
        let number = Some(no_response()).filter(|number| *number > 0)?;
        let is_listed = lists_no_response();
        let verb = match (is_listed, number) {
            (true, _) => words::list::LEAVE_THEM_OUT,
            (false, 1) => words::list::SHOW_IT,
            (false, _) => words::list::SHOW_THEM,
        };
        let words = classed("span", "muted").text(&words::list::got_no_response(number));
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
