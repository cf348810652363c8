//! A page with nothing but the panel, a server that answers when the test says so, and eyes that see by role and name.

use std::sync::Arc;

use api_logs::components::detail_panel::DetailPanel;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use model::{Access, CallId, CallSummary, Capabilities, Retention, Session, Timestamp};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

use super::calls;

#[wasm_bindgen(inline_js = r#"
let asked = [];
export function listen() {
    asked = [];
    window.fetch = (url, init) => new Promise((resolve, reject) => {
        const question = { url: String(url), resolve, takenBack: false };
        asked.push(question);
        init?.signal?.addEventListener("abort", () => {
            question.takenBack = true;
            reject(new DOMException("taken back", "AbortError"));
        });
    });
}
const last = (part) => asked.findLast((question) => question.url.includes(part));
export function answer(part, status, body) {
    last(part)?.resolve(new Response(body, { status, headers: { "content-type": "application/json" } }));
}
export function isTakenBack(part) { return last(part)?.takenBack ?? false; }
export const nextTask = () => new Promise((resolve) => setTimeout(resolve, 0));
export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
"#)]
extern "C" {
    fn listen();
    fn answer(part: &str, status: u16, body: &str);
    #[wasm_bindgen(js_name = isTakenBack)]
    fn is_taken_back(part: &str) -> bool;
    #[wasm_bindgen(js_name = nextTask)]
    fn next_task() -> web_sys::js_sys::Promise;
    #[wasm_bindgen(js_name = nextFrame)]
    fn next_frame() -> web_sys::js_sys::Promise;
}

/// The panel alone on a page; gone when it is dropped.
pub struct Stage {
    root: HtmlElement,
    style: Element,
    id: RwSignal<Option<CallId>>,
    hint: RwSignal<Option<Arc<CallSummary>>>,
    _mounted: UnmountHandle<AnyViewState>,
}

impl Stage {
    /// A closed panel.
    pub fn empty() -> Self {
        listen();
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        // What is in view depends on the height of its box.
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(include_str!("../../style/components/code.css")));
        document().body().unwrap().append_child(&style).unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        let mounted = mount_to(root.clone(), move || {
            let (id, hint) = (RwSignal::new(None), RwSignal::new(None));
            sender.send((id, hint)).unwrap();
            let nothing = Callback::new(|()| {});
            view! {
                <DetailPanel
                    id
                    hint
                    position=Signal::stored(Some("Call 5 of 2,314".to_owned()))
                    session=Signal::stored(Arc::new(session()))
                    on_close=Callback::new(move |()| id.set(None))
                    on_newer=nothing
                    on_older=nothing
                    can_newer=Signal::stored(true)
                    can_older=Signal::stored(true)
                />
            }
            .into_any()
        });
        let (id, hint) = receiver.recv().unwrap();
        Self { root, style, id, hint, _mounted: mounted }
    }

    /// An open panel whose call has been answered.
    pub async fn with_call(call: Value) -> Self {
        let stage = Self::empty();
        let number = call["id"].as_str().and_then(|id| id.rsplit('-').next()).unwrap().parse().unwrap();
        stage.open(calls::id(number)).await;
        stage.answer(number, 200, &call).await;
        stage
    }

    pub fn hint(&self, call: CallSummary) {
        self.hint.set(Some(Arc::new(call)));
    }

    pub async fn open(&self, id: CallId) {
        self.id.set(Some(id));
        self.settle().await;
    }

    pub async fn answer(&self, number: u32, status: u16, body: &Value) {
        answer(&calls::id_text(number), status, &body.to_string());
        self.settle().await;
    }

    pub fn is_taken_back(&self, number: u32) -> bool {
        is_taken_back(&calls::id_text(number))
    }

    /// Lets promises and effects that are due run: an answer takes three steps from the network to the view.
    pub async fn settle(&self) {
        for _ in 0..4 {
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

    fn elements(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)).map(JsCast::unchecked_into).collect()
    }

    pub fn count(&self, selector: &str) -> usize {
        self.elements(selector).len()
    }

    pub fn text_of(&self, selector: &str) -> String {
        text(&self.element(selector))
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.elements(selector).iter().map(text).collect()
    }

    pub fn tabs(&self) -> Vec<String> {
        self.texts("[role=tab]")
    }

    /// What is said of a term.
    pub fn term(&self, term: &str) -> String {
        let found = self.elements("dt").into_iter().find(|element| text(element) == term);
        let found = found.unwrap_or_else(|| panic!("no term {term}"));
        text(&found.next_element_sibling().unwrap())
    }

    fn button(&self, name: &str) -> Option<HtmlElement> {
        self.elements("button").into_iter().find(|element| text(element) == name).map(JsCast::unchecked_into)
    }

    pub fn has_button(&self, name: &str) -> bool {
        self.button(name).is_some()
    }

    pub async fn press(&self, name: &str) {
        self.button(name).unwrap_or_else(|| panic!("no button {name}")).click();
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

    pub fn focused(&self) -> String {
        document().active_element().map(|element| text(&element)).unwrap_or_default()
    }

    pub async fn scroll_to_end(&self, selector: &str) {
        let element = self.element(selector);
        element.set_scroll_top(element.scroll_height());
        self.frame().await;
    }

    /// How many elements the page has.
    pub fn nodes(&self) -> u32 {
        document().query_selector_all("*").unwrap().length()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
        self.style.remove();
    }
}

/// The text of an element as it reads, white space in a row as one.
fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn session() -> Session {
    Session {
        user: "Asha".to_owned(),
        role: "Owner".to_owned(),
        account: "acme".to_owned(),
        plan: "Everything".to_owned(),
        plan_with_logs: None,
        access: Access::Granted,
        capabilities: Capabilities {
            view_logs: true,
            reauthorise: true,
            manage_notifications: true,
            manage_plan: true,
        },
        bots: None,
        retention: Retention::STANDARD,
        support: "support@example.com".to_owned(),
        now: Timestamp::from_millis(1_795_000_000_000),
    }
}
