//! A filter that is set, with a button that takes it out.

use leptos::prelude::*;

use super::icon::{IconName, IconSize, icon};
use super::markup::{Markup, button, classed, element};
use crate::words;

/// A filter that is set: what it is of with its colon, which may be empty, and what it is set to.
pub fn chip(field: &str, words: &str, is_excluding: bool, on_remove: Callback<()>) -> Markup {
    let text = format!("{field}{words}");
    let mut shown = classed("span", "chip__t").attr("title", &text);
    if !field.is_empty() {
        shown = shown.with(element("em").text(field));
    }
    let remove = button("chip__x")
        .attr("aria-label", &words::filters::remove(&text))
        .on_press(move || on_remove.run(()))
        .with(icon(IconName::X, IconSize::Small));
    classed("span", if is_excluding { "chip chip--not" } else { "chip" })
        .with(shown.with(element("bdi").text(words)))
        .with(remove)
}
