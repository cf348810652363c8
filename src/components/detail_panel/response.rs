//! What came back.

use model::CallDetail;

use super::body_card::{Side, body_card};
use super::card::said;
use super::pair_table::pair_table;
use crate::format::facts::CallFacts;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::words;

/// Fills the tab Response.
pub fn response_part(pane: Markup, call: &CallDetail) -> Markup {
    let Some(response) = call.response.as_ref() else {
        return pane.with(no_response(&CallFacts::from(call)));
    };
    let headers = if response.headers.is_empty() {
        said(words::detail::HEADERS_RECEIVED, words::detail::NO_HEADERS)
    } else {
        pair_table(words::detail::HEADERS_RECEIVED, words::detail::more_headers, &response.headers, &[])
    };
    pane.with(body_card(call, Side::Response)).with(headers)
}

/// There is none, and why.
fn no_response(facts: &CallFacts) -> Markup {
    let cause = element("p").with(element("b").text(words::detail::NO_RESPONSE)).text(" ");
    let cause = cause.text(facts.cause().as_deref().unwrap_or_default());
    let mut said = element("div").with(cause);
    if let Some(failure) = facts.failure.as_ref().filter(|failure| !failure.message.is_empty()) {
        let message = element("code").attr("dir", "auto").text(&failure.message);
        said = said.with(element("p").with(message));
    }
    classed("div", "note note--err").with(icon(IconName::Broken, IconSize::Standard)).with(said)
}
