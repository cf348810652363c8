//! Who am I, and signing out.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use model::Session;

use super::App;
use super::extract::{SignedIn, cookie_name, is_from_elsewhere, session_secret};
use super::problem::ApiProblem;

/// `GET session`: who is signed in, what they may do, and what the page needs to know.
pub async fn show_session(
    SignedIn { person, .. }: SignedIn,
    State(app): State<App>,
) -> Result<Json<Session>, ApiProblem> {
    let time_zone = app.control.time_zone(&person.account.id)?;
    Ok(Json(Session { time_zone, ..person.session(&app.settings.plans, &app.settings.support, app.clock.now()) }))
}

/// `DELETE session`: signs out. Browsers send the cookie from our own pages only (`SameSite=Lax`).
pub async fn sign_out(State(app): State<App>, request: Request) -> Result<Response, ApiProblem> {
    let (parts, _) = request.into_parts();
    if is_from_elsewhere(&parts, &app) {
        return Err(ApiProblem::from_elsewhere());
    }
    if let Some(secret) = session_secret(&parts, &app) {
        app.control.sign_out(secret)?;
    }
    let cookie = session_cookie(&app, "", 0);
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

/// The cookie that carries a session's secret.
pub fn session_cookie(app: &App, secret: &str, max_age_seconds: i64) -> String {
    let is_https = app.settings.is_https();
    // The `__Host-` prefix demands the path `/`; without it the cookie stays under our base path.
    let path = if is_https { "/" } else { app.settings.base_path() };
    let secure = if is_https { "; Secure" } else { "" };
    format!(
        "{}={secret}; HttpOnly; SameSite=Lax; Path={path}; Max-Age={max_age_seconds}{secure}",
        cookie_name(is_https)
    )
}
