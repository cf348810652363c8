//! The facts of a call: what one asks first.

use std::sync::Arc;

use leptos::prelude::*;
use model::Session;

use crate::browser::clock;
use crate::format::facts::CallFacts;
use crate::format::time;
use crate::ui::icon::{Icon, IconName};
use crate::ui::status_pill::StatusPill;

/// Status, bot, source, user, application and time, as terms.
#[component]
pub fn Facts(
    /// What is known of the call.
    facts: CallFacts,
    /// Who is looking; it says how long calls are kept.
    session: Signal<Arc<Session>>,
) -> impl IntoView {
    let zone = clock::zone();
    let cause = facts.cause();
    let said = facts.failure.as_ref().map(|failure| failure.message.clone()).filter(|message| !message.is_empty());
    let bot = match facts.bot_label() {
        Some(name) => view! { <bdi>{name}</bdi> }.into_any(),
        None => view! { <span class="muted">"None: the platform's own call"</span> }.into_any(),
    };
    let kept_until = facts.expires_at.map(|expires_at| {
        let stays = facts.retention(session.get_untracked().retention);
        view! {
            <dt>"Kept until"</dt>
            <dd>
                <span title=time::exact_utc(expires_at)>{time::date(expires_at, zone)}</span>
                <span class="muted small">{stays}</span>
            </dd>
        }
    });
    view! {
        <dl class="facts">
            <dt>"Status"</dt>
            <dd>
                <StatusPill status=facts.official_status() is_flat=true />
                <span class="muted">{facts.outcome.label().to_owned()}</span>
                {cause.map(|cause| view! { <p class="facts__more">{cause.into_owned()}</p> })}
                {said.map(|message| view! { <code class="facts__more" dir="auto">{message}</code> })}
            </dd>
            <dt>"Bot name"</dt>
            <dd>{bot}</dd>
            <dt>"Source"</dt>
            <dd>
                <SourceView facts=facts.clone() />
            </dd>
            <dt>"User"</dt>
            <dd>
                <bdi>{facts.user_label()}</bdi>
            </dd>
            <dt>"Application"</dt>
            <dd>
                <bdi>{facts.application.label().to_owned()}</bdi>
            </dd>
            <dt>"Time"</dt>
            <dd>
                <span title=time::exact_utc(facts.timestamp)>{time::exact(facts.timestamp, zone)}</span>
                <span class="muted small">{time::time_of_day_utc(facts.timestamp)}</span>
            </dd>
            {kept_until}
        </dl>
    }
}

/// The source: a way into the bot flow where there is one.
#[component]
fn SourceView(
    /// What is known of the call.
    facts: CallFacts,
) -> impl IntoView {
    let text = facts.source_text();
    let kind = facts.source_kind().map(|kind| view! { <span class="muted">{kind.to_owned()}</span> });
    let steps = view! {
        {text
            .path
            .map(|path| {
                view! {
                    <bdi>{path}</bdi>
                    <Icon name=IconName::Right />
                    <span class="vh">" > "</span>
                }
            })}
        <bdi>{text.name}</bdi>
    };
    match facts.flow_address() {
        Some(address) => view! {
            <a class="crumb" href=address>
                {steps}
            </a>
        }
        .into_any(),
        None => view! {
            <span class="crumb">{steps}</span>
            {kind}
        }
        .into_any(),
    }
}
