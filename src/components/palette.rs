//! The command palette: everything that can be done, found by a few letters.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::element;
use crate::state::commands::{Act, fitting};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element as markup, place};
use crate::ui::sheet::dialog;
use crate::words;

/// The id of the list.
const LIST: &str = "commands";

/// The palette, as a dialog.
pub fn palette(is_open: RwSignal<bool>, on_run: Callback<Act>) -> Markup {
    dialog("palette", words::commands::COMMANDS, is_open, move || content(is_open, on_run))
}

fn content(is_open: RwSignal<bool>, on_run: Callback<Act>) -> Markup {
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let run = move |act: Act| {
        is_open.set(false);
        // Later than the dialog has given the focus back, for what moves it.
        element::after_paint(move || on_run.run(act));
    };
    let on_key = move |event: KeyboardEvent| {
        let found = typed.with_untracked(|typed| fitting(typed));
        let (here, number) = (at.get_untracked(), found.len().max(1));
        let next = match event.key().as_str() {
            "ArrowDown" => (here + 1) % number,
            "ArrowUp" => (here + number - 1) % number,
            "Enter" => {
                event.prevent_default();
                if let Some(command) = found.get(here) {
                    run(command.act);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
        element::keep_in_view(&id(next));
    };
    let field = markup("input")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-label", words::commands::FIND)
        .attr("aria-expanded", "true")
        .attr("aria-controls", LIST)
        .attr("autocomplete", "off")
        .attr("placeholder", words::commands::FIND)
        .attr_now("aria-activedescendant", move || Some(id(at.get())))
        .on_input(move |text| {
            typed.set(text);
            at.set(0);
        })
        .on("keydown", on_key);
    let options = move || {
        let found = typed.with(|typed| fitting(typed));
        let list = classed("ul", "facets")
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("aria-label", words::commands::COMMANDS);
        if found.is_empty() {
            let none = classed("li", "facets__none muted").attr("role", "option").attr("aria-disabled", "true");
            return Some(list.with(none.text(words::commands::NONE_FOUND)));
        }
        Some(list.with_all(found.into_iter().enumerate().map(|(place, command)| {
            classed("li", "facet facet--pick")
                .attr("role", "option")
                .attr("id", &id(place))
                .attr_bool("aria-selected", move || at.get() == place)
                .on_press(move || run(command.act))
                .with(classed("span", "trunc").text(command.words))
                .with_all((!command.key.is_empty()).then(|| markup("kbd").text(command.key)))
        })))
    };
    place().with(classed("label", "field").with(icon(IconName::Search, IconSize::Standard)).with(field)).part(options)
}

fn id(place: usize) -> String {
    format!("command-{place}")
}
