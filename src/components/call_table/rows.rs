//! The rows and the headings of days that are in the document, each at its own distance from the top.
//!
//! One effect keeps all of them in step: a scrolled list costs the rows that come, and nothing for those that stay.

use std::ops::Range;

use model::{CallId, Timestamp};

use crate::browser::zone::ZoneChoice;
use crate::components::call_row::{CallRow, Standing, blank_row};
use crate::format::time;
use crate::state::feed::folds::{Row, Rows};
use crate::state::feed::list::{CallList, ListedCall};
use crate::state::table_look::Column;
use crate::ui::markup::{Markup, classed};
use crate::ui::row_window::RowLayout;

/// What decides what is in the document, and where.
pub struct View<'a> {
    /// The calls held.
    pub list: &'a CallList,
    /// The rows they make.
    pub rows: &'a Rows,
    /// The columns of a row.
    pub columns: &'a [Column],
    /// Where each row lies.
    pub layout: &'a RowLayout,
    /// The rows in view and some more.
    pub window: Range<usize>,
    /// Whether rows fly past: those that come are then drawn as bars, all of them at once.
    pub is_rushing: bool,
    /// The row that was last looked at: it stays in the document wherever it is, for it may have the focus.
    pub active: Option<CallId>,
    /// The call beside the list.
    pub open: Option<CallId>,
    /// What stands before and after a call's id in the address that opens it.
    pub around: &'a (String, String),
    /// The server's time, for the names of the days.
    pub now: Timestamp,
    /// The zone that times are shown in.
    pub zone: ZoneChoice,
}

/// A day's heading, known by its first call.
struct Heading {
    first: CallId,
    element: Markup,
    top: i32,
}

/// What is in the document.
pub struct ShownRows {
    holder: Markup,
    columns: Vec<Column>,
    blank: Markup,
    shown: Vec<CallRow>,
    headings: Vec<Heading>,
    /// What stands for rows that fly past.
    bars: Markup,
    around: (String, String),
    zone: ZoneChoice,
}

impl ShownRows {
    /// No rows yet, in this element.
    pub fn new(holder: Markup) -> Self {
        Self {
            holder,
            columns: Vec::new(),
            blank: blank_row(&[]),
            shown: Vec::new(),
            headings: Vec::new(),
            bars: classed("div", "rows__bars").attr("role", "presentation"),
            around: (String::new(), String::new()),
            zone: ZoneChoice::default(),
        }
    }

    /// Brings the document in step.
    pub fn follow(&mut self, view: &View<'_>) {
        if std::mem::replace(&mut self.zone, view.zone) != view.zone {
            // Every time in them is another one.
            self.shown.drain(..).for_each(|gone| gone.row.remove());
            self.headings.drain(..).for_each(|gone| gone.element.remove());
        }
        if self.columns != view.columns {
            view.columns.clone_into(&mut self.columns);
            self.blank = blank_row(view.columns);
            self.shown.drain(..).for_each(|gone| gone.row.remove());
        }
        self.follow_rows(view);
        self.follow_headings(view);
        self.follow_bars(view);
    }

    fn follow_rows(&mut self, view: &View<'_>) {
        let ahead = view.list.before_first();
        let row_of = |id: Option<CallId>| Some(view.rows.row_of(view.list.index_of(id?)?));
        let (active, open) = (row_of(view.active), row_of(view.open));
        // The row that Tab leads to: the active one while it is held, or else the first.
        let tab_stop = active.unwrap_or(0);
        let is_elsewhere = self.around != *view.around;
        let mut before = std::mem::take(&mut self.shown);
        let mut shown = in_document(view, active);
        if view.is_rushing {
            shown.retain(|(place, _, listed)| {
                active == Some(*place) || before.iter().any(|known| known.id == listed.call.id)
            });
        }
        before.retain(|known| {
            let stays = shown.iter().any(|(_, _, listed)| listed.call.id == known.id);
            if !stays {
                known.row.remove();
            }
            stays
        });
        for (place, row, listed) in shown {
            let id = listed.call.id;
            let known = before.iter().position(|known| known.id == id);
            let mut shown = known
                .map_or_else(|| CallRow::new(&self.blank, &self.columns, &listed.call), |place| before.remove(place));
            // Rows that stay are still in their order, and one that stands right keeps the focus.
            if known != Some(0) {
                self.holder.put(&shown.row, before.first().map(|next| &next.row));
            }
            shown.stand(Standing {
                top: rounded(view.layout.row_top(place)),
                place: ahead + row.first + 1,
                is_open: open == Some(place),
                is_tab_stop: tab_stop == place,
                row,
            });
            if is_elsewhere || known.is_none() {
                shown.lead_to(&format!("{}{id}{}", view.around.0, view.around.1));
            }
            self.shown.push(shown);
        }
        self.around.clone_from(view.around);
    }

    fn follow_bars(&self, view: &View<'_>) {
        if !view.is_rushing {
            self.bars.remove();
            return;
        }
        let (top, end) = (view.layout.top(view.window.start), view.layout.top(view.window.end));
        self.bars.set_style("transform", &format!("translateY({}px)", rounded(top)));
        self.bars.set_style("block-size", &format!("{}px", rounded(end - top)));
        // Below the rows that are there.
        self.holder.put(&self.bars, self.shown.first().map(|row| &row.row));
    }

    fn follow_headings(&mut self, view: &View<'_>) {
        let mut before = std::mem::take(&mut self.headings);
        for index in view.layout.headings.iter().filter(|index| view.window.contains(index)) {
            let Some(listed) = view.rows.get(*index).and_then(|row| view.list.get(row.first)) else { continue };
            let first = listed.call.id;
            let top = rounded(view.layout.top(*index));
            let known = before.iter().position(|known| known.first == first).map(|place| before.remove(place));
            let mut heading = known.unwrap_or_else(|| {
                let words = time::day_heading(listed.call.timestamp, view.now, view.zone.zone());
                let element = classed("div", "row row--day").attr("role", "presentation").text(&words);
                self.holder.put(&element, self.shown.first().map(|row| &row.row));
                Heading { first, element, top: -1 }
            });
            if heading.top != top {
                heading.element.set_style("transform", &format!("translateY({top}px)"));
                heading.top = top;
            }
            self.headings.push(heading);
        }
        for gone in before {
            gone.element.remove();
        }
    }
}

/// The rows of the window, and the active one wherever it is.
fn in_document<'a>(view: &View<'a>, active: Option<usize>) -> Vec<(usize, Row, &'a ListedCall)> {
    let window = view.window.clone();
    let outside = active.filter(|place| !window.contains(place));
    let before = outside.filter(|place| *place < window.start);
    let after = outside.filter(|place| *place >= window.end);
    let places = before.into_iter().chain(window).chain(after);
    places
        .filter_map(|place| {
            let row = view.rows.get(place)?;
            Some((place, row, view.list.get(row.first)?))
        })
        .collect()
}

/// A length in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "browsers end at some ten million pixels")]
pub fn rounded(length: f64) -> i32 {
    length.round() as i32
}
