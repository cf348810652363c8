//! The embedded store: one pair of SQLite files per UTC day.
//!
//! `calls/2026-11-23.ok.db` holds the calls of that day that succeeded, `.err.db` the others, so that both retentions
//! are the removal of files. One thread writes; any number of readers, each with a deadline, read beside it.

mod backup;
mod body;
mod candidates;
mod check;
mod columns;
mod dictionaries;
mod erase;
mod facets;
mod filter;
mod find;
mod histogram;
mod kept;
mod node;
mod prepared;
mod pulse;
mod question;
mod reader;
mod room;
mod row;
mod runs;
mod segment;
mod sift;
mod spread;
mod summary;
mod terms;
mod text;
mod values;
mod verdict;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use model::search::Field;
use model::{Call, CallId, CallPage, Facets, Histogram, LogQuery, Timestamp};
use tokio::sync::Mutex;

use super::{
    CallStore, Erased, ErasureTarget, Fate, LastSuccess, Live, MAX_KEPT, Place, Since, Spread, StoreError,
    StoreFigures, StoredCall, Tail, Values, WholePage,
};
use crate::accounts::{AccountScope, Plans};
use crate::clock::Clock;
use crate::metrics::WriterMetrics;
use crate::redact::RedactedCall;

pub use backup::{BackupReport, back_up, copy_database};
pub use check::{CheckReport, check};
pub use reader::Patience;

use body::{Dictionary, Packer};
use dictionaries::Dictionaries;
use find::position;
use kept::Kept;
use node::NodeKey;
use prepared::PreparedCall;
use pulse::Pulse;
use question::Question;
use reader::{Deadline, Readers};
use room::Room;
use segment::{Half, SegmentKey};
use writer::Writer;

/// The longest one page of an export may take: nobody looks at a page meanwhile.
const EXPORT_WITHIN: Duration = Duration::from_secs(10);

/// The embedded store. Cheap to clone.
#[derive(Clone)]
pub struct SqliteStore {
    calls_dir: PathBuf,
    readers: Arc<Readers>,
    dictionaries: Arc<Dictionaries>,
    writer: Arc<Writer>,
    live: Arc<Live>,
    pulse: Arc<Pulse>,
    room: Arc<Room>,
    metrics: WriterMetrics,
    /// Held while files are removed or cleaned: what is taken over from a file that goes is not to escape an erasure.
    housekeeping: Arc<Mutex<()>>,
    patience: Patience,
    clock: Clock,
    plans: Plans,
}

/// What the store may be told, beside where it is.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The most pages of 8 KiB one day's file may have; none where it is `None`. A full file is a full disk in small.
    pub max_pages_per_file: Option<u32>,
    /// The most calls that are kept in memory for live tails that fall behind; four thousand where it is `None`.
    pub max_live_calls: Option<usize>,
    /// How long questions may take.
    pub patience: Patience,
    /// Calls are taken while at least this much can still be written.
    pub least_free_bytes: u64,
    /// How long the writer may take to show that it writes; five seconds where it is `None`.
    pub writer_answers_within: Option<Duration>,
    /// Where the writer counts.
    pub metrics: WriterMetrics,
}

impl SqliteStore {
    /// Opens the store in a data directory.
    pub fn open(data_dir: &Path, clock: Clock, plans: Plans, limits: Limits) -> Result<Self, StoreError> {
        let calls_dir = data_dir.join("calls");
        std::fs::create_dir_all(&calls_dir)?;
        // What is synced inside it is worth nothing while its own name is not.
        std::fs::File::open(data_dir)?.sync_all()?;
        let patience = limits.patience;
        let pulse = Arc::new(Pulse::new(limits.writer_answers_within));
        let room = Arc::new(Room::new(calls_dir.clone(), limits.least_free_bytes));
        let metrics = limits.metrics.clone();
        let dictionaries = Arc::new(Dictionaries::default());
        let max_kept = limits.max_live_calls.unwrap_or(MAX_KEPT);
        let live = Arc::new(Live::new(clock.clone(), max_kept).map_err(std::io::Error::other)?);
        let writer = Writer::start(calls_dir.clone(), limits, Arc::clone(&dictionaries), Arc::clone(&live))?;
        Ok(Self {
            readers: Arc::new(Readers::new(calls_dir.clone())),
            dictionaries,
            calls_dir,
            writer: Arc::new(writer),
            live,
            pulse,
            room,
            metrics,
            housekeeping: Arc::default(),
            patience,
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
        self.ask_with(self.patience, scope, query, answer).await
    }

    async fn ask_with<T: Send + 'static>(
        &self,
        patience: Patience,
        scope: &AccountScope,
        query: LogQuery,
        answer: impl FnOnce(&Question) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let abandoned = AbandonOnDrop(Arc::new(AtomicBool::new(false)));
        let deadline = Deadline::new(Arc::clone(&abandoned.0), patience);
        let question = Question::new(Arc::clone(&self.readers), scope.clone(), query, self.clock.now(), deadline)?;
        blocking(move || answer(&question)).await
    }
}

/// Does work on a thread that may block. A panic there is a defect; the work fails, the server goes on.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let asked = tracing::Span::current();
    let done = tokio::task::spawn_blocking(move || asked.in_scope(work)).await;
    done.unwrap_or_else(|error| Err(StoreError::Unreadable(error.to_string())))
}

/// Makes calls ready for their files: everything that costs time and needs no file is done here.
fn prepare(slot: u32, calls: &[RedactedCall], dictionaries: &Dictionaries) -> Result<Vec<PreparedCall>, StoreError> {
    let keys: BTreeSet<SegmentKey> =
        calls.iter().map(|call| SegmentKey::of(call.call().timestamp, &call.call().outcome())).collect();
    let known: BTreeMap<SegmentKey, Option<Arc<Dictionary>>> =
        keys.into_iter().map(|key| (key, dictionaries.get(key))).collect();
    let mut packers = known
        .iter()
        .map(|(key, dictionary)| Ok((*key, Packer::new(dictionary.as_deref())?)))
        .collect::<Result<BTreeMap<_, _>, StoreError>>()?;
    let mut prepared = Vec::with_capacity(calls.len());
    for call in calls {
        let key = SegmentKey::of(call.call().timestamp, &call.call().outcome());
        let packer = packers.get_mut(&key).ok_or(StoreError::Stopping)?;
        prepared.push(PreparedCall::new(slot, call, packer)?);
    }
    Ok(prepared)
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
        self.room.check()?;
        let slot = scope.slot();
        let dictionaries = Arc::clone(&self.dictionaries);
        let prepared = blocking(move || prepare(slot, &calls, &dictionaries)).await?;
        self.writer.append(prepared).await
    }

    async fn page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<CallPage, StoreError> {
        // Asked before the files are read, so that the tail can go on after the page without a hole.
        let commit = self.live.newest();
        let mut page = self.ask(scope, query.clone(), move |question| find::page(question, place, limit)).await?;
        page.after = page.after.map(|cursor| commit.map_or(cursor, |commit| cursor.at(commit)));
        Ok(page)
    }

    async fn facets(&self, scope: &AccountScope, query: &LogQuery) -> Result<Facets, StoreError> {
        self.ask(scope, query.clone(), facets::facets).await
    }

    async fn histogram(&self, scope: &AccountScope, query: &LogQuery, buckets: usize) -> Result<Histogram, StoreError> {
        self.ask(scope, query.clone(), move |question| histogram::histogram(question, buckets)).await
    }

    async fn values(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        field: Field,
        typed: &str,
    ) -> Result<Values, StoreError> {
        let within = self.patience.values;
        let patience =
            Patience { page: within, count: within, reading_named: within, reading: within, ..self.patience };
        let typed = typed.to_owned();
        let answer = move |question: &Question| values::values(question, field, &typed);
        self.ask_with(patience, scope, query.clone(), answer).await
    }

    async fn get(&self, scope: &AccountScope, id: CallId) -> Result<Option<StoredCall>, StoreError> {
        self.ask(scope, LogQuery::default(), move |question| find::one(question, id)).await
    }

    async fn whole_page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<WholePage, StoreError> {
        let patience = Patience { question: self.patience.question.max(EXPORT_WITHIN), ..self.patience };
        let answer = move |question: &Question| find::whole_page(question, place, limit);
        self.ask_with(patience, scope, query.clone(), answer).await
    }

    fn tail(&self, scope: &AccountScope, query: &LogQuery, since: Since) -> Result<Tail, StoreError> {
        Ok(self.live.tail(scope, query.prepare()?, since))
    }

    async fn last_success(&self, scope: &AccountScope, id: CallId) -> Result<LastSuccess, StoreError> {
        let kept = Kept::new(&self.calls_dir);
        self.ask(scope, LogQuery::default(), move |question| node::last_success(question, &kept, id)).await
    }

    async fn erase(&self, scope: &AccountScope, target: &ErasureTarget) -> Result<Erased, StoreError> {
        self.erase_everywhere(scope, target).await
    }

    async fn first_failure(
        &self,
        scope: &AccountScope,
        call: &Call,
        after: &Call,
    ) -> Result<Option<Timestamp>, StoreError> {
        let Some(node) = NodeKey::of(call) else { return Ok(None) };
        let (after, until) = (position(after), position(call));
        self.ask(scope, LogQuery::default(), move |question| node::first_failure(question, &node, after, until)).await
    }

    async fn spread(&self, scope: &AccountScope, query: &LogQuery) -> Result<Spread, StoreError> {
        self.ask(scope, query.clone(), spread::spread).await
    }

    async fn forget_expired(&self) -> Result<usize, StoreError> {
        let _alone = self.housekeeping.lock().await;
        let retention = self.plans.longest_retention();
        let now = self.clock.now();
        let expired = segment::expired(&self.calls_dir, retention, now)?;
        let kept = Kept::new(&self.calls_dir);
        let mut removed = 0;
        for key in expired {
            if key.half == Half::Ok {
                let kept = kept.clone();
                // A file that cannot be read goes all the same: its time has come.
                if let Err(error) = blocking(move || kept.take_over(key)).await {
                    tracing::error!(day = key.date(), %error, "the newest success of each node could not be kept");
                }
            }
            self.writer.release(key).await;
            removed += usize::from(segment::remove(&self.calls_dir, key)?);
            self.readers.release(key);
        }
        let kept_since = now.minus_millis(retention.millis_for(&Half::Err.outcome()));
        blocking(move || kept.forget(kept_since)).await?;
        self.writer.checkpoint().await;
        Ok(removed)
    }

    async fn obstacles(&self) -> Vec<String> {
        let listed = segment::list(&self.calls_dir);
        let listed = listed.map_err(|error| format!("the folder of calls cannot be listed: {error}"));
        let room = self.room.check().map_err(|error| error.to_string());
        let writes = self.pulse.feel(&self.writer, &self.metrics).await;
        [listed.err(), room.err(), writes.err()].into_iter().flatten().collect()
    }

    async fn figures(&self) -> Result<StoreFigures, StoreError> {
        let waiting = self.writer.waiting();
        let room = Arc::clone(&self.room);
        let figures = blocking(move || room.figures()).await?;
        Ok(StoreFigures { waiting, ..figures })
    }
}
