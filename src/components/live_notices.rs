//! What the reader should know of the connection: that the server is away, that calls were left out, that Live ended.

use leptos::prelude::*;

use crate::state::feed::{CallFeed, Phase};
use crate::state::live::{Live, Standing};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element, place};

/// The lines above the list.
pub fn live_notices(feed: CallFeed, live: Live) -> Markup {
    let is_away = Memo::new(move |_| live.standing() == Standing::Away || feed.phase() == Phase::Away);
    let is_of_before = Memo::new(move |_| feed.phase() == Phase::Away);
    let away = move || {
        is_away.get().then(|| {
            let words = if is_of_before.get() {
                "The calls below are those of the filter before. This page tries again by itself."
            } else {
                "What you see stays as it is. This page tries again by itself."
            };
            line("The server cannot be reached. ", words, "Try now", move || live.try_again())
        })
    };
    let gap = move || {
        let is_said = live.has_gap() && (live.hold().is_some() || !live.is_on());
        is_said.then(|| {
            let words = "They came in while this page was not connected, or faster than it could show them.";
            line("Some new calls are left out here. ", words, "Load them", move || live.show())
        })
    };
    let over = move || match live.standing() {
        Standing::Off(Some(why)) => Some(line("Live has ended. ", &why, "Switch it on again", move || live.switch())),
        Standing::Over => {
            let words =
                "No new call belongs to these dates: they end in the past. Choose others to see calls as they come in.";
            Some(line("Live waits. ", words, "Switch it off", move || live.switch()))
        }
        _ => None,
    };
    place().part(away).part(gap).part(over)
}

fn line(what: &str, words: &str, action: &str, task: impl Fn() + 'static) -> Markup {
    classed("div", "notice notice--warn")
        .attr("role", "status")
        .with(icon(IconName::Triangle, IconSize::Standard))
        .with(classed("p", "notice__t").with(element("b").text(what)).text(words))
        .with(button("btn btn--sm").on_press(task).text(action))
}
