//! What every stage shares: a view on a page of its own, a server that answers when the test says so, eyes that see by role and
//! name, and hands that press keys and buttons.

#![allow(dead_code, reason = "no test needs all of it")]

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

#[wasm_bindgen(inline_js = r#"
let asked = [];
export function listen() {
    asked = [];
    window.fetch = (url, init) => new Promise((resolve, reject) => {
        const question = { url: String(url), resolve, isTakenBack: false };
        asked.push(question);
        init?.signal?.addEventListener("abort", () => {
            question.isTakenBack = true;
            reject(new DOMException("taken back", "AbortError"));
        });
    });
}
const last = (part) => asked.findLast((question) => question.url.includes(part));
export function answer(part, status, body) {
    const question = last(part);
    question?.resolve(new Response(body, { status, headers: { "content-type": "application/json" } }));
    return question !== undefined;
}
export const hasAsked = (part) => last(part) !== undefined;
export const isTakenBack = (part) => last(part)?.isTakenBack ?? false;
export const nextTask = () => new Promise((resolve) => setTimeout(resolve, 0));
export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
export const nameOf = (element) => {
    const read = element.cloneNode(true);
    for (const unread of read.querySelectorAll("[aria-hidden=true]")) unread.remove();
    return read.textContent;
};
export const input = (field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
"#)]
extern "C" {
    fn listen();
    fn answer(part: &str, status: u16, body: &str) -> bool;
    #[wasm_bindgen(js_name = hasAsked)]
    fn has_asked(part: &str) -> bool;
    #[wasm_bindgen(js_name = isTakenBack)]
    fn is_taken_back(part: &str) -> bool;
    #[wasm_bindgen(js_name = nextTask)]
    fn next_task() -> web_sys::js_sys::Promise;
    #[wasm_bindgen(js_name = nextFrame)]
    fn next_frame() -> web_sys::js_sys::Promise;
    #[wasm_bindgen(js_name = nameOf)]
    fn name_of(element: &Element) -> String;
    fn input(field: &HtmlInputElement, text: &str);
}

/// A view on a page; gone when it is dropped.
pub struct Scene {
    root: HtmlElement,
    style: Element,
    _mounted: UnmountHandle<AnyViewState>,
}

impl Scene {
    /// Shows a view under styles, before anything is answered.
    pub fn of(styles: &str, view: impl FnOnce() -> AnyView + 'static) -> Self {
        listen();
        let body = document().body().unwrap();
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(styles));
        body.append_child(&style).unwrap();
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        body.append_child(&root).unwrap();
        let mounted = mount_to(root.clone(), view);
        Self { root, style, _mounted: mounted }
    }

    /// Answers the newest question whose address has this part.
    pub async fn answer(&self, part: &str, status: u16, body: &Value) {
        self.settle().await;
        assert!(answer(part, status, &body.to_string()), "nobody asked for {part}");
        self.settle().await;
    }

    pub fn has_asked(&self, part: &str) -> bool {
        has_asked(part)
    }

    pub fn is_taken_back(&self, part: &str) -> bool {
        is_taken_back(part)
    }

    /// Lets promises and effects that are due run: an answer takes three steps from the network to the view.
    pub async fn settle(&self) {
        for _ in 0..5 {
            JsFuture::from(next_task()).await.unwrap();
        }
    }

    pub async fn frame(&self) {
        JsFuture::from(next_frame()).await.unwrap();
    }

    /// Waits frame by frame until something is so; a minute's frames without it are a failure.
    pub async fn until(&self, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..3_600 {
            if is_so(self) {
                return;
            }
            self.frame().await;
        }
        panic!("it did not come to pass");
    }

    pub fn element(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
    }

    pub fn elements(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)).map(JsCast::unchecked_into).collect()
    }

    pub fn count(&self, selector: &str) -> usize {
        self.elements(selector).len()
    }

    /// How many elements the whole document has.
    pub fn nodes(&self) -> u32 {
        document().query_selector_all("*").unwrap().length()
    }

    pub fn text_of(&self, selector: &str) -> String {
        text(&self.element(selector))
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.elements(selector).iter().map(|element| text(element)).collect()
    }

    fn button(&self, name: &str) -> Option<HtmlElement> {
        self.elements("button").into_iter().find(|button| one_spaced(&name_of(button)) == name)
    }

    pub fn has_button(&self, name: &str) -> bool {
        self.button(name).is_some()
    }

    pub async fn press(&self, name: &str) {
        self.button(name).unwrap_or_else(|| panic!("no button {name}")).click();
        self.settle().await;
    }

    pub async fn press_labelled(&self, selector: &str) {
        self.element(selector).click();
        self.settle().await;
    }

    /// Ticks the box with this name.
    pub async fn choose(&self, name: &str) {
        let label = self.elements("label").into_iter().find(|label| text(label) == name);
        label.unwrap_or_else(|| panic!("no box {name}")).click();
        self.settle().await;
    }

    /// Fills a field in.
    pub async fn fill(&self, selector: &str, words: &str) {
        input(&self.element(selector).unchecked_into(), words);
        self.settle().await;
    }

    pub async fn key(&self, selector: &str, key: &str) {
        let options = KeyboardEventInit::new();
        options.set_key(key);
        options.set_bubbles(true);
        options.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
        self.element(selector).dispatch_event(&event).unwrap();
        self.settle().await;
    }

    pub async fn scroll_to_end(&self, selector: &str) {
        let element = self.element(selector);
        element.set_scroll_top(element.scroll_height());
        self.frame().await;
    }

    pub async fn scroll_to_top(&self, selector: &str) {
        self.element(selector).set_scroll_top(0);
        self.frame().await;
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.root.remove();
        self.style.remove();
    }
}

/// The text of an element as it reads, white space in a row as one.
pub fn text(element: &Element) -> String {
    one_spaced(&element.text_content().unwrap_or_default())
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
