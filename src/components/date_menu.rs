//! The Dates filter: lengths of time up to now, a time as it is typed, or a beginning and an end.

use leptos::ev::Event;
use leptos::prelude::*;
use model::query::SpanUnit;
use model::{Retention, Span, TimeRange, Timestamp};

use super::facet_menu::Filtering;
use super::zone_menu::times_in_words;
use crate::browser::{clock, zone};
use crate::format::time;
use crate::format::typed_time::{self, Here};
use crate::state::chips;
use crate::state::dates::{self, Bounds, DateField};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::ui::popover::Popover;
use crate::words;

/// The id of the line that says what was understood.
const SAID: &str = "dates-said";

/// The lengths that are offered.
const SPANS: [(u32, SpanUnit); 7] = [
    (15, SpanUnit::Minutes),
    (1, SpanUnit::Hours),
    (24, SpanUnit::Hours),
    (3, SpanUnit::Days),
    (7, SpanUnit::Days),
    (14, SpanUnit::Days),
    (30, SpanUnit::Days),
];

/// The Dates filter, which knows how long calls are kept and asks for the server's time.
pub fn date_menu(filtering: Filtering, retention: Retention, now: Callback<(), Timestamp>) -> Markup {
    let range = Memo::new(move |_| filtering.query.with(|query| query.range));
    let is_on = move || range.get() != TimeRange::All;
    let is_open = RwSignal::new(false);
    let label = |opener: Markup| {
        opener
            .with(icon(IconName::Calendar, IconSize::Medium))
            .part_when(is_on, || classed("span", "vh").text(words::time::DATES_ARE))
            .with(classed("span", "trunc").text_now(move || match range.get() {
                TimeRange::All => words::time::DATES.to_owned(),
                range => chips::range(range, clock::zone()),
            }))
            .with(icon(IconName::Down, IconSize::Small))
    };
    let choose = move |range| {
        is_open.set(false);
        filtering.edit(|query| query.range = range);
    };
    Popover { class: "dd dd--dates", panel_label: words::time::DATES, is_open }.show(is_on, label, move |panel| {
        panel.with(presets(range, choose)).with(custom_dates(untrack(|| range.get()), choose, retention, now))
    })
}

fn presets(range: Memo<TimeRange>, choose: impl Fn(TimeRange) + Copy + 'static) -> Markup {
    let spans = SPANS.iter().filter_map(|(amount, unit)| Span::new(*amount, *unit)).map(TimeRange::Last);
    let preset = |offer: TimeRange| {
        let is_chosen = move || range.get() == offer;
        button("facet facet--pick")
            .attr_bool("aria-pressed", is_chosen)
            .on_press(move || choose(offer))
            .text(&chips::range(offer, clock::zone()))
            .part_when(is_chosen, || icon(IconName::Check, IconSize::Standard))
    };
    classed("div", "facets facets--picks").with_all(std::iter::once(TimeRange::All).chain(spans).map(preset))
}

/// A time as it is typed, and the same as a beginning and an end: what is changed in one shows in the other.
fn custom_dates(
    range: TimeRange,
    choose: impl Fn(TimeRange) + Copy + 'static,
    retention: Retention,
    now: Callback<(), Timestamp>,
) -> Markup {
    let zone = clock::zone();
    let opened = now.run(());
    let text = RwSignal::new(typed_time::print(range, zone));
    let is_tried = RwSignal::new(false);
    let here = move || Here { now: now.run(()), zone };
    let understood = move || text.with(|text| dates::understand(text, here(), retention));
    let apply = move |event: Event| {
        event.prevent_default();
        // By the time it is now, not by that of the last letter.
        match untrack(understood).range {
            Ok(range) => choose(range),
            Err(_) => is_tried.set(true),
        }
    };
    let change = move |words: String| {
        is_tried.set(false);
        text.set(words);
    };
    let wrong = move || understood().range.err().map(|issue| issue.field);
    let is_wrong = move |field| is_tried.get() && wrong() == Some(field);
    let field = move |field: DateField, id: &str, name: &str, input: Markup| {
        let input = input
            .attr("id", id)
            .attr("aria-describedby", SAID)
            .attr_when("aria-invalid", "true", move || is_wrong(field));
        classed("div", "dates__f").with(element("label").attr("for", id).text(name)).with(input)
    };
    let oldest = time::field_value(opened.minus_millis(retention.longest_millis()), zone);
    let newest = time::field_value(opened, zone);
    let moment = move |of: fn(Bounds) -> Option<Timestamp>, with: fn(Bounds, Option<Timestamp>) -> Bounds| {
        let shown = move || of(understood().bounds).map(|time| time::field_value(time, zone)).unwrap_or_default();
        classed("input", "field")
            .attr("type", "datetime-local")
            .attr("min", &oldest)
            .attr("max", &newest)
            .value_now(shown)
            .on_input(move |value| {
                let (from, to) = with(untrack(understood).bounds, time::read_field(&value, zone));
                change(typed_time::print(TimeRange::Between { from, to }, zone));
            })
    };
    let typing = classed("input", "field")
        .attr("type", "text")
        .attr("placeholder", words::time::SHORT_EXAMPLES)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "100")
        .value_now(move || text.get())
        .on_input(change);
    let said = move || match understood().range {
        _ if text.with(|text| text.trim().is_empty()) => words::time::type_examples(),
        Ok(range) => chips::range(range, zone),
        Err(issue) => issue.message,
    };
    let said = classed("p", "dates__e").attr("id", SAID).attr("role", "status").text_now(said);
    let foot = classed("div", "pop__foot")
        .with(classed("span", "small muted").text(&times_in_words(zone::choice())))
        .with(classed("button", "btn btn--sm").attr("type", "submit").text(words::time::APPLY));
    classed("form", "dates")
        .attr("novalidate", "")
        .on("submit", apply)
        .with(field(DateField::Typed, "dates-typed", words::time::WHEN, typing))
        .with(said.class_when("t-err", move || is_tried.get() && wrong().is_some()))
        .with(field(
            DateField::From,
            "dates-from",
            words::time::FROM,
            moment(|bounds| bounds.0, |bounds, from| (from, bounds.1)),
        ))
        .with(field(DateField::To, "dates-to", words::time::TO, moment(|bounds| bounds.1, |bounds, to| (bounds.0, to))))
        .with(foot)
}
