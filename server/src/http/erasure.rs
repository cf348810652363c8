//! Erasing bodies, and who did so.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::App;
use super::extract::{Eraser, Filter, NamedCall, NamedEndUser};
use super::problem::ApiProblem;
use crate::control::{Action, Actor, AuditEntry};
use crate::store::{Erased, ErasureTarget};

/// Audit entries on a page where nothing else is said, and at most.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 200;

/// What was erased.
#[derive(Serialize)]
pub struct ErasureAnswer {
    /// The calls that had something to erase.
    calls: u64,
    /// Whether no file holds remains; else they go within ten minutes. No answer shows them any more.
    complete: bool,
}

/// `DELETE calls/{id}/bodies`: erases the bodies of one call.
pub async fn erase_call(
    who: Eraser,
    NamedCall(id): NamedCall,
    State(app): State<App>,
) -> Result<Json<ErasureAnswer>, ApiProblem> {
    let erased = erase(app, who, ErasureTarget::Call(id)).await?;
    if erased.found == 0 { Err(ApiProblem::call_not_found()) } else { Ok(answer(erased)) }
}

/// `DELETE end-users/{id}/bodies`: erases the bodies of all calls of an end user.
pub async fn erase_end_user(
    who: Eraser,
    NamedEndUser(id): NamedEndUser,
    State(app): State<App>,
) -> Result<Json<ErasureAnswer>, ApiProblem> {
    let ids = app.control.ids_of_end_user(&who.account, &id)?;
    Ok(answer(erase(app, who, ErasureTarget::EndUser(ids)).await?))
}

/// Erases, also where whoever asked does not wait for the answer.
async fn erase(app: App, who: Eraser, target: ErasureTarget) -> Result<Erased, ApiProblem> {
    let erasing = async move {
        let actor = Actor::Member { name: who.name };
        let entry = app.control.begin_audit(&who.account, &actor, &Action::erasing(&target), app.clock.now())?;
        let erased = app.calls.erase(&who.scope, &target).await?;
        app.control.finish_audit(entry, erased.calls)?;
        Ok(erased)
    };
    tokio::spawn(erasing).await.unwrap_or_else(|error| Err(ApiProblem::failed(error.to_string())))
}

const fn answer(erased: Erased) -> Json<ErasureAnswer> {
    Json(ErasureAnswer { calls: erased.calls, complete: erased.is_complete })
}

/// A page of audit entries.
#[derive(Serialize)]
pub struct AuditPage {
    /// The entries, newest first.
    items: Vec<AuditEntry>,
    /// Where to go on; `null` when there are no more.
    before: Option<i64>,
}

/// `GET audit`: who erased what, newest first.
pub async fn list_audit(
    who: Eraser,
    mut filter: Filter,
    State(app): State<App>,
) -> Result<Json<AuditPage>, ApiProblem> {
    let limit = filter.take_number("limit", 1..=MAX_LIMIT, DEFAULT_LIMIT)?;
    let before = match filter.take("before")? {
        Some(value) => Some(value.parse().map_err(|_| {
            ApiProblem::invalid_parameter("before", &value, "the number that an earlier page ended with")
        })?),
        None => None,
    };
    filter.finish_empty()?;
    let mut items = app.control.audit(&who.account, before, limit + 1)?;
    let has_more = items.len() > limit;
    items.truncate(limit);
    let before = items.last().filter(|_| has_more).map(|entry| entry.id);
    Ok(Json(AuditPage { items, before }))
}
