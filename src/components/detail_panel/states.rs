//! What stands in the place of a call that is not here.

use std::rc::Rc;

use leptos::prelude::untrack;
use model::CallId;

use super::card::muted;
use crate::api::ApiError;
use crate::api::part::Part;
use crate::state::asked::{Answer, ask};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::words;

/// The call is on its way. What was known from its row stands above.
pub fn waiting() -> Markup {
    let bar = |class| classed("div", class).attr("aria-hidden", "true");
    classed("div", "dp__wait")
        .attr("aria-busy", "true")
        .with(classed("p", "vh").attr("role", "status").text(words::detail::LOADING))
        .with_all(["sk sk--wide", "sk sk--box", "sk", "sk sk--box"].map(bar))
}

/// Asks about a call, and asks anew when that has become something else: what is shown of the answer, or in its place.
pub fn answered(id: CallId, what: Box<dyn Fn() -> String>, shown: Rc<dyn Fn(Part<'_>) -> Markup>) -> Markup {
    let holder = element("div");
    let place = holder.clone();
    let on_answer = move |answer: Option<Answer>| {
        let content = match answer {
            None => classed("div", "sk sk--box").attr("aria-hidden", "true"),
            Some(Ok(answer)) => untrack(|| shown(Part::of(&answer))),
            Some(Err(error)) => muted(&error.sentence()),
        };
        place.say("");
        place.put(&content, None);
    };
    ask(Box::new(move || Some((id, what()))), Rc::new(on_answer));
    holder
}

/// The call is not there. Whether it ever was is not told: it may be somebody else's.
pub fn gone() -> Markup {
    state("status", "state__i", IconName::Question, words::detail::GONE)
        .with(element("p").text(words::detail::WHY_GONE))
}

/// The call could not be had, and why.
pub fn failed(error: &ApiError) -> Markup {
    let is_signed_out = *error == ApiError::NotSignedIn;
    let title = if is_signed_out { words::detail::SIGNED_OUT } else { words::detail::NOT_LOADED };
    let said =
        state("alert", "state__i state__i--err", IconName::OctagonX, title).with(element("p").text(&error.sentence()));
    match error.request_id() {
        Some(id) => said.with(classed("p", "small").text(words::detail::FOR_SUPPORT).with(element("code").text(id))),
        None => said,
    }
}

fn state(role: &str, icon_class: &str, icon_name: IconName, title: &str) -> Markup {
    classed("div", "state dp__state")
        .attr("role", role)
        .with(classed("span", icon_class).with(icon(icon_name, IconSize::Large)))
        .with(element("h3").text(title))
}

/// What can be done about it.
pub fn state_button(label: &str, task: impl Fn() + 'static) -> Markup {
    classed("div", "state__do").with(button("btn").on_press(task).text(label))
}
