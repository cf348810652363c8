//! Which rows of a long list are in view. Pure: heights in, indices out.
//!
//! Rows have one height, headings another. Only the rows that are held have places of their own; what was let go ahead
//! of them is empty height, so that the scroll bar does not jump.

use std::ops::Range;

/// Where rows and headings lie, in pixels from the top of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowLayout {
    /// Rows held.
    pub rows: usize,
    /// The rows above which a heading stands, in order.
    pub headings: Vec<usize>,
    /// The height of a row.
    pub row_height: f64,
    /// The height of a heading.
    pub heading_height: f64,
    /// Height above the first row, for what was let go.
    pub ahead: f64,
}

impl RowLayout {
    /// The top of a row with its heading, if it has one.
    pub fn top(&self, index: usize) -> f64 {
        let headings = self.headings.partition_point(|heading| *heading < index);
        self.ahead + height(index, self.row_height) + height(headings, self.heading_height)
    }

    /// Whether a heading stands above a row.
    pub fn has_heading(&self, index: usize) -> bool {
        self.headings.binary_search(&index).is_ok()
    }

    /// The top of a row without its heading.
    pub fn row_top(&self, index: usize) -> f64 {
        self.top(index) + if self.has_heading(index) { self.heading_height } else { 0.0 }
    }

    /// The height of everything held and of what was let go.
    pub fn height(&self) -> f64 {
        self.top(self.rows)
    }

    /// The row at a distance from the top, or the nearest.
    pub fn row_at(&self, distance: f64) -> usize {
        // `top` rises with the index, so halving finds the last row that begins at or above the distance.
        let (mut low, mut high) = (0, self.rows);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.top(middle) <= distance { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1)
    }

    /// The rows in view and some more at both ends.
    pub fn window(&self, scrolled: f64, viewport: f64, more: usize) -> Range<usize> {
        if self.rows == 0 || self.row_height <= 0.0 {
            return 0..0;
        }
        let first = self.row_at(scrolled);
        let last = self.row_at(scrolled + viewport.max(0.0));
        first.saturating_sub(more)..(last + 1 + more).min(self.rows)
    }

    /// Where to scroll so that a row is in view, below what covers the top; `None` where it is already.
    pub fn reveal(&self, index: usize, scrolled: f64, viewport: f64, covered: f64) -> Option<f64> {
        let top = self.row_top(index);
        let bottom = top + self.row_height;
        if top < scrolled + covered {
            Some((top - covered).max(0.0))
        } else if bottom > scrolled + viewport {
            Some(bottom - viewport)
        } else {
            None
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "some thousand rows")]
fn height(count: usize, each: f64) -> f64 {
    count as f64 * each
}

#[cfg(test)]
mod tests {
    use super::RowLayout;
    use proptest::prelude::*;

    prop_compose! {
        fn layout()(
            rows in 0_usize..2_000,
            headings in proptest::collection::btree_set(0_usize..2_000, 0..40),
            row_height in 20_u8..90,
            heading_height in 20_u8..40,
            ahead in 0_u32..100_000,
        ) -> RowLayout {
            RowLayout {
                rows,
                headings: headings.into_iter().filter(|heading| *heading < rows).collect(),
                row_height: f64::from(row_height),
                heading_height: f64::from(heading_height),
                ahead: f64::from(ahead),
            }
        }
    }

    proptest! {
        #[test]
        fn the_window_covers_the_view_and_little_more(
            layout in layout(),
            scrolled in 0_u32..300_000,
            viewport in 0_u16..3_000,
            more in 0_usize..10,
        ) {
            let (scrolled, viewport) = (f64::from(scrolled), f64::from(viewport));
            let window = layout.window(scrolled, viewport, more);
            prop_assert!(window.start <= window.end && window.end <= layout.rows);
            for index in 0..layout.rows {
                let is_in_view = layout.top(index) <= scrolled + viewport && layout.top(index + 1) > scrolled;
                prop_assert!(!is_in_view || window.contains(&index));
            }
            let rows = |count: usize| f64::from(u32::try_from(count).unwrap()) * layout.row_height;
            prop_assert!(rows(window.len()) <= viewport + rows(2 + 2 * more));
        }

        #[test]
        fn rows_follow_one_another(layout in layout()) {
            for index in 0..layout.rows {
                let heading = if layout.has_heading(index) { layout.heading_height } else { 0.0 };
                prop_assert!((layout.top(index + 1) - layout.top(index) - layout.row_height - heading).abs() < 1e-6);
                prop_assert_eq!(layout.row_at(layout.top(index)), index);
            }
        }

        #[test]
        fn scrolling_down_never_goes_back(layout in layout(), scrolled in 0_u32..300_000, by in 0_u32..10_000) {
            let before = layout.window(f64::from(scrolled), 800.0, 6);
            let after = layout.window(f64::from(scrolled + by), 800.0, 6);
            prop_assert!(before.start <= after.start && before.end <= after.end);
        }

        #[test]
        fn a_revealed_row_is_in_view(layout in layout(), index in 0_usize..2_000, scrolled in 0_u32..300_000) {
            prop_assume!(index < layout.rows);
            let (viewport, covered) = (800.0, 56.0);
            let scrolled = f64::from(scrolled);
            let scrolled = layout.reveal(index, scrolled, viewport, covered).unwrap_or(scrolled);
            prop_assert!(layout.row_top(index) >= scrolled);
            prop_assert!(layout.row_top(index) + layout.row_height <= scrolled + viewport);
        }
    }
}
