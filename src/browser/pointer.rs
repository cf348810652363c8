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

/// In which of so many equal parts of an element's width an event happened; the nearest, for one beside it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the element, and never below zero")]
#[expect(clippy::cast_precision_loss, reason = "some hundred parts")]
pub fn part_across(event: &PointerEvent, parts: usize) -> Option<usize> {
    let element: Element = event.current_target()?.dyn_into().ok()?;
    let bounds = element.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0);
    Some(((share * parts as f64).max(0.0) as usize).min(parts.checked_sub(1)?))
}
