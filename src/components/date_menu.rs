//! The Dates filter: lengths of time up to now, or a beginning and an end.

use std::sync::Arc;

use leptos::prelude::*;
use model::query::SpanUnit;
use model::{Session, Span, TimeRange, Timestamp};

use super::facet_menu::Filtering;
use crate::browser::clock;
use crate::format::time;
use crate::state::chips;
use crate::state::dates::{self, DateField, DateIssue};
use crate::ui::icon::{Icon, IconName, IconSize};
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

/// The Dates filter.
#[component]
pub fn DateMenu(
    /// What is set and changed.
    filtering: Filtering,
    /// Who is looking; knows how long calls are kept.
    session: Arc<Session>,
    /// The server's time.
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    let range = Memo::new(move |_| filtering.query.with(|query| query.range));
    let is_on = Signal::derive(move || range.get() != TimeRange::All);
    let is_open = RwSignal::new(false);
    let label = move || {
        view! {
            <Icon name=IconName::Calendar size=IconSize::Medium />
            {move || {
                if is_on.get() {
                    let words = chips::range(range.get(), clock::zone());
                    view! {
                        <span class="vh">"Dates: "</span>
                        <span class="trunc">{words}</span>
                    }
                        .into_any()
                } else {
                    "Dates".into_any()
                }
            }}
            <Icon name=IconName::Down size=IconSize::Small />
        }
    };
    let choose = Callback::new(move |range| {
        is_open.set(false);
        filtering.edit(|query| query.range = range);
    });
    view! {
        <Popover is_on label panel_label="Dates" is_open class="dd--dates">
            <Presets range choose />
            <CustomDates range choose session=session.clone() now />
        </Popover>
    }
}

#[component]
fn Presets(range: Memo<TimeRange>, choose: Callback<TimeRange>) -> impl IntoView {
    let spans = SPANS.iter().filter_map(|(amount, unit)| Span::new(*amount, *unit)).map(TimeRange::Last);
    let offered = std::iter::once(TimeRange::All).chain(spans);
    view! {
        <div class="facets facets--picks">
            {offered
                .map(|offer| {
                    let is_chosen = move || range.get() == offer;
                    view! {
                        <button
                            class="facet facet--pick"
                            type="button"
                            aria-pressed=move || if is_chosen() { "true" } else { "false" }
                            on:click=move |_| choose.run(offer)
                        >
                            {chips::range(offer, clock::zone())}
                            {move || is_chosen().then(|| view! { <Icon name=IconName::Check /> })}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// A beginning and an end, in the reader's zone.
#[component]
fn CustomDates(
    range: Memo<TimeRange>,
    choose: Callback<TimeRange>,
    session: Arc<Session>,
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    let zone = clock::zone();
    let opened = now.run(());
    let retention = session.retention;
    let value = |time: Option<Timestamp>| time.map(|time| time::field_value(time, zone)).unwrap_or_default();
    let (from, to) = match range.get_untracked() {
        TimeRange::Last(span) => (Some(opened.minus_millis(span.millis())), None),
        range => range.bounds(opened),
    };
    let from = RwSignal::new(value(from));
    let to = RwSignal::new(value(to));
    let issue = RwSignal::new(None::<DateIssue>);
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = |field: RwSignal<String>| field.with_untracked(|field| time::read_field(field, zone));
        match dates::range(read(from), read(to), now.run(()), retention, zone) {
            Ok(range) => choose.run(range),
            Err(found) => issue.set(Some(found)),
        }
    };
    let oldest = time::field_value(opened.minus_millis(retention.longest_millis()), zone);
    let newest = time::field_value(opened, zone);
    let field = move |name: &'static str, which: DateField, text: RwSignal<String>| {
        let message = move || {
            issue.with(|issue| issue.as_ref().filter(|issue| issue.field == which).map(|issue| issue.message.clone()))
        };
        let id = if which == DateField::From { "dates-from" } else { "dates-to" };
        view! {
            <div class="dates__f">
                <label for=id>{name}</label>
                <input
                    id=id
                    class="field"
                    type="datetime-local"
                    min=oldest.clone()
                    max=newest.clone()
                    prop:value=text
                    aria-invalid=move || message().map(|_| "true")
                    aria-describedby=format!("{id}-issue")
                    on:input:target=move |event| {
                        issue.set(None);
                        text.set(event.target().value());
                    }
                />
                <p class="dates__e t-err" id=format!("{id}-issue") role="alert">{message}</p>
            </div>
        }
    };
    view! {
        <form class="dates" novalidate on:submit=apply>
            {field("From", DateField::From, from)}
            {field("To", DateField::To, to)}
            <div class="pop__foot">
                <span class="small muted">{format!("In your zone, {}", zone.label(opened))}</span>
                <button class="btn btn--sm" type="submit">"Apply"</button>
            </div>
        </form>
    }
}
