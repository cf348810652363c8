//! Integrations, API Logs: search, filters, the list, and the open call beside it.

use std::sync::Arc;
use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;
use model::{CallId, LogQuery, Session};

use crate::api::ApiError;
use crate::browser::clock::Timer;
use crate::browser::{boot, element, keyboard};
use crate::components::call_table::{CallTable, TableHandle};
use crate::components::detail_panel::DetailPanel;
use crate::components::facet_menu::Filtering;
use crate::components::filter_bar::FilterBar;
use crate::components::histogram::Histogram;
use crate::components::list_bar::ListBar;
use crate::components::list_notices::{AddressIssues, AnswerNotices};
use crate::components::list_state::{EmptyState, FailedState, LoadingRows};
use crate::components::search_box::SearchBox;
use crate::format::count::count;
use crate::state::counts::Counts;
use crate::state::feed::list::CallList;
use crate::state::feed::{CallFeed, Direction, Phase};
use crate::state::session::SessionState;
use crate::state::url::UrlState;
use crate::ui::ruler::Ruler;

/// A reader who runs down the list with a key opens the call they stop at.
const MOVING_PAUSE: Duration = Duration::from_millis(80);

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
    let feed = CallFeed::new(url.query(), on_refused);
    let counts = Counts::new(url.query());
    follow_the_filter(url, feed, counts);

    let filtering = Filtering {
        query: url.query(),
        facets: counts.facets(),
        no_response: Signal::derive(move || counts.no_response()),
        on_edit: Callback::new(move |query| url.edit(|present| *present = query)),
    };
    let now = Callback::new(move |()| sessions.now());
    let search = NodeRef::<Input>::new();
    let table = RwSignal::new(None::<TableHandle>);
    let active = RwSignal::new(url.call().get_untracked());
    let selection = Selection { url, feed, active, table, moving: Timer::new() };
    let narrowness = RwSignal::new(0.0_f64);
    let lists_no_response = Signal::derive(move || url.query().with(LogQuery::lists_no_response));
    let total = Signal::derive(move || feed.list().with(|list| list.as_ref().map(CallList::total)));
    listen(search, selection);

    let retry = Callback::new(move |()| feed.reload());
    let support = session.support.clone();
    let person = Signal::stored(session.clone());
    let for_list = session.clone();
    let list = move || match feed.phase().get() {
        Phase::Failed(error) => view! { <FailedState error support=support.clone() on_retry=retry /> }.into_any(),
        Phase::First => view! { <LoadingRows /> }.into_any(),
        Phase::Ready | Phase::Reloading => ().into_any(),
    };
    let is_shown = Memo::new(move |_| matches!(feed.phase().get(), Phase::Ready | Phase::Reloading));
    let is_empty = Memo::new(move |_| {
        feed.list().with(|list| list.as_ref().is_some_and(|list| list.is_empty() && list.older().is_none()))
    });
    let is_seeking =
        Memo::new(move |_| feed.list().with(|list| list.as_ref().is_some_and(|list| list.older().is_some())));
    let rows = move || {
        if is_empty.get() {
            view! { <EmptyState filtering notices=feed.notices() session=for_list.clone() /> }.into_any()
        } else {
            view! {
                <CallTable
                    feed
                    url
                    active
                    handle=table
                    on_open=Callback::new(move |id| selection.open(id))
                    on_move=Callback::new(move |id| selection.moved(id))
                    now
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="split" class:split--open=move || url.call().get().is_some()>
            <main class="list">
                <Ruler class="ruler ruler--narrow" height=narrowness />
                <SearchBox
                    filtering
                    field=search
                    on_type=Callback::new(move |text: String| url.retype(&text))
                    on_leave=Callback::new(move |()| selection.enter_list())
                />
                <FilterBar
                    filtering
                    is_narrow=Signal::derive(move || narrowness.get() > 0.0)
                    total=Signal::derive(move || total.get().map(|total| total.count))
                    session=session.clone()
                    now
                />
                <Histogram histogram=counts.histogram() lists_no_response session=session now />
                <AddressIssues issues=url.issues() on_dismiss=Callback::new(move |()| url.dismiss_issues()) />
                <AnswerNotices notices=feed.notices() is_seeking on_retry=retry />
                <ListBar
                    total
                    phase=feed.phase()
                    errors=Signal::derive(move || counts.errors())
                    no_response=Signal::derive(move || counts.no_response())
                    lists_no_response
                    on_list_no_response=Callback::new(move |listed| {
                        url.edit(|query| {
                            query.no_response = listed;
                            query.status.remove(&model::Outcome::NoResponse);
                        });
                    })
                />
                {list}
                <Show when=move || is_shown.get()>{rows.clone()}</Show>
            </main>
            <DetailPanel
                id=url.call()
                hint=Signal::derive(move || url.call().get().and_then(|id| feed.call(id)))
                position=Signal::derive(move || selection.position())
                session=person
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

/// Asks anew whenever the filter changes. Spaces at the end of what is typed change the text, but not the filter.
fn follow_the_filter(url: UrlState, feed: CallFeed, counts: Counts) {
    let filter = Memo::new(move |_| url.query().with(LogQuery::to_query_string));
    Effect::new(move |_| {
        filter.track();
        feed.reload();
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

/// The open call and the row that was last looked at.
#[derive(Clone, Copy)]
struct Selection {
    url: UrlState,
    feed: CallFeed,
    active: RwSignal<Option<CallId>>,
    table: RwSignal<Option<TableHandle>>,
    moving: Timer,
}

impl Selection {
    fn open(self, id: CallId) {
        self.active.set(Some(id));
        self.url.open(id);
    }

    fn close(self) {
        let id = self.url.call().get_untracked();
        self.url.close();
        if let Some(id) = id {
            self.focus(id);
        }
    }

    /// The open call follows the row that a key led to.
    fn moved(self, id: CallId) {
        if self.url.call().get_untracked().is_some() {
            self.moving.set(MOVING_PAUSE, move || self.url.open(id));
        }
    }

    fn step(self, direction: Direction) {
        match self.neighbour(direction) {
            Some(id) => {
                self.active.set(Some(id));
                self.url.open(id);
                self.feed.extend(direction);
            }
            None => self.feed.extend(direction),
        }
    }

    fn neighbour(self, direction: Direction) -> Option<CallId> {
        self.feed.neighbour(self.url.call().get()?, direction)
    }

    /// `Call 5 of 2,314`
    fn position(self) -> Option<String> {
        let id = self.url.call().get()?;
        self.feed.list().with(|list| {
            let list = list.as_ref()?;
            let place = list.ahead().calls + list.index_of(id)? + 1;
            let total = list.total();
            let more = if total.exact { "" } else { "at least " };
            Some(format!("Call {} of {more}{}", count(place as u64), count(total.count)))
        })
    }

    /// From outside the list into it: to the row last looked at, or the first.
    fn enter_list(self) {
        let first = || {
            self.feed
                .list()
                .with_untracked(|list| list.as_ref().and_then(|list| list.get(0)).map(|listed| listed.call.id))
        };
        let active = self.active.get_untracked().filter(|id| self.feed.call(*id).is_some());
        if let Some(id) = active.or_else(first) {
            self.focus(id);
        }
    }

    fn focus(self, id: CallId) {
        if let Some(table) = self.table.get_untracked() {
            table.focus.run(id);
        }
    }
}

/// The page's keys; the list has its own.
fn listen(search: NodeRef<Input>, selection: Selection) {
    keyboard::on_key(move |event| {
        if keyboard::is_taken(&event) || element::is_dialog_open() {
            return;
        }
        match event.key().as_str() {
            "/" => {
                if let Some(field) = search.get_untracked() {
                    element::select_all(&field);
                }
            }
            "j" | "k" => {
                let direction = if event.key() == "j" { Direction::Older } else { Direction::Newer };
                if selection.url.call().get_untracked().is_some() {
                    selection.step(direction);
                } else {
                    selection.enter_list();
                }
            }
            "Escape" if selection.url.call().get_untracked().is_some() => selection.close(),
            _ => return,
        }
        event.prevent_default();
    });
}
