//! Integrations, API Logs: search, filters, the list, and the open call beside it.

use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;
use model::{LogQuery, Outcome, Session};

use crate::api::ApiError;
use crate::browser::{boot, element, keyboard};
use crate::components::call_table::CallTable;
use crate::components::detail_panel::DetailPanel;
use crate::components::facet_menu::Filtering;
use crate::components::filter_bar::FilterBar;
use crate::components::histogram::Histogram;
use crate::components::list_bar::ListBar;
use crate::components::list_notices::{AddressIssues, AnswerNotices};
use crate::components::list_state::{EmptyState, FailedState, loading_rows};
use crate::components::search_box::SearchBox;
use crate::state::counts::Counts;
use crate::state::feed::list::CallList;
use crate::state::feed::{CallFeed, Direction, Phase};
use crate::state::search;
use crate::state::selection::Selection;
use crate::state::session::SessionState;
use crate::state::url::UrlState;
use crate::ui::ruler::Ruler;

/// The list of calls with its filters, and the open call beside it.
#[component]
pub fn ApiLogs(
    /// Where the reader is.
    url: UrlState,
    /// Who is looking, and the server's clock.
    sessions: SessionState,
    /// Who is looking; they may see calls.
    session: Arc<Session>,
) -> impl IntoView {
    let on_refused = Callback::new(move |error| match error {
        ApiError::NotSignedIn => sessions.end(),
        _ => sessions.ask(),
    });
    let asked = search::asked(url.query());
    let feed = CallFeed::new(asked, on_refused);
    let counts = Counts::new(asked);
    let selection = Selection::new(url, feed);
    let field = NodeRef::<Input>::new();
    follow_the_filter(asked, feed, counts);
    listen(field, selection);
    view! {
        <div class="split" class:split--open=move || url.call().get().is_some()>
            <main class="list">
                <Asking url sessions session=session.clone() feed counts selection field />
                <Listing url sessions session=session.clone() feed counts selection />
            </main>
            <DetailPanel
                id=url.call()
                hint=Signal::derive(move || url.call().get().and_then(|id| feed.call(id)))
                position=Signal::derive(move || selection.position())
                session=Signal::stored(session)
                on_close=Callback::new(move |()| selection.close())
                on_newer=Callback::new(move |()| selection.step(Direction::Newer))
                on_older=Callback::new(move |()| selection.step(Direction::Older))
                can_newer=Signal::derive(move || selection.neighbour(Direction::Newer).is_some())
                can_older=Signal::derive(move || selection.neighbour(Direction::Older).is_some())
                tab=url.tab()
                on_tab=Callback::new(move |tab: String| url.show_tab(&tab))
            />
        </div>
    }
}

/// What is asked for: words, filters, and what they find over time.
#[component]
fn Asking(
    url: UrlState,
    sessions: SessionState,
    session: Arc<Session>,
    feed: CallFeed,
    counts: Counts,
    selection: Selection,
    field: NodeRef<Input>,
) -> impl IntoView {
    let filtering = filtering(url, counts);
    let now = Callback::new(move |()| sessions.now());
    let narrowness = RwSignal::new(0.0_f64);
    let total = move || feed.list().with(|list| list.as_ref().map(|list| list.total().count));
    view! {
        <Ruler class="ruler ruler--narrow" height=narrowness />
        <SearchBox
            filtering
            field
            on_type=Callback::new(move |text: String| url.retype(&text))
            on_leave=Callback::new(move |()| selection.enter_list())
        />
        <FilterBar
            filtering
            is_narrow=Signal::derive(move || narrowness.get() > 0.0)
            total=Signal::derive(total)
            session=session.clone()
            now
        />
        <Histogram
            histogram=counts.histogram()
            lists_no_response=Signal::derive(move || url.query().with(LogQuery::lists_no_response))
            session
            now
        />
    }
}

/// What is found: how many calls, what to know about the answer, and the calls.
#[component]
fn Listing(
    url: UrlState,
    sessions: SessionState,
    session: Arc<Session>,
    feed: CallFeed,
    counts: Counts,
    selection: Selection,
) -> impl IntoView {
    let retry = Callback::new(move |()| feed.reload());
    let of_list = move |of: fn(&CallList) -> bool| feed.list().with(|list| list.as_ref().is_some_and(of));
    let is_empty = Memo::new(move |_| of_list(|list| list.is_empty() && list.older().is_none()));
    let is_seeking = Memo::new(move |_| of_list(|list| list.older().is_some()));
    let rows = move || {
        if is_empty.get() {
            let filtering = filtering(url, counts);
            return view! { <EmptyState filtering notices=feed.notices() session=session.clone() /> }.into_any();
        }
        view! {
            <CallTable
                feed
                url
                active=selection.active
                focus=selection.focus
                on_open=Callback::new(move |id| selection.open(id))
                on_move=Callback::new(move |id| selection.moved(id))
                now=Callback::new(move |()| sessions.now())
            />
        }
        .into_any()
    };
    // Rows stay while others are on their way: what is shown depends on the kind of phase, not on each change of it.
    let shown = Memo::new(move |_| match feed.phase().get() {
        Phase::First => Shown::Waiting,
        Phase::Failed(error) => Shown::Failed(error),
        Phase::Ready | Phase::Reloading => Shown::Rows,
    });
    let support = sessions.known().with_untracked(|known| match known {
        Some(Ok(session)) => session.support.clone(),
        _ => String::new(),
    });
    let content = move || match shown.get() {
        Shown::Waiting => loading_rows().into_any(),
        Shown::Failed(error) => view! { <FailedState error support=support.clone() on_retry=retry /> }.into_any(),
        Shown::Rows => rows().into_any(),
    };
    let list_no_response = move |is_listed| {
        url.edit(|query| {
            query.no_response = is_listed;
            query.status.remove(&Outcome::NoResponse);
        });
    };
    view! {
        <AddressIssues issues=url.issues() on_dismiss=Callback::new(move |()| url.dismiss_issues()) />
        <AnswerNotices notices=feed.notices() is_seeking on_retry=retry />
        <ListBar
            total=Signal::derive(move || {
                let of_page = feed.list().with(|list| list.as_ref().map(CallList::total));
                // A page counts no further than it must; what was counted for the histogram is the whole.
                of_page.map(|total| if total.exact { total } else { counts.total().unwrap_or(total) })
            })
            phase=feed.phase()
            errors=Signal::derive(move || counts.errors())
            no_response=Signal::derive(move || counts.no_response())
            lists_no_response=Signal::derive(move || url.query().with(LogQuery::lists_no_response))
            on_list_no_response=Callback::new(list_no_response)
        />
        {content}
    }
}

/// What stands in the place of the list.
#[derive(Clone, PartialEq)]
enum Shown {
    Waiting,
    Failed(ApiError),
    Rows,
}

fn filtering(url: UrlState, counts: Counts) -> Filtering {
    Filtering {
        query: url.query(),
        facets: counts.facets(),
        no_response: Signal::derive(move || counts.no_response()),
        on_edit: Callback::new(move |query| url.edit(|present| *present = query)),
    }
}

/// Asks anew whenever the filter changes. Spaces at the end of what is typed change the text, but not the filter.
fn follow_the_filter(asked: Signal<LogQuery>, feed: CallFeed, counts: Counts) {
    let filter = Memo::new(move |_| asked.with(LogQuery::to_query_string));
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read knows nothing of what it depends on.
        filter.with(|_| feed.reload());
    });
    // The numbers follow the rows: rows first, and none while somebody is still typing.
    Effect::new(move |before: Option<u32>| {
        let answered = feed.answered().get();
        if answered > 0 && before != Some(answered) {
            boot::drop_early();
            counts.reload();
        }
        answered
    });
}

/// The page's keys; the list and the panel have their own.
fn listen(field: NodeRef<Input>, selection: Selection) {
    keyboard::on_key(move |event| {
        if keyboard::is_taken(&event) || element::is_dialog_open() {
            return;
        }
        let direction = match event.key().as_str() {
            "j" => Some(Direction::Older),
            "k" => Some(Direction::Newer),
            "ArrowDown" if keyboard::is_on_nothing(&event) => Some(Direction::Older),
            "ArrowUp" if keyboard::is_on_nothing(&event) => Some(Direction::Newer),
            _ => None,
        };
        match (event.key().as_str(), direction) {
            ("/", _) => {
                if let Some(field) = field.get_untracked() {
                    element::select_all(&field);
                }
            }
            ("Escape", _) if selection.is_open() => selection.close(),
            (_, Some(direction)) if selection.is_open() => selection.step(direction),
            (_, Some(_)) => selection.enter_list(),
            _ => return,
        }
        event.prevent_default();
    });
}
