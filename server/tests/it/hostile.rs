//! Whatever a hostile client sends: garbled, contradictory, endless, absurd.
//!
//! The law: nothing panics; no answer is a failure of ours; a refusal is a problem with a code, and small; a sane
//! question is answered right afterwards; and what was accepted is exactly what is found. Inputs are made by chance from
//! valid ones, a bounded number of them; a failing one is shrunk and printed.

mod bombs;
mod mutate;
mod questions;
mod requests;
mod wire;

use std::panic;
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

use crate::support::{Answer, TestServer, Visitor};

/// The most bytes of a refusal: nobody gets more out of the server by asking wrongly than by asking rightly.
const SMALL: usize = 64 << 10;
/// What the threads of a server under siege are called: by that a panic on them is told from one of a failing test.
const BESIEGED: &str = "besieged";

static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Threads for a server under siege, whose panics are noted.
fn besieged() -> Runtime {
    static NOTE: Once = Once::new();
    NOTE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() == Some(BESIEGED) {
                PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
            }
            before(info);
        }));
    });
    Builder::new_multi_thread().worker_threads(2).thread_name(BESIEGED).enable_all().build().unwrap()
}

/// Runs a property so many times on inputs made by chance.
fn for_many<T: std::fmt::Debug>(
    cases: u32,
    inputs: impl Strategy<Value = T>,
    law: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 500, ..Config::default() };
    TestRunner::new(config).run(&inputs, law).unwrap();
}

/// What holds of every answer.
fn judge(asked: &dyn std::fmt::Debug, answer: &Answer) -> Result<(), TestCaseError> {
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    prop_assert!(panics.is_empty(), "{:?}: {:?}", asked, panics);
    let status = answer.status;
    if status.is_client_error() || status.is_server_error() {
        prop_assert!(!status.is_server_error(), "{:?}: {} {}", asked, status, text(answer));
        let media_type = answer.headers.get("content-type").and_then(|value| value.to_str().ok());
        prop_assert_eq!(media_type, Some("application/problem+json"), "{:?}: {}", asked, text(answer));
        let problem: Refusal = serde_json::from_slice(&answer.bytes)
            .map_err(|error| TestCaseError::fail(format!("{asked:?}: {error}: {}", text(answer))))?;
        prop_assert_eq!(problem.status, status.as_u16());
        prop_assert!(!problem.code.is_empty() && !problem.title.is_empty() && !problem.request_id.is_empty());
        prop_assert!(
            answer.bytes.len() <= SMALL + 1_000 * problem.rejected.len(),
            "{:?}: {} bytes",
            asked,
            answer.bytes.len()
        );
    }
    Ok(())
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.bytes).chars().take(2_000).collect()
}

/// A refusal, as far as the law looks at it.
#[derive(Debug, Deserialize)]
struct Refusal {
    status: u16,
    code: String,
    title: String,
    request_id: String,
    #[serde(default)]
    rejected: Vec<serde::de::IgnoredAny>,
}

/// A page of the list. Other fields are passed over: a script's variables may hold numbers that no Rust type does.
#[derive(Debug, Deserialize)]
struct Page {
    items: Vec<Row>,
    before: Option<String>,
    total: model::Total,
    partial: bool,
}

#[derive(Debug, Deserialize)]
struct Row {
    id: model::CallId,
}

/// The sane question: the whole list, page by page, which must be whole and agree with its own total.
async fn everything(visitor: &Visitor<'_>) -> Result<Vec<model::CallId>, TestCaseError> {
    let mut found = Vec::new();
    let mut place = String::new();
    loop {
        let answer = visitor.get(&format!("calls?no_response=true&limit=200{place}")).await;
        prop_assert_eq!(answer.status, StatusCode::OK, "{}", text(&answer));
        let page: Page = serde_json::from_slice(&answer.bytes).unwrap();
        prop_assert!(!page.partial && page.total.exact);
        found.extend(page.items.into_iter().map(|row| row.id));
        let Some(before) = page.before else {
            prop_assert_eq!(page.total.count, found.len() as u64);
            return Ok(found);
        };
        place = format!("&before={before}");
    }
}

/// What must hold when the siege is over: `check` finds nothing wrong with what is stored.
async fn is_sound(server: &TestServer) {
    server.store.close().await;
    let report = server::store::sqlite::check(server.data_dir()).unwrap();
    assert_eq!(report.faults, [] as [String; 0]);
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert_eq!(panics, [] as [String; 0]);
}
