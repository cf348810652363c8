//! Lengths that the style sheet decides and the page must know: read where they are drawn, so that the reader's text
//! size, zoom and the width of the container all count.

use leptos::prelude::*;

use super::markup::{Markup, classed};
use crate::browser::element;

/// An invisible measure: its class gives it a height, which it reports in pixels now and whenever it changes.
pub fn ruler(class: &str, height: RwSignal<f64>) -> Markup {
    let ruler = classed("div", class).attr("aria-hidden", "true");
    if let Some(drawn) = ruler.element() {
        element::watch_size(drawn, move |_, measured| {
            height.try_maybe_update(|known| ((std::mem::replace(known, measured) - measured).abs() > 0.01, ()));
        });
    }
    ruler
}
