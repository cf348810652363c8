//! A button that discloses a small panel under it.
//!
//! It closes on Escape (the focus goes back to the button), on a press outside, and when the focus leaves it. In a
//! narrow page the same panel opens in the flow of the page, see the style sheet.

use leptos::ev;
use leptos::html::{Button, Div};
use leptos::prelude::*;

use crate::browser::{element, pointer};

/// A button and what it discloses. The content exists only while it is open.
#[component]
pub fn Popover(
    /// Whether the button shows that something is set.
    #[prop(into)]
    is_on: Signal<bool>,
    /// More classes of the button's box.
    #[prop(optional)]
    class: &'static str,
    /// What stands on the button.
    #[prop(into)]
    label: ViewFn,
    /// What the panel is called.
    #[prop(into)]
    panel_label: String,
    /// Whether it is open; the content may close it.
    is_open: RwSignal<bool>,
    /// What is disclosed.
    children: ChildrenFn,
) -> impl IntoView {
    let ends = RwSignal::new(false);
    let root = NodeRef::<Div>::new();
    let button = NodeRef::<Button>::new();
    let toggle = move |_| {
        ends.set(root.get_untracked().is_some_and(|root| element::is_in_right_half(&root)));
        is_open.update(|open| *open = !*open);
    };
    let close_on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            is_open.set(false);
            if let Some(button) = button.get_untracked() {
                element::focus(&button);
            }
        }
    };
    let is_inside =
        move |event: &ev::Event| root.get_untracked().is_none_or(|root| element::contains_target(&root, event));
    pointer::on_press(move |event| {
        if is_open.get_untracked() && !is_inside(&event) {
            is_open.set(false);
        }
    });
    let close_on_leave = move |event: ev::FocusEvent| {
        // A press on nothing focusable blurs to nowhere; presses outside are seen above. The browser also says that the
        // focus leaves when the whole popover is being removed, and its signals are gone.
        let Some(Some(root)) = root.try_get_untracked() else { return };
        if event.related_target().is_some() && !element::contains_next_focus(&root, &event) {
            is_open.try_set(false);
        }
    };
    let children = StoredValue::new(children);
    let panel_label = StoredValue::new(panel_label);
    view! {
        <div class=format!("dd {class}") class:dd--on=is_on node_ref=root on:keydown=close_on_escape on:focusout=close_on_leave>
            <button
                class="dd__b"
                type="button"
                node_ref=button
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                on:click=toggle
            >
                {label.run()}
            </button>
            <Show when=move || is_open.get()>
                <div class="pop" class:pop--end=ends role="group" aria-label=panel_label.get_value()>
                    {children.with_value(|children| children())}
                </div>
            </Show>
        </div>
    }
}
