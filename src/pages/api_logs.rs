//! Integrations, API Logs: search, filters, the list, and the open call beside it.

mod commands;

use std::sync::Arc;

use leptos::prelude::*;
use model::{LogQuery, Outcome, Session, Timestamp};

use self::commands::Desk;
use crate::api::ApiError;
use crate::browser::{boot, clock};
use crate::components::call_table::CallTable;
use crate::components::columns_menu::columns_menu;
use crate::components::detail_panel::DetailPanel;
use crate::components::export_menu::export_menu;
use crate::components::facet_menu::Filtering;
use crate::components::filter_bar::filter_bar;
use crate::components::histogram::Histogram;
use crate::components::list_bar::ListBar;
use crate::components::list_notices::{AddressIssues, AnswerNotices};
use crate::components::list_state::{empty_state, failed_state, loading_rows};
use crate::components::live_notices::live_notices;
use crate::components::search_box::search_box;
use crate::state::commands::Act;
use crate::state::counts::Counts;
use crate::state::feed::list::CallList;
use crate::state::feed::{CallFeed, Direction, Phase};
use crate::state::live::Live;
use crate::state::search;
use crate::state::selection::Selection;
use crate::state::session::SessionState;
use crate::state::table_look::TableLook;
use crate::state::url::UrlState;
use crate::state::zoom::Zoom;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Handle, Markup, button, classed};
use crate::ui::ruler::ruler;
use crate::words;

/// The list of calls with its filters, and the open call beside it, for somebody who may see calls.
pub fn api_logs(url: UrlState, sessions: SessionState, session: Arc<Session>) -> Markup {
    let on_refused = Callback::new(move |error| match error {
        ApiError::NotSignedIn => sessions.end(),
        _ => sessions.ask(),
    });
    let asked = search::asked(url.query());
    let feed = CallFeed::new(asked, on_refused);
    let counts = Counts::new(asked);
    let selection = Selection::new(url, feed);
    let field = Handle::new();
    follow_the_filter(asked, feed, counts);
    let live = Live::new(url, asked, feed, counts, on_refused);
    let look = TableLook::remembered();
    let now = Callback::new(|()| clock::now());
    let parts = Parts { url, feed, counts, selection, live, look, now, pointed: RwSignal::new(None) };
    let desk = Desk::new(parts, field);
    let run = desk.runner();
    desk.listen(run);
    let list = parts.listing(parts.asking(classed("main", "list"), &session, field), &session, run);
    let panel = view! {
        <DetailPanel
            id=url.call()
            hint=move || url.call().get().and_then(|id| feed.call(id))
            position=move || selection.position()
            session
            on_close=Callback::new(move |()| selection.close())
            on_newer=Callback::new(move |()| selection.step(Direction::Newer))
            on_older=Callback::new(move |()| selection.step(Direction::Older))
            can_newer=move || selection.neighbour(Direction::Newer).is_some()
            can_older=move || selection.neighbour(Direction::Older).is_some()
            tab=move || url.tab()
            on_tab=Callback::new(move |tab: String| url.show_tab(&tab))
            range=move || url.query().with(|query| query.range)
            on_filter=Callback::new(move |filter: String| url.edit(|query| *query = LogQuery::parse(&filter).query))
            on_open=Callback::new(move |id| selection.open(id))
        />
    };
    let split = classed("div", "split").class_when("split--open", move || url.call().get().is_some());
    split.with(list).with_view(panel).with(desk.dialogs(run))
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Parts {
    url: UrlState,
    feed: CallFeed,
    counts: Counts,
    selection: Selection,
    live: Live,
    look: TableLook,
    now: Callback<(), Timestamp>,
    /// Where the bars of the histogram end that are pointed at.
    pointed: RwSignal<Option<Timestamp>>,
}

impl Parts {
    /// Adds what is asked for: words, filters, and what they find over time.
    fn asking(self, list: Markup, session: &Arc<Session>, search: Handle) -> Markup {
        let Self { url, feed, counts, selection, now, pointed, .. } = self;
        let zoom = Zoom::new(url);
        let filtering = filtering(url, counts);
        let narrowness = RwSignal::new(0.0_f64);
        let total = move || feed.with_list(|list| list.map(|list| list.total().count));
        let is_narrow = move || narrowness.get() > 0.0;
        let person = format!("{}/{}", session.account, session.user);
        let on_type = Callback::new(move |text: String| url.retype(&text));
        let on_leave = Callback::new(move |()| selection.enter_list());
        let for_histogram = Arc::clone(session);
        list.with(ruler("ruler ruler--narrow", narrowness))
            .with(search_box(filtering, &person, search, on_type, on_leave))
            .with(filter_bar(filtering, is_narrow, total, session, now))
            .with_view(view! {
                <Histogram
                    counts
                    lists_no_response=move || url.query().with(LogQuery::lists_no_response)
                    session=for_histogram
                    zoom
                    now
                    pointed
                />
            })
    }

    /// Adds what is found: how many calls, what to know about the answer, and the calls.
    fn listing(self, list: Markup, session: &Session, run: Callback<Act>) -> Markup {
        let Self { url, feed, counts, selection, live, look, now, .. } = self;
        let to_top = RwSignal::new(None::<Callback<()>>);
        let retry = Callback::new(move |()| feed.reload());
        let of_list = move |of: fn(&CallList) -> bool| feed.with_list(|list| list.is_some_and(of));
        let is_empty = Memo::new(move |_| of_list(|list| list.is_empty() && list.older().is_none()));
        let is_seeking = move || of_list(|list| list.older().is_some());
        let retention = session.retention;
        let rows = move || {
            if is_empty.get() {
                return empty_state(filtering(url, counts), &feed.notices(), retention);
            }
            let on_open = Callback::new(move |id| selection.open(id));
            let on_move = Callback::new(move |id| selection.moved(id));
            let (active, focus) = (selection.active, selection.focus);
            let is_at_top = live.is_at_top;
            untrack(|| CallTable { feed, look, url, active, focus, to_top, is_at_top, on_open, on_move, now }.show())
        };
        // Rows stay while others are on their way: what is shown depends on the kind of phase, not on each change of it.
        let shown = Memo::new(move |_| match feed.phase() {
            Phase::First => Shown::Waiting,
            Phase::Failed(error) => Shown::Failed(error),
            Phase::Ready | Phase::Reloading | Phase::Away => Shown::Rows,
        });
        let support = session.support.clone();
        let content = move || {
            Some(match shown.get() {
                Shown::Waiting => loading_rows(),
                Shown::Failed(error) => failed_state(&error, &support, retry),
                Shown::Rows => rows(),
            })
        };
        let list_no_response = move |is_listed| {
            url.edit(|query| {
                query.no_response = is_listed;
                query.status.remove(&Outcome::NoResponse);
            });
        };
        let show_new = move |()| {
            live.show();
            if let Some(to_top) = to_top.get_untracked() {
                to_top.run(());
            }
        };
        let total = move || {
            let of_page = feed.with_list(|list| list.map(CallList::total));
            // A page counts no further than it must; what was counted for the histogram is the whole.
            of_page.map(|total| if total.exact { total } else { counts.total().unwrap_or(total) })
        };
        let is_entered = move || of_list(|list| list.beyond().is_some());
        let newest = move || button("link").on_press(move || run.run(Act::Newest)).text(words::list::NEWEST);
        let keys = button("btn btn--icon")
            .attr("title", words::commands::KEYS_AND_COMMANDS)
            .on_press(move || run.run(Act::Keys));
        let keys =
            keys.with(icon(IconName::Help, IconSize::Standard)).with(classed("span", "vh").text(words::list::KEYS));
        let tools = classed("div", "listbar__end").part_when(is_entered, newest);
        let tools = tools.with(columns_menu(look)).with(export_menu(feed.query())).with(keys);
        list.with_view(view! {
            <AddressIssues issues=url.issues() on_dismiss=Callback::new(move |()| url.dismiss_issues()) />
            <AnswerNotices notices=move || feed.notices() is_seeking on_retry=retry />
            {live_notices(feed, live)}
            <ListBar
                total
                phase=move || feed.phase()
                errors=move || counts.errors()
                no_response=move || counts.no_response()
                lists_no_response=move || url.query().with(LogQuery::lists_no_response)
                on_list_no_response=Callback::new(list_no_response)
                live
                on_show_new=Callback::new(show_new)
                tools
            />
        })
        .part(content)
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
    Filtering { query: url.query(), counts, on_edit: Callback::new(move |query| url.edit(|present| *present = query)) }
}

/// Asks anew whenever the filter changes. Spaces at the end of what is typed change the text, but not the filter.
fn follow_the_filter(asked: Memo<LogQuery>, feed: CallFeed, counts: Counts) {
    let filter = Memo::new(move |_| asked.with(LogQuery::to_query_string));
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read knows nothing of what it depends on.
        filter.with(|_| feed.reload());
    });
    // The numbers follow the rows: rows first, and none while somebody is still typing.
    Effect::new(move |before: Option<u32>| {
        let answered = feed.answered();
        if answered > 0 && before != Some(answered) {
            boot::drop_early();
            counts.reload();
        }
        answered
    });
}
