//! An HTTP archive 1.2 (<http://www.softwareishard.com/blog/har-12-spec/>). What the format has no place for stands in
//! fields that begin with `_`, as the specification asks.

use base64::Engine;
use model::{
    Application, Bot, Call, CallId, EndUser, Erasure, Headers, Omission, Outcome, Redaction, Request, Response, Source,
    StatusCode, Timestamp, Truncation,
};
use serde::Serialize;

use crate::store::StoredCall;

/// How an archive begins.
pub fn head() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{{\"log\":{{\"version\":\"1.2\",\"creator\":{{\"name\":\"API Logs\",\"version\":\"{version}\"}},\"entries\":["
    )
}

/// How an archive ends, with what its reader should know.
pub fn tail(comment: &str) -> String {
    if comment.is_empty() {
        return "\n]}}\n".to_owned();
    }
    format!("\n],\"comment\":{}}}}}\n", serde_json::Value::from(comment))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry<'a> {
    started_date_time: Timestamp,
    time: u64,
    request: HarRequest<'a>,
    response: HarResponse<'a>,
    cache: Cache,
    timings: Timings,
    #[serde(rename = "_id")]
    id: CallId,
    #[serde(rename = "_outcome")]
    outcome: Outcome,
    #[serde(rename = "_application")]
    application: &'a Application,
    #[serde(rename = "_bot", skip_serializing_if = "Option::is_none")]
    bot: Option<&'a Bot>,
    #[serde(rename = "_source")]
    source: &'a Source,
    #[serde(rename = "_user", skip_serializing_if = "Option::is_none")]
    user: Option<&'a EndUser>,
    #[serde(rename = "_conversation_id", skip_serializing_if = "Option::is_none")]
    conversation_id: Option<&'a str>,
    #[serde(rename = "_connection_id", skip_serializing_if = "Option::is_none")]
    connection_id: Option<&'a str>,
    #[serde(rename = "_error", skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(rename = "_redactions", skip_serializing_if = "<[_]>::is_empty")]
    redactions: &'a [Redaction],
    #[serde(rename = "_truncated", skip_serializing_if = "<[_]>::is_empty")]
    truncated: &'a [Truncation],
    #[serde(rename = "_omitted", skip_serializing_if = "<[_]>::is_empty")]
    omitted: &'a [Omission],
    #[serde(rename = "_erased", skip_serializing_if = "<[_]>::is_empty")]
    erased: &'a [Erasure],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HarRequest<'a> {
    method: &'a str,
    url: &'a str,
    http_version: &'static str,
    cookies: [(); 0],
    headers: Vec<Pair<'a>>,
    query_string: Vec<OwnedPair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_data: Option<PostData<'a>>,
    headers_size: i64,
    body_size: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    mime_type: &'a str,
    text: &'a str,
    /// Not in the standard, which knows text only; some write it, and our own import reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HarResponse<'a> {
    status: u16,
    status_text: &'a str,
    http_version: &'static str,
    cookies: [(); 0],
    headers: Vec<Pair<'a>>,
    content: Content<'a>,
    #[serde(rename = "redirectURL")]
    redirect_url: &'a str,
    headers_size: i64,
    body_size: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    size: i64,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'a str>,
}

#[derive(Serialize)]
struct Cache {}

/// The format demands all three; only their sum is known, and the wait is most of it.
#[derive(Serialize)]
struct Timings {
    send: u64,
    wait: u64,
    receive: u64,
}

#[derive(Serialize)]
struct Pair<'a> {
    name: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct OwnedPair {
    name: String,
    value: String,
}

/// Which version of HTTP was spoken is not in our calls.
const UNKNOWN_VERSION: &str = "unknown";
/// What browsers write for content without a type.
const UNKNOWN_TYPE: &str = "x-unknown";
/// What the format says for a size that is not known.
const UNKNOWN_SIZE: i64 = -1;

/// The entry of a call; `None` for one without a URL, which is no request to an archive.
pub fn entry(stored: &StoredCall) -> Option<Entry<'_>> {
    let call = &stored.call;
    let request = call.request.as_ref().filter(|request| !request.url.trim().is_empty())?;
    let duration = call.duration_ms.unwrap_or_default();
    let omitted =
        stored.omitted.iter().find(|omission| omission.part == "response.body").map(|omission| omission.bytes);
    Some(Entry {
        started_date_time: call.timestamp,
        time: duration,
        request: har_request(request),
        response: call.response.as_ref().map_or_else(|| no_response(call), |response| har_response(response, omitted)),
        cache: Cache {},
        timings: Timings { send: 0, wait: duration, receive: 0 },
        id: call.id,
        outcome: call.outcome(),
        application: &call.application,
        bot: call.bot.as_ref(),
        source: &call.source,
        user: call.user.as_ref(),
        conversation_id: call.conversation_id.as_deref(),
        connection_id: call.connection_id.as_deref(),
        error: call.failure.as_ref().map(|failure| failure.kind.as_str()),
        redactions: &stored.redactions,
        truncated: &stored.truncated,
        omitted: &stored.omitted,
        erased: &stored.erased,
    })
}

fn har_request(request: &Request) -> HarRequest<'_> {
    let body = request.body.as_deref();
    let query = request.url.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
    let query_string = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| OwnedPair { name: name.into_owned(), value: value.into_owned() });
    HarRequest {
        method: request.method.as_str(),
        url: &request.url,
        http_version: UNKNOWN_VERSION,
        cookies: [],
        headers: pairs(&request.headers),
        query_string: query_string.collect(),
        post_data: body.filter(|body| !body.is_empty()).map(|text| PostData {
            mime_type: header(&request.headers, "content-type").unwrap_or(UNKNOWN_TYPE),
            text,
            encoding: request.encoding.as_deref(),
        }),
        headers_size: UNKNOWN_SIZE,
        body_size: body.map_or(UNKNOWN_SIZE, |body| size(body, request.encoding.as_deref())),
    }
}

/// `omitted` is the size of a body that was not kept because it is no text.
fn har_response(response: &Response, omitted: Option<u64>) -> HarResponse<'_> {
    let StatusCode(status) = response.status;
    let body = response.body.as_deref();
    let not_kept = omitted.and_then(|bytes| i64::try_from(bytes).ok()).unwrap_or(UNKNOWN_SIZE);
    HarResponse {
        status,
        status_text: response.status.phrase().unwrap_or_default(),
        http_version: UNKNOWN_VERSION,
        cookies: [],
        headers: pairs(&response.headers),
        content: Content {
            size: body.map_or(not_kept, |body| size(body, response.encoding.as_deref())),
            mime_type: header(&response.headers, "content-type").unwrap_or(UNKNOWN_TYPE),
            text: body,
            encoding: response.encoding.as_deref(),
        },
        redirect_url: header(&response.headers, "location").unwrap_or_default(),
        headers_size: UNKNOWN_SIZE,
        body_size: UNKNOWN_SIZE,
    }
}

/// How browsers save a request that got no answer: status 0, never an invented code.
fn no_response(call: &Call) -> HarResponse<'_> {
    HarResponse {
        status: 0,
        status_text: call.failure.as_ref().map_or("", |failure| &failure.message),
        http_version: UNKNOWN_VERSION,
        cookies: [],
        headers: Vec::new(),
        content: Content { size: 0, mime_type: UNKNOWN_TYPE, text: None, encoding: None },
        redirect_url: "",
        headers_size: UNKNOWN_SIZE,
        body_size: UNKNOWN_SIZE,
    }
}

fn pairs(headers: &Headers) -> Vec<Pair<'_>> {
    headers.iter().map(|(name, value)| Pair { name, value }).collect()
}

fn header<'a>(headers: &'a Headers, wanted: &str) -> Option<&'a str> {
    headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
}

/// The size of a body in bytes, as it was before it was written as text.
fn size(body: &str, encoding: Option<&str>) -> i64 {
    let bytes = match encoding {
        Some("base64") => {
            base64::engine::general_purpose::STANDARD.decode(body).map_or_else(|_| body.len(), |decoded| decoded.len())
        }
        _ => body.len(),
    };
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
