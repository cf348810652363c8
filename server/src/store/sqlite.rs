//! The embedded store: one pair of SQLite files per UTC day.
//!
//! `calls/2026-11-23.ok.db` holds the calls of that day that succeeded, `.err.db` the others, so that both retentions
//! are the removal of files. One thread writes; any number of readers, each with a deadline, read beside it.

mod check;
mod facets;
mod filter;
mod find;
mod histogram;
mod prepared;
mod question;
mod reader;
mod row;
mod scan;
mod segment;
mod summary;
mod terms;
mod text;
mod visit;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use model::{CallId, CallPage, Facets, Histogram, LogQuery};

use super::{CallStore, Fate, Place, StoreError, StoredCall};
use crate::accounts::{AccountScope, Plans};
use crate::clock::Clock;
use crate::redact::RedactedCall;

pub use check::{CheckReport, check};

use prepared::PreparedCall;
use question::Question;
use reader::{Deadline, Readers};
use writer::Writer;

/// The embedded store. Cheap to clone.
#[derive(Clone)]
pub struct SqliteStore {
    calls_dir: PathBuf,
    readers: Arc<Readers>,
    writer: Arc<Writer>,
    clock: Clock,
    plans: Plans,
}

/// What the store may be told, beside where it is.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The most pages of 8 KiB one day's file may have; none where it is `None`. A full file is a full disk in small.
    pub max_pages_per_file: Option<u32>,
}

impl SqliteStore {
    /// Opens the store in a data directory.
    pub fn open(data_dir: &Path, clock: Clock, plans: Plans, limits: Limits) -> Result<Self, StoreError> {
        let calls_dir = data_dir.join("calls");
        std::fs::create_dir_all(&calls_dir)?;
        // What is synced inside it is worth nothing while its own name is not.
        std::fs::File::open(data_dir)?.sync_all()?;
        let writer = Writer::start(calls_dir.clone(), limits)?;
        Ok(Self {
            readers: Arc::new(Readers::new(calls_dir.clone())),
            calls_dir,
            writer: Arc::new(writer),
            clock,
            plans,
        })
    }

    /// Finishes what was taken in and stops the writer.
    pub async fn close(&self) {
        self.readers.release_all();
        self.writer.close().await;
    }

    /// Runs a question on a thread that may block, and stops it when nobody waits for the answer any more.
    async fn ask<T: Send + 'static>(
        &self,
        scope: &AccountScope,
        query: LogQuery,
        answer: impl FnOnce(&Question) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let abandoned = AbandonOnDrop(Arc::new(AtomicBool::new(false)));
        let deadline = Deadline::new(Arc::clone(&abandoned.0));
        let question = Question::new(Arc::clone(&self.readers), scope.clone(), query, self.clock.now(), deadline);
        let answered = tokio::task::spawn_blocking(move || answer(&question)).await;
        // A panic in the blocking task is a defect; the question fails, the server goes on.
        answered.unwrap_or_else(|error| Err(StoreError::Unreadable(error.to_string())))
    }
}

/// Tells a running question that its asker is gone.
struct AbandonOnDrop(Arc<AtomicBool>);

impl Drop for AbandonOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[async_trait]
impl CallStore for SqliteStore {
    async fn append(&self, scope: &AccountScope, calls: Vec<RedactedCall>) -> Result<Vec<Fate>, StoreError> {
        let slot = scope.slot();
        let prepared = tokio::task::spawn_blocking(move || {
            calls.iter().map(|call| PreparedCall::new(slot, call)).collect::<Result<Vec<_>, _>>()
        })
        .await
        .unwrap_or_else(|error| Err(StoreError::Unreadable(error.to_string())))?;
        self.writer.append(prepared).await
    }

    async fn page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<CallPage, StoreError> {
        self.ask(scope, query.clone(), move |question| find::page(question, place, limit)).await
    }

    async fn facets(&self, scope: &AccountScope, query: &LogQuery) -> Result<Facets, StoreError> {
        self.ask(scope, query.clone(), facets::facets).await
    }

    async fn histogram(&self, scope: &AccountScope, query: &LogQuery, buckets: usize) -> Result<Histogram, StoreError> {
        self.ask(scope, query.clone(), move |question| histogram::histogram(question, buckets)).await
    }

    async fn get(&self, scope: &AccountScope, id: CallId) -> Result<Option<StoredCall>, StoreError> {
        self.ask(scope, LogQuery::default(), move |question| find::one(question, id)).await
    }

    async fn forget_expired(&self) -> Result<usize, StoreError> {
        let retention = self.plans.longest_retention();
        let expired = segment::expired(&self.calls_dir, retention, self.clock.now())?;
        for key in &expired {
            self.writer.release(*key).await;
            self.readers.release(*key);
            segment::remove(&self.calls_dir, *key)?;
        }
        self.writer.checkpoint().await;
        Ok(expired.len())
    }

    async fn is_ready(&self) -> bool {
        self.writer.is_running() && segment::list(&self.calls_dir).is_ok()
    }
}
