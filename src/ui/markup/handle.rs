//! A hold on an element, for whoever is elsewhere: to give it the focus, to read where it is scrolled to.

use leptos::prelude::{GetValue, LocalStorage, SetValue, StoredValue, on_cleanup};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Markup;

/// A hold on an element while it is there.
#[derive(Clone, Copy)]
pub struct Handle(StoredValue<Option<HtmlElement>, LocalStorage>);

impl Handle {
    /// A hold on nothing yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// The element, while it is there.
    pub fn get(self) -> Option<HtmlElement> {
        self.0.try_get_value().flatten()
    }
}

impl Default for Handle {
    fn default() -> Self {
        Self::new()
    }
}

impl Markup {
    /// Gives a hold on the element.
    #[must_use]
    pub fn handle(self, handle: Handle) -> Self {
        handle.0.try_set_value(Some(self.0.clone().unchecked_into()));
        on_cleanup(move || {
            handle.0.try_set_value(None);
        });
        self
    }
}
