//! What was sent: as a curl command, and taken apart.

use std::sync::Arc;

use leptos::prelude::*;
use model::{CallDetail, Redaction, RequestDetail};

use super::body_card::{BodyCard, Side};
use super::card::{Card, muted, said, small, title};
use super::pair_table::pair_table;
use crate::components::code_view::CodeView;
use crate::format::body::media_type;
use crate::format::code::Language;
use crate::format::count::counted;
use crate::format::parameters::{parameters, query_string};
use crate::state::reading::Reading;
use crate::ui::copy_button::CopyButton;
use crate::ui::markup::Markup;

/// The tab Request.
#[component]
pub fn RequestPart(
    /// The call.
    call: Arc<CallDetail>,
) -> impl IntoView {
    let Some(request) = call.request.as_ref() else {
        return muted("What was sent was not captured.").into_any();
    };
    let command = match request.curl.as_deref() {
        Some(curl) => view! { <Command curl=Arc::from(curl) /> }.into_any(),
        None => {
            muted(&format!("A request of type {} has no address to call: no curl command repeats it.", request.method))
                .into_any()
        }
    };
    let tables: Vec<Markup> = [
        ("Parameters", "parameter", parameters(query_string(&request.url))),
        ("Headers sent", "header", request.headers.clone()),
        ("Form fields", "field", form_fields(request)),
    ]
    .iter()
    .filter_map(|(title, noun, pairs)| match (pairs.is_empty(), *title) {
        (true, "Headers sent") => Some(said(title, "No headers were captured.")),
        (true, _) => None,
        (false, _) => Some(pair_table(title, noun, pairs)),
    })
    .collect();
    let hint = request.curl.is_some().then(|| small(&hint(&call.redactions)));
    view! {
        {command}
        {hint}
        {tables}
        <BodyCard call=Arc::clone(&call) side=Side::Request />
    }
    .into_any()
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

/// The whole request as a command.
#[component]
fn Command(
    /// The command, exactly.
    curl: Arc<str>,
) -> impl IntoView {
    let reading = Reading::new(curl, Language::Shell);
    let text = Callback::new(move |()| reading.text().to_string());
    view! {
        <Card
            title=title("Request as curl", "")
            actions=view! { <CopyButton label="Copy as cURL" text /> }.into_any()
            content=view! { <CodeView reading label="Request as curl" /> }.into_any()
        />
    }
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
