//! Modal dialogs: one that covers a narrow page, and the bare dialog that it is made of.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};

use super::icon::{IconName, IconSize, icon};
use super::markup::{Handle, Markup, button, classed, element, place};
use crate::words;

/// A dialog with a title and buttons that close it, the last one with words of its own. Escape closes it too. Its
/// content exists only while it is open.
pub fn sheet(
    title: &'static str,
    is_open: RwSignal<bool>,
    done: impl Fn() -> String + Copy + 'static,
    content: impl Fn() -> Markup + 'static,
) -> Markup {
    let close = move || is_open.set(false);
    let inside = move || {
        let closing = button("btn btn--icon").attr("aria-label", words::frame::CLOSE).on_press(close);
        let head = classed("div", "sheet__h").with(element("h2").text(title));
        let foot = classed("div", "sheet__f").with(button("btn btn--solid").on_press(close).text_now(done));
        let head = head.with(closing.with(icon(IconName::X, IconSize::Standard)));
        place().with(head).with(classed("div", "sheet__b").with(content())).with(foot)
    };
    dialog("sheet", title, is_open, inside)
}

/// A dialog. Escape closes it, and a press beside it. Its content exists only while it is open.
pub fn dialog(class: &str, label: &str, is_open: RwSignal<bool>, content: impl Fn() -> Markup + 'static) -> Markup {
    dialog_boxed(class, label, is_open, Box::new(content))
}

/// One copy in the wasm for all dialogs.
fn dialog_boxed(class: &str, label: &str, is_open: RwSignal<bool>, content: Box<dyn Fn() -> Markup>) -> Markup {
    let dialog = Handle::new();
    let shown = classed("dialog", class)
        .attr("aria-label", label)
        .attr("closedby", "any")
        .handle(dialog)
        .on("close", move |_: Event| is_open.set(false))
        .part_when(move || is_open.get(), content);
    // Later than the content: a dialog gives the focus to the first that can have it when it is shown.
    Effect::new(move |_| {
        let is_open = is_open.get();
        if let Some(dialog) = dialog.get().and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
            match (is_open, dialog.open()) {
                // A dialog that is already modal, or not in the document any more, cannot be shown.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    shown
}
