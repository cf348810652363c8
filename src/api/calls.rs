//! Calls: pages, counts, and what is asked of one call.

use std::pin::Pin;

use model::{CallId, CallPage, Cursor, Facets, Histogram, LogQuery};

use super::{ApiError, client};
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

/// The values of every filter with their counts, each counted without itself.
pub async fn facets(query: &LogQuery, abort: Option<&Abort>) -> Result<Facets, ApiError> {
    client::get(&format!("calls/facets?{}", parameters(query).trim_end_matches('&')), abort).await
}

/// Calls over time.
pub async fn histogram(query: &LogQuery, buckets: u32, abort: Option<&Abort>) -> Result<Histogram, ApiError> {
    client::get(&format!("calls/histogram?{}buckets={buckets}", parameters(query)), abort).await
}

/// The answer to what is asked of one call, as it came, while it is on its way.
pub type Coming = Pin<Box<dyn Future<Output = Result<String, ApiError>>>>;

/// Asks about one call: for the whole of it (`""`), or for its `/comparison`, `/similar`, `/evidence`.
pub fn about(id: CallId, what: &str, abort: Option<Abort>) -> Coming {
    let path = format!("calls/{id}{what}");
    Box::pin(async move { client::get_text(&path, abort.as_ref()).await })
}

/// The query's parameters, ready for more to follow.
fn parameters(query: &LogQuery) -> String {
    let parameters = query.to_query_string();
    if parameters.is_empty() { parameters } else { format!("{parameters}&") }
}
