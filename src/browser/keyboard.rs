//! Keys.

use leptos::ev;
use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Calls back for every key that the reader presses anywhere, until the owner is gone.
pub fn on_key(task: impl Fn(KeyboardEvent) + 'static) {
    let listener = window_event_listener(ev::keydown, task);
    on_cleanup(move || listener.remove());
}

/// Whether the key belongs to a field that is being filled in, or to a shortcut of the browser.
pub fn is_taken(event: &KeyboardEvent) -> bool {
    event.default_prevented()
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(|element| {
            element.is_content_editable() || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        })
}

/// Whether this asks for the commands: Ctrl and K, or Command and K.
pub fn asks_for_commands(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key())
        && !event.alt_key()
        && !event.shift_key()
        && event.key().eq_ignore_ascii_case("k")
}

/// Whether the key belongs to a word that is still being composed from several.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    // Safari sends the key that ends it just after it has ended, under this number.
    event.is_composing() || event.key_code() == 229
}

/// Whether nothing that the reader could use has the focus: the page itself, or a heading they were led to.
pub fn is_on_nothing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_none_or(|element| matches!(element.tag_name().as_str(), "BODY" | "H1" | "H2" | "H3"))
}
