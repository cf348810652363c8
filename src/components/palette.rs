//! The command palette: everything that can be done, found by a few letters.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::element;
use crate::state::commands::{Commands, fitting};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element as markup, place};
use crate::ui::sheet::dialog;

/// The id of the list.
const LIST: &str = "commands";

/// The palette, as a dialog.
pub fn palette(commands: Commands, is_open: RwSignal<bool>) -> Markup {
    dialog("palette", "Commands", is_open, move || content(commands, is_open))
}

fn content(commands: Commands, is_open: RwSignal<bool>) -> Markup {
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        commands.with_value(|commands| {
            let words: Vec<_> = commands.iter().map(|command| command.words).collect();
            typed.with(|typed| fitting(&words, typed))
        })
    });
    let run = move |command: usize| {
        is_open.set(false);
        let chosen = commands.with_value(|commands| commands.get(command).copied());
        if let Some(chosen) = chosen {
            // Later than the dialog has given the focus back, for what moves it.
            element::after_paint(move || chosen.run.run(()));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let number = found.with_untracked(Vec::len).max(1);
        let next = match event.key().as_str() {
            "ArrowDown" => (at.get_untracked() + 1) % number,
            "ArrowUp" => (at.get_untracked() + number - 1) % number,
            "Enter" => {
                event.prevent_default();
                found.with_untracked(|found| found.get(at.get_untracked()).copied()).into_iter().for_each(run);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
        if let Some(command) = found.with_untracked(|found| found.get(next).copied()) {
            element::keep_in_view(&id(command));
        }
    };
    let active = move || found.with(|found| found.get(at.get()).copied());
    let field = markup("input")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-label", "Find a command")
        .attr("aria-expanded", "true")
        .attr("aria-controls", LIST)
        .attr("autocomplete", "off")
        .attr("placeholder", "Find a command")
        .attr_now("aria-activedescendant", move || active().map(id))
        .on_input(move |text| {
            typed.set(text);
            at.set(0);
        })
        .on("keydown", on_key);
    let option = move |command: usize| {
        let (words, key) = commands
            .with_value(|commands| commands.get(command).map(|command| (command.words, command.key)))
            .unwrap_or_default();
        let option = classed("li", "facet facet--pick")
            .attr("role", "option")
            .attr("id", &id(command))
            .attr_bool("aria-selected", move || active() == Some(command))
            .on_press(move || run(command))
            .with(classed("span", "trunc").text(words));
        if key.is_empty() { option } else { option.with(markup("kbd").text(key)) }
    };
    let options = move || found.get().into_iter().map(|command| (command.to_string(), command)).collect();
    let list = classed("ul", "facets").attr("id", LIST).attr("role", "listbox").attr("aria-label", "Commands");
    let none = || classed("p", "facets__none muted").attr("role", "status").text("No command has these letters.");
    place()
        .with(classed("label", "field").with(icon(IconName::Search, IconSize::Standard)).with(field))
        .with(list.each(options, option))
        .part_when(move || found.with(Vec::is_empty), none)
}

fn id(command: usize) -> String {
    format!("command-{command}")
}
