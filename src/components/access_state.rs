//! Why somebody sees no calls at all: not signed in, the role, the plan, or no server.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Access, Session};

use crate::api::ApiError;
use crate::browser::history;
use crate::ui::icon::{Icon, IconName};
use crate::ui::state_message::{StateMessage, Tone};

/// There is no session.
#[component]
pub fn NoSession(
    /// Why.
    error: ApiError,
    /// Asked for by the button.
    on_retry: Callback<()>,
) -> impl IntoView {
    if error == ApiError::NotSignedIn {
        return view! {
            <StateMessage icon=IconName::Lock title="You are not signed in">
                <p>"Open API Logs from your bot platform, or by a sign-in link. A link works once; ask for a new one if yours was used."</p>
                <div class="state__do">
                    <button class="btn btn--solid" type="button" on:click=move |_| on_retry.run(())>
                        "I have signed in"
                    </button>
                </div>
            </StateMessage>
        }
        .into_any();
    }
    let reference = error.request_id().map(ToOwned::to_owned);
    let title =
        if error == ApiError::Unreachable { "The server cannot be reached" } else { "API Logs could not be opened" };
    view! {
        <StateMessage icon=IconName::Refresh tone=Tone::Error title=title>
            <p>{error.sentence()}</p>
            <p>"Your bots are not affected; only this page is."</p>
            <div class="state__do">
                <button class="btn btn--solid" type="button" on:click=move |_| on_retry.run(())>
                    <Icon name=IconName::Refresh />
                    "Try again"
                </button>
                <button class="btn" type="button" on:click=move |_| history::reload()>
                    "Load the page again"
                </button>
            </div>
            {reference.map(|reference| view! { <p class="small">"Reference " <code>{reference}</code></p> })}
        </StateMessage>
    }
    .into_any()
}

/// There is a session, but it may not see calls.
#[component]
pub fn NoAccess(
    /// Who is looking.
    session: Arc<Session>,
) -> impl IntoView {
    if session.access == Access::Plan {
        return view! { <NotInPlan session /> }.into_any();
    }
    view! {
        <StateMessage icon=IconName::Lock title="Your role cannot see API Logs">
            <p>
                "You are signed in as "
                <b>{session.role.clone()}</b>
                ". Owners, Supervisors and Bot Builders can open this page, because calls can contain what customers wrote."
            </p>
            <p>"Ask the Owner of your account for access."</p>
            <div class="state__do">{help(&session)}</div>
        </StateMessage>
    }
    .into_any()
}

#[component]
fn NotInPlan(session: Arc<Session>) -> impl IntoView {
    if !session.capabilities.manage_plan {
        return view! {
            <StateMessage icon=IconName::Shield tone=Tone::Warning title="Your account does not have API Logs">
                <p>"API Logs shows every call your bots make, why one failed and who can fix it. The Owner of your account can add it."</p>
                <div class="state__do">{help(&session)}</div>
            </StateMessage>
        }
        .into_any();
    }
    let part = session.plan_with_logs.as_ref().map(|plan| format!(" It is part of the {plan} plan."));
    view! {
        <StateMessage icon=IconName::Shield tone=Tone::Warning title="API Logs is not in your plan">
            <p>
                "See every call your bots make, why one failed and who can fix it."
                {part}
            </p>
            <p>"Your account has the " <b>{session.plan.clone()}</b> " plan."</p>
            <div class="state__do">
                <a class="btn btn--solid" href=format!("mailto:{}?subject=API%20Logs", session.support)>
                    "Ask for API Logs"
                </a>
            </div>
        </StateMessage>
    }
    .into_any()
}

fn help(session: &Session) -> impl IntoView + use<> {
    view! {
        <a class="btn" href=format!("mailto:{}", session.support)>
            "Get help"
        </a>
    }
}
