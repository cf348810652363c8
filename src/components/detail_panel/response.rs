//! What came back.

use std::sync::Arc;

use leptos::prelude::*;
use model::CallDetail;

use super::body_card::{BodyCard, Side};
use super::card::said;
use super::pair_table::pair_table;
use crate::format::facts::CallFacts;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};

/// The tab Response.
#[component]
pub fn ResponsePart(
    /// The call.
    call: Arc<CallDetail>,
) -> impl IntoView {
    let Some(response) = call.response.as_ref() else {
        return no_response(&CallFacts::from(&*call)).into_any();
    };
    let headers = if response.headers.is_empty() {
        said("Headers received", "No headers were captured.")
    } else {
        pair_table("Headers received", "header", &response.headers)
    };
    view! {
        <BodyCard call=Arc::clone(&call) side=Side::Response />
        {headers}
    }
    .into_any()
}

/// There is none, and why.
fn no_response(facts: &CallFacts) -> Markup {
    let cause = element("p").with(element("b").text("No response came.")).text(" ");
    let cause = cause.text(facts.cause().as_deref().unwrap_or_default());
    let mut said = element("div").with(cause);
    if let Some(failure) = facts.failure.as_ref().filter(|failure| !failure.message.is_empty()) {
        let message = element("code").attr("dir", "auto").text(&failure.message);
        said = said.with(element("p").with(message));
    }
    classed("div", "note note--err").with(icon(IconName::Broken, IconSize::Standard)).with(said)
}
