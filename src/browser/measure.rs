//! Sizes as they are drawn, in fractions of a CSS pixel.

use web_sys::Element;

/// The width and height of an element.
pub fn size(element: &Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.width(), bounds.height())
}

/// The place of an element's content that is at its upper edge.
pub fn scroll_top(element: &Element) -> f64 {
    f64::from(element.scroll_top())
}

/// Brings a place of an element's content to its upper edge.
#[expect(clippy::cast_possible_truncation, reason = "no box is laid out taller than 33 million pixels")]
pub fn scroll_to(element: &Element, place: f64) {
    element.set_scroll_top(place.round() as i32);
}
