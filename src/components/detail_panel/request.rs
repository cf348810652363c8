//! What was sent: as a curl command, and taken apart.

use std::sync::Arc;

use model::{CallDetail, Redaction, RequestDetail};

use super::body_card::{Side, body_card};
use super::card::{card, muted, said, small, title};
use super::overview::diagnosis;
use super::pair_table::{More, pair_table};
use crate::components::code_view::{Marks, code_view};
use crate::format::body::media_type;
use crate::format::code::Language;
use crate::format::parameters::{parameters, query_string};
use crate::state::reading::Reading;
use crate::ui::copy_button::copy_button;
use crate::ui::markup::Markup;
use crate::words;

/// The name of the part where the call says what is odd about its headers.
const HEADERS: &str = "request.headers";

/// Fills the tab Request.
pub fn request_part(pane: Markup, call: &CallDetail) -> Markup {
    let Some(request) = call.request.as_ref() else {
        return pane.with(muted(words::detail::REQUEST_NOT_CAPTURED));
    };
    let pane = if let Some(curl) = request.curl.as_deref() {
        pane.with(command(Arc::from(curl))).with(small(&hint(&call.redactions)))
    } else {
        pane.with(muted(&words::detail::no_curl(request.method.as_str())))
    };
    let tables: [(_, More, _, _); 3] = [
        (
            words::detail::PARAMETERS,
            words::detail::more_parameters,
            "request.query",
            parameters(query_string(&request.url)),
        ),
        (words::detail::HEADERS_SENT, words::detail::more_headers, HEADERS, request.headers.clone()),
        (words::detail::FORM_FIELDS, words::detail::more_fields, "request.body", form_fields(request)),
    ];
    let findings = diagnosis(call).get("findings").items();
    let tables = tables.iter().filter_map(|(title, more, part, pairs)| match (pairs.is_empty(), *part) {
        (true, HEADERS) => Some(said(title, words::detail::NO_HEADERS)),
        (true, _) => None,
        (false, _) => {
            let odd: Vec<_> = findings.iter().copied().filter(|finding| finding.get("part").text() == *part).collect();
            Some(pair_table(title, *more, pairs, &odd))
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
    let copy = copy_button(words::detail::COPY_AS_CURL, move || reading.text().to_string());
    card(title(words::detail::REQUEST_AS_CURL, ""), [copy]).with(code_view(
        reading,
        words::detail::REQUEST_AS_CURL,
        &Marks::default(),
    ))
}

/// What the command is good for, and what was hidden in it before the call was stored.
fn hint(redactions: &[Redaction]) -> String {
    let hidden = redactions
        .iter()
        .map(|redaction| words::detail::secrets(u64::from(redaction.count), &redaction.kind.replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ");
    if hidden.is_empty() {
        return words::detail::WHAT_CURL_IS_FOR.to_owned();
    }
    words::detail::curl_has_hidden(&hidden)
}
