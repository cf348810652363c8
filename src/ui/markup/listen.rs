//! What happens on an element.

use leptos::prelude::{Owner, on_cleanup};
use leptos::reactive::owner::WeakOwner;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlInputElement};

use super::Markup;

impl Markup {
    /// Calls back whenever something happens on the element or inside it, until the present owner is gone.
    #[must_use]
    pub fn on<E: JsCast + 'static>(self, event: &'static str, task: impl Fn(E) + 'static) -> Self {
        self.listen(event, Box::new(move |event| task(event.unchecked_into())))
    }

    /// Calls back whenever it is pressed, by pointer or key.
    #[must_use]
    pub fn on_press(self, task: impl Fn() + 'static) -> Self {
        self.listen("click", Box::new(move |_| task()))
    }

    /// Tells what a field holds, whenever the reader changes it.
    #[must_use]
    pub fn on_input(self, task: impl Fn(String) + 'static) -> Self {
        let field: HtmlInputElement = self.0.clone().unchecked_into();
        self.listen("input", Box::new(move |_| task(field.value())))
    }

    fn listen(self, event: &'static str, task: Box<dyn Fn(Event)>) -> Self {
        // What the task creates belongs where the element does.
        let owner = Owner::current().map(|owner| owner.downgrade());
        let closure = Closure::<dyn Fn(Event)>::new(move |event| {
            if let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) {
                owner.with(|| task(event));
            }
        });
        let function = closure.as_ref().unchecked_ref();
        // Refused only by objects that nothing happens on.
        let _ = self.0.add_event_listener_with_callback(event, function);
        let held = SendWrapper::new((self.0.clone(), closure));
        on_cleanup(move || {
            let (node, closure) = held.take();
            // The browser tells even elements that it takes away that they lose the focus.
            let _ = node.remove_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        });
        self
    }
}
