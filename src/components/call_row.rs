//! One row of the list: markup that is built once, and the few attributes of it that change.

mod cells;

use model::{CallId, CallSummary};

use self::cells::{blank_cell, fill, name};
use crate::state::feed::folds::Row;
use crate::state::table_look::Column;
use crate::ui::markup::{Markup, button, classed};
use crate::words;
use crate::words::count::count;

/// The attribute that says which call a row is, for presses and the focus that come to it.
pub const CALL: &str = "data-call";
/// The attribute of the button that folds calls that are alike, or shows each.
pub const FOLD: &str = "data-fold";

/// The id of a row's link in the document, so that the focus finds it.
pub fn link_id(id: CallId) -> String {
    format!("call-{id}")
}

/// What of a row changes while it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its distance from the top of the list in pixels.
    pub top: i32,
    /// Its place among all calls of the filter, counted from one.
    pub place: usize,
    /// Whether it is open beside the list.
    pub is_open: bool,
    /// Whether it is the list's one tab stop.
    pub is_tab_stop: bool,
    /// The calls it stands for, and those that are alike around it.
    pub row: Row,
}

/// A row in its place: the whole row leads to its call.
pub struct CallRow {
    /// The call: the newest of those it stands for.
    pub id: CallId,
    /// Its element.
    pub row: Markup,
    status: Markup,
    link: Markup,
    fold: Option<Markup>,
    name: String,
    standing: Option<Standing>,
}

impl CallRow {
    /// Fills a copy of the blank row: a browser copies elements several times faster than they are built one by one.
    pub fn new(blank: &Markup, columns: &[Column], call: &CallSummary) -> Self {
        let row = blank.copy();
        row.set(CALL, &call.id.to_string());
        let mut status = None;
        for (column, cell) in columns.iter().zip(row.inside()) {
            fill(*column, &cell, call);
            if *column == Column::Status {
                status = Some(cell);
            }
        }
        // The column is always there.
        let status = status.unwrap_or_else(|| row.clone());
        let [link] = status.children();
        let name = name(call);
        link.set("id", &link_id(call.id));
        link.set("aria-label", &name);
        Self { id: call.id, row, status, link, fold: None, name, standing: None }
    }

    /// Says where the row stands now.
    pub fn stand(&mut self, now: Standing) {
        let before = self.standing.replace(now);
        if before.is_none_or(|before| before.top != now.top) {
            self.row.set_style("transform", &format!("translateY({}px)", now.top));
        }
        if before.is_none_or(|before| before.place != now.place) {
            self.row.set("aria-rowindex", &(now.place + 1).to_string());
        }
        if before.is_none_or(|before| before.is_open != now.is_open) {
            self.row.set("aria-selected", if now.is_open { "true" } else { "false" });
        }
        if before.is_none_or(|before| before.is_tab_stop != now.is_tab_stop) {
            self.link.set("tabindex", if now.is_tab_stop { "0" } else { "-1" });
        }
        let row = now.row;
        let is_changed = |before: Row| (before.calls, before.run, before.is_head) != (row.calls, row.run, row.is_head);
        if before.map_or(row.run > 1, |before| is_changed(before.row)) {
            self.show_run(row);
        }
    }

    /// Says the address that opens the call.
    pub fn lead_to(&self, address: &str) {
        self.link.set("href", address);
    }

    /// How many calls are alike here, with the way to see each of them or to fold them again.
    fn show_run(&mut self, row: Row) {
        if let Some(fold) = self.fold.take() {
            fold.remove();
        }
        self.row
            .set("class", if row.run > 1 && !row.is_folded() { "row row--call row--part" } else { "row row--call" });
        let number = u64::try_from(row.run).unwrap_or_default();
        self.link.set(
            "aria-label",
            &if row.is_folded() { words::list::newest_of(&self.name, number) } else { self.name.clone() },
        );
        if row.run > 1 && row.is_head {
            let (state, words) = if row.is_folded() {
                ("false", words::list::show_each_of(number))
            } else {
                ("true", words::list::fold(number))
            };
            let times = format!("\u{d7}\u{2009}{}", count(number));
            let times = classed("span", "fold__n").attr("aria-hidden", "true").text(&times);
            let fold = button("fold")
                .attr(FOLD, "")
                .attr("tabindex", "-1")
                .attr("aria-expanded", state)
                .attr("title", &words)
                .with(classed("span", "vh").text(&words))
                .with(times);
            self.status.put(&fold, None);
            self.fold = Some(fold);
        }
    }
}

/// A row of nothing with these columns, to be copied.
pub fn blank_row(columns: &[Column]) -> Markup {
    let cell = |(place, column): (usize, &Column)| blank_cell(*column).attr("aria-colindex", &(place + 1).to_string());
    classed("div", "row row--call").attr("role", "row").with_all(columns.iter().enumerate().map(cell))
}
