//! The address bar and the way back.

use leptos::ev;
use leptos::prelude::{document, on_cleanup, window, window_event_listener};
use wasm_bindgen::JsValue;

/// Where the reader is: the path below the base and the query string without `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Without a leading slash: `integrations/api-logs`.
    pub path: String,
    /// `status=error&call=…`
    pub query_string: String,
}

/// Where the page is mounted: the path of `<base href>`, with a slash at both ends.
pub fn base_path() -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let after_origin = base.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|slash| rest.get(slash..)));
    let path = after_origin.unwrap_or("/");
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let path = path.get(..end).unwrap_or("/");
    path.get(..=path.rfind('/').unwrap_or(0)).unwrap_or("/").to_owned()
}

/// Where the reader is now.
pub fn location() -> Location {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    let base = base_path();
    let below = path.strip_prefix(&base).or_else(|| path.strip_prefix('/')).unwrap_or(&path);
    Location { path: below.to_owned(), query_string: search.strip_prefix('?').unwrap_or(&search).to_owned() }
}

/// Goes to an address below the base, with a way back.
pub fn push(address: &str) {
    set(address, |history, url| history.push_state_with_url(&JsValue::NULL, "", Some(url)));
}

/// Goes to an address below the base in place of the present one.
pub fn replace(address: &str) {
    set(address, |history, url| history.replace_state_with_url(&JsValue::NULL, "", Some(url)));
}

fn set(address: &str, go: impl FnOnce(&web_sys::History, &str) -> Result<(), JsValue>) {
    let url = format!("{}{address}", base_path());
    // Safari refuses more than a hundred changes in half a minute: the address bar then lags, the page does not.
    if let Ok(history) = window().history() {
        let _ = go(&history, &url);
    }
}

/// An address below the base as a whole one, to be shared.
pub fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    format!("{base}{address}")
}

/// The whole address, to be shared.
pub fn href() -> String {
    window().location().href().unwrap_or_default()
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Calls back when the reader goes back or forward, until the owner is gone.
pub fn on_travel(task: impl Fn() + 'static) {
    let listener = window_event_listener(ev::popstate, move |_| task());
    on_cleanup(move || listener.remove());
}
