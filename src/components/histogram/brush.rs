//! Choosing a part of the picture: a press on a bar, a selection that is drawn with the pointer, or keys.
//!
//! For assistive technology the plot is a slider over the bars, which says what each of them counts.

use leptos::ev::{FocusEvent, KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use model::{TimeRange, Timestamp};

use super::{Chart, bars, percent};
use crate::browser::{clock, pointer};
use crate::format::time;
use crate::state::shortcuts;
use crate::state::zoom::Zoom;
use crate::ui::markup::{Markup, classed};
use crate::words;

/// The id of the plot, so that the focus finds it.
pub const PLOT: &str = "hist-plot";

/// What of the picture is pointed at, and what is selected.
#[derive(Clone, Copy)]
pub struct Brush {
    chart: Memo<Chart>,
    zoom: Zoom,
    /// The bar that is pointed at, by pointer or keys.
    at: RwSignal<Option<usize>>,
    /// The bar where a selection began.
    anchor: RwSignal<Option<usize>>,
    /// Whether the pointer is down.
    is_drawn: RwSignal<bool>,
}

impl Brush {
    /// Nothing is pointed at.
    pub fn new(chart: Memo<Chart>, is_drawn: RwSignal<bool>, zoom: Zoom) -> Self {
        Self { chart, zoom, at: RwSignal::new(None), anchor: RwSignal::new(None), is_drawn }
    }

    /// Lets the reader choose on a plot.
    pub fn over(self, plot: Markup) -> Markup {
        let Self { chart, at, .. } = self;
        let last = move || chart.with(|chart| chart.buckets.buckets.len().saturating_sub(1));
        plot.attr("id", PLOT)
            .attr("role", "slider")
            .attr("tabindex", "0")
            .attr("aria-label", words::histogram::BAR_BY_BAR)
            .attr("aria-roledescription", words::histogram::CHART)
            .attr("aria-valuemin", "0")
            .attr_now("aria-valuemax", move || Some(last().to_string()))
            .attr_now("aria-valuenow", move || Some(at.get().unwrap_or_else(last).to_string()))
            .attr_now("aria-valuetext", move || Some(self.in_words()))
            .part(move || self.selection())
            .part(move || self.tip())
            .on("pointerdown", move |event| self.begin(&event))
            .on("pointermove", move |event| self.point(&event))
            .on("pointerup", move |event| self.end(&event))
            .on("pointercancel", move |_: PointerEvent| self.forget())
            .on("pointerleave", move |_: PointerEvent| {
                if !self.is_drawn.get_untracked() {
                    self.forget();
                }
            })
            .on("blur", move |_: FocusEvent| self.forget())
            .on("keydown", move |event| self.press(&event))
    }

    fn begin(self, event: &PointerEvent) {
        if event.button() == 0 {
            pointer::capture(event);
            self.is_drawn.set(true);
            self.at.set(self.bar(event));
            self.anchor.set(self.at.get_untracked());
        }
    }

    /// Most moves stay on their bar, and change nothing.
    fn point(self, event: &PointerEvent) {
        let bar = self.bar(event);
        if self.at.get_untracked() != bar {
            self.at.set(bar);
        }
    }

    fn end(self, event: &PointerEvent) {
        if self.is_drawn.get_untracked() {
            self.at.set(self.bar(event));
            self.enter();
        }
    }

    fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let last = self.chart.with_untracked(|chart| chart.buckets.buckets.len()).saturating_sub(1);
        let here = self.at.get_untracked().unwrap_or(last).min(last);
        let there = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => (here + 1).min(last),
            "PageUp" => here.saturating_sub(10),
            "PageDown" => (here + 10).min(last),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                self.at.set(Some(here));
                self.enter();
                return taken(event);
            }
            "Escape" if self.anchor.get_untracked().is_some() => {
                self.is_drawn.set(false);
                self.anchor.set(None);
                return taken(event);
            }
            _ => return,
        };
        let anchor = event.shift_key().then(|| self.anchor.get_untracked().unwrap_or(here));
        self.anchor.set(anchor);
        self.at.set(Some(there));
        taken(event);
    }

    /// Looks at what is selected, or at the bar that is pointed at.
    fn enter(self) {
        let part = untrack(|| self.selected()).and_then(|(first, end)| {
            self.chart.with_untracked(|chart| part(chart, first, end, untrack(|| self.zoom.range())))
        });
        self.forget();
        if let Some(part) = part {
            self.zoom.into(part);
        }
    }

    fn forget(self) {
        self.is_drawn.set(false);
        self.anchor.set(None);
        self.at.set(None);
    }

    fn bar(self, event: &PointerEvent) -> Option<usize> {
        let bars = self.chart.with_untracked(|chart| chart.buckets.buckets.len());
        pointer::part_across(event, bars)
    }

    /// The first bar of the selection, and the one behind its last.
    fn selected(self) -> Option<(usize, usize)> {
        let at = self.at.get()?;
        let anchor = self.anchor.get().unwrap_or(at);
        Some((at.min(anchor), at.max(anchor) + 1))
    }

    /// Where what is pointed at ends.
    pub fn until(self) -> Option<Timestamp> {
        let (_, end) = self.selected()?;
        self.chart.with(|chart| Some(chart.buckets.buckets.get(end - 1)?.start.plus_millis(chart.width())))
    }

    /// Whether it is more than a bar that is pointed at.
    fn is_selection(self) -> bool {
        self.anchor.get().is_some()
    }

    fn selection(self) -> Option<Markup> {
        let (first, end) = self.selected()?;
        let (left, width) = self.chart.with(|chart| {
            let share = |bars| bars::share_of(bars, chart.buckets.buckets.len());
            (share(first), share(end) - share(first))
        });
        let class = if self.is_selection() { "hist__sel hist__sel--drawn" } else { "hist__sel" };
        Some(classed("div", class).style("left", &percent(left)).style("width", &percent(width)))
    }

    /// When and how many, beside the bars they are of.
    fn tip(self) -> Option<Markup> {
        let (first, end) = self.selected()?;
        let (place, (when, how_many)) = self.chart.with(|chart| {
            let bars = chart.buckets.buckets.len();
            (bars::share_of(first + end, bars * 2), described(chart, first, end))
        });
        let tip = classed("div", "hist__tip").style("left", &format!("clamp(7rem, {}, 100% - 7rem)", percent(place)));
        let tip = tip.with(classed("b", "hist__when").text(&when)).with(classed("span", "muted").text(&how_many));
        Some(tip.with_all(shortcuts::are_on().then(|| classed("span", "muted").text(words::histogram::TO_THESE))))
    }

    fn in_words(self) -> String {
        let Some((first, end)) = self.selected() else {
            return words::histogram::HOW_TO_MOVE.to_owned();
        };
        let (when, how_many) = self.chart.with(|chart| described(chart, first, end));
        if self.is_selection() { words::histogram::selected(&when, &how_many) } else { format!("{when}, {how_many}") }
    }
}

fn taken(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_propagation();
}

/// When some bars are, and what they count.
fn described(chart: &Chart, first: usize, end: usize) -> (String, String) {
    let bars = chart.buckets.buckets.get(first..end).unwrap_or_default();
    let start = bars.first().map_or(chart.kept_since, |bar| bar.start);
    let stop = bars.last().map_or(start, |bar| bar.start.plus_millis(chart.width()));
    let is_errors_only = start < chart.kept_since;
    let how_many = bars::in_words(bars::sums(bars), chart.lists_no_response, is_errors_only);
    (time::short_span(start, stop, clock::zone()), how_many)
}

/// The time of some bars, within the present time. One that has no end has none in its last bar either: calls go on.
fn part(chart: &Chart, first: usize, end: usize, present: TimeRange) -> Option<TimeRange> {
    let bars = &chart.buckets.buckets;
    let (from, to) = match present {
        TimeRange::Between { from, to } => (from, to),
        TimeRange::All | TimeRange::Last(_) => (None, None),
    };
    let start = bars.get(first)?.start;
    let stop = bars.get(end.checked_sub(1)?)?.start.plus_millis(chart.width());
    let from = Some(from.map_or(start, |from| from.max(start)));
    let to = match to {
        Some(to) => Some(to.min(stop)),
        None => (end < bars.len()).then_some(stop),
    };
    Some(TimeRange::Between { from, to })
}
