//! Lengths that the style sheet decides and the page must know: read where they are drawn, so that the reader's text
//! size, zoom and the width of the container all count.

use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::element;

/// An invisible measure: its style gives it a height, which it reports now and whenever it changes.
#[component]
pub fn Ruler(
    /// The class that gives it a height.
    class: &'static str,
    /// Where the height in pixels is put.
    height: RwSignal<f64>,
) -> impl IntoView {
    let node = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            element::watch_size(&node, move |_, measured| {
                height.try_maybe_update(|known| ((std::mem::replace(known, measured) - measured).abs() > 0.01, ()));
            });
        }
    });
    view! { <div class=class aria-hidden="true" node_ref=node></div> }
}
