//! API Logs, the page: every call the bots made, searchable, with its exact request and response.
//!
//! Rooms, each depending only on those after it: `app` <- `pages` <- `components` <- `ui`; `components` -> `state` ->
//! `api` -> `model`. `format` is pure, `browser` is the only room that touches the browser itself, and `words` has what all
//! of them say.

#![allow(clippy::large_types_passed_by_value, reason = "handles are many small keys, copied where they are used")]
#![allow(clippy::needless_pass_by_value, reason = "a component owns its props")]

pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod format;
pub mod pages;
pub mod state;
pub mod ui;
pub mod words;

/// Shows the page in the document's body.
pub fn run() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
    browser::boot::started();
}
