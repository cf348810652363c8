//! The whole page on a stage: an address, an answered session, and what tests ask of the list.

use std::ops::Deref;

use api_logs::app::App;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlInputElement};

use super::answers;
use super::scene::Scene;

#[wasm_bindgen(inline_js = r#"
export function goTo(address) {
    if (!document.querySelector("base")) document.head.append(Object.assign(document.createElement("base"), { href: "/" }));
    history.replaceState(null, "", address);
}
export const goBack = () => new Promise((resolve) => {
    addEventListener("popstate", () => setTimeout(resolve, 0), { once: true });
    history.back();
});
"#)]
extern "C" {
    #[wasm_bindgen(js_name = goTo)]
    fn go_to(address: &str);
    #[wasm_bindgen(js_name = goBack)]
    fn go_back() -> web_sys::js_sys::Promise;
}

/// The styles that decide what is in view.
const STYLES: [&str; 4] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/components/shell.css"),
    include_str!("../../style/components/call-table.css"),
];

/// The whole page.
pub struct Stage(Scene);

impl Deref for Stage {
    type Target = Scene;

    fn deref(&self) -> &Scene {
        &self.0
    }
}

impl Stage {
    /// The page at a query string, before anything is answered.
    pub fn begin(query_string: &str) -> Self {
        go_to(&format!("/integrations/api-logs{query_string}"));
        Self(Scene::of(&STYLES.concat(), || view! { <App /> }.into_any()))
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

    pub async fn type_text(&self, words: &str) {
        self.fill("[type=search]", words).await;
    }

    /// What stands in the search box.
    pub fn typed(&self) -> String {
        self.element("[type=search]").unchecked_into::<HtmlInputElement>().value()
    }

    pub fn query_string(&self) -> String {
        window().location().search().unwrap()
    }

    pub async fn go_back(&self) {
        JsFuture::from(go_back()).await.unwrap();
        self.settle().await;
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

fn row_index(row: &Element) -> u32 {
    row.get_attribute("aria-rowindex").unwrap().parse().unwrap()
}
