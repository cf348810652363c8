//! What the browser remembers for this page.

use leptos::prelude::window;

/// A remembered word; `None` also where storage is forbidden, as in some frames.
pub fn get(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Remembers a word, or forgets it; where storage is forbidden, until the page is closed.
pub fn set(key: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}
