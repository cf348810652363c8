//! The docked panel that shows one whole call.

mod body_card;
mod card;
mod compare;
mod facts;
mod find;
mod grip;
mod head;
mod overview;
mod pair_table;
mod parts;
mod request;
mod response;
mod script;
mod similar;
mod states;
mod variables;

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::{CallId, CallSummary, Session, TimeRange};

use crate::api::ApiError;
use crate::browser::{element, history};
use crate::format::facts::CallFacts;
use crate::state::detail::{DetailState, Known};
use crate::state::panel_width::PanelWidth;
use crate::ui::copy_button::copy_icon;
use crate::ui::icon::IconName;
use crate::ui::markup::{Handle, classed, place};
use crate::words;
use facts::facts_list;
use grip::grip;
use head::{head, step};
use overview::{has_failed, overview, takings};
use parts::parts;
use similar::similar_calls;
use states::{failed, gone, state_button, waiting};

/// One whole call beside the list. It asks for the call itself; the row that is already known stands in until then.
#[component]
pub fn DetailPanel(
    /// The call; nothing is shown without one.
    id: Memo<Option<CallId>>,
    /// Its row, where the list holds it.
    hint: impl Fn() -> Option<Arc<CallSummary>> + Send + Sync + 'static,
    /// Its place in the list: `Call 5 of 2,314`.
    position: impl Fn() -> Option<String> + Copy + 'static,
    /// Who is looking.
    session: Arc<Session>,
    /// Asked for by the close button and Escape.
    on_close: Callback<()>,
    /// Asked for by the button to the next newer call.
    on_newer: Callback<()>,
    /// Asked for by the button to the next older call.
    on_older: Callback<()>,
    /// Whether there is a newer call.
    can_newer: impl Fn() -> bool + Copy + 'static,
    /// Whether there is an older call.
    can_older: impl Fn() -> bool + Copy + 'static,
    /// The word of the tab that is shown, for the address; empty for the first.
    tab: impl Fn() -> String + Copy + Send + Sync + 'static,
    /// Asked for when another tab is chosen.
    on_tab: Callback<String>,
    /// The range of the list, in which calls that failed alike are counted.
    range: impl Fn() -> TimeRange + Copy + Send + Sync + 'static,
    /// Asked for by what leads to the calls of a filter, a query string.
    on_filter: Callback<String>,
    /// Asked for by what leads to another call.
    on_open: Callback<CallId>,
) -> impl IntoView {
    let detail = DetailState::new(id);
    let facts = Memo::new(move |_| {
        let id = id.get()?;
        match detail.known() {
            Known::Here(call) if call.id == id => Some(CallFacts::from(&*call)),
            // That it was in the list is no reason to tell of it.
            Known::Gone => None,
            _ => hint().filter(|call| call.id == id).map(|call| CallFacts::from(&*call)),
        }
    });
    let is_open = Memo::new(move |_| id.get().is_some());

    let heading = Handle::new();
    // Only when the reader opens it: from one call to the next the focus stays where it is, and a link that leads to
    // an open call leaves it to the page.
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        if is_open && was_open == Some(false) {
            element::before_paint(move || {
                if let Some(heading) = heading.get() {
                    element::focus(&heading);
                }
            });
        }
        is_open
    });

    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            on_close.run(());
        }
    };
    let content = move || match detail.known() {
        Known::Waiting => waiting(),
        Known::Here(call) => untrack(|| {
            let same = has_failed(&call).then(|| similar_calls(call.id, range, on_filter));
            place().with(takings(call.id)).with_all(same).with(parts(call, tab, on_tab, on_open))
        }),
        Known::Gone => place().with(gone()).with(state_button(words::detail::BACK_TO_LIST, move || on_close.run(()))),
        Known::Failed(error) if error == ApiError::NotSignedIn => {
            place().with(failed(&error)).with(state_button(words::detail::SIGN_IN_AGAIN, history::reload))
        }
        Known::Failed(error) => {
            place().with(failed(&error)).with(state_button(words::errors::TRY_AGAIN, move || detail.retry()))
        }
    };
    let width = PanelWidth::remembered();
    let retention = session.retention;
    let panel = move || {
        let newer =
            step(words::detail::NEWER_CALL, words::detail::NEWER_CALL_KEY, IconName::Up, move || on_newer.run(()));
        let older =
            step(words::detail::OLDER_CALL, words::detail::OLDER_CALL_KEY, IconName::Down, move || on_older.run(()));
        let ways = [
            newer.prop_when("disabled", move || !can_newer()),
            older.prop_when("disabled", move || !can_older()),
            copy_icon(IconName::Link, words::detail::COPY_LINK, history::href),
            step(words::frame::CLOSE, words::detail::CLOSE_KEY, IconName::X, move || on_close.run(())),
        ];
        let facts_now = move || facts.with(|facts| facts.as_ref().map(|facts| facts_list(facts, retention)));
        let over = move || match detail.known() {
            Known::Here(call) => overview(&call, on_tab),
            _ => None,
        };
        let body = classed("div", "dp__body").part(over).part(facts_now).part(move || Some(content()));
        classed("aside", "dp")
            .attr("id", "call-details")
            .attr("aria-label", words::detail::CALL_DETAILS)
            .style_now("--panel-w", move || format!("{}px", width.get()))
            .on("keydown", on_key)
            .with(grip(width))
            .with(head(facts, position, heading, ways))
            .with(body)
    };
    place().part_when(move || is_open.get(), panel)
}
