//! The list: a grid of which only the rows in view are in the document.
//!
//! Every row stands at its own distance from the top, so rows can come and go at both ends without moving the others,
//! and the row that has the focus stays in the document wherever the reader scrolls.

mod frame;
mod scroll;

use std::ops::Range;

use leptos::prelude::*;
use model::{CallId, Timestamp};

use self::frame::{ListEnd, header_row};
use self::scroll::Scroll;
use super::call_row::{CALL, Standing, call_row, link_id};
use crate::browser::{clock, element, keyboard, pointer};
use crate::format::time;
use crate::state::feed::list::{CallList, ListedCall};
use crate::state::feed::{CallFeed, Phase};
use crate::state::url::UrlState;
use crate::ui::ruler::Ruler;

/// The calls of the filter, newest first.
#[component]
pub fn CallTable(
    /// The calls, with what is still loading at either end.
    feed: CallFeed,
    /// Where the reader is: addresses of rows, and the open call.
    url: UrlState,
    /// The row that was last looked at: the list's one tab stop.
    active: RwSignal<Option<CallId>>,
    /// Filled in with the verb that puts the focus on a row, for those around the list.
    focus: RwSignal<Option<Callback<CallId>>>,
    /// Asked for by a press or a key.
    on_open: Callback<CallId>,
    /// Told when a key has led to another row.
    on_move: Callback<CallId>,
    /// The server's time, for the headings of the days.
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    let list = feed.list();
    let scroll = Scroll::new(feed);
    let keys = Keys { list, scroll, active, on_move };
    focus.set(Some(Callback::new(move |id| keys.focus(id))));

    let tab_stop = Memo::new(move |_| tab_stop(list, active));
    let around_call = url.around_call();
    let rows = move || {
        let (window, active) = (scroll.window.get(), active.get());
        list.with(|list| list.as_ref().map(|list| in_document(list, &window, active)).unwrap_or_default())
    };
    let row = move |listed: ListedCall| {
        let id = listed.call.id;
        let index = index_of(list, id);
        let ahead = move || list.with(|list| list.as_ref().map_or(0, |list| list.ahead().calls));
        call_row(&listed.call, move || Standing {
            top: scroll.layout.with(|layout| rounded(layout.row_top(index.get()))),
            place: ahead() + index.get() + 1,
            is_open: url.call().get() == Some(id),
            is_tab_stop: tab_stop.get() == Some(id),
            address: around_call.with(|(before, after)| format!("{before}{id}{after}")),
        })
    };
    let headings = move || {
        let window = scroll.window.get();
        list.with(|list| list.as_ref().map(|list| headings_of(list, &window)).unwrap_or_default())
    };
    let heading = move |(first, timestamp): (CallId, Timestamp)| {
        let index = index_of(list, first);
        let top = move || scroll.layout.with(|layout| rounded(layout.top(index.get())));
        view! {
            <div class="row row--day" role="presentation" style:transform=move || format!("translateY({}px)", top())>
                {time::day_heading(timestamp, now.run(()), clock::zone())}
            </div>
        }
    };
    let on_press = move |event: leptos::ev::MouseEvent| {
        let pressed = element::nearest(&event, CALL).and_then(|id| id.parse().ok());
        if let Some(id) = pressed.filter(|_| pointer::is_plain(&event)) {
            event.prevent_default();
            on_open.run(id);
        }
    };
    let on_focus = move |event: leptos::ev::FocusEvent| {
        if let Some(id) = element::nearest(&event, CALL).and_then(|id| id.parse().ok()) {
            active.set(Some(id));
        }
    };
    let row_count = move || {
        list.with(|list| list.as_ref().map(CallList::total))
            .filter(|total| total.exact)
            .map_or_else(|| "-1".to_owned(), |total| (total.count + 1).to_string())
    };
    let height = move || format!("{}px", scroll.layout.with(|layout| rounded(layout.height())));
    view! {
        <div class="grid" node_ref=scroll.grid on:scroll=move |_| scroll.follow()>
            <Ruler class="ruler ruler--row" height=scroll.row_height />
            <Ruler class="ruler ruler--day" height=scroll.heading_height />
            <div
                role="grid"
                aria-label="API logs"
                aria-rowcount=row_count
                aria-busy=move || (feed.phase().get() == Phase::Reloading).then_some("true")
                on:keydown=move |event| keys.press(&event)
            >
                {header_row()}
                <div class="rows" role="presentation" style:height=height on:click=on_press on:focusin=on_focus>
                    <For each=headings key=|(first, _)| *first children=heading />
                    <For each=rows key=|listed| listed.call.id children=row />
                </div>
            </div>
            <ListEnd feed />
        </div>
    }
}

/// The keys of the list.
#[derive(Clone, Copy)]
struct Keys {
    list: Signal<Option<CallList>>,
    scroll: Scroll,
    active: RwSignal<Option<CallId>>,
    on_move: Callback<CallId>,
}

impl Keys {
    fn press(self, event: &leptos::ev::KeyboardEvent) {
        if keyboard::is_taken(event) || event.shift_key() {
            return;
        }
        let page = self.scroll.rows_per_page();
        let by = match event.key().as_str() {
            "ArrowDown" | "j" => 1,
            "ArrowUp" | "k" => -1,
            "PageDown" => page,
            "PageUp" => -page,
            "Home" => isize::MIN,
            "End" => isize::MAX,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        self.step(by);
    }

    fn step(self, by: isize) {
        let goal = self.list.with_untracked(|list| {
            let list = list.as_ref()?;
            let here = self.active.get_untracked().and_then(|id| list.index_of(id));
            let index = here.map_or(0, |index| index.saturating_add_signed(by)).min(list.len().checked_sub(1)?);
            list.get(index).map(|listed| listed.call.id)
        });
        if let Some(id) = goal {
            self.focus(id);
            self.on_move.run(id);
        }
    }

    /// Puts the focus on a row and the row in view.
    fn focus(self, id: CallId) {
        let Some(index) = self.list.with_untracked(|list| list.as_ref().and_then(|list| list.index_of(id))) else {
            return;
        };
        self.active.set(Some(id));
        self.scroll.reveal(index);
        // The row may only come into the document with this scroll.
        element::before_paint(move || {
            element::focus_id(&link_id(id));
        });
    }
}

#[expect(clippy::cast_possible_truncation, reason = "browsers end at some ten million pixels")]
fn rounded(length: f64) -> i32 {
    length.round() as i32
}

/// The index of a row as long as it is in the document.
fn index_of(list: Signal<Option<CallList>>, id: CallId) -> Memo<usize> {
    Memo::new(move |_| list.with(|list| list.as_ref().and_then(|list| list.index_of(id)).unwrap_or_default()))
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
