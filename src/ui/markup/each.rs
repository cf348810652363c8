//! Elements of a list: each is built once, and stays as long as its key is in the list.

use leptos::prelude::{Owner, untrack};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::follow::keep_in_step;
use super::part::put_before;
use super::{Markup, comment};

/// One of the elements, with the owner of what keeps it in step.
struct Shown<K> {
    key: K,
    element: Element,
    owner: Owner,
}

impl Markup {
    /// Adds an element for each item of a list, in its order. The items are read anew whenever what they are made of
    /// changes; of one whose key was there before, the element stays as it is.
    #[must_use]
    pub fn each<K: PartialEq + 'static, T: 'static>(
        self,
        items: impl Fn() -> Vec<(K, T)> + 'static,
        build: impl Fn(T) -> Self + 'static,
    ) -> Self {
        let place = comment();
        let holder = self.append(&place);
        // Not of the effect below, which forgets what it owns whenever it runs.
        let parent = Owner::current();
        let mut shown = Vec::<Shown<K>>::new();
        keep_in_step(Box::new(move || {
            let mut before: Vec<_> = std::mem::take(&mut shown).into_iter().map(Some).collect();
            for (key, item) in items() {
                let known = before.iter_mut().find(|known| known.as_ref().is_some_and(|known| known.key == key));
                let next = known.and_then(Option::take).unwrap_or_else(|| {
                    let owner = parent.as_ref().map_or_else(Owner::new, |parent| parent.with(Owner::new));
                    let element = owner.with(|| untrack(|| build(item))).0.unchecked_into();
                    Shown { key, element, owner }
                });
                shown.push(next);
            }
            for gone in before.into_iter().flatten() {
                gone.owner.cleanup();
                gone.element.remove();
            }
            put_in_order(&place, shown.iter().map(|shown| &shown.element));
        }));
        holder
    }
}

/// Brings elements into their order before a place; those that stand right stay where they are, and keep the focus.
fn put_in_order<'a>(place: &Node, elements: impl DoubleEndedIterator<Item = &'a Element>) {
    let mut next = place.clone();
    for element in elements.rev() {
        if element.next_sibling().as_ref() != Some(&next) {
            put_before(&next, element);
        }
        next = element.clone().unchecked_into();
    }
}
