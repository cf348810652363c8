//! The zone of every time on the page: said, and chosen.

use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::zone::{self, ZoneChoice};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed};
use crate::ui::popover::Popover;
use crate::words;

/// The zone that times are shown in: `Times in your zone, UTC+01:00`.
pub fn times_in_words(choice: ZoneChoice) -> String {
    let offset = choice.zone().label(clock::now());
    match choice {
        ZoneChoice::Browser => words::time::times_in_your_zone(&offset),
        ZoneChoice::Account => words::time::times_in_zone(&zone::account_name().unwrap_or_default(), &offset),
        ZoneChoice::Utc => words::time::TIMES_IN_UTC.to_owned(),
    }
}

/// Says the zone, and offers the others.
pub fn zone_menu() -> Markup {
    let is_open = RwSignal::new(false);
    let choose = move |chosen: ZoneChoice| {
        is_open.set(false);
        zone::choose(chosen);
    };
    let choice = move |offer: ZoneChoice| {
        let is_chosen = move || zone::choice() == offer;
        let (name, offset) = match offer {
            ZoneChoice::Browser => (words::time::YOUR_ZONE.to_owned(), offer.zone().label(clock::now())),
            ZoneChoice::Account => (words::time::ACCOUNT_ZONE.to_owned(), zone::account_name().unwrap_or_default()),
            ZoneChoice::Utc => ("UTC".to_owned(), String::new()),
        };
        button("facet facet--pick")
            .attr_bool("aria-pressed", is_chosen)
            .on_press(move || choose(offer))
            .text(&name)
            .with(classed("span", "muted").text(&offset))
            .part_when(is_chosen, || icon(IconName::Check, IconSize::Standard))
    };
    let offered = move || {
        let of_account = zone::account_name().map(|_| ZoneChoice::Account);
        [ZoneChoice::Browser, ZoneChoice::Utc].into_iter().chain(of_account).map(choice)
    };
    let name = words::time::TIME_ZONE;
    Popover { class: "dd dd--end ph__zone", panel_label: name, is_open }.show(
        || false,
        |opener| {
            let words = classed("span", "ph__zone-words").text_now(|| times_in_words(zone::choice()));
            opener
                .attr("title", words::time::ALL_IN_THIS_ZONE)
                .with(icon(IconName::Clock, IconSize::Standard))
                .with(words)
                .with(icon(IconName::Down, IconSize::Small))
        },
        move |panel| panel.with(classed("div", "facets facets--picks").with_all(offered())),
    )
}
