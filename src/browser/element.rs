//! Elements: focus, scrolling, sizes.

use std::time::Duration;

use leptos::prelude::{document, on_cleanup, request_animation_frame, set_timeout, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::js_sys::{Object, Reflect};
use web_sys::{
    Element, FocusOptions, HtmlElement, HtmlInputElement, MouseEventInit, Node, ResizeObserver, ScrollIntoViewOptions,
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

/// What stands in a field.
pub fn text_of(field: &HtmlElement) -> String {
    field.unchecked_ref::<HtmlInputElement>().value()
}

/// Where the caret stands in a field, in bytes of its text.
pub fn caret(field: &HtmlElement) -> usize {
    let field = field.unchecked_ref::<HtmlInputElement>();
    let text = field.value();
    // Browsers count in UTF-16; a field that has no caret is written at its end.
    let units = field.selection_start().ok().flatten().and_then(|units| usize::try_from(units).ok());
    let mut left = units.unwrap_or(usize::MAX);
    let before = text.chars().take_while(|character| {
        let is_before = left >= character.len_utf16();
        left = left.saturating_sub(character.len_utf16());
        is_before
    });
    before.map(char::len_utf8).sum()
}

/// Writes a text into a field, and puts the caret at a place in bytes.
pub fn write(field: &HtmlElement, text: &str, caret: usize) {
    let field = field.unchecked_ref::<HtmlInputElement>();
    field.set_value(text);
    let units = text.get(..caret).unwrap_or(text).encode_utf16().count();
    let units = u32::try_from(units).unwrap_or(u32::MAX);
    // A field that has no caret is none to type into.
    let _ = field.set_selection_range(units, units);
}

/// Scrolls no further than it takes for an element to be seen.
pub fn reveal(element: &HtmlElement) {
    let options = Object::new();
    // Refused only by frozen objects. The browser's own type for this would bring more with it.
    let _ = Reflect::set(&options, &"block".into(), &"nearest".into());
    element.scroll_into_view_with_scroll_into_view_options(options.unchecked_ref());
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

/// The width of the nearest element around where an event happened that fits a selector, in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "a screen is some thousand pixels wide")]
pub fn nearest_width(event: &web_sys::Event, selector: &str) -> Option<i32> {
    let target: Element = event.target()?.dyn_into().ok()?;
    Some(target.closest(selector).ok()??.get_bounding_client_rect().width().round() as i32)
}

/// Whether the reader has selected text in the element that listens to an event.
pub fn holds_selection(event: &web_sys::Event) -> bool {
    let Some(selection) = window().get_selection().ok().flatten().filter(|selection| !selection.is_collapsed()) else {
        return false;
    };
    let listener = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
    listener.is_some_and(|listener| listener.contains(selection.anchor_node().as_ref()))
}

/// Does with the link of this id what was done beside it: a press that would open a new tab or window of a link. Presses
/// on the link itself are the browser's.
pub fn click_link(id: &str, event: &web_sys::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_none_or(|target| target.closest("a").is_ok_and(|link| link.is_some())) {
        return;
    }
    let (is_wheel, init) = (event.button() == 1, MouseEventInit::new());
    init.set_ctrl_key(event.ctrl_key() || is_wheel);
    init.set_meta_key(event.meta_key() || is_wheel);
    init.set_shift_key(event.shift_key());
    init.set_cancelable(true);
    if let (Some(link), Ok(click)) =
        (document().get_element_by_id(id), web_sys::MouseEvent::new_with_mouse_event_init_dict("click", &init))
    {
        // Not taken by the page: it does not bubble.
        let _ = link.dispatch_event(&click);
    }
}

/// The width of the first element that fits a selector, in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "a screen is some thousand pixels wide")]
pub fn width_of(selector: &str) -> Option<i32> {
    Some(document().query_selector(selector).ok()??.get_bounding_client_rect().width().round() as i32)
}

/// Scrolls what is around the element of this id so far that the element is seen.
pub fn keep_in_view(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let Some(around) = element.parent_element() else { return };
    let (inner, outer) = (element.get_bounding_client_rect(), around.get_bounding_client_rect());
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() {
        element.scroll_into_view_with_bool(inner.top() < outer.top());
    }
}

/// Lets the browser take a file, as if the reader had pressed a link to it.
pub fn download(address: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        // Neither is refused.
        let _ = link.set_attribute("href", address);
        let _ = link.set_attribute("download", "");
        link.click();
    }
}

/// Asks the browser to print the page.
pub fn print() {
    // A browser without a printer says so itself.
    let _ = window().print();
}
