//! The Dates filter: lengths of time up to now, or a beginning and an end.

use leptos::ev::Event;
use leptos::prelude::*;
use model::query::SpanUnit;
use model::{Retention, Span, TimeRange, Timestamp};

use super::facet_menu::Filtering;
use crate::browser::clock;
use crate::format::time;
use crate::state::chips;
use crate::state::dates::{self, DateField, DateIssue};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::ui::popover::Popover;

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
            .part_when(is_on, || classed("span", "vh").text("Dates: "))
            .with(classed("span", "trunc").text_now(move || match range.get() {
                TimeRange::All => "Dates".to_owned(),
                range => chips::range(range, clock::zone()),
            }))
            .with(icon(IconName::Down, IconSize::Small))
    };
    let choose = move |range| {
        is_open.set(false);
        filtering.edit(|query| query.range = range);
    };
    Popover { class: "dd dd--dates", panel_label: "Dates", is_open }.show(is_on, label, move |panel| {
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

/// A beginning and an end, in the reader's zone.
fn custom_dates(
    range: TimeRange,
    choose: impl Fn(TimeRange) + Copy + 'static,
    retention: Retention,
    now: Callback<(), Timestamp>,
) -> Markup {
    let zone = clock::zone();
    let opened = now.run(());
    let value = |time: Option<Timestamp>| time.map(|time| time::field_value(time, zone)).unwrap_or_default();
    let (from, to) = match range {
        TimeRange::Last(span) => (Some(opened.minus_millis(span.millis())), None),
        range => range.bounds(opened),
    };
    let from = RwSignal::new(value(from));
    let to = RwSignal::new(value(to));
    let issue = RwSignal::new(None::<DateIssue>);
    let apply = move |event: Event| {
        event.prevent_default();
        let read = |field: RwSignal<String>| field.with_untracked(|field| time::read_field(field, zone));
        match dates::range(read(from), read(to), now.run(()), retention, zone) {
            Ok(range) => choose(range),
            Err(found) => issue.set(Some(found)),
        }
    };
    let oldest = time::field_value(opened.minus_millis(retention.longest_millis()), zone);
    let newest = time::field_value(opened, zone);
    let field = |name: &str, which: DateField, text: RwSignal<String>| {
        let message = move || {
            issue.with(|issue| issue.as_ref().filter(|issue| issue.field == which).map(|issue| issue.message.clone()))
        };
        let id = if which == DateField::From { "dates-from" } else { "dates-to" };
        let issue_id = format!("{id}-issue");
        let input = classed("input", "field")
            .attr("id", id)
            .attr("type", "datetime-local")
            .attr("min", &oldest)
            .attr("max", &newest)
            .attr("aria-describedby", &issue_id)
            .attr_when("aria-invalid", "true", move || message().is_some())
            .value_now(move || text.get())
            .on_input(move |typed| {
                issue.set(None);
                text.set(typed);
            });
        let wrong = classed("p", "dates__e t-err").attr("id", &issue_id).attr("role", "alert");
        classed("div", "dates__f")
            .with(element("label").attr("for", id).text(name))
            .with(input)
            .with(wrong.text_now(move || message().unwrap_or_default()))
    };
    let zone_words = format!("In your zone, {}", zone.label(opened));
    let foot = classed("div", "pop__foot")
        .with(classed("span", "small muted").text(&zone_words))
        .with(classed("button", "btn btn--sm").attr("type", "submit").text("Apply"));
    classed("form", "dates")
        .attr("novalidate", "")
        .on("submit", apply)
        .with(field("From", DateField::From, from))
        .with(field("To", DateField::To, to))
        .with(foot)
}
