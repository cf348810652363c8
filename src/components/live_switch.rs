//! The switch for calls as they come in, and those that wait.

use leptos::prelude::*;

use crate::browser::element::focus_id;
use crate::state::live::{Hold, Live, Standing, Waiting};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed};
use crate::words;

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
        .text(words::live::LIVE);
    let standing = classed("span", "live__s small")
        .attr("id", "live-standing")
        .attr_now("title", move || why(live).map(str::to_owned))
        .text_now(move || in_words(live).to_owned());
    let number = move || live.with_waiting(Waiting::count);
    // Calls that enter at once are no news.
    let is_held = Memo::new(move |_| number() > 0 && (live.hold().is_some() || !live.is_on()));
    let chip = move || {
        button("newchip")
            .attr("title", words::live::SHOW_NEW)
            .on_press(move || {
                on_show.run(());
                // The button is gone now, and the focus is not to go with it.
                focus_id(SWITCH);
            })
            .with(icon(IconName::ArrowUp, IconSize::Small))
            .text_now(move || words::live::new_calls(number()))
    };
    classed("div", "listbar__live").with(switch).with(standing).part_when(move || is_held.get(), chip)
}

fn in_words(live: Live) -> &'static str {
    match live.standing() {
        Standing::Connecting => words::live::CONNECTING,
        Standing::On if live.hold().is_some() => words::live::ON_HOLD,
        Standing::Off(_) | Standing::On => "",
        Standing::Away => words::live::TRYING_AGAIN,
        Standing::Unseen => words::live::PAUSED,
        Standing::Over => words::live::NOT_FOR_DATES,
    }
}

fn why(live: Live) -> Option<&'static str> {
    match (live.standing(), live.hold()) {
        (Standing::On, Some(Hold::Reading)) => Some(words::live::WAIT_FOR_CALL),
        (Standing::On, Some(Hold::Scrolled)) => Some(words::live::WAIT_FOR_LIST),
        (Standing::On, Some(Hold::Typing)) => Some(words::live::WAIT_FOR_SEARCH),
        (Standing::Over, _) => Some(words::live::DATES_ARE_PAST),
        (Standing::Unseen, _) => Some(words::live::NOBODY_LOOKED),
        _ => None,
    }
}
