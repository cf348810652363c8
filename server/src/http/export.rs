//! `GET calls/export`: what is filtered, as a file, written while it is read.
//!
//! A task reads page after page and writes; the answer takes its pieces from a short queue. So memory stays small
//! however large the file is, and nothing is read any more once nobody takes it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use model::{LogQuery, Notice, Timestamp};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tracing::Instrument;

use super::App;
use super::extract::{Filter, Viewer};
use super::problem::ApiProblem;
use crate::accounts::AccountScope;
use crate::export::{Format, Writer};
use crate::store::{CallStore, Place, StoreError};

/// An export in which nothing comes, or nothing is taken, for this long has failed.
const SILENCE: Duration = Duration::from_secs(10);
/// Calls that are read at once.
const PAGE: usize = 250;
/// Pieces of the file that wait to be taken.
const PIECES: usize = 2;

const EXPORT_LIMIT: HeaderName = HeaderName::from_static("x-export-limit");
const EXPORT_NOTICES: HeaderName = HeaderName::from_static("x-export-notices");
const TOTAL_COUNT: HeaderName = HeaderName::from_static("x-total-count");
const TOTAL_EXACT: HeaderName = HeaderName::from_static("x-total-exact");

/// `GET calls/export?format=csv|ndjson|har`: the calls of a filter as a file, newest first.
pub async fn export_calls(viewer: Viewer, mut filter: Filter, State(app): State<App>) -> Result<Response, ApiProblem> {
    let format = filter.take("format")?.unwrap_or_default();
    let format: Format =
        format.parse().map_err(|error| ApiProblem::invalid_parameter("format", &format, &format!("{error}")))?;
    let query = filter.finish()?;
    let seat = app.streams.exports.enter(&viewer.session).map_err(|full| ApiProblem::too_many("exports", full))?;
    let limit = app.streams.export_calls;
    // How many there are, and what is known to be missing, can be said before anything is written. That a look took too
    // long does not matter: an export looks on.
    let first = app.calls.page(&viewer.scope, &query, Place::Newest, 1).await?;
    let mut notices = first.notices;
    notices.retain(|notice| notice.code != "took_too_long");
    if first.total.count > u64::try_from(limit).unwrap_or(u64::MAX) {
        notices.push(cut_at(limit));
    }
    let known: Vec<&str> = notices.iter().map(|notice| notice.code.as_str()).collect();
    let known = known.join(", ");
    let name = file_name(&viewer.account, app.clock.now(), format);
    let (pieces, taken) = mpsc::channel(PIECES);
    let export =
        Export { calls: Arc::clone(&app.calls), scope: viewer.scope.clone(), query, format, limit, notices, pieces };
    let writing = async move {
        let _seat = seat;
        export.write().await;
    };
    let task = tokio::spawn(writing.in_current_span());
    let taking = Some((taken, AbortOnDrop(task.abort_handle())));
    let body = stream::unfold(taking, |taking| async {
        let (mut taken, abort) = taking?;
        Some(match taken.recv().await {
            Some(Piece { text, is_last: true }) if text.is_empty() => return None,
            Some(Piece { text, is_last }) => (Ok(Bytes::from(text)), (!is_last).then_some((taken, abort))),
            None => (Err(BrokenOff), None),
        })
    });
    let mut response = Body::from_stream(body.fuse()).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(EXPORT_LIMIT, HeaderValue::from(limit));
    headers.insert(TOTAL_COUNT, HeaderValue::from(first.total.count));
    headers.insert(TOTAL_EXACT, HeaderValue::from_static(if first.total.exact { "true" } else { "false" }));
    for (header, value) in [(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")), (EXPORT_NOTICES, known)]
    {
        if let Ok(value) = HeaderValue::from_str(&value)
            && !value.is_empty()
        {
            headers.insert(header, value);
        }
    }
    Ok(response)
}

/// The name of the file: account and time, in characters that every file system takes.
fn file_name(account: &str, now: Timestamp, format: Format) -> String {
    let is_plain = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    let account: String = account.chars().map(|character| if is_plain(&character) { character } else { '_' }).collect();
    let time = now.to_chrono().format("%Y-%m-%dT%H-%M-%SZ");
    format!("api-logs-{account}-{time}.{}", format.extension())
}

/// Stops the writing when the answer is dropped: its reader has gone.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn cut_at(limit: usize) -> Notice {
    Notice {
        code: "export_limit".to_owned(),
        message: format!(
            "This file ends after the newest {limit} calls. Narrow the filter or the period for the others."
        ),
    }
}

/// A part of the file. The last one says so: a file that ends without it has broken off, and must not look whole.
struct Piece {
    text: String,
    is_last: bool,
}

/// What the reader of the connection sees instead of an end.
#[derive(Debug, thiserror::Error)]
#[error("the export broke off")]
struct BrokenOff;

/// One export under way.
struct Export {
    calls: Arc<dyn CallStore>,
    scope: AccountScope,
    query: LogQuery,
    format: Format,
    limit: usize,
    /// What is known to be missing, as the headers say.
    notices: Vec<Notice>,
    pieces: mpsc::Sender<Piece>,
}

/// Why an export breaks off in the middle.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Call(#[from] crate::export::NotWritable),
    #[error("calls are missing, and the format has no place to say so: {0}")]
    Missing(String),
    #[error("nothing was taken for {} seconds, or nobody is there to take it", SILENCE.as_secs())]
    NotTaken,
}

impl Export {
    async fn write(self) {
        match self.write_pieces().await {
            Ok(()) => {}
            Err(error @ ExportError::NotTaken) => tracing::debug!(%error, "an export was given up"),
            Err(error) => tracing::error!(%error, "an export broke off"),
        }
    }

    async fn write_pieces(mut self) -> Result<(), ExportError> {
        let mut writer = Writer::new(self.format, self.scope.clone());
        let begin = writer.begin();
        if !begin.is_empty() {
            self.send(begin, false).await?;
        }
        let mut place = Place::Newest;
        let mut left = self.limit;
        loop {
            let page = timeout(SILENCE, self.calls.whole_page(&self.scope, &self.query, place, PAGE.min(left + 1)));
            let page = page.await.map_err(|_| StoreError::TookTooLong)??;
            self.note(page.missing)?;
            let is_cut = page.calls.len() > left;
            let mut piece = String::new();
            for stored in page.calls.into_iter().take(left) {
                left -= 1;
                writer.call(stored, &mut piece)?;
            }
            if !piece.is_empty() {
                self.send(piece, false).await?;
            }
            match page.before {
                Some(cursor) if !is_cut => place = Place::Before(cursor),
                _ => {
                    self.notices.retain(|notice| notice.code != cut_at(self.limit).code);
                    self.notices.extend(is_cut.then(|| cut_at(self.limit)));
                    let notices = std::mem::take(&mut self.notices);
                    return self.send(writer.end(notices)?, true).await;
                }
            }
        }
    }

    fn note(&mut self, notices: Vec<Notice>) -> Result<(), ExportError> {
        for notice in notices {
            if self.notices.iter().all(|known| known.code != notice.code) {
                if !self.format.can_say_at_its_end() {
                    return Err(ExportError::Missing(notice.message));
                }
                self.notices.push(notice);
            }
        }
        Ok(())
    }

    async fn send(&self, text: String, is_last: bool) -> Result<(), ExportError> {
        let sent = timeout(SILENCE, self.pieces.send(Piece { text, is_last })).await;
        sent.ok().and_then(Result::ok).ok_or(ExportError::NotTaken)
    }
}
