//! What was sent: as a curl command, and taken apart.

use std::sync::Arc;

use model::{CallDetail, Redaction, RequestDetail};

use super::body_card::{Side, body_card};
use super::card::{card, muted, said, small, title};
use super::overview::diagnosis;
use super::pair_table::pair_table;
use crate::components::code_view::{Marks, code_view};
use crate::format::body::media_type;
use crate::format::code::Language;
use crate::format::count::counted;
use crate::format::parameters::{parameters, query_string};
use crate::state::reading::Reading;
use crate::ui::copy_button::copy_button;
use crate::ui::markup::Markup;

/// Fills the tab Request.
pub fn request_part(pane: Markup, call: &CallDetail) -> Markup {
    let Some(request) = call.request.as_ref() else {
        return pane.with(muted("What was sent was not captured."));
    };
    let pane = if let Some(curl) = request.curl.as_deref() {
        pane.with(command(Arc::from(curl))).with(small(&hint(&call.redactions)))
    } else {
        let method = &request.method;
        let words = format!("A request of type {method} has no address to call: no curl command repeats it.");
        pane.with(muted(&words))
    };
    let tables = [
        ("Parameters", "parameter", "request.query", parameters(query_string(&request.url))),
        ("Headers sent", "header", "request.headers", request.headers.clone()),
        ("Form fields", "field", "request.body", form_fields(request)),
    ];
    let findings = diagnosis(call).get("findings").items();
    let tables = tables.iter().filter_map(|(title, noun, part, pairs)| match (pairs.is_empty(), *title) {
        (true, "Headers sent") => Some(said(title, "No headers were captured.")),
        (true, _) => None,
        (false, _) => {
            let odd: Vec<_> = findings.iter().copied().filter(|finding| finding.get("part").text() == *part).collect();
            Some(pair_table(title, noun, pairs, &odd))
        }
    });
    pane.with_all(tables).with(body_card(call, Side::Request))
}

/// The fields of a form, where the body is one.
fn form_fields(request: &RequestDetail) -> Vec<(String, String)> {
    let is_form = media_type(&request.headers)
        .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    match &request.body {
        Some(body) if is_form && request.encoding.is_none() => parameters(body),
        _ => Vec::new(),
    }
}

/// The whole request as a command, exactly.
fn command(curl: Arc<str>) -> Markup {
    let reading = Reading::new(curl, Language::Shell);
    let copy = copy_button("Copy as cURL", move || reading.text().to_string());
    card(title("Request as curl", ""), [copy]).with(code_view(reading, "Request as curl", &Marks::default()))
}

/// What the command is good for, and what was hidden in it before the call was stored.
fn hint(redactions: &[Redaction]) -> String {
    let hidden = redactions
        .iter()
        .map(|redaction| counted(u64::from(redaction.count), &redaction.kind.replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ");
    if hidden.is_empty() {
        return "Paste it into a shell, or into a JSON API node, to send the same request.".to_owned();
    }
    format!(
        "Secrets are hidden before a call is stored, so the copy has them hidden too ({hidden}). Paste it into a \
         JSON API node to build the same request, then add your own key."
    )
}
