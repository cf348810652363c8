//! The search box with what is set, as chips. Text, chips and the filters below are views of one filter.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::LogQuery;

use super::facet_menu::Filtering;
use crate::browser::clock;
use crate::browser::element::focus;
use crate::state::chips::{self, Chip};
use crate::ui::chip::chip;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Handle, Markup, button, classed, element};

/// Adds what is set to an element, as chips with the verbs to take them out.
pub fn with_chips(holder: Markup, filtering: Filtering) -> Markup {
    let set = move || {
        let set = filtering.counts.with_facets(|facets| {
            let facets = facets.as_ref().and_then(|facets| facets.as_ref().ok());
            filtering.query.with(|query| chips::chips(query, facets, clock::zone()))
        });
        set.into_iter().map(|chip| (chip.text(), chip)).collect()
    };
    holder.each(set, move |set: Chip| {
        let part = set.part;
        let on_remove = Callback::new(move |()| filtering.edit(|query| chips::take_out(query, part)));
        chip(&set.field, &set.words, set.is_excluding(), on_remove)
    })
}

/// The search box.
#[component]
pub fn SearchBox(
    /// What is set and changed.
    filtering: Filtering,
    /// The field, so that `/` can find it.
    field: Handle,
    /// Told of every change of the words.
    on_type: Callback<String>,
    /// Asked for by Escape in an empty field, or the arrow down: on to the list.
    on_leave: Callback<()>,
) -> impl IntoView {
    let text = move || filtering.query.with(|query| query.text.clone());
    let has_text = move || filtering.query.with(|query| !query.text.is_empty());
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            on_leave.run(());
        }
        "Escape" if untrack(has_text) => {
            event.stop_propagation();
            on_type.run(String::new());
        }
        _ => {}
    };
    let clear = move || {
        on_type.run(String::new());
        if let Some(field) = field.get() {
            focus(&field);
        }
    };
    let clearing = move || {
        let clearing = button("btn btn--icon").attr("aria-label", "Clear the search").on_press(clear);
        clearing.with(icon(IconName::X, IconSize::Standard))
    };
    let input = element("input")
        .attr("type", "search")
        .attr("aria-label", "Search API logs")
        .attr("aria-keyshortcuts", "/")
        .attr("placeholder", "Words in URLs, headers, bodies, users, errors")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "2000")
        .handle(field)
        .value_now(text)
        .on_input(move |typed| on_type.run(typed))
        .on("keydown", on_key);
    let hint = element("kbd").attr("title", "Press / to search").attr("aria-hidden", "true").text("/");
    let boxed = classed("div", "query__box")
        .with(icon(IconName::Search, IconSize::Standard))
        .with(with_chips(classed("span", "query__chips"), filtering))
        .with(input)
        .part_when(has_text, clearing)
        .with(hint);
    classed("search", "query").with(boxed)
}

/// Whether anything is set that Clear all would take out.
pub fn is_anything_set(query: &LogQuery) -> bool {
    *query != LogQuery::default()
}
