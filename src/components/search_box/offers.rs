//! What is offered below the search box, as a list that the arrow keys lead through while the focus stays in the box.

use std::rc::Rc;

use leptos::ev::Event;
use leptos::prelude::*;
use model::Suggestion;

use super::Take;
use crate::browser::element::reveal;
use crate::state::completion::{Completion, Offers};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed};
use crate::words;
use crate::words::count::count;

/// The id of the list.
pub const LIST: &str = "offers";

/// The id of an offer.
pub fn id(index: usize) -> String {
    format!("offer-{index}")
}

/// The list, while there is anything in it.
pub fn list(completion: Completion, take: &Take) -> Option<Markup> {
    completion.offers.with(|offers| {
        let Offers { items, partial, are_recent, .. } = offers;
        if items.is_empty() {
            return None;
        }
        let list = classed("ul", "offers__l")
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("aria-label", words::search::SUGGESTIONS);
        let list = (0..)
            .zip(items)
            .fold(list, |list, (index, item)| list.with(offer(completion, Rc::clone(take), index, item, *are_recent)));
        let shown = classed("div", "pop offers").on("mousedown", |event: Event| event.prevent_default()).with(list);
        let remark = match (are_recent, partial) {
            (true, _) => words::search::LAST_SEARCHES,
            (false, true) => words::search::AMONG_NEWEST,
            (false, false) => return Some(shown),
        };
        Some(shown.with(classed("p", "offers__r small muted").text(remark)))
    })
}

fn offer(completion: Completion, take: Take, index: usize, item: &Suggestion, is_recent: bool) -> Markup {
    let is_active = move || completion.active.get() == Some(index);
    let shown = classed("li", "facet offer")
        .attr("role", "option")
        .attr("id", &id(index))
        .attr_bool("aria-selected", is_active)
        .on_press(move || take(index));
    let place = shown.clone();
    let shown = shown.in_step(move || {
        if is_active()
            && let Some(place) = place.element()
        {
            reveal(place);
        }
    });
    let label = classed("span", "trunc").attr("dir", "auto").text(&item.label);
    if is_recent {
        let forget =
            classed("span", "offer__x").attr("title", words::search::FORGET).on("click", move |event: Event| {
                event.stop_propagation();
                completion.forget(index);
            });
        let forget = forget.with(icon(IconName::X, IconSize::Small));
        return shown.with(icon(IconName::Clock, IconSize::Medium)).with(label).with(forget);
    }
    let number = item.count.map(count).unwrap_or_default();
    shown
        .with(label)
        .with(classed("span", "offer__a trunc small muted").text(&item.about))
        .with(classed("span", "facet__n").text(&number))
}

/// How many there are, for whoever does not see the list.
pub fn announcement(completion: Completion) -> Markup {
    let words = move || {
        let number = completion.offers.with(|offers| offers.items.len());
        u64::try_from(number).ok().filter(|number| *number > 0).map(words::search::suggestions)
    };
    classed("span", "vh").attr("aria-live", "polite").text_now(move || words().unwrap_or_default())
}
