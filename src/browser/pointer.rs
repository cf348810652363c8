//! Dragging with a mouse, a pen or a finger.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Lets the element that an event happened on hear all that the pointer does until it is let go.
pub fn capture(event: &PointerEvent) {
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Without it the drag ends where the pointer leaves the element.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
