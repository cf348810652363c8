//! How wide the panel is, as the reader has drawn it; kept from visit to visit.

use leptos::prelude::*;

use crate::browser::storage;

/// The narrowest it gets, in CSS pixels.
pub const NARROWEST: f64 = 360.0;
/// The widest it gets.
pub const WIDEST: f64 = 760.0;
/// As it is drawn before anybody changes it.
const USUAL: f64 = 440.0;
/// The key under which it is kept.
const KEY: &str = "api-logs.panel-width";

/// The panel's width.
#[derive(Clone, Copy)]
pub struct PanelWidth(RwSignal<f64>);

impl PanelWidth {
    /// The width that is kept, or the usual one.
    pub fn remembered() -> Self {
        let kept = storage::get(KEY).and_then(|kept| kept.parse().ok()).unwrap_or(USUAL);
        Self(RwSignal::new(within(kept)))
    }

    /// The width in CSS pixels.
    pub fn get(self) -> f64 {
        self.0.get()
    }

    /// The width now, without following it.
    pub fn now(self) -> f64 {
        self.0.get_untracked()
    }

    /// Takes another width, as far as it is allowed.
    pub fn set(self, width: f64) {
        self.0.set(within(width));
    }

    /// Keeps the width for the next visit.
    pub fn keep(self) {
        storage::set(KEY, Some(&format!("{:.0}", self.now())));
    }
}

/// The nearest width that is allowed.
fn within(width: f64) -> f64 {
    if width.is_finite() { width.clamp(NARROWEST, WIDEST) } else { USUAL }
}

#[cfg(test)]
mod tests {
    use super::{NARROWEST, USUAL, WIDEST, within};

    #[test]
    fn no_width_makes_the_panel_unusable() {
        let near = |one: f64, other: f64| (one - other).abs() < 0.01;
        assert!(near(within(-5.0), NARROWEST) && near(within(9e9), WIDEST) && near(within(500.0), 500.0));
        assert!(near(within(f64::NAN), USUAL));
    }
}
