//! The sheet of keys: every one that works, and whether letters do.

use leptos::prelude::*;

use crate::state::commands::COMMANDS;
use crate::state::shortcuts;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element, place};
use crate::ui::sheet::dialog;
use crate::words;

/// The sheet, as a dialog.
pub fn key_sheet(is_open: RwSignal<bool>) -> Markup {
    dialog("palette", words::commands::KEYS, is_open, move || content(is_open))
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
        .text(words::commands::LETTERS);
    let close = button("btn btn--icon").attr("aria-label", words::frame::CLOSE).on_press(move || is_open.set(false));
    let head = classed("div", "palette__h").with(element("h2").text(words::commands::KEYS));
    place().with(head.with(switch).with(close.with(icon(IconName::X, IconSize::Standard)))).with(
        classed("ul", "facets").attr("tabindex", "0").with_all(letters.chain(words::commands::FIXED_KEYS).map(line)),
    )
}
