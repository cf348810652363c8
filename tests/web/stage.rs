//! The page on a stage of its own: an address, a server that answers when the test says so, and eyes that see by role
//! and name.

use api_logs::app::App;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

use super::answers;

#[wasm_bindgen(inline_js = r#"
let asked = [];
export function begin(address) {
    asked = [];
    if (!document.querySelector("base")) document.head.append(Object.assign(document.createElement("base"), { href: "/" }));
    history.replaceState(null, "", address);
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
export const goBack = () => new Promise((resolve) => {
    addEventListener("popstate", () => setTimeout(resolve, 0), { once: true });
    history.back();
});
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
    fn begin(address: &str);
    fn answer(part: &str, status: u16, body: &str) -> bool;
    #[wasm_bindgen(js_name = hasAsked)]
    fn has_asked(part: &str) -> bool;
    #[wasm_bindgen(js_name = isTakenBack)]
    fn is_taken_back(part: &str) -> bool;
    #[wasm_bindgen(js_name = nextTask)]
    fn next_task() -> web_sys::js_sys::Promise;
    #[wasm_bindgen(js_name = nextFrame)]
    fn next_frame() -> web_sys::js_sys::Promise;
    #[wasm_bindgen(js_name = goBack)]
    fn go_back() -> web_sys::js_sys::Promise;
    #[wasm_bindgen(js_name = nameOf)]
    fn name_of(element: &Element) -> String;
    fn input(field: &HtmlInputElement, text: &str);
}

/// The styles that decide what is in view.
const STYLES: [&str; 4] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/components/shell.css"),
    include_str!("../../style/components/call-table.css"),
];

/// The whole page; gone when it is dropped.
pub struct Stage {
    root: HtmlElement,
    style: Element,
    _mounted: UnmountHandle<AnyViewState>,
}

impl Stage {
    /// The page at a query string, before anything is answered.
    pub fn begin(query_string: &str) -> Self {
        begin(&format!("/integrations/api-logs{query_string}"));
        let body = document().body().unwrap();
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(&STYLES.concat()));
        body.append_child(&style).unwrap();
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        body.append_child(&root).unwrap();
        let mounted = mount_to(root.clone(), || view! { <App /> }.into_any());
        Self { root, style, _mounted: mounted }
    }

    /// The page for a person, whose calls have been asked for.
    pub async fn with_session(query_string: &str, session: &Value) -> Self {
        let stage = Self::begin(query_string);
        stage.answer("v1/session", 200, session).await;
        stage
    }

    /// The page of an Owner with so many calls.
    pub async fn with_calls(query_string: &str, total: u32) -> Self {
        let stage = Self::with_session(query_string, &answers::session()).await;
        stage.answer("v1/calls?", 200, &answers::a_page(total, total)).await;
        stage.frame().await;
        stage
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
    async fn settle(&self) {
        for _ in 0..5 {
            JsFuture::from(next_task()).await.unwrap();
        }
    }

    async fn frame(&self) {
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

    fn elements(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)).map(JsCast::unchecked_into).collect()
    }

    pub fn count(&self, selector: &str) -> usize {
        self.elements(selector).len()
    }

    pub fn text_of(&self, selector: &str) -> String {
        text(&self.element(selector))
    }

    pub async fn press(&self, name: &str) {
        let button = self.elements("button").into_iter().find(|button| one_spaced(&name_of(button)) == name);
        button.unwrap_or_else(|| panic!("no button {name}")).click();
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

    pub async fn type_text(&self, words: &str) {
        input(&self.element("[type=search]").unchecked_into(), words);
        self.settle().await;
    }

    /// What stands in the search box.
    pub fn typed(&self) -> String {
        self.element("[type=search]").unchecked_into::<HtmlInputElement>().value()
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

    pub fn query_string(&self) -> String {
        window().location().search().unwrap()
    }

    pub async fn go_back(&self) {
        JsFuture::from(go_back()).await.unwrap();
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

    /// The places of the rows that are in the document.
    pub fn row_indices(&self) -> Vec<u32> {
        self.elements(".row--call").iter().map(|row| row_index(row)).collect()
    }

    /// The place of the row that has the focus.
    pub fn focused_row(&self) -> Option<u32> {
        let row = document().active_element()?.closest("[role=row]").unwrap()?;
        Some(row_index(&row))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
        self.style.remove();
    }
}

fn row_index(row: &Element) -> u32 {
    row.get_attribute("aria-rowindex").unwrap().parse().unwrap()
}

/// The text of an element as it reads, white space in a row as one.
fn text(element: &Element) -> String {
    one_spaced(&element.text_content().unwrap_or_default())
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
