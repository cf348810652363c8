//! Which rows are in view, and staying with them: the list's scrolling, kept apart from what a row looks like.

use std::ops::Range;
use std::time::Duration;

use leptos::prelude::*;
use model::CallId;

use crate::browser::clock::{self, Timer};
use crate::browser::element;
use crate::state::feed::folds::Rows;
use crate::state::feed::list::CallList;
use crate::state::feed::{CallFeed, Direction};
use crate::state::table_look::TableLook;
use crate::ui::markup::{Handle, Markup};
use crate::ui::row_window::RowLayout;

/// Rows kept ready above and below the view, once those in view are drawn.
const MORE: usize = 8;
/// Whoever moves on by a screen within this time cannot read what passes, in milliseconds.
const RUSH_MILLIS: i64 = 100;
/// After this time without another screen the rows are drawn.
const RUSH_PAUSE: Duration = Duration::from_millis(80);
/// More is asked for when this many rows are left.
const NEAR_END: usize = 60;
/// Room, in rows, above a list that was entered at a time: for scrolling up, not for all that is newer, which may be more
/// than a browser can lay out.
const MOST_BEYOND: usize = 200;

/// The scrolling of the list.
#[derive(Clone, Copy)]
pub struct Scroll {
    /// The height of a row, as the style sheet has it.
    pub row_height: RwSignal<f64>,
    /// The height of a day's heading, and of the header that covers the top of the list.
    pub heading_height: RwSignal<f64>,
    /// The rows that the calls make.
    pub rows: Memo<Rows>,
    /// Runs of calls that the reader has opened, each by one of its calls.
    pub opened: RwSignal<Vec<CallId>>,
    /// Where every row lies.
    pub layout: Memo<RowLayout>,
    /// The rows in view and some more.
    pub window: Memo<Range<usize>>,
    /// Whether rows fly past faster than anybody reads.
    pub is_rushing: RwSignal<bool>,
    feed: CallFeed,
    scrolled: RwSignal<f64>,
    viewport: RwSignal<f64>,
    /// The element that scrolls.
    grid: Handle,
    /// When the reader last moved on by a screen at once.
    moved_on: StoredValue<i64>,
    pause: Timer,
}

impl Scroll {
    /// The scrolling of a feed's list: follows the element, and asks for more before the reader is there.
    pub fn new(feed: CallFeed, look: TableLook, is_at_top: RwSignal<bool>) -> Self {
        let scrolled = RwSignal::new(0.0_f64);
        let viewport = RwSignal::new(0.0_f64);
        let row_height = RwSignal::new(0.0_f64);
        let heading_height = RwSignal::new(0.0_f64);
        let opened = RwSignal::new(Vec::new());
        let rows = Memo::new(move |_| {
            let is_folding = look.with(|table| table.is_folding);
            opened.with(|opened| {
                feed.with_list(|list| list.map(|list| Rows::of(list, is_folding, opened)).unwrap_or_default())
            })
        });
        let layout = Memo::new(move |_| {
            let (row_height, heading_height) = (row_height.get(), heading_height.get());
            let lay_out = |list: &CallList| rows.with(|rows| lay_out(list, rows, row_height, heading_height));
            feed.with_list(|list| list.map(lay_out).unwrap_or_default())
        });
        let drawn = RwSignal::new(0);
        let window = Memo::new(move |_| {
            let from = scrolled.get() - heading_height.get();
            let more = if drawn.get() == feed.answered() { MORE } else { 0 };
            layout.with(|layout| layout.window(from, viewport.get(), more))
        });
        let at_top = Memo::new(move |_| scrolled.get() <= heading_height.get());
        Effect::new(move |_| is_at_top.set(at_top.get()));
        // Without a list nobody has scrolled.
        on_cleanup(move || {
            is_at_top.try_set(true);
        });
        // Of a new answer the rows in view are drawn first.
        Effect::new(move |_| {
            let answered = feed.answered();
            element::after_paint(move || {
                drawn.try_set(answered);
            });
        });
        let scroll = Self {
            row_height,
            heading_height,
            rows,
            opened,
            layout,
            window,
            is_rushing: RwSignal::new(false),
            feed,
            scrolled,
            viewport,
            grid: Handle::new(),
            moved_on: StoredValue::new(0),
            pause: Timer::new(),
        };
        scroll.keep_in_place();
        scroll.begin_at_the_top();
        scroll.ask_for_more();
        scroll
    }

    /// The same for the element that scrolls.
    pub fn of(self, grid: Markup) -> Markup {
        if let Some(grid) = grid.element() {
            element::watch_size(grid, move |_, height| {
                self.viewport.try_set(height);
            });
        }
        grid.handle(self.grid)
    }

    /// Takes note of where the reader has scrolled.
    pub fn follow(self) {
        if let Some(grid) = self.grid.get() {
            let scrolled = f64::from(grid.scroll_top());
            if (scrolled - self.scrolled.get_untracked()).abs() >= self.viewport.get_untracked() {
                self.move_on();
            }
            self.scrolled.set(scrolled);
        }
    }

    /// The reader has moved on by a screen: once is a step, twice in no time is a rush, which ends with a pause.
    fn move_on(self) {
        let now = clock::now().millis();
        if now - self.moved_on.get_value() < RUSH_MILLIS {
            self.is_rushing.set(true);
            self.pause.set(RUSH_PAUSE, move || {
                self.is_rushing.try_set(false);
            });
        }
        self.moved_on.set_value(now);
    }

    /// The first row in view below the header: what is told of the day is told of it.
    pub fn first_in_view(self) -> usize {
        let scrolled = self.scrolled.get();
        self.layout.with(|layout| layout.row_at(scrolled))
    }

    /// Scrolls no further than needed to bring a row into view.
    pub fn reveal(self, index: usize) {
        let header = self.heading_height.get_untracked();
        let (scrolled, viewport) = (self.scrolled.get_untracked() - header, self.viewport.get_untracked());
        // The header and the heading of the day, which stays below it.
        let covered = 2.0 * header;
        if let Some(goal) = self.layout.with_untracked(|layout| layout.reveal(index, scrolled, viewport, covered)) {
            self.go_to(goal + header);
        }
    }

    /// How many rows a page down passes.
    #[expect(clippy::cast_possible_truncation, reason = "a screen has some dozen rows")]
    pub fn rows_per_page(self) -> isize {
        let rows = self.viewport.get_untracked() / self.row_height.get_untracked().max(1.0);
        (rows as isize - 2).max(1)
    }

    /// Shows the list from its top.
    pub fn to_top(self) {
        self.go_to(0.0);
    }

    fn go_to(self, distance: f64) {
        // To be told to scroll makes a browser lay out the page at once.
        if (self.scrolled.get_untracked() - distance).abs() < 0.5 {
            return;
        }
        if let Some(grid) = self.grid.get() {
            element::scroll_to(&grid, distance);
            self.follow();
        }
    }

    /// Rows that come or go ahead of the reader must not move what they read: the first row in view stays where it is.
    fn keep_in_place(self) {
        let anchor = StoredValue::new(None::<(CallId, f64)>);
        let layout = self.layout;
        Effect::new(move |_| {
            let from = self.scrolled.get() - self.heading_height.get_untracked();
            let first = layout.with_untracked(|layout| layout.row_at(from));
            let first_call = self.rows.with_untracked(|rows| rows.get(first)).map(|row| row.first);
            let found = untrack(|| self.feed.with_list(|list| Some(list?.get(first_call?)?.call.id)));
            anchor.set_value(found.map(|id| (id, layout.with_untracked(|layout| layout.row_top(first)))));
        });
        Effect::new(move |_| {
            layout.track();
            let Some((id, before)) = anchor.get_value() else {
                return;
            };
            let index = untrack(|| self.feed.with_list(|list| list?.index_of(id)));
            let Some(index) = index.map(|index| self.rows.with_untracked(|rows| rows.row_of(index))) else {
                return;
            };
            let now = layout.with_untracked(|layout| layout.row_top(index));
            anchor.set_value(Some((id, now)));
            let is_at_top = self.scrolled.get_untracked() <= self.heading_height.get_untracked();
            if (now - before).abs() > 0.5 && !is_at_top {
                self.go_to(self.scrolled.get_untracked() + now - before);
            }
        });
    }

    /// The answer to a new filter is read from its top.
    fn begin_at_the_top(self) {
        Effect::new(move |before: Option<u32>| {
            let answered = self.feed.answered();
            if before.is_some_and(|before| before != answered) {
                // Below the room for what is newer, which has to be laid out first.
                let top = self.layout.with_untracked(|layout| layout.ahead);
                if top > 0.0 {
                    element::before_paint(move || self.go_to(top));
                } else {
                    self.go_to(0.0);
                }
            }
            answered
        });
    }

    /// Asks for the next page before the reader reaches the end of this one.
    fn ask_for_more(self) {
        Effect::new(move |_| {
            // In this order, see `CallTable::follow`.
            let rows = self.layout.with(|layout| layout.rows);
            let window = self.window.get();
            // An end that was asked for while the list was asked for is asked for again.
            let _ = self.feed.phase();
            if window.end + NEAR_END >= rows {
                self.feed.extend(Direction::Older);
            }
            if window.start <= NEAR_END {
                self.feed.extend(Direction::Newer);
            }
        });
    }
}

fn lay_out(list: &CallList, rows: &Rows, row_height: f64, heading_height: f64) -> RowLayout {
    let ahead = list.ahead();
    let beyond = list.beyond().unwrap_or_default().min(MOST_BEYOND);
    RowLayout {
        rows: rows.len(),
        headings: list.headings().into_iter().map(|call| rows.row_of(call)).collect(),
        row_height,
        heading_height,
        ahead: as_float(ahead.calls + beyond) * row_height + as_float(ahead.headings) * heading_height,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a list has some million rows at most")]
const fn as_float(number: usize) -> f64 {
    number as f64
}
