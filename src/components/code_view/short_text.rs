//! A short text: all of its lines, wrapped as the browser does.

use leptos::prelude::*;

use super::pieces::pieces_view;
use crate::format::code::Language;
use crate::state::reading::Reading;

/// All lines of a text.
#[component]
pub fn ShortText(
    /// The text; done already.
    reading: Reading,
    /// What it is.
    label: &'static str,
    /// The line that is pointed at.
    marked: Option<u32>,
) -> impl IntoView {
    let rows = reading.progress().with_untracked(|progress| progress.rows);
    let line = move |number| {
        reading.with_row(number, |row| {
            let pieces = pieces_view(&row.pieces);
            let is_marked = marked == Some(row.number);
            view! {
                <li class="line" class:is-hit=is_marked data-n=row.number.to_string()>
                    <span style=("--d", row.indent.to_string())>{pieces}</span>
                </li>
            }
        })
    };
    let class = if reading.language() == Language::Shell { "lines lines--shell" } else { "lines" };
    view! {
        <ol class=class role="list" aria-label=label>
            {(0..rows).filter_map(line).collect_view()}
        </ol>
    }
}
