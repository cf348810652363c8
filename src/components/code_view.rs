//! Text as it came, numbered and coloured, however long it is.

mod long_text;
mod pieces;
mod print;
mod short_text;
mod window;

use std::rc::Rc;

use crate::state::reading::Reading;
use crate::ui::markup::Markup;
use long_text::long_text;
pub use pieces::marked_text;

pub use short_text::short_text;

/// The lines that are pointed at, counted from one.
pub type Marks = Rc<[u32]>;

/// A text in numbered lines, with those that are pointed at. A short one is shown whole; of a long one only the rows
/// in view are in the DOM.
pub fn code_view(reading: Reading, label: &'static str, marks: &Marks) -> Markup {
    if reading.is_short() { short_text(reading, label, marks) } else { long_text(reading, label, marks) }
}
