//! A long text: a box that scrolls, in which only the rows in view exist.
//!
//! Every row is one line high, because the text is cut to the width of the box before it is shown; so the place of a
//! row is known without laying out those before it.

use leptos::html::{Div, Span};
use leptos::prelude::*;

use super::pieces::row_line;
use super::window::{self, Window};
use crate::browser::{element, measure};
use crate::state::reading::Reading;

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

/// The rows of a text that are in view.
#[component]
pub fn LongText(
    /// The text.
    reading: Reading,
    /// What it is.
    label: &'static str,
    /// The line that is pointed at; it is in view at first.
    marked: Option<u32>,
) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let probe = NodeRef::<Span>::new();
    let measured = RwSignal::new(Measured { row_height: 24.0, box_height: 480.0 });
    let top = RwSignal::new(0.0_f64);
    let gutter = window::gutter(reading.bytes());

    Effect::new(move |_| {
        let (Some(scroller), Some(probe)) = (scroller.get(), probe.get()) else { return };
        let box_element = scroller.clone();
        element::watch_size(&scroller, move |width, height| {
            let (probe_width, row_height) = measure::size(&probe);
            if width <= 0.0 || probe_width <= 0.0 {
                return;
            }
            measured.set(Measured { row_height, box_height: height });
            reading.wrap(window::columns(width, probe_width / PROBE_CHARACTERS, gutter));
            top.set(measure::scroll_top(&box_element));
        });
    });

    // Rows of another width are other rows: what was at the top stays there.
    let progress = reading.progress();
    let first_line = StoredValue::new(marked.map_or(1, |line| line.saturating_sub(3)));
    Effect::new(move |before: Option<Option<u32>>| {
        let now = progress.get();
        let row_height = measured.get_untracked().row_height;
        if before.is_some_and(|columns| columns != now.columns)
            && now.is_done
            && let Some(scroller) = scroller.get_untracked()
        {
            let place = window::top_of(reading.row_of_line(first_line.get_value()), row_height);
            element::before_paint(move || measure::scroll_to(&scroller, place));
        }
        now.columns
    });
    let on_scroll = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        let place = measure::scroll_top(&scroller);
        top.set(place);
        let row = window::row_at(place, measured.get_untracked().row_height);
        first_line.set_value(reading.line_of_row(row));
    };

    let window = Memo::new(move |_| {
        let Measured { row_height, box_height } = measured.get();
        Window::new(top.get(), box_height, row_height, progress.with(|progress| progress.rows))
    });
    // The rows of another width, and of a text that is not done, are others.
    let generation = Memo::new(move |_| progress.with(|progress| (progress.columns, progress.is_done)));
    let keys = move || {
        let generation = generation.get();
        window.get().rows().map(move |number| (generation, number)).collect::<Vec<_>>()
    };
    // A row is as high as its line: in the unit of the sheet the place of a row is exact at any size of text.
    let height = move || format!("calc({} * 1.5rem)", progress.with(|progress| progress.rows));
    let before = move || format!("calc({} * 1.5rem)", window.get().first);
    let row_view = move |(_, number): ((Option<u32>, bool), usize)| {
        let rows = reading.rows_now().to_string();
        reading.with_row(number, |row| {
            let place = (number + 1).to_string();
            row_line(&row, marked).attr("aria-posinset", &place).attr("aria-setsize", &rows)
        })
    };
    view! {
        <div
            class="lines lines--long"
            role="group"
            aria-label=label
            aria-busy=move || (!progress.with(|progress| progress.is_done)).to_string()
            tabindex="0"
            style=("--gutter", gutter.to_string())
            node_ref=scroller
            on:scroll=on_scroll
        >
            <span class="lines__probe" aria-hidden="true" node_ref=probe>
                {PROBE}
            </span>
            <ol role="list" style:height=height style:padding-top=before>
                <For each=keys key=|key| *key children=row_view />
            </ol>
        </div>
    }
}
