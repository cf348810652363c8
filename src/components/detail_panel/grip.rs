//! The edge of the panel that is drawn to make it wider, by pointer or by arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use crate::browser::pointer;
use crate::state::panel_width::{NARROWEST, PanelWidth, WIDEST};
use crate::ui::markup::{Markup, classed};
use crate::words;

/// How far one press of an arrow key goes, in CSS pixels.
const STEP: i32 = 16;

/// A drag under way: where it began, and how wide the panel was then.
#[derive(Clone, Copy)]
struct Drag {
    x: i32,
    width: i32,
}

/// The separator between list and panel.
pub fn grip(width: PanelWidth) -> Markup {
    let drag = RwSignal::new(None::<Drag>);
    let on_down = move |event: PointerEvent| {
        if event.button() == 0 {
            pointer::capture(&event);
            drag.set(Some(Drag { x: event.client_x(), width: width.now() }));
        }
    };
    let on_move = move |event: PointerEvent| {
        if let Some(drag) = drag.get_untracked() {
            width.set(drag.width + drag.x - event.client_x());
        }
    };
    let on_end = move |_: PointerEvent| {
        if drag.get_untracked().is_some() {
            drag.set(None);
            width.keep();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let wider = match event.key().as_str() {
            "ArrowLeft" => width.now() + STEP,
            "ArrowRight" => width.now() - STEP,
            "Home" => NARROWEST,
            "End" => WIDEST,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        width.set(wider);
        width.keep();
    };
    classed("div", "dp__grip")
        .attr("role", "separator")
        .attr("tabindex", "0")
        .attr("aria-orientation", "vertical")
        .attr("aria-label", words::detail::WIDTH)
        .attr("aria-valuemin", &NARROWEST.to_string())
        .attr("aria-valuemax", &WIDEST.to_string())
        .attr_now("aria-valuenow", move || Some(width.get().to_string()))
        .class_when("is-drawn", move || drag.with(Option::is_some))
        .on("pointerdown", on_down)
        .on("pointermove", on_move)
        .on("pointerup", on_end)
        .on("pointercancel", on_end)
        .on("keydown", on_key)
}
