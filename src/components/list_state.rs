//! What stands in the place of the rows when there are none: each case says what happened and what to do.

use std::sync::Arc;

use leptos::prelude::*;
use model::query::SpanUnit;
use model::{LogQuery, Notice, Session, Span, TimeRange};

use super::facet_menu::Filtering;
use super::search_box::Chips;
use crate::api::ApiError;
use crate::format::count::counted;
use crate::format::time;
use crate::ui::icon::{Icon, IconName};
use crate::ui::markup::{Markup, classed};
use crate::ui::state_message::{StateMessage, Tone};

/// Rows to come.
pub fn loading_rows() -> Markup {
    let bar = |class: &str| classed("span", class);
    let row = |_| classed("div", "sk-row").with(bar("sk sk--pill")).with_all((0..4).map(|_| bar("sk")));
    classed("div", "sk-rows").attr("aria-hidden", "true").with_all((0..24).map(row))
}

/// The calls could not be had.
#[component]
pub fn FailedState(
    /// Why.
    error: ApiError,
    /// Where to turn to.
    support: String,
    /// Asked for by the button.
    on_retry: Callback<()>,
) -> impl IntoView {
    let reference = error.request_id().map(ToOwned::to_owned);
    let parameters = match &error {
        ApiError::Problem(problem) => problem.parameters.clone(),
        _ => Vec::new(),
    };
    view! {
        <StateMessage icon=IconName::Refresh tone=Tone::Error title="The calls could not be loaded">
            <p>{error.sentence()}</p>
            {parameters
                .into_iter()
                .map(|issue| view! { <p><code>{issue.parameter}</code> ": " {issue.message}</p> })
                .collect_view()}
            <p>"Your filters are still set. Your bots are not affected; only this page is."</p>
            <div class="state__do">
                <button class="btn btn--solid" type="button" on:click=move |_| on_retry.run(())>
                    <Icon name=IconName::Refresh />
                    "Try again"
                </button>
                <a class="btn" href=format!("mailto:{support}")>
                    "Get help"
                </a>
            </div>
            {reference.map(|reference| view! { <p class="small">"Reference " <code>{reference}</code></p> })}
        </StateMessage>
    }
}

/// The filter finds nothing.
#[component]
pub fn EmptyState(
    /// What is set and changed.
    filtering: Filtering,
    /// What the server says about its answer.
    #[prop(into)]
    notices: Signal<Vec<Notice>>,
    /// Who is looking; knows how long calls are kept.
    session: Arc<Session>,
) -> impl IntoView {
    let is_outside =
        Memo::new(move |_| notices.with(|notices| notices.iter().any(|notice| notice.code == "outside_retention")));
    let has_range = Memo::new(move |_| filtering.query.with(|query| query.range != TimeRange::All));
    let is_narrowed = Memo::new(move |_| filtering.query.with(LogQuery::is_narrowed));
    move || {
        let session = session.clone();
        if is_outside.get() {
            view! { <OutsideRetention filtering session /> }.into_any()
        } else if is_narrowed.get() || has_range.get() {
            view! { <NothingMatches filtering has_range=has_range.get() /> }.into_any()
        } else {
            view! { <NothingYet filtering /> }.into_any()
        }
    }
}

#[component]
fn NothingMatches(filtering: Filtering, has_range: bool) -> impl IntoView {
    let clear = move |_| filtering.on_edit.run(LogQuery::default());
    let widen = move |_| filtering.edit(|query| query.range = TimeRange::All);
    let text = move || filtering.query.with(|query| query.text.trim().to_owned());
    let advice =
        if has_range { "Remove one, or look at a longer time." } else { "Remove one, or search for other words." };
    view! {
        <StateMessage icon=IconName::Search title="No call matches these filters">
            <p>{advice}</p>
            <div class="state__chips">
                {move || {
                    let text = text();
                    (!text.is_empty())
                        .then(|| {
                            let on_remove = Callback::new(move |()| filtering.edit(|query| query.text.clear()));
                            view! {
                                <crate::ui::chip::Chip field="words:".to_owned() words=text is_excluding=false on_remove />
                            }
                        })
                }}
                <Chips filtering />
            </div>
            <div class="state__do">
                <button class="btn btn--solid" type="button" on:click=clear>
                    "Clear all filters"
                </button>
                {has_range
                    .then(|| {
                        view! {
                            <button class="btn" type="button" on:click=widen>
                                "Search all that is kept"
                            </button>
                        }
                    })}
            </div>
        </StateMessage>
    }
}

#[component]
fn NothingYet(filtering: Filtering) -> impl IntoView {
    let unanswered = filtering.no_response;
    view! {
        <StateMessage icon=IconName::Play tone=Tone::Information title="No bot has made a call yet">
            <p>"As soon as a node talks to another service, the call shows up here within seconds."</p>
            <p class="small">"Already built one? Open the bot, start its preview and send it a message."</p>
            {move || {
                (unanswered.get() > 0)
                    .then(|| {
                        view! {
                            <p class="small">
                                {format!("{} got no response and is not listed.", counted(unanswered.get(), "call"))}
                            </p>
                        }
                    })
            }}
        </StateMessage>
    }
}

#[component]
fn OutsideRetention(filtering: Filtering, session: Arc<Session>) -> impl IntoView {
    let days = |seconds: u64| time::span(seconds.saturating_mul(1_000));
    let (success, error) = (days(session.retention.success_seconds), days(session.retention.error_seconds));
    let week = Span::new(7, SpanUnit::Days).map_or(TimeRange::All, TimeRange::Last);
    view! {
        <StateMessage icon=IconName::Archive title="These days are no longer kept">
            <p>{format!("Successful calls are kept for {success} and failed ones for {error}.")}</p>
            <div class="state__do">
                <button class="btn btn--solid" type="button" on:click=move |_| filtering.edit(|query| query.range = TimeRange::All)>
                    "Show all that is kept"
                </button>
                <button class="btn" type="button" on:click=move |_| filtering.edit(|query| query.range = week)>
                    "Last 7 days"
                </button>
            </div>
        </StateMessage>
    }
}
