//! To the calls of a moment, wherever in the list they are.

use leptos::ev::Event;
use leptos::prelude::*;
use model::Timestamp;

use crate::browser::clock;
use crate::format::time;
use crate::ui::markup::{Markup, button, classed, element};
use crate::ui::sheet::dialog;
use crate::words;

/// The question for a time, as a dialog; the field begins with now.
pub fn go_to_time(is_open: RwSignal<bool>, now: Callback<(), Timestamp>, on_go: Callback<Timestamp>) -> Markup {
    dialog("palette", words::time::GO_TO_TIME, is_open, move || content(is_open, now.run(()), on_go))
}

fn content(is_open: RwSignal<bool>, now: Timestamp, on_go: Callback<Timestamp>) -> Markup {
    let zone = clock::zone();
    let typed = RwSignal::new(time::field_value(now, zone));
    let is_wrong = RwSignal::new(false);
    let go = move |event: Event| {
        event.prevent_default();
        match typed.with_untracked(|typed| time::read_field(typed, zone)) {
            Some(time) => {
                is_open.set(false);
                on_go.run(time);
            }
            None => is_wrong.set(true),
        }
    };
    let field = classed("input", "field")
        .attr("type", "datetime-local")
        .attr("id", "go-to-time")
        .attr("aria-describedby", "go-to-time-issue")
        .attr_when("aria-invalid", "true", move || is_wrong.get())
        .value_now(move || typed.get())
        .on_input(move |text| {
            is_wrong.set(false);
            typed.set(text);
        });
    let wrong = move || if is_wrong.get() { words::time::FILL_IN } else { "" }.to_owned();
    let wrong = classed("p", "t-err small").attr("id", "go-to-time-issue").attr("role", "alert").text_now(wrong);
    let remark = words::time::goes_on_from_there(&zone.label(now));
    let label = element("label").attr("for", "go-to-time").text(words::time::GO_TO_CALLS_OF);
    let cancel = button("btn").on_press(move || is_open.set(false)).text(words::time::CANCEL);
    let submit = classed("button", "btn btn--solid").attr("type", "submit").text(words::time::GO);
    classed("form", "moment")
        .attr("novalidate", "")
        .on("submit", go)
        .with(label)
        .with(field)
        .with(wrong)
        .with(classed("p", "small muted").text(&remark))
        .with(classed("div", "moment__do").with(cancel).with(submit))
}
