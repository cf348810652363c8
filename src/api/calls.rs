//! Calls: pages, counts, and what is asked of one call.

use std::pin::Pin;

use model::query::push_parameter;
use model::{CallId, CallPage, Cursor, Facets, Histogram, LogQuery, Suggestions};

use super::ApiError;
use super::client::{self, Asked};
use crate::browser::fetch::Abort;

/// Calls per page. `boot.js` asks for the first page of the same size.
pub const PAGE_SIZE: usize = 100;

/// Where a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The newest calls.
    Newest,
    /// The calls just older than a cursor.
    Before(Cursor),
    /// The calls just newer than a cursor.
    After(Cursor),
}

/// One page of calls, newest first.
pub async fn page(query: &LogQuery, place: Place, abort: Option<&Abort>) -> Result<CallPage, ApiError> {
    let place = match place {
        Place::Newest => String::new(),
        Place::Before(cursor) => format!("&before={cursor}"),
        Place::After(cursor) => format!("&after={cursor}"),
    };
    client::get(&format!("calls?{}limit={PAGE_SIZE}{place}", parameters(query)), abort).await
}

/// Asks for the values of every filter with their counts, each counted without itself.
pub fn facets(query: &LogQuery, abort: Option<Abort>, then: impl FnOnce(Result<Facets, ApiError>) + 'static) {
    let url = format!("api/v1/calls/facets?{}", query.to_query_string());
    client::ask(Asked { url, abort, ..Asked::default() }, Box::new(move |answer| then(client::body(answer))));
}

/// Calls over time.
pub async fn histogram(query: &LogQuery, buckets: u32, abort: Option<&Abort>) -> Result<Histogram, ApiError> {
    client::get(&format!("calls/histogram?{}buckets={buckets}", parameters(query)), abort).await
}

/// Asks how a text that is being typed may go on at the caret, a place in bytes; counted in the other filters of the
/// query. Where there is no answer, there is nothing to go on with.
pub fn suggest(
    query: &LogQuery,
    text: &str,
    caret: usize,
    abort: Option<Abort>,
    then: impl FnOnce(Suggestions) + 'static,
) {
    let mut parameters = LogQuery { text: String::new(), ..query.clone() }.to_query_string();
    push_parameter(&mut parameters, "text", text);
    push_parameter(&mut parameters, "caret", &caret.to_string());
    let asked = Asked { url: format!("api/v1/calls/suggestions?{parameters}"), abort, ..Asked::default() };
    client::ask(asked, Box::new(move |answer| then(client::body(answer).unwrap_or_default())));
}

/// The answer to what is asked of one call, as it came, while it is on its way.
pub type Coming = Pin<Box<dyn Future<Output = Result<String, ApiError>>>>;

/// Asks about one call: for the whole of it (`""`), or for its `/comparison`, `/similar`, `/evidence`.
pub fn about(id: CallId, what: &str, abort: Option<Abort>) -> Coming {
    let path = format!("calls/{id}{what}");
    Box::pin(async move { client::get_text(&path, abort.as_ref()).await })
}

/// Where the calls of a query are had as a file.
pub fn export_address(query: &LogQuery, format: &str) -> String {
    format!("api/v1/calls/export?{}format={format}", parameters(query))
}

/// The query's parameters, ready for more to follow.
pub(super) fn parameters(query: &LogQuery) -> String {
    let parameters = query.to_query_string();
    if parameters.is_empty() { parameters } else { format!("{parameters}&") }
}
