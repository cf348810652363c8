//! A long text on paper: all of it, where the screen has only the rows in view.

use crate::browser::print::on_print;
use crate::format::code::{Document, Shown};
use crate::state::reading::Reading;
use crate::ui::markup::{Markup, classed};
use crate::words;

/// Nothing on the screen; on paper the whole text.
pub fn on_paper(reading: Reading) -> Markup {
    let paper = classed("div", "print-only");
    let shown = paper.clone();
    on_print(move |is_before| shown.say(&if is_before { whole(reading) } else { String::new() }));
    paper
}

/// The text as it is shown, a line each.
fn whole(reading: Reading) -> String {
    let text = reading.text();
    let mut whole = String::with_capacity(text.len() * 2);
    let mut document = Document::new(text, reading.language(), None);
    while document.advance(usize::MAX) {}
    for row in (0..document.row_count()).filter_map(|number| document.row(number)) {
        for _ in 0..row.indent {
            whole.push(' ');
        }
        for piece in row.pieces {
            match piece.shown {
                Shown::Text(text) => whole.push_str(text),
                Shown::Redacted(label) => {
                    whole.push('[');
                    whole.push_str(words::body::REDACTED);
                    whole.push(' ');
                    whole.push_str(label);
                    whole.push(']');
                }
                Shown::Invisible(character) => whole.push(character),
            }
        }
        whole.push('\n');
    }
    whole
}
