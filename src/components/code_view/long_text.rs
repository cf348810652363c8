//! A long text: a box that scrolls, in which only the rows in view exist.
//!
//! Every row is one line high, because the text is cut to the width of the box before it is shown; so the place of a
//! row is known without laying out those before it.

use std::rc::Rc;

use leptos::ev::Event;
use leptos::prelude::*;

use super::Marks;
use super::pieces::row_line;
use super::print::on_paper;
use super::window::{self, Window};
use crate::browser::element::{before_paint, watch_size};
use crate::browser::measure;
use crate::state::reading::Reading;
use crate::ui::markup::{Handle, Markup, classed, element};

/// Characters in the probe that the width of one is measured by.
const PROBE: &str = "0000000000000000000000000000000000000000";
/// How many there are.
const PROBE_CHARACTERS: f64 = 40.0;

/// How large the box and its characters are, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    row_height: f64,
    box_height: f64,
}

/// The rows of a text that are in view; the first line that is pointed at is in view at first.
pub fn long_text(reading: Reading, label: &'static str, marks: &Marks) -> Markup {
    let scroller = Handle::new();
    let measured = RwSignal::new(Measured { row_height: 24.0, box_height: 480.0 });
    let top = RwSignal::new(0.0_f64);
    let gutter = window::gutter(reading.bytes());

    // Rows of another width are other rows: what was at the top stays there.
    let first_line = StoredValue::new(marks.first().map_or(1, |line| line.saturating_sub(3)));
    Effect::new(move |before: Option<Option<u32>>| {
        let now = reading.progress();
        let row_height = measured.get_untracked().row_height;
        let before = before.flatten();
        if !now.is_done {
            return before;
        }
        if before != now.columns
            && let Some(scroller) = scroller.get()
        {
            let place = window::top_of(reading.row_of_line(first_line.get_value()), row_height);
            before_paint(move || measure::scroll_to(&scroller, place));
        }
        now.columns
    });
    let on_scroll = move |_: Event| {
        let Some(scroller) = scroller.get() else { return };
        let place = measure::scroll_top(&scroller);
        top.set(place);
        let row = window::row_at(place, measured.get_untracked().row_height);
        first_line.set_value(reading.line_of_row(row));
    };

    let window = Memo::new(move |_| {
        let Measured { row_height, box_height } = measured.get();
        Window::new(top.get(), box_height, row_height, reading.progress().rows)
    });
    // The rows of another width, and of a text that is not done, are others.
    let generation = Memo::new(move |_| {
        let progress = reading.progress();
        (progress.columns.unwrap_or_default(), progress.is_done)
    });
    let rows = move || {
        let (columns, is_done) = generation.get();
        window.get().rows().map(|number| (format!("{columns} {is_done} {number}"), number)).collect()
    };
    // A row is as high as its line: in the unit of the sheet the place of a row is exact at any size of text.
    let height = move || format!("calc({} * 1.5rem)", reading.progress().rows);
    let before = move || format!("calc({} * 1.5rem)", window.get().first);
    let marks = Rc::clone(marks);
    let row = move |number: usize| {
        let rows = reading.rows_now().to_string();
        let line = reading.with_row(number, |row| {
            let place = (number + 1).to_string();
            row_line(&row, &marks).attr("aria-posinset", &place).attr("aria-setsize", &rows)
        });
        // A row that is gone by now has no line.
        line.unwrap_or_else(|| classed("li", "line"))
    };
    let probe = classed("span", "lines__probe").attr("aria-hidden", "true").text(PROBE);
    let list = element("ol").attr("role", "list").style_now("height", height).style_now("padding-top", before);
    let shown = classed("div", "lines lines--long")
        .attr("role", "group")
        .attr("aria-label", label)
        .attr_bool("aria-busy", move || !reading.progress().is_done)
        .attr("tabindex", "0")
        .style("--gutter", &gutter.to_string())
        .handle(scroller)
        .on("scroll", on_scroll)
        .with(probe.clone())
        .with(list.each(rows, row))
        .with(on_paper(reading));
    if let (Some(scroller), Some(probe)) = (shown.element(), probe.element()) {
        let (box_element, probe) = (scroller.clone(), probe.clone());
        watch_size(scroller, move |width, height| {
            let (probe_width, row_height) = measure::size(&probe);
            if width <= 0.0 || probe_width <= 0.0 {
                return;
            }
            measured.set(Measured { row_height, box_height: height });
            reading.wrap(window::columns(width, probe_width / PROBE_CHARACTERS, gutter));
            top.set(measure::scroll_top(&box_element));
        });
    }
    shown
}
