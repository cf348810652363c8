//! A short text: all of its lines, wrapped as the browser does.

use super::Marks;
use super::pieces::row_line;
use crate::format::code::Language;
use crate::state::reading::Reading;
use crate::ui::markup::{Markup, classed};

/// All lines of a text that is done already. `marks` are the lines that are pointed at.
pub fn short_text(reading: Reading, label: &str, marks: &Marks) -> Markup {
    let class = if reading.language() == Language::Shell { "lines lines--shell" } else { "lines" };
    let lines = (0..reading.rows_now()).filter_map(|number| reading.with_row(number, |row| row_line(&row, marks)));
    classed("ol", class).attr("role", "list").attr("aria-label", label).with_all(lines)
}
