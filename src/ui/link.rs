//! A link that is followed within the page, and is a real one for everything else a browser does with links.

use leptos::ev::MouseEvent;

use super::markup::{Markup, element};
use crate::browser::pointer;

/// A link to an address; a plain click on it does something instead of loading that.
pub fn link_to(address: &str, go: Box<dyn Fn()>) -> Markup {
    let on_click = move |event: MouseEvent| {
        if pointer::is_plain(&event) {
            event.prevent_default();
            go();
        }
    };
    element("a").attr("dir", "auto").attr("href", address).on("click", on_click)
}
