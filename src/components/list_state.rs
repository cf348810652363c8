//! What stands in the place of the rows when there are none: each case says what happened and what to do.

use leptos::prelude::*;
use model::query::SpanUnit;
use model::{LogQuery, Notice, QueryIssue, Retention, Span, TimeRange};

use super::facet_menu::Filtering;
use super::search_box::with_chips;
use crate::api::ApiError;
use crate::format::time;
use crate::ui::chip::chip;
use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed, element};
use crate::ui::state_message::{Tone, action, actions, reference, retry, sentence, state_message};
use crate::words;

/// Rows to come.
pub fn loading_rows() -> Markup {
    let bar = |class: &str| classed("span", class);
    let row = |_| classed("div", "sk-row").with(bar("sk sk--pill")).with_all((0..4).map(|_| bar("sk")));
    classed("div", "sk-rows").attr("aria-hidden", "true").with_all((0..24).map(row))
}

/// The calls could not be had, and where to turn to.
pub fn failed_state(error: &ApiError, support: &str, on_retry: Callback<()>) -> Markup {
    let parameters: &[QueryIssue] = match error {
        ApiError::Problem(problem) => &problem.parameters,
        _ => &[],
    };
    let issue =
        |issue: &QueryIssue| element("p").with(element("code").text(&issue.parameter)).text(": ").text(&issue.message);
    let again = retry(move || on_retry.run(()));
    let help = classed("a", "btn").attr("href", &format!("mailto:{support}")).text(words::list::GET_HELP);
    state_message(IconName::Refresh, Tone::Error, words::list::COULD_NOT_BE_LOADED)
        .with(sentence(&error.sentence()))
        .with_all(parameters.iter().map(issue))
        .with(sentence(words::list::FILTERS_STAY))
        .with(actions([again, help]))
        .with_all(reference(error.request_id()))
}

/// The filter finds nothing: why, in the words of what is set and of what the server says.
pub fn empty_state(filtering: Filtering, notices: &[Notice], retention: Retention) -> Markup {
    let is_outside = notices.iter().any(|notice| notice.code == "outside_retention");
    let (has_range, is_narrowed) = filtering.query.with(|query| (query.range != TimeRange::All, query.is_narrowed()));
    if is_outside {
        outside_retention(filtering, retention)
    } else if is_narrowed || has_range {
        nothing_matches(filtering, has_range)
    } else {
        nothing_yet(filtering)
    }
}

fn nothing_matches(filtering: Filtering, has_range: bool) -> Markup {
    let text = filtering.query.with(|query| query.text.trim().to_owned());
    let words = (!text.is_empty()).then(|| {
        let on_remove = Callback::new(move |()| filtering.edit(|query| query.text.clear()));
        chip(words::list::WORDS, &text, false, on_remove)
    });
    let clear =
        action("btn btn--solid", words::list::CLEAR_FILTERS, move || filtering.on_edit.run(LogQuery::default()));
    let widen = action("btn", words::list::SEARCH_ALL, move || filtering.edit(|query| query.range = TimeRange::All));
    let advice = if has_range { words::list::LONGER_TIME } else { words::list::OTHER_WORDS };
    state_message(IconName::Search, Tone::Quiet, words::list::NO_MATCH)
        .with(sentence(advice))
        .with(with_chips(classed("div", "state__chips").with_all(words), filtering))
        .with(actions(std::iter::once(clear).chain(has_range.then_some(widen))))
}

fn nothing_yet(filtering: Filtering) -> Markup {
    let unanswered = move || {
        let number = Some(filtering.counts.no_response()).filter(|number| *number > 0)?;
        let words = words::list::not_listed(number);
        Some(classed("p", "small").text(&words))
    };
    state_message(IconName::Play, Tone::Information, words::list::NO_CALL_YET)
        .with(sentence(words::list::WHEN_ONE_COMES))
        .with(classed("p", "small").text(words::list::TRY_A_BOT))
        .part(unanswered)
}

fn outside_retention(filtering: Filtering, retention: Retention) -> Markup {
    let days = |seconds: u64| time::span(seconds.saturating_mul(1_000));
    let (success, error) = (days(retention.success_seconds), days(retention.error_seconds));
    let week = Span::new(7, SpanUnit::Days).map_or(TimeRange::All, TimeRange::Last);
    let show = move |range| move || filtering.edit(|query| query.range = range);
    state_message(IconName::Archive, Tone::Quiet, words::list::NO_LONGER_KEPT)
        .with(sentence(&words::list::kept_for(&success, &error)))
        .with(actions([
            action("btn btn--solid", words::list::SHOW_ALL, show(TimeRange::All)),
            action("btn", words::list::LAST_WEEK, show(week)),
        ]))
}
