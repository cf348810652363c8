//! How the call differs from the last success of its node.

use std::rc::Rc;

use leptos::prelude::*;
use model::{CallId, Timestamp};

use super::card::{card, small, title};
use super::states::answered;
use crate::api::part::Part;
use crate::browser::clock;
use crate::components::code_view::marked_text;
use crate::format::time;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::link::link_to;
use crate::ui::markup::{Markup, classed, element};
use crate::words;

/// Fills the tab Compare.
pub fn compare_part(pane: Markup, id: CallId, on_open: Callback<CallId>) -> Markup {
    let what = || "/comparison".to_owned();
    pane.with(element("h3").text(words::detail::COMPARISON)).with(answered(
        id,
        Box::new(what),
        Rc::new(move |answer| shown(answer, on_open)),
    ))
}

fn shown(comparison: Part<'_>, on_open: Callback<CallId>) -> Markup {
    let worked = success(comparison, on_open);
    let words = if let Some(first) = comparison.get("first_failing_at").time() {
        let [before, between, behind] = words::detail::LAST_WORKED_AND_FAILING;
        element("p").text(before).with(worked).text(between).with(moment(first)).text(behind)
    } else {
        let [before, behind] = words::detail::LAST_WORKED;
        element("p").text(before).with(worked).text(behind)
    };
    let summary = element("p").text(&comparison.get("summary").text());
    let summary = classed("div", "note note--info").with(icon(IconName::Info, IconSize::Standard)).with(summary);
    let parts = comparison.get("parts").items();
    let is_same = |part: &&Part<'_>| part.get("differences").items().is_empty();
    let same: Vec<String> = parts.iter().filter(is_same).map(|part| part.get("label").text()).collect();
    let mut rest = Vec::new();
    if !same.is_empty() {
        rest.push(words::detail::the_same(&same.join(", ")));
    }
    let ignored = comparison.get("ignored").number();
    if ignored > 0 {
        rest.push(words::detail::left_out(ignored));
    }
    if comparison.get("partial").is_true() {
        rest.push(words::detail::COMPARED_AS_FAR.to_owned());
    }
    let differing = parts.iter().filter(|part| !is_same(part)).map(|part| part_card(*part));
    classed("div", "pane__in")
        .with(words)
        .with(summary)
        .with_all(differing)
        .with_all(rest.iter().map(|words| small(words)))
}

/// When the success was, leading to it where it can be opened.
fn success(comparison: Part<'_>, on_open: Callback<CallId>) -> Markup {
    let when = comparison.get("success_at").time().map(moment);
    let id = comparison.get("success").text();
    match id.parse() {
        Ok(call) if comparison.get("is_open").is_true() => {
            link_to(&format!("integrations/api-logs?call={id}"), Box::new(move || on_open.run(call))).with_all(when)
        }
        _ => element("span").with_all(when),
    }
}

fn moment(at: Timestamp) -> Markup {
    let words = time::relative_day_and_time(at, clock::now(), clock::zone());
    element("span").attr("title", &time::exact_utc(at)).text(&words)
}

/// One part with what was and what is now, in words and not by colour alone.
fn part_card(part: Part<'_>) -> Markup {
    let label = part.get("label").text();
    let mut rows = classed("ol", "cmp").attr("role", "list").attr("aria-label", &label);
    for difference in part.get("differences").items() {
        let name = difference.get("name").text();
        if !name.is_empty() {
            rows = rows.with(classed("li", "cmp__n").with(marked_text(element("code").attr("dir", "auto"), &name)));
        }
        rows = rows.with(side("was", words::detail::WAS, difference)).with(side("now", words::detail::NOW, difference));
    }
    let more = part.get("more").number();
    let more = (more > 0).then(|| small(&words::detail::more(more)));
    card(title(&label, ""), []).with(rows).with_all(more)
}

/// One side: the member of the answer, which is also its class, and what it is called.
fn side(member: &str, name: &str, difference: Part<'_>) -> Markup {
    let value = difference.get(member);
    let text = value.text();
    let said = match (value.is_there(), text.is_empty()) {
        (false, _) => classed("span", "muted").text(words::detail::NOT_THERE),
        (true, true) => classed("span", "muted").text(words::detail::EMPTY),
        _ => marked_text(element("code").attr("dir", "auto"), &text),
    };
    classed("li", member).with(element("i").text(name)).text(" ").with(said)
}
