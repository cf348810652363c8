//! Elements: focus, scrolling, sizes.

use std::time::Duration;

use leptos::prelude::{document, on_cleanup, request_animation_frame, set_timeout, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, FocusOptions, HtmlElement, HtmlInputElement, Node, ResizeObserver, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

/// Gives an element the focus without scrolling the page.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot have the focus leaves it where it was.
    let _ = element.focus_with_options(&options);
}

/// Gives the element with this id the focus, where there is one; whether there was.
pub fn focus_id(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    else {
        return false;
    };
    focus(&element);
    true
}

/// Puts the whole text of a field under selection.
pub fn select_all(field: &HtmlElement) {
    focus(field);
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        field.select();
    }
}

/// Whether an event happened inside an element.
pub fn contains_target(element: &Element, event: &web_sys::Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<Node>().ok()).is_some_and(|node| element.contains(Some(&node)))
}

/// Calls back with an element's width and height, now and whenever they change, until the owner is gone.
pub fn watch_size(element: &Element, on_size: impl Fn(f64, f64) + 'static) {
    let watched = element.clone();
    let callback = Closure::<dyn FnMut()>::new(move || {
        let rectangle = watched.get_bounding_client_rect();
        on_size(rectangle.width(), rectangle.height());
    });
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let held = send_wrapper::SendWrapper::new((observer, callback));
    on_cleanup(move || held.0.disconnect());
}

/// Scrolls before the next paint so that the first element of a selector is in view, where there is one.
pub fn bring_into_view(selector: &'static str) {
    before_paint(move || {
        if let Ok(Some(element)) = document().query_selector(selector) {
            element.scroll_into_view();
        }
    });
}

/// The same without a scroll where it is in view already.
pub fn bring_near(selector: &'static str) {
    before_paint(move || {
        if let Ok(Some(element)) = document().query_selector(selector) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Runs a task before the next paint.
pub fn before_paint(task: impl FnOnce() + 'static) {
    request_animation_frame(task);
}

/// Runs a task once what is shown now has been painted.
pub fn after_paint(task: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(task, Duration::ZERO));
}

/// The width of the window in CSS pixels.
pub fn window_width() -> f64 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default()
}

/// Names the page in the browser's tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Whether the focus goes to something inside an element.
pub fn contains_next_focus(element: &Element, event: &web_sys::FocusEvent) -> bool {
    event
        .related_target()
        .and_then(|target| target.dyn_into::<Node>().ok())
        .is_some_and(|node| element.contains(Some(&node)))
}

/// Whether an element begins in the right half of the window: what opens under it should then end where it ends.
pub fn is_in_right_half(element: &Element) -> bool {
    element.get_bounding_client_rect().left() * 2.0 > window_width()
}

/// Scrolls an element to a distance from its top, at once.
#[expect(clippy::cast_possible_truncation, reason = "browsers end at some ten million pixels")]
pub fn scroll_to(element: &Element, distance: f64) {
    element.set_scroll_top(distance.round() as i32);
}

/// Whether a modal dialog has the page's attention.
pub fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
}

/// The value of an attribute on the nearest element around where an event happened that has it.
pub fn nearest(event: &web_sys::Event, attribute: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)
}
