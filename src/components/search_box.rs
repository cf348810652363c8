//! The search box with what is set, as chips. Text, chips and the filters below are views of one filter.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::{LogQuery, SearchError};

use super::facet_menu::Filtering;
use crate::browser::clock;
use crate::browser::element::focus;
use crate::state::chips::{self, Chip};
use crate::state::search;
use crate::ui::chip::chip;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Handle, Markup, button, classed, element};

/// The id of the line under the box that says what is wrong.
const PROBLEM: &str = "search-problem";

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
    let wrong = search::problem(filtering.query);
    let is_wrong = move || wrong.with(Option::is_some);
    let input = element("input")
        .attr("type", "search")
        .attr("aria-label", "Search API logs")
        .attr("aria-keyshortcuts", "/")
        .attr_when("aria-invalid", "true", is_wrong)
        .attr_when("aria-describedby", PROBLEM, is_wrong)
        .attr("placeholder", "Words, or code:5xx app:\"Google Sheets\" -method:GET")
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
    let said = classed("div", "query__problem").attr("id", PROBLEM).attr("aria-live", "polite");
    let said = said.part(move || wrong.get().map(|error| problem(error, filtering)));
    classed("search", "query").with(boxed).with(said)
}

/// What is wrong with the search, and the way to search for it as text.
fn problem(error: SearchError, filtering: Filtering) -> Markup {
    let words = element("p")
        .with(icon(IconName::Triangle, IconSize::Standard))
        .text("This search is not applied: ")
        .text(&error.message)
        .text(" ");
    match error.as_text {
        None => words,
        Some(as_text) => {
            let search = move || filtering.edit(|query| query.text.clone_from(&as_text));
            words.with(button("link").on_press(search).text("Search for it as text"))
        }
    }
}

/// Whether anything is set that Clear all would take out.
pub fn is_anything_set(query: &LogQuery) -> bool {
    *query != LogQuery::default()
}
