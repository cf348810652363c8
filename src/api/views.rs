//! Saved views.

use model::{View, ViewDraft, Views};

use super::ApiError;
use super::client::{self, Asked};
use crate::format::json;

/// Asks for the views that the person sees.
pub fn list(then: impl FnOnce(Result<Vec<View>, ApiError>) + 'static) {
    let asked = Asked { url: "api/v1/views".to_owned(), ..Asked::default() };
    client::ask(asked, Box::new(move |answer| then(client::body::<Views>(answer).map(|answer| answer.views))));
}

/// Saves a view, in the place of the one with the id where there is one.
pub fn save(draft: &ViewDraft, id: Option<u64>, then: Box<dyn FnOnce(Result<String, ApiError>)>) {
    let ViewDraft { name, query, shared } = draft;
    let body = format!("{{\"name\":{},\"query\":{},\"shared\":{shared}}}", json::quoted(name), json::quoted(query));
    let (method, url) = match id {
        Some(id) => ("PUT", address(id)),
        None => ("POST", "api/v1/views".to_owned()),
    };
    client::ask(Asked { method, url, body: Some(body), abort: None }, then);
}

/// Removes a view.
pub fn remove(id: u64, then: Box<dyn FnOnce(Result<String, ApiError>)>) {
    client::ask(Asked { method: "DELETE", url: address(id), ..Asked::default() }, then);
}

fn address(id: u64) -> String {
    format!("api/v1/views/{id}")
}
