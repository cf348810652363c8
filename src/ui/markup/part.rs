//! An element that comes and goes.

use leptos::prelude::{Get, Memo, untrack};
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

    /// Adds an element that is there as long as something is so.
    #[must_use]
    pub fn part_when(self, is_there: impl Fn() -> bool + Send + Sync + 'static, task: impl Fn() -> Self + 'static) -> Self {
        let is_there = Memo::new(move |_| is_there());
        self.follow_part(Box::new(move || is_there.get().then(|| untrack(&task))))
    }

    fn follow_part(self, task: Box<dyn Fn() -> Option<Self>>) -> Self {
        let place = comment();
        let holder = self.append(&place);
        let mut shown = None::<Element>;
        keep_in_step(Box::new(move || {
            let next: Option<Element> = task().map(|next| next.0.unchecked_into());
            match (shown.take(), &next) {
                (Some(before), Some(next)) => {
                    // Refused only where the page has lost the place.
                    let _ = before.replace_with_with_node_1(next);
                }
                (Some(before), None) => before.remove(),
                (None, Some(next)) => put_before(&place, next),
                (None, None) => {}
            }
            shown = next;
        }));
        holder
    }
}

/// Puts a node before another one, wherever that is.
pub(super) fn put_before(place: &Node, node: &Node) {
    if let Some(parent) = place.parent_node() {
        // Refused only where a node would hold itself.
        let _ = parent.insert_before(node, Some(place));
    }
}
