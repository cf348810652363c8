//! What `boot.js` and the page tell each other.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Promise, Reflect};

/// Where `boot.js` keeps the answers it asked for while the wasm was still coming, by their URL.
const EARLY: &str = "apiLogsEarly";

/// The answer to a URL that `boot.js` asked for, once: a second question goes to the server.
pub fn take_early(url: &str) -> Option<Promise> {
    let early = Reflect::get(&window(), &JsValue::from_str(EARLY)).ok()?;
    let url = JsValue::from_str(url);
    let promise = Reflect::get(&early, &url).ok()?.dyn_into::<Promise>().ok()?;
    Reflect::set(&early, &url, &JsValue::UNDEFINED).ok()?;
    Some(promise)
}

/// Forgets what was asked for early and not used: it grows old.
pub fn drop_early() {
    // A page without the early answers only asks once more.
    let _ = Reflect::set(&window(), &JsValue::from_str(EARLY), &JsValue::UNDEFINED);
}

/// Tells `boot.js` that the page stands, so that it takes its waiting message away.
pub fn started() {
    if let Some(root) = leptos::prelude::document().document_element() {
        // Only a mark for styles and tests; the page works without it.
        let _ = root.set_attribute("data-started", "");
    }
}
