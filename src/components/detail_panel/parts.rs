//! The parts of a call under tabs.

use std::sync::Arc;

use leptos::prelude::*;
use model::{CallDetail, CallId};

use super::compare::compare_part;
use super::overview::has_failed;
use super::request::request_part;
use super::response::response_part;
use super::script::script_part;
use super::variables::variables_part;
use crate::browser::element::bring_into_view;
use crate::browser::print::on_print;
use crate::ui::markup::{Markup, classed, element, place};
use crate::ui::tabs::{Tab, tab_list};
use crate::words;

const REQUEST: Tab = Tab { id: "request", label: words::detail::REQUEST };
const RESPONSE: Tab = Tab { id: "response", label: words::detail::RESPONSE };
const COMPARE: Tab = Tab { id: "compare", label: words::detail::COMPARE };
const VARIABLES: Tab = Tab { id: "variables", label: words::detail::VARIABLES };
const SCRIPT: Tab = Tab { id: "script", label: words::detail::WHOLE_SCRIPT };

/// The tabs that a call has: a script sends nothing and gets no answer.
fn tabs_of(call: &CallDetail) -> Vec<Tab> {
    let mut tabs = match &call.script {
        Some(script) if script.source.is_some() => vec![VARIABLES, SCRIPT],
        Some(_) => vec![VARIABLES],
        None => vec![REQUEST, RESPONSE],
    };
    if call.source.node.is_some() && has_failed(call) {
        tabs.push(COMPARE);
    }
    tabs
}

/// Request and response, or what a script did. The tab that is asked for by its word is shown, or the first one where
/// the call has no such tab.
pub fn parts(
    call: Arc<CallDetail>,
    tab: impl Fn() -> String + Send + Sync + 'static,
    on_tab: Callback<String>,
    on_open: Callback<CallId>,
) -> Markup {
    let tabs = tabs_of(&call);
    let first = tabs.first().copied().unwrap_or(REQUEST);
    let order = tabs.clone();
    let selected = Memo::new(move |_| {
        let word = tab();
        order.iter().find(|tab| tab.id == word).copied().unwrap_or(first)
    });
    let on_select = move |tab: Tab| {
        on_tab.run(tab.id.to_owned());
        // The tabs stay in view at the lower edge while what they show is below it.
        bring_into_view(".pane");
    };
    let others = on_paper(Arc::clone(&call), tabs.clone(), selected, on_open);
    let pane = move || {
        let selected = selected.get();
        Some(untrack(|| part(selected, &call, on_open)))
    };
    place().with(tab_list(words::detail::PARTS, tabs, move || selected.get(), on_select)).part(pane).with(others)
}

/// What stands under a tab.
fn part(tab: Tab, call: &Arc<CallDetail>, on_open: Callback<CallId>) -> Markup {
    let pane = classed("div", "pane")
        .attr("role", "tabpanel")
        .attr("id", &tab.panel_id())
        .attr("aria-labelledby", &tab.element_id());
    match tab {
        RESPONSE => response_part(pane, call),
        VARIABLES => variables_part(pane, call),
        SCRIPT => script_part(pane, call),
        COMPARE => compare_part(pane, call.id, on_open),
        _ => request_part(pane, call),
    }
}

/// Nothing on the screen; on paper, which has no tabs, the parts that are not shown.
fn on_paper(call: Arc<CallDetail>, tabs: Vec<Tab>, selected: Memo<Tab>, on_open: Callback<CallId>) -> Markup {
    let paper = classed("div", "paper");
    let (shown, owner) = (paper.clone(), Owner::new());
    on_print(move |is_before| {
        if !is_before {
            owner.cleanup();
            shown.say("");
            return;
        }
        owner.with(|| {
            for tab in tabs.iter().filter(|tab| **tab != selected.get_untracked() && **tab != COMPARE) {
                shown.put(&element("h3").text(tab.label), None);
                shown.put(&untrack(|| part(*tab, &call, on_open)), None);
            }
        });
    });
    paper
}
