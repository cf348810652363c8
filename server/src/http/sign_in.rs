//! Sign-in links.

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::ApiProblem;
use super::session::session_cookie;
use crate::control::SESSION_MILLIS;

/// `GET sign-in?token=...`: uses a link up, begins a session and leads to the page. A `HEAD`, by which mail programs
/// and chats look at links, uses nothing up, and neither does a browser that fetches it before anybody goes there, or as
/// a part of a page.
pub async fn use_link(
    method: Method,
    headers: HeaderMap,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiProblem> {
    if method == Method::HEAD || !is_somebody_there(&headers) {
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

/// Whether somebody follows the link, as far as the headers tell that browsers send.
fn is_somebody_there(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_ahead = |name: &&str| value(name).to_ascii_lowercase().contains("prefetch");
    let is_ahead = ["sec-purpose", "purpose", "x-moz"].iter().any(is_ahead);
    // Programs that are no browser say nothing.
    !is_ahead && matches!(value("sec-fetch-dest"), "" | "document" | "iframe" | "frame" | "empty")
}
