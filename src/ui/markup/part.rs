//! An element that comes and goes.

use leptos::prelude::{Owner, untrack};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::follow::keep_in_step;
use super::{Markup, comment};

impl Markup {
    /// Adds an element that is built anew whenever what the task reads has changed, or is not there.
    #[must_use]
    pub fn part(self, task: impl Fn() -> Option<Self> + 'static) -> Self {
        self.follow_part(Box::new(task))
    }

    /// Adds an element that is there as long as something is so. What the task reads does not matter.
    #[must_use]
    pub fn part_when(self, is_there: impl Fn() -> bool + 'static, task: impl Fn() -> Self + 'static) -> Self {
        self.follow_part_when(Box::new(is_there), Box::new(task))
    }

    fn follow_part(self, task: Box<dyn Fn() -> Option<Self>>) -> Self {
        let (holder, mut place) = self.with_place();
        keep_in_step(Box::new(move || place.show(task())));
        holder
    }

    fn follow_part_when(self, is_there: Box<dyn Fn() -> bool>, task: Box<dyn Fn() -> Self>) -> Self {
        let (holder, mut place) = self.with_place();
        // Not of the effect below, which forgets what it owns whenever it runs.
        let owner = Owner::new();
        keep_in_step(Box::new(move || match (is_there(), place.shown.is_some()) {
            (true, false) => place.show(Some(owner.with(|| untrack(&task)))),
            (false, true) => {
                owner.cleanup();
                place.show(None);
            }
            _ => {}
        }));
        holder
    }

    fn with_place(self) -> (Self, Place) {
        let mark = comment();
        (self.append(&mark), Place { mark, shown: None })
    }
}

/// Where an element may come.
struct Place {
    mark: Node,
    shown: Option<Element>,
}

impl Place {
    fn show(&mut self, next: Option<Markup>) {
        let next: Option<Element> = next.map(|next| next.0.unchecked_into());
        match (self.shown.take(), &next) {
            (Some(before), Some(next)) => {
                // Refused only where the page has lost the place.
                let _ = before.replace_with_with_node_1(next);
            }
            (Some(before), None) => before.remove(),
            (None, Some(next)) => put_before(&self.mark, next),
            (None, None) => {}
        }
        self.shown = next;
    }
}

/// Puts a node before another one, wherever that is.
pub(super) fn put_before(place: &Node, node: &Node) {
    if let Some(parent) = place.parent_node() {
        // Refused only where a node would hold itself.
        let _ = parent.insert_before(node, Some(place));
    }
}
