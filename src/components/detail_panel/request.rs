//! What was sent: as a curl command, and taken apart.

use std::sync::Arc;

use leptos::prelude::*;
use model::{CallDetail, Redaction, RequestDetail};

use super::body_card::{BodyCard, Side};
use super::pair_table::PairTable;
use crate::components::code_view::CodeView;
use crate::format::body::media_type;
use crate::format::code::Language;
use crate::format::count::counted;
use crate::format::parameters::{parameters, query_string};
use crate::state::reading::Reading;
use crate::ui::copy_button::CopyButton;

/// The tab Request.
#[component]
pub fn RequestPart(
    /// The call.
    call: Arc<CallDetail>,
) -> impl IntoView {
    let Some(request) = call.request.as_ref() else {
        return view! { <p class="muted">"What was sent was not captured."</p> }.into_any();
    };
    let curl = request.curl.as_deref().map_or_else(
        || view! { <NoCommand request=request.clone() /> }.into_any(),
        |curl| view! { <Command curl=Arc::from(curl) /> }.into_any(),
    );
    let form = if is_form(request) { request.body.as_deref().unwrap_or_default() } else { "" };
    view! {
        {curl}
        <Hidden redactions=call.redactions.clone() />
        <PairTable title="Parameters" noun="parameter" pairs=parameters(query_string(&request.url)) />
        <PairTable
            title="Headers sent"
            noun="header"
            pairs=request.headers.clone()
            empty="No headers were captured."
        />
        <PairTable title="Form fields" noun="field" pairs=parameters(form) />
        <BodyCard call=Arc::clone(&call) side=Side::Request />
    }
    .into_any()
}

fn is_form(request: &RequestDetail) -> bool {
    request.encoding.is_none()
        && media_type(&request.headers)
            .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
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
        <section class="code">
            <div class="code__h">
                <h3>"Request as curl"</h3>
                <CopyButton label="Copy as cURL" text />
            </div>
            <CodeView reading label="Request as curl" />
        </section>
    }
}

/// A request that no command repeats.
#[component]
fn NoCommand(
    /// What was sent.
    request: RequestDetail,
) -> impl IntoView {
    view! {
        <p class="muted">
            "This request type, " <b>{request.method.to_string()}</b> ", has no address to call: no curl command repeats it."
        </p>
    }
}

/// What was hidden before the call was stored.
#[component]
fn Hidden(
    /// Kinds and counts.
    redactions: Vec<Redaction>,
) -> impl IntoView {
    let listed = redactions
        .iter()
        .map(|redaction| counted(u64::from(redaction.count), &redaction.kind.replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ");
    let text = if listed.is_empty() {
        "Paste it into a shell, or into a JSON API node, to send the same request.".to_owned()
    } else {
        format!(
            "Secrets are hidden before a call is stored, so the copy has them hidden too ({listed}). \
             Paste it into a JSON API node to build the same request, then add your own key."
        )
    };
    view! { <p class="small muted">{text}</p> }
}
