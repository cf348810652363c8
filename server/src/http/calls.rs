//! Questions about calls.

use axum::Json;
use axum::extract::State;
use model::{CallDetail, CallPage, Facets, Histogram, Suggestions};

use super::App;
use super::extract::{Filter, NamedCall, Viewer};
use super::problem::ApiProblem;
use crate::search;
use crate::store::LastSuccess;

/// Calls on a page where nothing else is said, and at most.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 200;
/// Buckets of the histogram where nothing else is said, and at most.
const DEFAULT_BUCKETS: usize = 60;
const MAX_BUCKETS: usize = 120;

/// `GET calls`: one page of call summaries, newest first.
pub async fn list_calls(
    viewer: Viewer,
    mut filter: Filter,
    State(app): State<App>,
) -> Result<Json<CallPage>, ApiProblem> {
    let limit = filter.take_number("limit", 1..=MAX_LIMIT, DEFAULT_LIMIT)?;
    let place = filter.take_place()?;
    let query = filter.finish()?;
    Ok(Json(app.calls.page(&viewer.scope, &query, place, limit).await?))
}

/// `GET calls/facets`: the values of every filter, each counted without itself.
pub async fn count_facets(viewer: Viewer, filter: Filter, State(app): State<App>) -> Result<Json<Facets>, ApiProblem> {
    let query = filter.finish()?;
    let facets = app.calls.facets(&viewer.scope, &query).await?;
    Ok(Json(search::with_text_filters(facets, &query)))
}

/// `GET calls/histogram`: calls over time, split by outcome.
pub async fn count_over_time(
    viewer: Viewer,
    mut filter: Filter,
    State(app): State<App>,
) -> Result<Json<Histogram>, ApiProblem> {
    let buckets = filter.take_number("buckets", 1..=MAX_BUCKETS, DEFAULT_BUCKETS)?;
    let query = filter.finish()?;
    Ok(Json(app.calls.histogram(&viewer.scope, &query, buckets).await?))
}

/// `GET calls/suggestions`: how the text that is being typed may go on at the caret, with counts in the present filter.
pub async fn suggest(
    viewer: Viewer,
    mut filter: Filter,
    State(app): State<App>,
) -> Result<Json<Suggestions>, ApiProblem> {
    let text = filter.take("text")?.unwrap_or_default();
    let caret = filter.take_number("caret", 0..=text.len(), text.len())?;
    let query = filter.finish()?;
    if !query.text.is_empty() {
        return Err(ApiProblem::invalid_parameter("q", &query.text, "what is being typed is given as text here"));
    }
    Ok(Json(search::suggestions(app.calls.as_ref(), &viewer.scope, query, &text, caret).await?))
}

/// `GET calls/{id}`: the whole call.
pub async fn show_call(
    viewer: Viewer,
    NamedCall(id): NamedCall,
    State(app): State<App>,
) -> Result<Json<CallDetail>, ApiProblem> {
    let stored = app.calls.get(&viewer.scope, id).await?.ok_or_else(ApiProblem::call_not_found)?;
    Ok(Json(search::detail(&viewer.scope, stored)))
}

/// `GET calls/{id}/last-success`: the newest success of the same node before the call.
pub async fn show_last_success(
    viewer: Viewer,
    NamedCall(id): NamedCall,
    State(app): State<App>,
) -> Result<Json<CallDetail>, ApiProblem> {
    match app.calls.last_success(&viewer.scope, id).await? {
        LastSuccess::Found { stored, is_kept_beyond_retention: false } => {
            Ok(Json(search::detail(&viewer.scope, *stored)))
        }
        LastSuccess::Found { stored, is_kept_beyond_retention: true } => {
            Ok(Json(search::detail_beyond_retention(&viewer.scope, *stored)))
        }
        LastSuccess::None => Err(ApiProblem::no_earlier_success()),
        LastSuccess::NoNode => Err(ApiProblem::not_of_a_node()),
        LastSuccess::NoCall => Err(ApiProblem::call_not_found()),
    }
}
