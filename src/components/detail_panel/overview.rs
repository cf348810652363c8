//! Why the call failed, who must act and how we know; what is odd about its request; and what to take along.

use leptos::prelude::*;
use model::{CallDetail, CallId, RawJson};

use crate::api::calls::about;
use crate::api::part::Part;
use crate::browser::element::bring_into_view;
use crate::components::code_view::marked_text;
use crate::ui::copy_button::{copy_button, copy_coming};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::words;

/// What the server says of a call beyond what was stored.
pub fn diagnosis(call: &CallDetail) -> Part<'_> {
    Part::of(call.diagnosis.as_ref().map_or("", RawJson::as_str))
}

/// Whether a call failed, also where its answer says that it succeeded.
pub fn has_failed(call: &CallDetail) -> bool {
    diagnosis(call).get("cause").is_there()
}

/// The cause and the findings of a call, where it has any.
pub fn overview(call: &CallDetail, on_tab: Callback<String>) -> Option<Markup> {
    let diagnosis = diagnosis(call);
    let (cause, findings) = (diagnosis.get("cause"), diagnosis.get("findings").items());
    let cause = cause.is_there().then(|| cause_card(cause, on_tab));
    let findings = (!findings.is_empty()).then(|| {
        let said = findings.iter().map(|finding| element("li").text(&finding.get("sentence").text()));
        let list = element("ul").attr("aria-label", words::detail::FINDINGS).with_all(said);
        classed("div", "note note--warn").with(icon(IconName::Triangle, IconSize::Standard)).with(list)
    });
    diagnosis.is_there().then(|| classed("div", "dp__over").with_all([cause, findings].into_iter().flatten()))
}

/// What happened, what it means, who must act and how.
fn cause_card(cause: Part<'_>, on_tab: Callback<String>) -> Markup {
    let says_success = cause.get("says_success").is_true();
    let (class, picture) =
        if says_success { ("cause cause--warn", IconName::Triangle) } else { ("cause", IconName::OctagonX) };
    let title = element("h3").with(icon(picture, IconSize::Standard)).text(&cause.get("title").text());
    let act = format!("{}. {}", cause.get("who").text(), cause.get("action").text());
    let act = element("span").with(element("b").text(words::detail::WHO_MUST_ACT)).text(&act);
    let evidence: Vec<_> = cause.get("evidence").items().into_iter().map(|piece| evidence(piece, on_tab)).collect();
    let known = (!evidence.is_empty()).then(|| {
        let list = classed("ul", "small").attr("aria-label", words::detail::HOW_WE_KNOW).with_all(evidence);
        element("div").with(classed("p", "small").text(words::detail::HOW_WE_KNOW_THIS)).with(list)
    });
    classed("section", class)
        .attr("aria-label", words::detail::CAUSE)
        .with(title)
        .with(element("p").text(&cause.get("explanation").text()))
        .with(classed("p", "cause__who").with(icon(IconName::User, IconSize::Standard)).with(act))
        .with_all(known)
}

/// One piece of evidence: where it stands, and what stands there. What stands in the body leads to it.
fn evidence(piece: Part<'_>, on_tab: Callback<String>) -> Markup {
    let place = if piece.get("line").is_there() {
        button("link").on_press(move || {
            on_tab.run("response".to_owned());
            bring_into_view(".pane .is-hit");
        })
    } else {
        element("span")
    };
    let quoted = marked_text(element("code").attr("dir", "auto"), &piece.get("text").text());
    element("li").with(place.text(&piece.get("place").text())).text(": ").with(quoted)
}

/// What can be copied of a call as a whole.
pub fn takings(id: CallId) -> Markup {
    let evidence = copy_coming(words::detail::COPY_EVIDENCE, move || {
        let coming = about(id, "/evidence", None);
        Box::pin(async move { coming.await.ok() })
    });
    let evidence = evidence.attr("title", words::detail::WHAT_EVIDENCE_IS);
    classed("div", "dp__take").with(copy_button(words::detail::COPY_ID, move || id.to_string())).with(evidence)
}
