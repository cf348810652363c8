//! The built page, out of the binary, compressed when it was built.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::App;
use super::problem::{self, ApiProblem};
use crate::clock::hex;

#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// How the page says where it stands; the server writes its own base path there.
const BASE: &str = "<base href=\"/\"";
const INDEX: &str = "index.html";

/// Serves a file of the page; any other path of a browser's navigation is the page itself, which knows its paths.
pub async fn serve(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return problem::method_not_allowed().await.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path != INDEX && !is_packed(path) {
        if let Some(file) = Dist::get(path) {
            return file_response(path, &file, &headers);
        }
        // A missing script answered by the page would be a riddle in the browser's console.
        if path.rsplit('/').next().is_some_and(|name| name.contains('.')) || path.starts_with("api/") {
            return problem::no_such_route().await.into_response();
        }
    }
    index_response(&app, &headers)
}

/// Packed twins are served under the name of what they pack, never under their own.
fn is_packed(path: &str) -> bool {
    matches!(path.rsplit('.').next(), Some("br" | "gz"))
}

fn file_response(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, suffix)| {
        let file = accepts(headers, encoding).then(|| Dist::get(&format!("{path}.{suffix}"))).flatten()?;
        Some((encoding, file))
    });
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()));
    let caching = if is_named_by_content(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let data = match &packed {
        Some((_, packed)) => packed.data.clone(),
        None => file.data.clone(),
    };
    answer(
        headers,
        &tag,
        media_type(path),
        caching,
        packed.map(|(encoding, _)| encoding),
        Body::from(data.into_owned()),
    )
}

fn index_response(app: &App, headers: &HeaderMap) -> Response {
    let Some(file) = Dist::get(INDEX) else {
        return ApiProblem::new(
            StatusCode::NOT_FOUND,
            "page_not_built",
            "The page is not in this binary",
            "Build it with `make build`; the API works without it.",
        )
        .into_response();
    };
    let base = format!("<base href=\"{}\"", app.settings.base_path());
    let html = String::from_utf8_lossy(&file.data).replacen(BASE, &base, 1);
    let tag = format!("\"{}-{}\"", hex(&file.metadata.sha256_hash()), app.settings.base_path().len());
    answer(headers, &tag, "text/html; charset=utf-8", "no-cache", None, Body::from(html))
}

fn answer(
    headers: &HeaderMap,
    tag: &str,
    media_type: &'static str,
    caching: &'static str,
    encoding: Option<&'static str>,
    body: Body,
) -> Response {
    let is_known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|known| known == tag);
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { (StatusCode::OK, body).into_response() };
    let set = response.headers_mut();
    set.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    set.insert(VARY, HeaderValue::from_static("accept-encoding"));
    set.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        set.insert(ETAG, tag);
    }
    if let Some(encoding) = encoding.filter(|_| !is_known) {
        set.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|list| list.split(',')).any(|choice| {
        let (name, quality) = choice.split_once(';').unwrap_or((choice, ""));
        name.trim().eq_ignore_ascii_case(encoding) && quality.trim().trim_end_matches(['0', '.']) != "q="
    })
}

/// Whether a file's name holds the hash of its content, as the build writes it: `page-8f3a....wasm`.
fn is_named_by_content(path: &str) -> bool {
    path.split(['-', '.', '_'])
        .any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{accepts, is_named_by_content};
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn names_with_a_hash_never_change() {
        assert!(is_named_by_content("page-0123456789abcdef_bg.wasm"));
        assert!(is_named_by_content("style-fedcba9876543210.css"));
        assert!(!is_named_by_content("boot.js"));
        assert!(!is_named_by_content("icons.svg"));
    }

    #[test]
    fn an_encoding_is_used_only_where_it_is_accepted() {
        let headers =
            |value: &'static str| HeaderMap::from_iter([(super::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        assert!(accepts(&headers("gzip, deflate, br"), "br"));
        assert!(accepts(&headers("br;q=0.5"), "br"));
        assert!(!accepts(&headers("br;q=0, gzip"), "br"));
        assert!(!accepts(&headers("gzip"), "br"));
    }
}
