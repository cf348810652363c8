//! What came back.

use std::sync::Arc;

use leptos::prelude::*;
use model::CallDetail;

use super::body_card::{BodyCard, Side};
use super::pair_table::PairTable;
use crate::format::facts::CallFacts;
use crate::ui::icon::{Icon, IconName};

/// The tab Response.
#[component]
pub fn ResponsePart(
    /// The call.
    call: Arc<CallDetail>,
) -> impl IntoView {
    let Some(response) = call.response.as_ref() else {
        return view! { <NoResponse facts=CallFacts::from(&*call) /> }.into_any();
    };
    view! {
        <BodyCard call=Arc::clone(&call) side=Side::Response />
        <PairTable
            title="Headers received"
            noun="header"
            pairs=response.headers.clone()
            empty="No headers were captured."
        />
    }
    .into_any()
}

/// There is none, and why.
#[component]
fn NoResponse(
    /// What is known of the call.
    facts: CallFacts,
) -> impl IntoView {
    let cause = facts.cause();
    let said = facts.failure.map(|failure| failure.message).filter(|message| !message.is_empty());
    view! {
        <div class="note note--err">
            <Icon name=IconName::Broken />
            <div>
                <p>
                    <b>"No response came."</b>
                    " "
                    {cause.map(std::borrow::Cow::into_owned)}
                </p>
                {said.map(|message| view! { <p><code dir="auto">{message}</code></p> })}
            </div>
        </div>
    }
}
