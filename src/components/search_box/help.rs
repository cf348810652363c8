//! How to search, by examples that are run when they are pressed. They come when they are first asked for.

use leptos::prelude::*;

use crate::api::help::{self, HelpPart};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::ui::popover::Popover;

/// The button in the search box, and what it shows.
pub fn help(run: Callback<String>) -> Markup {
    let is_open = RwSignal::new(false);
    let name = "How to search";
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
            help::parts(move |answer| match answer {
                Ok(parts) => parts.iter().for_each(|part| holder.put(&section(part, run), None)),
                Err(error) => holder.say(&error.sentence()),
            });
            panel.with(help)
        },
    )
}

fn section(part: &HelpPart, run: Callback<String>) -> Markup {
    let example = |(example, words): &(String, String)| {
        let text = example.clone();
        let pressed = button("help__e").on_press(move || run.run(text.clone())).with(element("code").text(example));
        element("li").with(pressed).with(classed("span", "small muted").text(words))
    };
    let list = element("ul").with_all(part.examples.iter().map(example));
    element("section").with(element("h2").text(&part.title)).with(list)
}
