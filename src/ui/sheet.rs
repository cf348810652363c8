//! A modal dialog that covers a narrow page.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// A dialog with a title and a button that closes it. Its content exists only while it is open.
#[component]
pub fn Sheet(
    /// What it is.
    title: &'static str,
    /// Whether it is open; Escape and the buttons close it.
    is_open: RwSignal<bool>,
    /// What stands on the button at its foot.
    #[prop(into)]
    done: Signal<String>,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            match (is_open.get(), dialog.open()) {
                // A dialog that is already modal, or not in the document any more, cannot be shown.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog class="sheet" aria-label=title node_ref=node on:close=move |_| is_open.set(false)>
            <Show when=move || is_open.get()>
                <div class="sheet__h">
                    <h2>{title}</h2>
                    <button class="btn btn--icon" type="button" aria-label="Close" on:click=move |_| is_open.set(false)>
                        <Icon name=IconName::X />
                    </button>
                </div>
                <div class="sheet__b">{children.with_value(|children| children())}</div>
                <div class="sheet__f">
                    <button class="btn btn--solid" type="button" on:click=move |_| is_open.set(false)>
                        {move || done.get()}
                    </button>
                </div>
            </Show>
        </dialog>
    }
}
