//! Light, dark, or what the system says.

use leptos::prelude::*;

use crate::browser::theme::Theme;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed};
use crate::ui::popover::Popover;
use crate::words;

const CHOICES: [(Theme, &str, IconName); 3] = [
    (Theme::System, words::frame::AS_SYSTEM, IconName::Theme),
    (Theme::Light, words::frame::LIGHT, IconName::Sun),
    (Theme::Dark, words::frame::DARK, IconName::Moon),
];

/// The choice of the theme, kept in this browser.
pub fn theme_menu() -> Markup {
    let theme = RwSignal::new(Theme::remembered());
    let is_open = RwSignal::new(false);
    let choose = move |chosen: Theme| {
        theme.set(chosen);
        chosen.apply();
        is_open.set(false);
    };
    let choice = move |(choice, words, picture): (Theme, &str, IconName)| {
        button("facet facet--pick")
            .attr_bool("aria-pressed", move || theme.get() == choice)
            .on_press(move || choose(choice))
            .with(icon(picture, IconSize::Standard))
            .text(words)
            .part_when(move || theme.get() == choice, || icon(IconName::Check, IconSize::Standard))
    };
    let name = words::frame::LIGHT_OR_DARK;
    Popover { class: "dd dd--icon dd--end", panel_label: name, is_open }.show(
        || false,
        |opener| opener.with(icon(IconName::Theme, IconSize::Standard)).with(classed("span", "vh").text(name)),
        move |panel| {
            // It may have been chosen elsewhere.
            theme.set(Theme::remembered());
            panel.with(classed("div", "facets facets--picks").with_all(CHOICES.map(choice)))
        },
    )
}
