//! Sign-in links.

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::ApiProblem;
use super::session::session_cookie;
use crate::control::SESSION_MILLIS;

/// `GET sign-in?token=...`: uses a link up, begins a session and leads to the page. A `HEAD`, by which mail programs
/// and chats look at links, uses nothing up.
pub async fn use_link(
    method: Method,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiProblem> {
    if method == Method::HEAD {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let query = query.unwrap_or_default();
    let token = form_urlencoded::parse(query.as_bytes()).find_map(|(name, value)| (name == "token").then_some(value));
    let secret = match token {
        Some(token) => app.control.sign_in(&token, app.clock.now())?,
        None => None,
    };
    let page = format!("{}integrations/api-logs", app.settings.base_path());
    if let Some(secret) = secret {
        let cookie = session_cookie(&app, &secret, SESSION_MILLIS / 1_000);
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, page), (SET_COOKIE, cookie)]).into_response());
    }
    let text = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign-in link</title>\
         <h1>This sign-in link cannot be used</h1>\
         <p>A link signs in once, and for a day. Ask for a new one, or <a href=\"{page}\">go on</a> \
         where you are signed in already.</p></html>"
    );
    Ok((StatusCode::GONE, [(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}
