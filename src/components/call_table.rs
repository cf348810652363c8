//! The list: a grid of which only the rows in view are in the document.
//!
//! Every row stands at its own distance from the top, so rows can come and go at both ends without moving the others,
//! and the row that has the focus stays in the document wherever the reader scrolls.

mod frame;
mod rows;
mod scroll;

use leptos::ev::{Event, FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use model::{CallId, Timestamp};

use self::frame::{header_row, with_end};
use self::rows::{Rows, View, rounded};
use self::scroll::Scroll;
use super::call_row::{CALL, link_id};
use crate::browser::{element, keyboard, pointer, zone};
use crate::state::feed::list::CallList;
use crate::state::feed::{CallFeed, Phase};
use crate::state::url::UrlState;
use crate::ui::markup::{Markup, classed};
use crate::ui::row_window::RowLayout;
use crate::ui::ruler::ruler;

/// The calls of the filter, newest first.
#[derive(Clone, Copy)]
pub struct CallTable {
    /// The calls, with what is still loading at either end.
    pub feed: CallFeed,
    /// Where the reader is: addresses of rows, and the open call.
    pub url: UrlState,
    /// The row that was last looked at: the list's one tab stop.
    pub active: RwSignal<Option<CallId>>,
    /// Filled in with the verb that puts the focus on a row, for those around the list.
    pub focus: RwSignal<Option<Callback<CallId>>>,
    /// Filled in with the verb that shows the list from its top, for those around it.
    pub to_top: RwSignal<Option<Callback<()>>>,
    /// Told whether the list is at its top.
    pub is_at_top: RwSignal<bool>,
    /// Asked for by a press or a key.
    pub on_open: Callback<CallId>,
    /// Told when a key has led to another row.
    pub on_move: Callback<CallId>,
    /// The server's time, for the headings of the days.
    pub now: Callback<(), Timestamp>,
}

impl CallTable {
    /// Shows it.
    pub fn show(self) -> Markup {
        let Self { feed, active, on_open, on_move, .. } = self;
        let scroll = Scroll::new(feed, self.is_at_top);
        self.to_top.set(Some(Callback::new(move |()| scroll.to_top())));
        let keys = Keys { feed, scroll, active, on_move };
        self.focus.set(Some(Callback::new(move |id| keys.focus(id))));

        let on_press = move |event: MouseEvent| {
            let pressed = element::nearest(&event, CALL).and_then(|id| id.parse().ok());
            if let Some(id) = pressed.filter(|_| pointer::is_plain(&event)) {
                event.prevent_default();
                on_open.run(id);
            }
        };
        let on_focus = move |event: FocusEvent| {
            if let Some(id) = element::nearest(&event, CALL).and_then(|id| id.parse().ok()) {
                active.set(Some(id));
            }
        };
        let row_count = move || {
            let total = feed.with_list(|list| list.map(CallList::total)).filter(|total| total.exact);
            Some(total.map_or_else(|| "-1".to_owned(), |total| (total.count + 1).to_string()))
        };
        let height = move || format!("{}px", rounded(scroll.layout.with(RowLayout::height)));
        let rows = classed("div", "rows")
            .attr("role", "presentation")
            .style_now("height", height)
            .on("click", on_press)
            .on("focusin", on_focus);
        let grid = classed("div", "calls")
            .attr("role", "grid")
            .attr("aria-label", "API logs")
            .attr_now("aria-rowcount", row_count)
            .attr_when("aria-busy", "true", move || matches!(feed.phase(), Phase::Reloading | Phase::Away))
            .on("keydown", move |event: KeyboardEvent| keys.press(&event))
            .with(header_row())
            .with(self.follow(rows, scroll));
        let shown = classed("div", "grid")
            .on("scroll", move |_: Event| scroll.follow())
            .with(ruler("ruler ruler--row", scroll.row_height))
            .with(ruler("ruler ruler--day", scroll.heading_height))
            .with(grid);
        scroll.of(with_end(shown, feed))
    }

    /// Keeps the rows in step with the list, the scrolling and the address.
    fn follow(self, holder: Markup, scroll: Scroll) -> Markup {
        let Self { feed, url, active, now, .. } = self;
        let mut rows = Rows::new(holder.clone());
        let around = url.around_call();
        holder.in_step(move || {
            let (window, active, open) = (scroll.window.get(), active.get(), url.call().get());
            let (is_rushing, zone) = (scroll.is_rushing.get(), zone::choice());
            feed.with_list(|list| {
                scroll.layout.with(|layout| {
                    around.with(|around| {
                        if let Some(list) = list {
                            let now = now.run(());
                            rows.follow(&View { list, layout, window, is_rushing, active, open, around, now, zone });
                        }
                    });
                });
            });
        })
    }
}

/// The keys of the list.
#[derive(Clone, Copy)]
struct Keys {
    feed: CallFeed,
    scroll: Scroll,
    active: RwSignal<Option<CallId>>,
    on_move: Callback<CallId>,
}

impl Keys {
    fn press(self, event: &KeyboardEvent) {
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
        let active = self.active.get_untracked();
        let goal = |list: Option<&CallList>| {
            let list = list?;
            let here = active.and_then(|id| list.index_of(id));
            let index = here.map_or(0, |index| index.saturating_add_signed(by)).min(list.len().checked_sub(1)?);
            list.get(index).map(|listed| listed.call.id)
        };
        if let Some(id) = untrack(|| self.feed.with_list(goal)) {
            self.focus(id);
            self.on_move.run(id);
        }
    }

    /// Puts the focus on a row and the row in view.
    fn focus(self, id: CallId) {
        let Some(index) = untrack(|| self.feed.with_list(|list| list?.index_of(id))) else { return };
        self.active.set(Some(id));
        self.scroll.reveal(index);
        // The row may only come into the document with this scroll.
        element::before_paint(move || {
            element::focus_id(&link_id(id));
        });
    }
}
