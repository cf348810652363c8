//! The list: a grid of which only the rows in view are in the document.
//!
//! Every row stands at its own distance from the top, so rows can come and go at both ends without moving the others,
//! and the row that has the focus stays in the document wherever the reader scrolls.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use model::{CallId, Timestamp};

use super::call_row::{CallRow, link_id};
use crate::browser::{clock, element, keyboard};
use crate::format::time;
use crate::state::feed::list::{CallList, ListedCall};
use crate::state::feed::{CallFeed, Direction, End, Phase};
use crate::state::url::UrlState;
use crate::ui::icon::{Icon, IconName};
use crate::ui::row_window::RowLayout;
use crate::ui::ruler::Ruler;

/// Rows kept ready above and below the view.
const MORE: usize = 8;
/// More is asked for when this many rows are left.
const NEAR_END: usize = 60;
/// The height of the header row, which covers the top of the list.
const HEADER: f64 = 28.0;

/// The verbs of the list for those around it: the panel's buttons, the page's keys.
#[derive(Clone, Copy)]
pub struct TableHandle {
    /// The row that was last looked at: the list's one tab stop.
    pub active: RwSignal<Option<CallId>>,
    /// Puts the focus on a row and the row in view.
    pub focus: Callback<CallId>,
}

/// The calls of the filter, newest first.
#[component]
pub fn CallTable(
    /// The calls, with what is still loading at either end.
    feed: CallFeed,
    /// Where the reader is: addresses of rows, and the open call.
    url: UrlState,
    /// The row that was last looked at.
    active: RwSignal<Option<CallId>>,
    /// Filled in with the verbs of the list.
    handle: RwSignal<Option<TableHandle>>,
    /// Asked for by a press or a key.
    on_open: Callback<CallId>,
    /// Told when a key has led to another row.
    on_move: Callback<CallId>,
    /// The server's time, for the headings of the days.
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    let grid = NodeRef::<Div>::new();
    let scrolled = RwSignal::new(0.0_f64);
    let viewport = RwSignal::new(0.0_f64);
    let row_height = RwSignal::new(0.0_f64);
    let heading_height = RwSignal::new(0.0_f64);
    let list = feed.list();
    let layout = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref().map(|list| layout(list, row_height.get(), heading_height.get())).unwrap_or_default()
        })
    });
    let window = Memo::new(move |_| layout.with(|layout| layout.window(scrolled.get() - HEADER, viewport.get(), MORE)));

    measure(grid, viewport);
    let on_scroll = move |_| {
        if let Some(grid) = grid.get_untracked() {
            scrolled.set(f64::from(grid.scroll_top()));
        }
    };
    let scroll_to = move |distance: f64| {
        if let Some(grid) = grid.get_untracked() {
            element::scroll_to(&grid, distance);
            scrolled.set(distance);
        }
    };
    keep_in_place(layout, list, scrolled, scroll_to);
    begin_at_the_top(feed, active, scroll_to);
    ask_for_more(feed, window, layout);

    let focus = Callback::new(move |id: CallId| {
        let Some(index) = list.with_untracked(|list| list.as_ref().and_then(|list| list.index_of(id))) else {
            return;
        };
        active.set(Some(id));
        let goal = layout.with_untracked(|layout| {
            layout.reveal(index, scrolled.get_untracked() - HEADER, viewport.get_untracked(), HEADER)
        });
        if let Some(goal) = goal {
            scroll_to(goal + HEADER);
        }
        // The row may only come into the document with this scroll.
        element::before_paint(move || {
            element::focus_id(&link_id(id));
        });
    });
    handle.set(Some(TableHandle { active, focus }));

    let step = move |by: isize| {
        let goal = list.with_untracked(|list| {
            let list = list.as_ref()?;
            let here = active.get_untracked().and_then(|id| list.index_of(id));
            let index = here.map_or(0, |index| index.saturating_add_signed(by)).min(list.len().checked_sub(1)?);
            list.get(index).map(|listed| listed.call.id)
        });
        if let Some(id) = goal {
            focus.run(id);
            on_move.run(id);
        }
    };
    let page = move || {
        let rows = (viewport.get_untracked() / row_height.get_untracked().max(1.0)) as isize;
        (rows - 2).max(1)
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if keyboard::is_taken(&event) || event.shift_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" | "j" => step(1),
            "ArrowUp" | "k" => step(-1),
            "PageDown" => step(page()),
            "PageUp" => step(-page()),
            "Home" => step(isize::MIN),
            "End" => step(isize::MAX),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };

    let rows = move || {
        let window = window.get();
        let active = active.get();
        list.with(|list| list.as_ref().map(|list| in_document(list, &window, active)).unwrap_or_default())
    };
    let headings = move || {
        let window = window.get();
        list.with(|list| list.as_ref().map(|list| headings_of(list, &window)).unwrap_or_default())
    };
    let row = move |listed: ListedCall| {
        let id = listed.call.id;
        let index =
            Memo::new(move |_| list.with(|list| list.as_ref().and_then(|list| list.index_of(id)).unwrap_or_default()));
        let place = move || list.with(|list| list.as_ref().map_or(0, |list| list.ahead().calls)) + index.get() + 1;
        let top = move || layout.with(|layout| layout.row_top(index.get()));
        let is_tab_stop = move || tab_stop(list, active) == Some(id);
        view! {
            <CallRow
                call=listed.call
                place=Signal::derive(place)
                top=Signal::derive(top)
                address=Signal::derive(move || url.address_of_call(id))
                is_open=Signal::derive(move || url.call().get() == Some(id))
                is_tab_stop=Signal::derive(is_tab_stop)
                on_open
                on_focus=Callback::new(move |id| active.set(Some(id)))
            />
        }
    };
    let heading = move |(first, timestamp): (CallId, Timestamp)| {
        let top = move || {
            let index = list.with(|list| list.as_ref().and_then(|list| list.index_of(first)).unwrap_or_default());
            layout.with(|layout| layout.top(index))
        };
        view! {
            <div class="row row--day" role="presentation" style:transform=move || format!("translateY({}px)", top())>
                {time::day_heading(timestamp, now.run(()), clock::zone())}
            </div>
        }
    };
    let row_count = move || {
        list.with(|list| list.as_ref().map(CallList::total))
            .filter(|total| total.exact)
            .map_or_else(|| "-1".to_owned(), |total| (total.count + 1).to_string())
    };
    view! {
        <div
            class="grid"
            role="grid"
            aria-label="API logs"
            aria-rowcount=row_count
            aria-busy=move || (feed.phase().get() == Phase::Reloading).then_some("true")
            node_ref=grid
            on:scroll=on_scroll
            on:keydown=on_key
        >
            <Ruler class="ruler ruler--row" height=row_height />
            <Ruler class="ruler ruler--day" height=heading_height />
            <HeaderRow />
            <div class="rows" role="presentation" style:height=move || format!("{}px", layout.with(RowLayout::height))>
                <For each=headings key=|(first, _)| *first children=heading />
                <For each=rows key=|listed| listed.call.id children=row />
            </div>
            <ListEnd feed />
        </div>
    }
}

#[component]
fn HeaderRow() -> impl IntoView {
    view! {
        <div role="row" class="row row--head" aria-rowindex="1">
            <div role="columnheader">"Status"</div>
            <div role="columnheader" class="c-time" aria-sort="descending">
                "Time"
                <Icon name=IconName::ArrowDown size=crate::ui::icon::IconSize::Small />
            </div>
            <div role="columnheader">"Application"</div>
            <div role="columnheader">"Request"</div>
            <div role="columnheader" class="c-bot">
                "Bot name"
            </div>
            <div role="columnheader">"Source"</div>
            <div role="columnheader" class="c-user">
                "User"
            </div>
            <div role="columnheader" class="c-dur">
                "Took"
            </div>
        </div>
    }
}

/// What stands below the last row: more to come, a failure with the way to try again, or the end.
#[component]
fn ListEnd(feed: CallFeed) -> impl IntoView {
    let has_older =
        Memo::new(move |_| feed.list().with(|list| list.as_ref().is_some_and(|list| list.older().is_some())));
    move || match (feed.end(Direction::Older).get(), has_older.get()) {
        (End::Failed(error), _) => view! {
            <div class="list-end" role="presentation">
                <span class="t-err">"Older calls could not be loaded. "</span>
                <span class="muted">{error.sentence()}</span>
                <button class="btn btn--sm" type="button" on:click=move |_| feed.retry(Direction::Older)>
                    "Try again"
                </button>
            </div>
        }
        .into_any(),
        (_, true) => view! {
            <div class="list-end" role="presentation" aria-hidden="true">
                <span class="sk sk--pill"></span>
                <span class="sk"></span>
                <span class="sk"></span>
            </div>
        }
        .into_any(),
        (_, false) => view! {
            <p class="list-end list-end--done muted" role="presentation">"No older calls"</p>
        }
        .into_any(),
    }
}

fn layout(list: &CallList, row_height: f64, heading_height: f64) -> RowLayout {
    let ahead = list.ahead();
    RowLayout {
        rows: list.len(),
        headings: list.headings(),
        row_height,
        heading_height,
        ahead: as_float(ahead.calls) * row_height + as_float(ahead.headings) * heading_height,
    }
}

#[expect(clippy::cast_precision_loss, reason = "some thousand rows")]
const fn as_float(number: usize) -> f64 {
    number as f64
}

/// The rows of the window, and the active one wherever it is: it may have the focus.
fn in_document(list: &CallList, window: &Range<usize>, active: Option<CallId>) -> Vec<ListedCall> {
    let outside = active.and_then(|id| list.index_of(id)).filter(|index| !window.contains(index));
    let before = outside.filter(|index| *index < window.start);
    let after = outside.filter(|index| *index >= window.end);
    before.into_iter().chain(window.clone()).chain(after).filter_map(|index| list.get(index).cloned()).collect()
}

/// The days that begin in the window, each with its first call.
fn headings_of(list: &CallList, window: &Range<usize>) -> Vec<(CallId, Timestamp)> {
    let first_calls = list.headings().into_iter().filter(|index| window.contains(index));
    first_calls.filter_map(|index| list.get(index)).map(|listed| (listed.call.id, listed.call.timestamp)).collect()
}

/// The row that Tab leads to: the active one while it is held, or else the first.
fn tab_stop(list: Signal<Option<CallList>>, active: RwSignal<Option<CallId>>) -> Option<CallId> {
    let active = active.get();
    list.with(|list| {
        let list = list.as_ref()?;
        active.filter(|id| list.index_of(*id).is_some()).or_else(|| list.get(0).map(|listed| listed.call.id))
    })
}

fn measure(grid: NodeRef<Div>, viewport: RwSignal<f64>) {
    Effect::new(move |_| {
        if let Some(grid) = grid.get() {
            element::watch_size(&grid, move |_, height| {
                viewport.try_set(height);
            });
        }
    });
}

/// Rows that come or go ahead of the reader must not move what they read: the first row in view stays where it is.
fn keep_in_place(
    layout: Memo<RowLayout>,
    list: Signal<Option<CallList>>,
    scrolled: RwSignal<f64>,
    scroll_to: impl Fn(f64) + 'static,
) {
    let anchor = StoredValue::new(None::<(CallId, f64)>);
    Effect::new(move |_| {
        let scrolled = scrolled.get();
        let first = layout.with_untracked(|layout| layout.row_at(scrolled - HEADER));
        let found =
            list.with_untracked(|list| list.as_ref().and_then(|list| list.get(first)).map(|listed| listed.call.id));
        anchor.set_value(found.map(|id| (id, layout.with_untracked(|layout| layout.row_top(first)))));
    });
    Effect::new(move |_| {
        layout.track();
        let Some((id, before)) = anchor.get_value() else {
            return;
        };
        let Some(index) = list.with_untracked(|list| list.as_ref().and_then(|list| list.index_of(id))) else {
            return;
        };
        let moved = layout.with_untracked(|layout| layout.row_top(index)) - before;
        anchor.set_value(Some((id, before + moved)));
        if moved != 0.0 && scrolled.get_untracked() > HEADER {
            scroll_to(scrolled.get_untracked() + moved);
        }
    });
}

/// The answer to a new filter is read from its top.
fn begin_at_the_top(feed: CallFeed, active: RwSignal<Option<CallId>>, scroll_to: impl Fn(f64) + 'static) {
    Effect::new(move |before: Option<u32>| {
        let answered = feed.answered().get();
        if before.is_some_and(|before| before != answered) {
            scroll_to(0.0);
            let is_gone = active.get_untracked().is_some_and(|id| feed.call(id).is_none());
            if is_gone {
                active.set(None);
            }
        }
        answered
    });
}

/// Asks for the next page before the reader reaches the end of this one.
fn ask_for_more(feed: CallFeed, window: Memo<Range<usize>>, layout: Memo<RowLayout>) {
    Effect::new(move |_| {
        let window = window.get();
        let rows = layout.with(|layout| layout.rows);
        feed.phase().track();
        if window.end + NEAR_END >= rows {
            feed.extend(Direction::Older);
        }
        if window.start <= NEAR_END {
            feed.extend(Direction::Newer);
        }
    });
}
