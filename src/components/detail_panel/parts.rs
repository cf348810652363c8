//! The parts of a call under tabs.

use std::sync::Arc;

use leptos::prelude::*;
use model::CallDetail;

use super::request::RequestPart;
use super::response::ResponsePart;
use super::script::ScriptPart;
use super::variables::VariablesPart;
use crate::ui::tabs::{Tab, TabList};

const REQUEST: Tab = Tab { id: "request", label: "Request" };
const RESPONSE: Tab = Tab { id: "response", label: "Response" };
const VARIABLES: Tab = Tab { id: "variables", label: "Variables" };
const SCRIPT: Tab = Tab { id: "script", label: "Whole script" };

/// The tabs that a call has: a script sends nothing and gets no answer.
fn tabs_of(call: &CallDetail) -> Vec<Tab> {
    match &call.script {
        Some(script) if script.source.is_some() => vec![VARIABLES, SCRIPT],
        Some(_) => vec![VARIABLES],
        None => vec![REQUEST, RESPONSE],
    }
}

/// Request and response, or what a script did.
#[component]
pub fn Parts(
    /// The call.
    call: Arc<CallDetail>,
    /// The word of the tab that is asked for; the first one stands in where the call has no such tab.
    tab: Signal<String>,
    /// Asked for when another tab is chosen.
    on_tab: Callback<String>,
) -> impl IntoView {
    let tabs = tabs_of(&call);
    let first = tabs.first().copied().unwrap_or(REQUEST);
    let order = tabs.clone();
    let selected =
        Memo::new(move |_| tab.with(|word| order.iter().find(|tab| tab.id == word).copied()).unwrap_or(first));
    let on_select = Callback::new(move |tab: Tab| on_tab.run(tab.id.to_owned()));
    let part = move || {
        let call = Arc::clone(&call);
        match selected.get() {
            RESPONSE => view! { <ResponsePart call /> }.into_any(),
            VARIABLES => view! { <VariablesPart call /> }.into_any(),
            SCRIPT => view! { <ScriptPart call /> }.into_any(),
            _ => view! { <RequestPart call /> }.into_any(),
        }
    };
    view! {
        <TabList label="Parts of this call" tabs selected on_select />
        <div
            class="pane"
            role="tabpanel"
            id=move || selected.get().panel_id()
            aria-labelledby=move || selected.get().element_id()
        >
            {part}
        </div>
    }
}
