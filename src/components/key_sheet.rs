//! The sheet of keys: every one that works, and whether letters do.

use leptos::prelude::*;

use crate::state::commands::COMMANDS;
use crate::state::shortcuts;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element, place};
use crate::ui::sheet::dialog;

/// What the list and the panel do with keys that are no letters.
const FIXED: [(&str, &str); 9] = [
    ("Ctrl K", "Find a command; \u{2318} K on a Mac"),
    ("\u{2191} \u{2193}", "The row above and below"),
    ("PgUp PgDn", "A screen up and down"),
    ("Home End", "The first and the last row that is loaded"),
    ("\u{2192}", "Show each of the calls that are folded"),
    ("\u{2190}", "Fold calls that are alike again"),
    ("Enter", "Open the call"),
    ("Ctrl Enter", "Open the call in a new tab; \u{2318} Enter on a Mac"),
    ("Esc", "Close what is open, and go back"),
];

/// The sheet, as a dialog.
pub fn key_sheet(is_open: RwSignal<bool>) -> Markup {
    dialog("palette", "Keys", is_open, move || content(is_open))
}

fn content(is_open: RwSignal<bool>) -> Markup {
    let line = |(keys, words): (&str, &str)| {
        let keys = keys.split(' ').map(|key| element("kbd").text(key));
        classed("li", "keys__k").with(element("span").text(words)).with(classed("span", "keys").with_all(keys))
    };
    let letters = COMMANDS.iter().filter(|command| !command.key.is_empty());
    let letters = letters.map(|command| (command.key, command.words));
    let are_on = RwSignal::new(shortcuts::are_on());
    let switch = move || {
        are_on.update(|on| *on = !*on);
        shortcuts::switch(are_on.get_untracked());
    };
    let switch = classed("button", "switch")
        .attr("type", "button")
        .attr("role", "switch")
        .attr_bool("aria-checked", move || are_on.get())
        .on_press(switch)
        .with(classed("span", "switch__t"))
        .text("Letters are shortcuts");
    let close = button("btn btn--icon").attr("aria-label", "Close").on_press(move || is_open.set(false));
    let head = classed("div", "palette__h").with(element("h2").text("Keys"));
    place()
        .with(head.with(switch).with(close.with(icon(IconName::X, IconSize::Standard))))
        .with(classed("ul", "facets").attr("tabindex", "0").with_all(letters.chain(FIXED).map(line)))
}
