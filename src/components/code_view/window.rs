//! Which rows of a long text are in view, and how many characters fit a row.

use std::ops::Range;

/// Rows on either side of those in view, so that a scroll finds them there.
const OVERSCAN: usize = 16;
/// The window moves in steps of so many rows: most scrolls then change nothing.
const STEP: usize = 8;
/// No screen shows more rows; a box that grows with its content must not bring all of them into the DOM.
const MOST_IN_VIEW: usize = 240;
/// Columns that stay free at the end of a row, for characters that are wider than they ought to be.
const MARGIN_COLUMNS: f64 = 2.0;

/// The rows that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: usize,
    /// The one after the last.
    pub end: usize,
}

impl Window {
    /// The rows for a box of a height that is scrolled to a place.
    pub fn new(top: f64, box_height: f64, row_height: f64, rows: usize) -> Self {
        let first = row_at(top, row_height) / STEP * STEP;
        let in_view = row_at(box_height, row_height).min(MOST_IN_VIEW) + STEP + 1;
        let first = first.min(rows.saturating_sub(in_view));
        Self { first: first.saturating_sub(OVERSCAN), end: (first + in_view + OVERSCAN).min(rows) }
    }

    /// Their numbers.
    pub fn rows(self) -> Range<usize> {
        self.first..self.end
    }
}

/// The row at a place.
#[expect(clippy::cast_possible_truncation, reason = "a saturating cast of a place in a box")]
#[expect(clippy::cast_sign_loss, reason = "a bounce beyond the upper end is its beginning")]
pub fn row_at(place: f64, row_height: f64) -> usize {
    (place / row_height.max(1.0)).floor() as usize
}

/// The place of a row.
#[expect(clippy::cast_precision_loss, reason = "there are at most a million rows")]
pub fn top_of(row: usize, row_height: f64) -> f64 {
    row as f64 * row_height
}

/// The columns of the numbers at the side of a text so large.
pub const fn gutter(bytes: usize) -> u32 {
    match bytes {
        0..100_000 => 6,
        100_000..2_000_000 => 7,
        _ => 9,
    }
}

/// The columns that fit a row of a width, beside the numbers.
#[expect(clippy::cast_possible_truncation, reason = "a saturating cast of a width")]
#[expect(clippy::cast_sign_loss, reason = "a width is not negative")]
pub fn columns(width: f64, character_width: f64, gutter: u32) -> u32 {
    (width / character_width.max(1.0) - f64::from(gutter) - MARGIN_COLUMNS).max(1.0) as u32
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{Window, columns};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_in_view_exists(top in 0.0..1e7_f64, height in 1.0..3_000.0_f64, rows in 0_usize..1_000_000) {
            let window = Window::new(top, height, 24.0, rows);
            prop_assert!(window.first <= window.end && window.end <= rows);
            prop_assert!(window.end - window.first < 320);
            for place in [top, top + height] {
                let row = super::row_at(place, 24.0);
                prop_assert!(row >= rows || window.rows().contains(&row), "{row} of {window:?}");
            }
        }
    }

    #[test]
    fn rows_leave_room_for_numbers() {
        assert_eq!(columns(440.0, 7.2, 7), 52);
        assert_eq!(columns(10.0, 7.2, 7), 1);
    }
}
