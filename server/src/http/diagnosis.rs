//! Questions about why a call failed: how it differs from the last success, which others failed alike, and the evidence
//! as a text.

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use model::{Comparison, LogQuery, QueryIssue, Similar};

use super::App;
use super::extract::{Filter, NamedCall, Viewer};
use super::problem::ApiProblem;
use crate::comparison::{self, Circumstances};
use crate::diagnosis::{diagnose, evidence_pack, same_error, similar};
use crate::search;
use crate::store::LastSuccess;

/// `GET calls/{id}/comparison`: how the call differs from the newest success of the same node before it.
pub async fn compare_with_last_success(
    viewer: Viewer,
    NamedCall(id): NamedCall,
    State(app): State<App>,
) -> Result<Json<Comparison>, ApiProblem> {
    let (success, is_kept_beyond_retention) = match app.calls.last_success(&viewer.scope, id).await? {
        LastSuccess::Found { stored, is_kept_beyond_retention } => (stored.call, is_kept_beyond_retention),
        LastSuccess::None => return Err(ApiProblem::no_earlier_success()),
        LastSuccess::NoNode => return Err(ApiProblem::not_of_a_node()),
        LastSuccess::NoCall => return Err(ApiProblem::call_not_found()),
    };
    let call = app.calls.get(&viewer.scope, id).await?.ok_or_else(ApiProblem::call_not_found)?.call;
    let first_failing_at = app.calls.first_failure(&viewer.scope, &call, &success).await?;
    let circumstances = Circumstances { is_open: !is_kept_beyond_retention, first_failing_at };
    Ok(Json(comparison::compare(&call, &success, circumstances)))
}

/// `GET calls/{id}/similar`: the calls of a range that failed alike, and whom they concern.
pub async fn count_similar(
    viewer: Viewer,
    NamedCall(id): NamedCall,
    filter: Filter,
    State(app): State<App>,
) -> Result<Json<Similar>, ApiProblem> {
    let query = filter.finish()?;
    let range = query.range;
    if query != (LogQuery { range, ..LogQuery::default() }) {
        // What is the same error is decided by the call; a filter beside it would be left out in silence.
        let issue = |(name, value): (String, String)| {
            QueryIssue::new(&name, &value, "only last, from and to are asked for here")
        };
        let asked = query.to_query_string();
        let narrowing = form_urlencoded::parse(asked.as_bytes())
            .into_owned()
            .filter(|(name, _)| !matches!(name.as_str(), "last" | "from" | "to"));
        return Err(ApiProblem::invalid_query(narrowing.map(issue).collect()));
    }
    let stored = app.calls.get(&viewer.scope, id).await?.ok_or_else(ApiProblem::call_not_found)?;
    let same = same_error(&stored.call, range).ok_or_else(ApiProblem::did_not_fail)?;
    let spread = app.calls.spread(&viewer.scope, &same.query).await?;
    Ok(Json(similar(&same, spread)))
}

/// `GET calls/{id}/evidence`: the call as a text for the support of whoever answered it.
pub async fn show_evidence(
    viewer: Viewer,
    NamedCall(id): NamedCall,
    State(app): State<App>,
) -> Result<impl IntoResponse, ApiProblem> {
    let stored = app.calls.get(&viewer.scope, id).await?.ok_or_else(ApiProblem::call_not_found)?;
    let address = format!("{}integrations/api-logs?call={id}", app.settings.public_url);
    let diagnosis = diagnose(&stored.call);
    let pack = evidence_pack(&search::detail(&viewer.scope, stored), diagnosis.as_ref(), &address);
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], pack))
}
