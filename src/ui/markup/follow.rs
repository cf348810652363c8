//! What of an element keeps in step with signals, as long as the owner is there that it was built under.

use leptos::prelude::{RenderEffect, document, on_cleanup};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Reflect;
use web_sys::{CharacterData, Element, HtmlInputElement};

use super::Markup;

/// Runs a task now and whenever what it reads has changed, until the present owner is gone.
pub(super) fn keep_in_step(mut task: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| task());
    on_cleanup(move || drop(effect));
}

impl Markup {
    /// Runs a task for the element now and whenever what it reads has changed.
    #[must_use]
    pub fn in_step(self, task: impl FnMut() + 'static) -> Self {
        keep_in_step(Box::new(task));
        self
    }

    /// Keeps an attribute in step; without a value the element has none.
    #[must_use]
    pub fn attr_now(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.follow_attr(name, Box::new(value))
    }

    /// Keeps an attribute in step that is there with one value, or not at all.
    #[must_use]
    pub fn attr_when(self, name: &'static str, value: &'static str, is_set: impl Fn() -> bool + 'static) -> Self {
        self.follow_attr(name, Box::new(move || is_set().then(|| value.to_owned())))
    }

    /// Keeps an attribute in step that says `true` or `false`.
    #[must_use]
    pub fn attr_bool(self, name: &'static str, is_so: impl Fn() -> bool + 'static) -> Self {
        self.follow_attr(name, Box::new(move || Some(is_so().to_string())))
    }

    fn follow_attr(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element: Element = self.0.clone().unchecked_into();
        let mut before = None;
        keep_in_step(Box::new(move || {
            let now = value();
            if now != before {
                // Refused only for a name that is none.
                let _ = match &now {
                    Some(value) => element.set_attribute(name, value),
                    None => element.remove_attribute(name),
                };
                before = now;
            }
        }));
        self
    }

    /// Keeps a class in step that is there or not.
    #[must_use]
    pub fn class_when(self, class: &'static str, is_set: impl Fn() -> bool + 'static) -> Self {
        self.follow_class(class, Box::new(is_set))
    }

    fn follow_class(self, class: &'static str, is_set: Box<dyn Fn() -> bool>) -> Self {
        let classes = self.0.unchecked_ref::<Element>().class_list();
        keep_in_step(Box::new(move || {
            // Refused only for a class that is none.
            let _ = classes.toggle_with_force(class, is_set());
        }));
        self
    }

    /// Keeps a style property in step.
    #[must_use]
    pub fn style_now(self, property: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.follow_style(property, Box::new(value))
    }

    fn follow_style(self, property: &'static str, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.clone();
        keep_in_step(Box::new(move || element.set_style(property, &value())));
        self
    }

    /// Keeps a property of the element in step, such as `disabled` or `checked`, which its attribute only begins with.
    #[must_use]
    pub fn prop_when(self, name: &'static str, is_so: impl Fn() -> bool + 'static) -> Self {
        self.follow_prop(name, Box::new(is_so))
    }

    fn follow_prop(self, name: &'static str, is_so: Box<dyn Fn() -> bool>) -> Self {
        let element = self.0.clone();
        keep_in_step(Box::new(move || {
            // Refused only by frozen objects, which elements are not.
            let _ = Reflect::set(&element, &JsValue::from_str(name), &JsValue::from_bool(is_so()));
        }));
        self
    }

    /// Keeps the text of a field in step. What the reader has typed already is not typed again, so that the cursor stays.
    #[must_use]
    pub fn value_now(self, value: impl Fn() -> String + 'static) -> Self {
        self.follow_value(Box::new(value))
    }

    fn follow_value(self, value: Box<dyn Fn() -> String>) -> Self {
        let field: HtmlInputElement = self.0.clone().unchecked_into();
        keep_in_step(Box::new(move || {
            let value = value();
            if field.value() != value {
                field.set_value(&value);
            }
        }));
        self
    }

    /// Adds a text that is kept in step.
    #[must_use]
    pub fn text_now(self, text: impl Fn() -> String + 'static) -> Self {
        self.follow_text(Box::new(text))
    }

    fn follow_text(self, text: Box<dyn Fn() -> String>) -> Self {
        let node = document().create_text_node("");
        let shown = self.append(&node);
        let node: CharacterData = node.unchecked_into();
        let mut before = String::new();
        keep_in_step(Box::new(move || {
            let now = text();
            if now != before {
                node.set_data(&now);
                before = now;
            }
        }));
        shown
    }
}
