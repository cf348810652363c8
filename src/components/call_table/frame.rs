//! What stands around the rows: the names of the columns, the day in view, and the end of the list.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use model::Timestamp;

use super::scroll::Scroll;
use crate::browser::{clock, element, pointer};
use crate::format::time;
use crate::state::feed::{CallFeed, Direction, End};
use crate::state::table_look::{Column, TableLook};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed};
use crate::words;

/// The attribute of a header's edge that is drawn: the word of its column.
const EDGE: &str = "data-edge";

/// A column's edge on its way.
#[derive(Clone, Copy)]
struct Drag {
    column: Column,
    /// Where it began.
    x: i32,
    width: i32,
    /// Columns behind the one that takes what is left are drawn at their beginning.
    grows_backwards: bool,
}

/// The names of the columns, with edges that are drawn to make them wider. By keys that is done in the menu of the
/// columns, so the edges are for pointers alone.
pub fn header_row(look: TableLook) -> Markup {
    let columns = look.columns();
    let named = move || {
        let request = columns.with(|columns| columns.iter().position(|column| *column == Column::Request));
        let header = |(place, column): (usize, Column)| {
            let is_behind = request.is_some_and(|request| request < place);
            (format!("{place}{}{is_behind}", column.word()), (place, column, is_behind))
        };
        columns.get().into_iter().enumerate().map(header).collect()
    };
    let head = classed("div", "row row--head").attr("role", "row").attr("aria-rowindex", "1");
    drawn(head.each(named, |(place, column, is_behind)| header(place, column, is_behind)), look, columns)
}

fn header(place: usize, column: Column, is_behind: bool) -> Markup {
    let header = classed("div", &format!("c-{}", column.word()))
        .attr("role", "columnheader")
        .attr("aria-colindex", &(place + 1).to_string())
        .text(column.label());
    let edge = classed("span", if is_behind { "edge edge--start" } else { "edge" }).attr(EDGE, column.word());
    match column {
        Column::Time => {
            header.attr("aria-sort", "descending").with(icon(IconName::ArrowDown, IconSize::Small)).with(edge)
        }
        Column::Request => header,
        _ => header.with(edge),
    }
}

/// Draws the edges: by pointer, and a double press gives the usual width back.
fn drawn(head: Markup, look: TableLook, columns: Memo<Vec<Column>>) -> Markup {
    let drag = Rc::new(Cell::new(None::<Drag>));
    // Where the pointer is captured, what it does is told of the whole header.
    let pressed = Rc::new(Cell::new(None::<Column>));
    let last_pressed = Rc::clone(&pressed);
    let (moved, ended) = (Rc::clone(&drag), Rc::clone(&drag));
    let column_at = |event: &MouseEvent| {
        let word = element::nearest(event, EDGE)?;
        Column::ALL.into_iter().find(|column| column.word() == word)
    };
    let on_down = move |event: PointerEvent| {
        pressed.set(column_at(&event).filter(|_| event.button() == 0));
        let Some(column) = pressed.get() else { return };
        let Some(width) = element::nearest_width(&event, "[role=columnheader]") else { return };
        event.prevent_default();
        pointer::capture(&event);
        let place = |column| columns.with_untracked(|columns| columns.iter().position(|known| *known == column));
        let grows_backwards = place(Column::Request).is_some_and(|request| Some(request) < place(column));
        drag.set(Some(Drag { column, x: event.client_x(), width, grows_backwards }));
    };
    let on_move = move |event: PointerEvent| {
        if let Some(Drag { column, x, width, grows_backwards }) = moved.get() {
            let by = event.client_x() - x;
            let width = width + if grows_backwards { -by } else { by };
            look.draw(|table| table.set_width(column, Some(u16::try_from(width).unwrap_or_default())));
        }
    };
    let on_end = move |_: PointerEvent| {
        if ended.take().is_some() {
            look.edit(|_| {});
        }
    };
    let on_double = move |_: MouseEvent| {
        if let Some(column) = last_pressed.get() {
            look.edit(|table| table.set_width(column, None));
        }
    };
    head.on("pointerdown", on_down)
        .on("pointermove", on_move)
        // Comes after a drag however it ends.
        .on("lostpointercapture", on_end)
        .on("dblclick", on_double)
}

/// The day of the first row in view, which stays below the header while its own heading has gone by.
pub fn day_in_view(feed: CallFeed, scroll: Scroll, now: Callback<(), Timestamp>) -> Markup {
    let first = Memo::new(move |_| scroll.first_in_view());
    let words = move || {
        let row = scroll.rows.with(|rows| rows.get(first.get()));
        let words = feed.with_list(|list| {
            let time = list?.get(row?.first)?.call.timestamp;
            Some(time::day_heading(time, now.run(()), clock::zone()))
        });
        words.unwrap_or_default()
    };
    classed("div", "row row--day row--stuck").attr("aria-hidden", "true").text_now(words)
}

/// Adds what stands below the last row: more to come, a failure with the way to try again, or the end.
pub fn with_end(holder: Markup, feed: CallFeed) -> Markup {
    let has_older = Memo::new(move |_| feed.with_list(|list| list.is_some_and(|list| list.older().is_some())));
    holder.part(move || {
        Some(match (feed.end(Direction::Older), has_older.get()) {
            (End::Failed(error), _) => classed("div", "list-end")
                .attr("role", "alert")
                .with(classed("span", "t-err").text(words::list::OLDER_NOT_LOADED))
                .text(" ")
                .with(classed("span", "muted").text(&error.sentence()))
                .with(
                    button("btn btn--sm").on_press(move || feed.retry(Direction::Older)).text(words::errors::TRY_AGAIN),
                ),
            (_, true) => {
                let bars = ["sk sk--pill", "sk", "sk"].map(|class| classed("span", class));
                classed("div", "list-end").attr("aria-hidden", "true").with_all(bars)
            }
            (_, false) => classed("p", "list-end list-end--done muted").text(words::list::NO_OLDER),
        })
    })
}
