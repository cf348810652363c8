//! A button that discloses a small panel under it.
//!
//! It closes on Escape (the focus goes back to the button), on a press outside, and when the focus leaves it. In a
//! narrow page the same panel opens in the flow of the page, see the style sheet.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;

use super::markup::{Handle, Markup, button, classed};
use crate::browser::{element, pointer};

/// A button and what it discloses.
#[derive(Clone, Copy)]
pub struct Popover {
    /// Classes of the button's box.
    pub class: &'static str,
    /// What the panel is called.
    pub panel_label: &'static str,
    /// Whether it is open; the content may close it.
    pub is_open: RwSignal<bool>,
}

impl Popover {
    /// The button with what stands on it; it shows whether something is set. The content exists only while it is open.
    pub fn show(
        self,
        is_on: impl Fn() -> bool + 'static,
        label: impl FnOnce(Markup) -> Markup,
        content: impl Fn(Markup) -> Markup + 'static,
    ) -> Markup {
        self.show_boxed(Box::new(is_on), Box::new(label), Box::new(content))
    }

    /// One copy in the wasm for all menus.
    fn show_boxed(
        self,
        is_on: Box<dyn Fn() -> bool>,
        label: Box<dyn FnOnce(Markup) -> Markup + '_>,
        content: Box<dyn Fn(Markup) -> Markup>,
    ) -> Markup {
        let Self { class, panel_label, is_open } = self;
        let ends = RwSignal::new(false);
        let (root, opener) = (Handle::new(), Handle::new());
        let toggle = move || {
            ends.set(root.get().is_some_and(|root| element::is_in_right_half(&root)));
            is_open.update(|open| *open = !*open);
        };
        let close_on_escape = move |event: KeyboardEvent| {
            if event.key() == "Escape" && is_open.get_untracked() {
                event.prevent_default();
                event.stop_propagation();
                is_open.set(false);
                if let Some(opener) = opener.get() {
                    element::focus(&opener);
                }
            }
        };
        pointer::on_press(move |event| {
            let is_inside = root.get().is_none_or(|root| element::contains_target(&root, &event));
            if is_open.get_untracked() && !is_inside {
                is_open.set(false);
            }
        });
        let close_on_leave = move |event: FocusEvent| {
            // A press on nothing focusable blurs to nowhere; presses outside are seen above.
            let stays = root.get().is_none_or(|root| element::contains_next_focus(&root, &event));
            if event.related_target().is_some() && !stays {
                is_open.set(false);
            }
        };
        let opening = button("dd__b").handle(opener).attr_bool("aria-expanded", move || is_open.get()).on_press(toggle);
        let panel = move || {
            let panel = classed("div", "pop").attr("role", "group").attr("aria-label", panel_label);
            content(panel.class_when("pop--end", move || ends.get()))
        };
        classed("div", class)
            .class_when("dd--on", is_on)
            .handle(root)
            .on("keydown", close_on_escape)
            .on("focusout", close_on_leave)
            .with(label(opening))
            .part_when(move || is_open.get(), panel)
    }
}
