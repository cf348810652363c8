//! Why somebody sees no calls at all: not signed in, the role, the plan, or no server.

use leptos::prelude::*;
use model::{Access, Session};

use crate::api::ApiError;
use crate::browser::history;
use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed, element};
use crate::ui::state_message::{Tone, action, actions, reference, retry, sentence, state_message};
use crate::words;

/// There is no session, and why.
pub fn no_session(error: &ApiError, on_retry: Callback<()>) -> Markup {
    let ask = move || on_retry.run(());
    if *error == ApiError::NotSignedIn {
        return state_message(IconName::Lock, Tone::Quiet, words::access::NOT_SIGNED_IN)
            .with(sentence(words::access::HOW_TO_SIGN_IN))
            .with(actions([action("btn btn--solid", words::access::I_HAVE_SIGNED_IN, ask)]));
    }
    let title = if *error == ApiError::Unreachable { words::access::NO_SERVER } else { words::access::NOT_OPENED };
    state_message(IconName::Refresh, Tone::Error, title)
        .with(sentence(&error.sentence()))
        .with(sentence(words::access::BOTS_GO_ON))
        .with(actions([retry(ask), action("btn", words::access::LOAD_AGAIN, history::reload)]))
        .with_all(reference(error.request_id()))
}

/// There is a session, but it may not see calls.
pub fn no_access(session: &Session) -> Markup {
    if session.access == Access::Plan {
        return not_in_plan(session);
    }
    let [before, behind] = words::access::WHO_MAY;
    let whose = sentence(before).with(element("b").text(&session.role)).text(behind);
    state_message(IconName::Lock, Tone::Quiet, words::access::NOT_FOR_ROLE)
        .with(whose)
        .with(sentence(words::access::ASK_THE_OWNER))
        .with(actions([help(session)]))
}

fn not_in_plan(session: &Session) -> Markup {
    if !session.capabilities.manage_plan {
        return state_message(IconName::Shield, Tone::Warning, words::access::NOT_IN_ACCOUNT)
            .with(sentence(words::access::OWNER_CAN_ADD))
            .with(actions([help(session)]));
    }
    let part = session.plan_with_logs.as_ref().map(|plan| words::access::part_of_plan(plan));
    let [before, behind] = words::access::PRESENT_PLAN;
    let plan = sentence(before).with(element("b").text(&session.plan)).text(behind);
    let address = format!("mailto:{}?subject=API%20Logs", session.support);
    state_message(IconName::Shield, Tone::Warning, words::access::NOT_IN_PLAN)
        .with(sentence(words::access::WHAT_IT_SHOWS).text(" ").text(part.as_deref().unwrap_or_default()))
        .with(plan)
        .with(actions([classed("a", "btn btn--solid").attr("href", &address).text(words::access::ASK_FOR_IT)]))
}

fn help(session: &Session) -> Markup {
    classed("a", "btn").attr("href", &format!("mailto:{}", session.support)).text(words::access::GET_HELP)
}
