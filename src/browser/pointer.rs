//! Mouse, pen and finger.

use leptos::ev;
use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Calls back for every press anywhere, until the owner is gone.
pub fn on_press(task: impl Fn(ev::Event) + 'static) {
    let listener = window_event_listener(ev::pointerdown, move |event| task(event.into()));
    on_cleanup(move || listener.remove());
}

/// Whether a click is a plain one: others open tabs and windows, which the browser does best.
pub fn is_plain(event: &ev::MouseEvent) -> bool {
    event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

/// Lets the element that an event happened on hear all that the pointer does until it is let go.
pub fn capture(event: &PointerEvent) {
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without it the drag ends where the pointer leaves the element.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
