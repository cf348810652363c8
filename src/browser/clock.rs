//! The reader's clock, zone and timers.

use std::cell::Cell;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use model::Timestamp;
use web_sys::js_sys::Date;

use super::zone;
use crate::format::time::Zone;

/// The zone that times are shown in; whoever reads it is told when the reader chooses another.
pub fn zone() -> Zone {
    zone::choice().zone()
}

/// The same, for whoever does not stay.
pub fn zone_now() -> Zone {
    untrack(zone)
}

thread_local! {
    /// Milliseconds by which the server's clock is ahead of the reader's.
    static AHEAD: Cell<i64> = const { Cell::new(0) };
}

/// The server's time, once it is known: a wrong clock on the reader's side shows no wrong days.
pub fn now() -> Timestamp {
    readers_now().plus_millis(AHEAD.get())
}

/// Learns what time it is on the server.
pub fn learn(now: Timestamp) {
    AHEAD.set(now.millis() - readers_now().millis());
}

/// The reader's time; it may be wrong by hours.
#[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds has 43 bits")]
fn readers_now() -> Timestamp {
    Timestamp::from_millis(Date::now() as i64)
}

/// A timer that can be set anew, which forgets what it was set for before; gone with its owner.
#[derive(Clone, Copy)]
pub struct Timer(StoredValue<Option<TimeoutHandle>>);

impl Timer {
    /// A timer that is not set.
    pub fn new() -> Self {
        let handle = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(handle)) = handle.try_get_value() {
                handle.clear();
            }
        });
        Self(handle)
    }

    /// Runs a task after a while, unless the timer is set anew or cleared before.
    pub fn set(self, after: Duration, task: impl FnOnce() + 'static) {
        self.clear();
        let handle = set_timeout_with_handle(
            move || {
                self.0.try_set_value(None);
                task();
            },
            after,
        );
        // Without a timer there is nobody to run the task later, and the browser has never refused one.
        self.0.try_set_value(handle.ok());
    }

    /// Forgets the task.
    pub fn clear(self) {
        if let Some(Some(handle)) = self.0.try_update_value(Option::take) {
            handle.clear();
        }
    }

    /// Whether a task is waiting.
    pub fn is_set(self) -> bool {
        self.0.with_value(Option::is_some)
    }
}

impl Default for Timer {
    fn default() -> Self {
        Self::new()
    }
}
