//! The search box with what is set, as chips. Text, chips and the filters below are views of one filter.

mod help;
mod offers;
mod problem;

use std::rc::Rc;

use leptos::ev::Event;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::LogQuery;

use super::facet_menu::Filtering;
use crate::browser::element::{caret, focus, text_of, write};
use crate::browser::{clock, keyboard};
use crate::state::chips::{self, Chip};
use crate::state::completion::Completion;
use crate::state::search;
use crate::ui::chip::chip;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Handle, Markup, button, classed, element};
use crate::words;

/// Takes an offer.
type Take = Rc<dyn Fn(usize)>;

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

/// The search box. Its role stays that of a search box, which knows no `aria-expanded`: that there are offers is said
/// aloud, and the one that the arrows lead to is its active descendant.
///
/// `person` is whose searches are remembered in this browser; `field` is for `/` to find. `on_type` is told of every
/// change of the words, `on_leave` of the arrow down where nothing is offered: on to the list.
pub fn search_box(
    filtering: Filtering,
    person: &str,
    field: Handle,
    on_type: Callback<String>,
    on_leave: Callback<()>,
) -> Markup {
    let text = move || filtering.query.with(|query| query.text.clone());
    let has_text = move || filtering.query.with(|query| !query.text.is_empty());
    let completion = Completion::new(filtering.query, person);
    let take: Take = Rc::new(move |index| {
        let Some(field) = field.get() else { return };
        let (taken, are_recent) = completion.offers.with_untracked(|offers| {
            // What was typed meanwhile is not lost to an offer for what stood there before.
            let taken = offers.taken(index).filter(|_| text_of(&field) == offers.text);
            (taken, offers.are_recent)
        });
        if let Some((text, caret)) = taken {
            write(&field, &text, caret);
            on_type.run(text.clone());
            if are_recent {
                completion.remember(&text);
                completion.close();
            } else {
                completion.ask(text, caret);
            }
        }
    });
    let take_late = Rc::clone(&take);
    Effect::new(move |_| {
        if let Some(index) = completion.arrived() {
            take_late(index);
        }
    });
    let ask = move || {
        if let Some(field) = field.get() {
            completion.ask(text_of(&field), caret(&field));
        }
    };
    let rewrite = Callback::new(move |text: String| {
        filtering.edit(|query| query.text = text);
        if let Some(field) = field.get() {
            focus(&field);
        }
    });
    let clearing = move || {
        let clear = move || rewrite.run(String::new());
        let clearing = button("btn btn--icon").attr("aria-label", words::search::CLEAR).on_press(clear);
        clearing.with(icon(IconName::X, IconSize::Standard))
    };
    let wrong = search::problem(filtering.query);
    // While it is offered how a word may go on, it is on its way and not yet wrong.
    let is_wrong = move || wrong.with(Option::is_some) && !completion.is_open();
    let input = element("input")
        .attr("type", "search")
        .attr("aria-label", words::search::SEARCH)
        .attr("aria-keyshortcuts", "/")
        .attr("aria-autocomplete", "list")
        .attr_when("aria-controls", offers::LIST, move || completion.is_open())
        .attr_now("aria-activedescendant", move || completion.active.get().map(offers::id))
        .attr_when("aria-invalid", "true", is_wrong)
        .attr_when("aria-describedby", PROBLEM, is_wrong)
        .attr("placeholder", words::search::EXAMPLE)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "2000")
        .handle(field)
        .value_now(text)
        .on_input(move |typed| {
            on_type.run(typed);
            ask();
        })
        .on("keydown", keys(filtering, completion, Rc::clone(&take), on_type, on_leave))
        .on("focus", move |_: Event| {
            if !untrack(has_text) {
                ask();
            }
        })
        .on("blur", move |_: Event| {
            remember(filtering, completion);
            completion.close();
        });
    let hint = element("kbd").attr("title", words::search::PRESS_SLASH).attr("aria-hidden", "true").text("/");
    let boxed = classed("div", "query__box")
        .with(icon(IconName::Search, IconSize::Standard))
        .with(with_chips(classed("span", "query__chips"), filtering))
        .with(input)
        .part(move || offers::list(completion, &take))
        .with(offers::announcement(completion))
        .part_when(has_text, clearing)
        .with(help::help(rewrite))
        .with(hint);
    let said = classed("div", "query__problem").attr("id", PROBLEM).attr("aria-live", "polite");
    let said = said.part(move || {
        let error = wrong.get().filter(|_| is_wrong())?;
        Some(problem::problem(&untrack(text), error, rewrite))
    });
    classed("search", "query").with(boxed).with(said)
}

/// What the keys do in the box.
fn keys(
    filtering: Filtering,
    completion: Completion,
    take: Take,
    on_type: Callback<String>,
    on_leave: Callback<()>,
) -> impl Fn(KeyboardEvent) {
    let has_text = move || filtering.query.with_untracked(|query| !query.text.is_empty());
    move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let active = completion.active.get_untracked();
        match (event.key().as_str(), active) {
            ("ArrowDown", _) if completion.step(true) => {}
            ("ArrowDown", _) => on_leave.run(()),
            ("ArrowUp", _) if completion.step(false) => {}
            // What is shown may still be of the text before.
            ("Enter" | "Tab", Some(_)) if completion.want() => {}
            ("Enter" | "Tab", Some(index)) => take(index),
            ("Delete", Some(index)) if completion.offers.with_untracked(|offers| offers.are_recent) => {
                completion.forget(index);
            }
            ("Escape", _) if untrack(|| completion.is_open()) => {
                event.stop_propagation();
                completion.close();
            }
            ("Escape", _) if has_text() => {
                event.stop_propagation();
                on_type.run(String::new());
            }
            ("Enter", None) => {
                remember(filtering, completion);
                completion.close();
                return;
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// Remembers a search that could be read.
fn remember(filtering: Filtering, completion: Completion) {
    filtering.query.with_untracked(|query| {
        if query.search().is_ok() {
            completion.remember(&query.text);
        }
    });
}

/// Whether anything is set that Clear all would take out.
pub fn is_anything_set(query: &LogQuery) -> bool {
    *query != LogQuery::default()
}
