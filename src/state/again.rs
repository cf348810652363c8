//! Trying again while the server is away: soon at first, then more and more seldom.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock::Timer;

/// The first wait.
const FIRST: Duration = Duration::from_secs(2);
/// Each wait is twice the one before, up to the fifth.
const MOST_DOUBLINGS: u32 = 4;

/// Tries again after a while.
#[derive(Clone, Copy)]
pub struct Again {
    waiting: Timer,
    tries: StoredValue<u32>,
}

impl Again {
    /// Nothing is to be tried.
    pub fn new() -> Self {
        Self { waiting: Timer::new(), tries: StoredValue::new(0) }
    }

    /// Tries it after a while, which is longer each time.
    pub fn later(self, task: impl FnOnce() + 'static) {
        let tries = self.tries.get_value();
        self.tries.set_value((tries + 1).min(MOST_DOUBLINGS));
        self.waiting.set(FIRST * 2_u32.pow(tries), task);
    }

    /// It has worked, or is not wanted any more.
    pub fn rest(self) {
        self.waiting.clear();
        self.tries.set_value(0);
    }
}

impl Default for Again {
    fn default() -> Self {
        Self::new()
    }
}
