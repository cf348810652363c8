//! Saved views.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{LogQuery, QueryIssue, View, ViewDraft, Views};

use super::App;
use super::extract::{NamedView, Sent, Viewer};
use super::problem::ApiProblem;

/// More than the longest name and the longest filter take.
pub const MAX_BODY_BYTES: usize = 16 << 10;
/// The longest filter, as a query string.
const MAX_QUERY_BYTES: usize = 8 << 10;

/// `GET views`: those of the viewer and those shared with the account.
pub async fn list_views(viewer: Viewer, State(app): State<App>) -> Result<Json<Views>, ApiProblem> {
    Ok(Json(Views { views: app.control.views(&viewer.person)? }))
}

/// `POST views`: saves one.
pub async fn add_view(
    viewer: Viewer,
    State(app): State<App>,
    Sent(draft): Sent<ViewDraft>,
) -> Result<(StatusCode, Json<View>), ApiProblem> {
    let view = app.control.add_view(&viewer.person, &readable(draft)?)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// `PUT views/{id}`: gives one another name, another filter, or other people who see it.
pub async fn change_view(
    viewer: Viewer,
    NamedView(id): NamedView,
    State(app): State<App>,
    Sent(draft): Sent<ViewDraft>,
) -> Result<Json<View>, ApiProblem> {
    Ok(Json(app.control.change_view(&viewer.person, id, &readable(draft)?)?))
}

/// `DELETE views/{id}`: removes one.
pub async fn remove_view(
    viewer: Viewer,
    NamedView(id): NamedView,
    State(app): State<App>,
) -> Result<StatusCode, ApiProblem> {
    app.control.remove_view(&viewer.person, id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The draft with its filter in its one form, where it can be read.
fn readable(draft: ViewDraft) -> Result<ViewDraft, ApiProblem> {
    if draft.query.len() > MAX_QUERY_BYTES {
        let message = format!("too long: a view holds a filter of at most {MAX_QUERY_BYTES} bytes");
        return Err(ApiProblem::invalid_query(vec![QueryIssue::new("query", &draft.query, message)]));
    }
    let parsed = LogQuery::parse(&draft.query);
    if parsed.issues.is_empty() {
        Ok(ViewDraft { query: parsed.query.to_query_string(), ..draft })
    } else {
        Err(ApiProblem::invalid_query(parsed.issues))
    }
}
