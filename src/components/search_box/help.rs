//! How to search, by examples that are run when they are pressed. They come when they are first asked for.

use leptos::prelude::*;
use model::Suggestion;

use crate::api::help;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::ui::popover::Popover;
use crate::words;

/// The button in the search box, and what it shows.
pub fn help(run: Callback<String>) -> Markup {
    let is_open = RwSignal::new(false);
    let name = words::search::HOW_TO;
    let run = Callback::new(move |example| {
        is_open.set(false);
        run.run(example);
    });
    Popover { class: "dd dd--icon dd--help", panel_label: name, is_open }.show(
        || false,
        |opener| opener.with(icon(IconName::Help, IconSize::Standard)).with(classed("span", "vh").text(name)),
        move |panel| {
            let help = classed("div", "help");
            let holder = help.clone();
            help::examples(move |answer| match answer {
                Ok(examples) => show(&holder, &examples, run),
                Err(error) => holder.say(&error.sentence()),
            });
            panel.with(help)
        },
    )
}

/// Shows examples, those that belong together in a section of their own.
fn show(help: &Markup, examples: &[Suggestion], run: Callback<String>) {
    let mut list = element("ul");
    for Suggestion { text, label, about, .. } in examples {
        if !label.is_empty() {
            list = element("ul");
            help.put(&element("section").with(element("h2").text(label)).with(list.clone()), None);
        }
        let example = text.clone();
        let pressed = button("help__e").on_press(move || run.run(example.clone())).with(element("code").text(text));
        list.put(&element("li").with(pressed).with(classed("span", "small muted").text(about)), None);
    }
}
