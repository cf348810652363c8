//! The keys of the list, and the folding of calls that are alike.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::CallId;

use super::scroll::Scroll;
use crate::browser::{element, keyboard};
use crate::components::call_row::link_id;
use crate::state::feed::CallFeed;
use crate::state::feed::folds::Row;
use crate::state::shortcuts;
use crate::ui::markup::Handle;

/// The keys of the list.
#[derive(Clone, Copy)]
pub struct Keys {
    /// The calls.
    pub feed: CallFeed,
    /// Where they are on the screen.
    pub scroll: Scroll,
    /// The list itself, which has the focus while a row is on its way that is to have it.
    pub holder: Handle,
    /// The row that was last looked at.
    pub active: RwSignal<Option<CallId>>,
    /// Told when a key has led to another row.
    pub on_move: Callback<CallId>,
}

impl Keys {
    /// Does what a key says, if it is one of the list's.
    pub fn press(self, event: &KeyboardEvent) {
        if keyboard::is_taken(event) || event.shift_key() {
            return;
        }
        let page = self.scroll.rows_per_page();
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "j" if shortcuts::are_on() => 1,
            "k" if shortcuts::are_on() => -1,
            "PageDown" => page,
            "PageUp" => -page,
            "Home" => isize::MIN,
            "End" => isize::MAX,
            key @ ("ArrowRight" | "ArrowLeft") => {
                let Some((_, row)) = self.active.get_untracked().and_then(|id| self.row_of(id)) else { return };
                if row.is_folded() == (key == "ArrowRight") && row.run > 1 {
                    event.prevent_default();
                    self.active.get_untracked().into_iter().for_each(|id| self.toggle(id));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        self.step(by);
    }

    fn step(self, by: isize) {
        let here = self.active.get_untracked().and_then(|id| self.row_of(id));
        let last = self.scroll.rows.with_untracked(|rows| rows.len().checked_sub(1));
        let Some(last) = last else { return };
        let place = here.map_or(0, |(place, _)| place.saturating_add_signed(by)).min(last);
        if let Some(id) = self.call_of(place) {
            self.focus(id);
            self.on_move.run(id);
        }
    }

    /// Puts the focus on the row that a call is in, and the row in view.
    pub fn focus(self, id: CallId) {
        let Some((place, _)) = self.row_of(id) else { return };
        let Some(shown) = self.call_of(place) else { return };
        // The row may only come into the document with the scroll below, and the one that has the focus may go with it:
        // keys that are pressed before the next paint still are the list's.
        if !element::focus_id(&link_id(shown)) {
            if let Some(holder) = self.holder.get() {
                element::focus(&holder);
            }
            element::before_paint(move || {
                element::focus_id(&link_id(shown));
            });
        }
        self.active.set(Some(shown));
        self.scroll.reveal(place);
    }

    /// Shows each of the calls that are alike with this one, or folds them again and goes to their row.
    pub fn toggle(self, id: CallId) {
        let Some((place, row)) = self.row_of(id) else { return };
        if row.is_folded() {
            self.scroll.opened.update(|opened| opened.push(id));
        } else {
            let rows = self.scroll.rows;
            let head = (0..=place)
                .rev()
                .find_map(|place| rows.with_untracked(|rows| rows.get(place)).filter(|row| row.is_head));
            let Some(Row { first, run, .. }) = head else { return };
            let alike = untrack(|| {
                self.feed.with_list(|list| {
                    let calls = list.into_iter().flat_map(|list| list.iter().skip(first).take(run));
                    calls.map(|listed| listed.call.id).collect::<Vec<_>>()
                })
            });
            self.scroll.opened.update(|opened| opened.retain(|id| !alike.contains(id)));
        }
        self.focus(id);
    }

    /// The row that a call is in, with its place.
    fn row_of(self, id: CallId) -> Option<(usize, Row)> {
        let call = untrack(|| self.feed.with_list(|list| list?.index_of(id)))?;
        self.scroll.rows.with_untracked(|rows| {
            let place = rows.row_of(call);
            Some((place, rows.get(place)?))
        })
    }

    /// The call that a row shows.
    fn call_of(self, place: usize) -> Option<CallId> {
        let row = self.scroll.rows.with_untracked(|rows| rows.get(place))?;
        untrack(|| self.feed.with_list(|list| Some(list?.get(row.first)?.call.id)))
    }
}
