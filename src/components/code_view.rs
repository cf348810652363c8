//! Text as it came, numbered and coloured, however long it is.

mod long_text;
mod pieces;
mod short_text;
mod window;

use leptos::prelude::*;

use crate::state::reading::Reading;
use long_text::LongText;
pub use pieces::marked_text;
pub use short_text::short_text;

/// A text in numbered lines. A short one is shown whole; of a long one only the rows in view are in the DOM.
#[component]
pub fn CodeView(
    /// The text.
    reading: Reading,
    /// What it is, for those who do not see where it stands.
    label: &'static str,
    /// The line that is pointed at.
    #[prop(optional_no_strip)]
    marked: Option<u32>,
) -> impl IntoView {
    if reading.is_short() {
        short_text(reading, label, marked).into_any()
    } else {
        view! { <LongText reading label marked /> }.into_any()
    }
}
