//! A word about what happened out of sight, which goes by itself.

use std::time::Duration;

use leptos::prelude::*;

use super::markup::{Markup, classed};
use crate::browser::clock::Timer;

/// How long it stays.
const SAID_FOR: Duration = Duration::from_secs(4);

/// What is said.
#[derive(Clone, Copy)]
pub struct Toast {
    words: RwSignal<String>,
    timer: Timer,
}

impl Toast {
    /// Nothing is said yet.
    pub fn new() -> Self {
        Self { words: RwSignal::new(String::new()), timer: Timer::new() }
    }

    /// Says it, to eyes and to screen readers.
    pub fn say(self, words: &str) {
        self.words.set(words.to_owned());
        self.timer.set(SAID_FOR, move || {
            self.words.try_set(String::new());
        });
    }

    /// The place where it is said.
    pub fn show(self) -> Markup {
        classed("p", "toast").attr("role", "status").text_now(move || self.words.get())
    }
}

impl Default for Toast {
    fn default() -> Self {
        Self::new()
    }
}
