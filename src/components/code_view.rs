//! Text as it came, numbered and coloured, however long it is.

mod long_text;
mod pieces;
mod print;
mod short_text;
mod window;

use crate::state::reading::Reading;
use crate::ui::markup::Markup;
use long_text::long_text;
pub use pieces::marked_text;
pub use short_text::short_text;

/// A text in numbered lines, with one that may be pointed at. A short one is shown whole; of a long one only the rows
/// in view are in the DOM.
pub fn code_view(reading: Reading, label: &'static str, marked: Option<u32>) -> Markup {
    if reading.is_short() { short_text(reading, label, marked) } else { long_text(reading, label, marked) }
}
