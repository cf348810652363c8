//! How wide the panel is, as the reader has drawn it; kept from visit to visit.

use leptos::prelude::*;

use crate::browser::storage;

/// The narrowest it gets, in CSS pixels.
pub const NARROWEST: i32 = 360;
/// The widest it gets.
pub const WIDEST: i32 = 760;
/// As it is drawn before anybody changes it.
const USUAL: i32 = 440;
/// The key under which it is kept.
const KEY: &str = "api-logs.panel-width";

/// The panel's width.
#[derive(Clone, Copy)]
pub struct PanelWidth(RwSignal<i32>);

impl PanelWidth {
    /// The width that is kept, or the usual one.
    pub fn remembered() -> Self {
        let kept = storage::get(KEY).and_then(|kept| kept.parse().ok()).unwrap_or(USUAL);
        Self(RwSignal::new(within(kept)))
    }

    /// The width in CSS pixels.
    pub fn get(self) -> i32 {
        self.0.get()
    }

    /// The width now, without following it.
    pub fn now(self) -> i32 {
        self.0.get_untracked()
    }

    /// Takes another width, as far as it is allowed.
    pub fn set(self, width: i32) {
        self.0.set(within(width));
    }

    /// Keeps the width for the next visit.
    pub fn keep(self) {
        storage::set(KEY, Some(&self.now().to_string()));
    }
}

/// The nearest width that is allowed.
fn within(width: i32) -> i32 {
    width.clamp(NARROWEST, WIDEST)
}

#[cfg(test)]
mod tests {
    use super::{NARROWEST, WIDEST, within};

    #[test]
    fn no_width_makes_the_panel_unusable() {
        assert_eq!([-5, 500, i32::MAX].map(within), [NARROWEST, 500, WIDEST]);
    }
}
