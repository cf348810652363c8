//! The list: a grid of which only the rows in view are in the document.
//!
//! Every row stands at its own distance from the top, so rows can come and go at both ends without moving the others,
//! and the row that has the focus stays in the document wherever the reader scrolls.

mod frame;
mod keys;
mod rows;
mod scroll;

use leptos::ev::{Event, FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use model::{CallId, Timestamp};

use self::frame::{day_in_view, header_row, with_end};
use self::keys::Keys;
use self::rows::{ShownRows, View, rounded};
use self::scroll::Scroll;
use super::call_row::{CALL, FOLD, link_id};
use crate::browser::{element, pointer, zone};
use crate::state::feed::list::CallList;
use crate::state::feed::{CallFeed, Phase};
use crate::state::table_look::{Density, Table, TableLook};
use crate::state::url::UrlState;
use crate::ui::markup::{Handle, Markup, classed};
use crate::ui::row_window::RowLayout;
use crate::ui::ruler::ruler;
use crate::words;

/// The calls of the filter, newest first.
#[derive(Clone, Copy)]
pub struct CallTable {
    /// The calls, with what is still loading at either end.
    pub feed: CallFeed,
    /// Columns, density and folding.
    pub look: TableLook,
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
        let Self { feed, look, active, on_move, now, .. } = self;
        let scroll = Scroll::new(feed, look, self.is_at_top);
        self.to_top.set(Some(Callback::new(move |()| scroll.to_top())));
        let keys = Keys { feed, scroll, holder: Handle::new(), active, on_move };
        self.focus.set(Some(Callback::new(move |id| keys.focus(id))));

        let row_count = move || {
            let total = feed.with_list(|list| list.map(CallList::total)).filter(|total| total.exact);
            Some(total.map_or_else(|| "-1".to_owned(), |total| (total.count + 1).to_string()))
        };
        let column_count = move || Some(look.columns().with(Vec::len).to_string());
        let height = move || format!("{}px", rounded(scroll.layout.with(RowLayout::height)));
        let rows = classed("div", "rows").attr("role", "presentation").style_now("height", height);
        let grid = classed("div", "calls")
            .attr("role", "grid")
            .attr("tabindex", "-1")
            .handle(keys.holder)
            .attr("aria-label", words::list::API_LOGS)
            .attr_now("aria-rowcount", row_count)
            .attr_now("aria-colcount", column_count)
            .attr_when("aria-busy", "true", move || matches!(feed.phase(), Phase::Reloading | Phase::Away))
            .on("keydown", move |event: KeyboardEvent| keys.press(&event))
            .with(header_row(look))
            .with(day_in_view(feed, scroll, now))
            .with(self.follow(self.listen(rows, keys), scroll));
        let is_dense = move |density| move || look.with(|table| table.density == density);
        let shown = classed("div", "grid")
            .class_when("grid--own", move || !look.with(Table::has_usual_columns))
            .class_when("grid--compact", is_dense(Density::Compact))
            .class_when("grid--roomy", is_dense(Density::Roomy))
            .on("scroll", move |_: Event| scroll.follow())
            .with(ruler("ruler ruler--row", scroll.row_height))
            .with(ruler("ruler ruler--day", scroll.heading_height))
            .with(grid);
        scroll.of(with_end(with_widths(shown, look), feed))
    }

    /// Opens calls, and folds. The link lies below the words, so that they can be selected; presses on them that would
    /// open a new tab are passed on to it, and for the browser's own menu it comes up.
    fn listen(self, rows: Markup, keys: Keys) -> Markup {
        let Self { active, on_open, .. } = self;
        let call_at = |event: &Event| element::nearest(event, CALL).and_then(|id| id.parse::<CallId>().ok());
        let on_press = move |event: MouseEvent| {
            let Some(id) = call_at(&event) else { return };
            if element::nearest(&event, FOLD).is_some() {
                keys.toggle(id);
            } else if element::holds_selection(&event) {
                event.prevent_default();
            } else if pointer::is_plain(&event) {
                event.prevent_default();
                on_open.run(id);
            } else {
                element::click_link(&link_id(id), &event);
            }
        };
        let on_other_press = move |event: MouseEvent| {
            if let Some(id) = call_at(&event).filter(|_| event.button() == 1) {
                element::click_link(&link_id(id), &event);
            }
        };
        let is_menu_near = RwSignal::new(false);
        let on_down = move |event: MouseEvent| {
            is_menu_near.set(event.button() == 2);
            if event.button() == 1 {
                // Not the browser's scrolling by the wheel button.
                event.prevent_default();
            }
        };
        let on_focus = move |event: FocusEvent| {
            if let Some(id) = call_at(&event) {
                active.set(Some(id));
            }
        };
        rows.class_when("rows--linked", move || is_menu_near.get())
            .on("click", on_press)
            .on("auxclick", on_other_press)
            .on("mousedown", on_down)
            .on("focusin", on_focus)
    }

    /// Keeps the rows in step with the list, the scrolling and the address.
    fn follow(self, holder: Markup, scroll: Scroll) -> Markup {
        let Self { feed, look, url, active, now, .. } = self;
        let mut shown = ShownRows::new(holder.clone());
        let around = url.around_call();
        let columns = look.columns();
        holder.in_step(move || {
            // Before what is made of them: an effect that asks a memo of a memo first does not hear that the inner one has
            // changed where the outer one stays as it was.
            scroll.rows.track();
            scroll.layout.track();
            let (window, active, open) = (scroll.window.get(), active.get(), url.call().get());
            let (is_rushing, columns, zone) = (scroll.is_rushing.get(), columns.get(), zone::choice());
            feed.with_list(|list| {
                let Some(list) = list else { return };
                scroll.layout.with(|layout| {
                    around.with(|around| {
                        scroll.rows.with(|rows| {
                            let (columns, now) = (columns.as_slice(), now.run(()));
                            let view = View {
                                list,
                                rows,
                                columns,
                                layout,
                                window,
                                is_rushing,
                                active,
                                open,
                                around,
                                now,
                                zone,
                            };
                            shown.follow(&view);
                        });
                    });
                });
            });
        })
    }
}

/// Says the order of the columns and the widths that the reader has drawn to the style sheet: rows need no work then.
fn with_widths(grid: Markup, look: TableLook) -> Markup {
    let shown = grid.clone();
    grid.in_step(move || {
        look.with(|table| {
            shown.set_style("--cols", &table.tracks());
            for setting in table.columns() {
                let width = setting.width.map(|width| format!("{width}px")).unwrap_or_default();
                shown.set_style(&format!("--w-{}", setting.column.word()), &width);
            }
        });
    })
}
