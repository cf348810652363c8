//! Whether the reader sees the page, and whether their machine has a network.

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::{document, on_cleanup};

/// Whether the page is behind another one.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Calls back whenever the page goes behind another one or comes before it, until the owner is gone.
pub fn on_change(task: impl Fn() + 'static) {
    on("visibilitychange", task);
}

/// Calls back when the machine has a network again, until the owner is gone.
pub fn on_network(task: impl Fn() + 'static) {
    on("online", task);
}

fn on(event: &'static str, task: impl Fn() + 'static) {
    let listener = window_event_listener_untyped(event, move |_| task());
    on_cleanup(move || listener.remove());
}
