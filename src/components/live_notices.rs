//! What the reader should know of the connection: that the server is away, that calls were left out, that Live ended.

use leptos::prelude::*;

use crate::state::feed::{CallFeed, Phase};
use crate::state::live::{Live, Standing};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element, place};
use crate::words;

/// The lines above the list.
pub fn live_notices(feed: CallFeed, live: Live) -> Markup {
    let is_away = Memo::new(move |_| live.standing() == Standing::Away || feed.phase() == Phase::Away);
    let is_of_before = Memo::new(move |_| feed.phase() == Phase::Away);
    let away = move || {
        is_away.get().then(|| {
            let words = if is_of_before.get() { words::live::CALLS_OF_BEFORE } else { words::live::CALLS_STAY };
            line(words::live::NO_SERVER, words, words::live::TRY_NOW, move || live.try_again())
        })
    };
    let gap = move || {
        let is_said = live.has_gap() && (live.hold().is_some() || !live.is_on());
        is_said.then(|| {
            line(words::live::LEFT_OUT, words::live::WHY_LEFT_OUT, words::live::LOAD_THEM, move || live.show())
        })
    };
    let over = move || match live.standing() {
        Standing::Off(Some(why)) => {
            Some(line(words::live::ENDED, &why, words::live::SWITCH_ON_AGAIN, move || live.switch()))
        }
        Standing::Over => {
            Some(line(words::live::WAITS, words::live::WHY_WAITS, words::live::SWITCH_OFF, move || live.switch()))
        }
        _ => None,
    };
    place().part(away).part(gap).part(over)
}

fn line(what: &str, words: &str, action: &str, task: impl Fn() + 'static) -> Markup {
    classed("div", "notice notice--warn")
        .attr("role", "status")
        .with(icon(IconName::Triangle, IconSize::Standard))
        .with(classed("p", "notice__t").with(element("b").text(what)).text(" ").text(words))
        .with(button("btn btn--sm").on_press(task).text(action))
}
