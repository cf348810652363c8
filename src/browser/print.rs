//! Printing.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{on_cleanup, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

thread_local! {
    /// Whether the page is being put on paper.
    static IS_PRINTING: Cell<bool> = const { Cell::new(false) };
}

/// Calls back before the page is put on paper, and when it has been, until the owner is gone. What has to be on paper must
/// be in the document when the task returns. What is only built then hears of it at once.
pub fn on_print(task: impl Fn(bool) + 'static) {
    let task = Rc::new(task);
    if IS_PRINTING.get() {
        task(true);
    }
    let listen = |event: &'static str, is_before: bool| {
        let task = Rc::clone(&task);
        let closure = Closure::<dyn Fn()>::new(move || {
            IS_PRINTING.set(is_before);
            task(is_before);
        });
        // Refused only by objects that nothing happens on.
        let _ = window().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        let held = send_wrapper::SendWrapper::new(closure);
        on_cleanup(move || {
            let _ = window().remove_event_listener_with_callback(event, held.as_ref().unchecked_ref());
        });
    };
    listen("beforeprint", true);
    listen("afterprint", false);
}
