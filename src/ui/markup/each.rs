//! Elements of a list: each is built once, and stays as long as its key is in the list.

use std::rc::Rc;

use leptos::prelude::{Owner, untrack};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::follow::keep_in_step;
use super::part::put_before;
use super::{Markup, comment};

/// The key of an item, and what builds its element.
type Item = (String, Box<dyn FnOnce() -> Markup>);

/// One of the elements, with the owner of what keeps it in step.
struct Shown {
    key: String,
    element: Element,
    owner: Owner,
}

impl Markup {
    /// Adds an element for each item of a list, in its order. The items are read anew whenever what they are made of
    /// changes; of one whose key was there before, the element stays as it is.
    #[must_use]
    pub fn each<T: 'static>(
        self,
        items: impl Fn() -> Vec<(String, T)> + 'static,
        build: impl Fn(T) -> Self + 'static,
    ) -> Self {
        let build = Rc::new(build);
        let item = move |(key, item): (String, T)| -> Item {
            let build = Rc::clone(&build);
            (key, Box::new(move || build(item)))
        };
        self.follow_each(Box::new(move || items().into_iter().map(&item).collect()))
    }

    fn follow_each(self, items: Box<dyn Fn() -> Vec<Item>>) -> Self {
        let place = comment();
        let holder = self.append(&place);
        // Not of the effect below, which forgets what it owns whenever it runs.
        let parent = Owner::new();
        let mut shown = Vec::<Shown>::new();
        keep_in_step(Box::new(move || {
            let mut before = std::mem::take(&mut shown);
            for (key, build) in items() {
                if let Some(place) = before.iter().position(|known| known.key == key) {
                    shown.push(before.remove(place));
                } else {
                    let owner = parent.child();
                    let element = owner.with(|| untrack(build)).0.unchecked_into();
                    shown.push(Shown { key, element, owner });
                }
            }
            for gone in before {
                gone.owner.cleanup();
                gone.element.remove();
            }
            put_in_order(&place, &shown);
        }));
        holder
    }
}

/// Brings elements into their order before a place; those that stand right stay where they are, and keep the focus.
fn put_in_order(place: &Node, shown: &[Shown]) {
    let mut next = place.clone();
    for Shown { element, .. } in shown.iter().rev() {
        if element.next_sibling().as_ref() != Some(&next) {
            put_before(&next, element);
        }
        next = element.clone().unchecked_into();
    }
}
