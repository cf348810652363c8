//! The switch for calls as they come in, and those that wait.

use leptos::prelude::*;

use crate::browser::element::focus_id;
use crate::format::count::count;
use crate::state::live::{Hold, Live, Standing, Waiting};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed};

/// The id of the switch, so that the focus finds it.
const SWITCH: &str = "live-switch";

/// The switch, how it stands, and the calls that wait.
pub fn live_switch(live: Live, on_show: Callback<()>) -> Markup {
    let switch = button("switch")
        .attr("id", SWITCH)
        .attr("role", "switch")
        .attr_bool("aria-checked", move || live.is_on())
        .attr("aria-describedby", "live-standing")
        .on_press(move || live.switch())
        .with(classed("span", "switch__t"))
        .text("Live");
    let standing = classed("span", "live__s small")
        .attr("id", "live-standing")
        .attr_now("title", move || why(live).map(str::to_owned))
        .text_now(move || in_words(live).to_owned());
    let number = move || live.with_waiting(Waiting::count);
    // Calls that enter at once are no news.
    let is_held = Memo::new(move |_| number() > 0 && (live.hold().is_some() || !live.is_on()));
    let chip = move || {
        button("newchip")
            .attr("title", "Show the new calls")
            .on_press(move || {
                on_show.run(());
                // The button is gone now, and the focus is not to go with it.
                focus_id(SWITCH);
            })
            .with(icon(IconName::ArrowUp, IconSize::Small))
            .text_now(move || format!("{} new", count(number())))
    };
    classed("div", "listbar__live").with(switch).with(standing).part_when(move || is_held.get(), chip)
}

fn in_words(live: Live) -> &'static str {
    match live.standing() {
        Standing::Connecting => "connecting",
        Standing::On if live.hold().is_some() => "on hold",
        Standing::Off(_) | Standing::On => "",
        Standing::Away => "trying again",
        Standing::Unseen => "paused",
        Standing::Over => "not for these dates",
    }
}

fn why(live: Live) -> Option<&'static str> {
    match (live.standing(), live.hold()) {
        (Standing::On, Some(Hold::Reading)) => Some("New calls wait while a call is open"),
        (Standing::On, Some(Hold::Scrolled)) => Some("New calls wait while the list is scrolled"),
        (Standing::On, Some(Hold::Typing)) => Some("New calls wait while you search"),
        (Standing::Over, _) => Some("The dates end in the past, so that no new call belongs to them"),
        (Standing::Unseen, _) => Some("Nobody has looked at this page for a while"),
        _ => None,
    }
}
