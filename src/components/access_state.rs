//! Why somebody sees no calls at all: not signed in, the role, the plan, or no server.

use leptos::prelude::*;
use model::{Access, Session};

use crate::api::ApiError;
use crate::browser::history;
use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed, element};
use crate::ui::state_message::{Tone, action, actions, reference, retry, sentence, state_message};

/// There is no session, and why.
pub fn no_session(error: &ApiError, on_retry: Callback<()>) -> Markup {
    let ask = move || on_retry.run(());
    if *error == ApiError::NotSignedIn {
        return state_message(IconName::Lock, Tone::Quiet, "You are not signed in")
            .with(sentence(
                "Open API Logs from your bot platform, or by a sign-in link. A link works once; ask for a new one if \
                 yours was used.",
            ))
            .with(actions([action("btn btn--solid", "I have signed in", ask)]));
    }
    let title =
        if *error == ApiError::Unreachable { "The server cannot be reached" } else { "API Logs could not be opened" };
    state_message(IconName::Refresh, Tone::Error, title)
        .with(sentence(&error.sentence()))
        .with(sentence("Your bots are not affected; only this page is."))
        .with(actions([retry(ask), action("btn", "Load the page again", history::reload)]))
        .with_all(reference(error.request_id()))
}

/// There is a session, but it may not see calls.
pub fn no_access(session: &Session) -> Markup {
    if session.access == Access::Plan {
        return not_in_plan(session);
    }
    let whose = sentence("You are signed in as ").with(element("b").text(&session.role)).text(
        ". Owners, Supervisors and Bot Builders can open this page, because calls can contain what customers wrote.",
    );
    state_message(IconName::Lock, Tone::Quiet, "Your role cannot see API Logs")
        .with(whose)
        .with(sentence("Ask the Owner of your account for access."))
        .with(actions([help(session)]))
}

fn not_in_plan(session: &Session) -> Markup {
    if !session.capabilities.manage_plan {
        return state_message(IconName::Shield, Tone::Warning, "Your account does not have API Logs")
            .with(sentence(
                "API Logs shows every call your bots make, why one failed and who can fix it. The Owner of your account \
                 can add it.",
            ))
            .with(actions([help(session)]));
    }
    let part = session.plan_with_logs.as_ref().map(|plan| format!(" It is part of the {plan} plan."));
    let plan = sentence("Your account has the ").with(element("b").text(&session.plan)).text(" plan.");
    let address = format!("mailto:{}?subject=API%20Logs", session.support);
    state_message(IconName::Shield, Tone::Warning, "API Logs is not in your plan")
        .with(
            sentence("See every call your bots make, why one failed and who can fix it.")
                .text(part.as_deref().unwrap_or_default()),
        )
        .with(plan)
        .with(actions([classed("a", "btn btn--solid").attr("href", &address).text("Ask for API Logs")]))
}

fn help(session: &Session) -> Markup {
    classed("a", "btn").attr("href", &format!("mailto:{}", session.support)).text("Get help")
}
