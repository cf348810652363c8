//! The call panel on a stage: a call that is opened and answered, and what tests ask of the panel.

use std::ops::Deref;
use std::sync::Arc;

use api_logs::components::detail_panel::DetailPanel;
use leptos::prelude::*;
use model::{Access, CallId, CallSummary, Capabilities, Retention, Session, TimeRange, Timestamp};
use serde_json::Value;

use super::calls;
use super::scene::{Scene, text};

/// What is in view depends on the height of its box and of its rows, and that on the font.
const STYLES: &str =
    concat!(":root { --t-small: .75rem; --font-mono: monospace; }", include_str!("../../style/components/code.css"));

/// The panel alone on a page.
pub struct Stage {
    scene: Scene,
    id: RwSignal<Option<CallId>>,
    hint: RwSignal<Option<Arc<CallSummary>>>,
    filter: RwSignal<String>,
}

impl Deref for Stage {
    type Target = Scene;

    fn deref(&self) -> &Scene {
        &self.scene
    }
}

impl Stage {
    /// A closed panel.
    pub fn empty() -> Self {
        let (sender, receiver) = std::sync::mpsc::channel();
        let scene = Scene::of(STYLES, move || {
            let (id, hint, filter) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(String::new()));
            let tab = RwSignal::new(String::new());
            sender.send((id, hint, filter)).unwrap();
            let nothing = Callback::new(|()| {});
            view! {
                <DetailPanel
                    id=Memo::new(move |_| id.get())
                    hint=move || hint.get()
                    position=|| Some("Call 5 of 2,314".to_owned())
                    session=Arc::new(session())
                    on_close=Callback::new(move |()| id.set(None))
                    on_newer=nothing
                    on_older=nothing
                    can_newer=|| true
                    can_older=|| true
                    tab=move || tab.get()
                    on_tab=Callback::new(move |word| tab.set(word))
                    range=|| TimeRange::All
                    on_filter=Callback::new(move |query| filter.set(query))
                    on_open=Callback::new(move |call| id.set(Some(call)))
                />
            }
            .into_any()
        });
        let (id, hint, filter) = receiver.recv().unwrap();
        Self { scene, id, hint, filter }
    }

    /// An open panel whose call has been answered.
    pub async fn with_call(call: Value) -> Self {
        let stage = Self::empty();
        let number = call["id"].as_str().and_then(|id| id.rsplit('-').next()).unwrap().parse().unwrap();
        stage.open(calls::id(number)).await;
        stage.answer(number, 200, &call).await;
        stage
    }

    /// The filter that was asked for last, as a query string.
    pub fn filter(&self) -> String {
        self.filter.get_untracked()
    }

    pub fn hint(&self, call: CallSummary) {
        self.hint.set(Some(Arc::new(call)));
    }

    pub async fn open(&self, id: CallId) {
        self.id.set(Some(id));
        self.settle().await;
    }

    /// Answers the question for the call with a number.
    pub async fn answer(&self, number: u32, status: u16, body: &Value) {
        self.scene.answer(&calls::id_text(number), status, body).await;
    }

    /// Answers what is asked about the call with a number.
    pub async fn answer_about(&self, number: u32, what: &str, status: u16, body: &Value) {
        self.scene.answer(&format!("{}/{what}", calls::id_text(number)), status, body).await;
    }

    /// Whether the call with a number was asked for.
    pub fn is_asked_for(&self, number: u32) -> bool {
        self.scene.has_asked(&calls::id_text(number))
    }

    /// Whether the question for the call with a number was taken back.
    pub fn is_taken_back(&self, number: u32) -> bool {
        self.scene.is_taken_back(&calls::id_text(number))
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

    pub fn focused(&self) -> String {
        document().active_element().map(|element| text(&element)).unwrap_or_default()
    }
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
            erase: true,
        },
        bots: None,
        retention: Retention::STANDARD,
        support: "support@example.com".to_owned(),
        time_zone: None,
        now: Timestamp::from_millis(1_795_000_000_000),
    }
}
