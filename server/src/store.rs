//! Where calls are kept and found again.
//!
//! [`CallStore`] is what the rest of the server knows; [`sqlite`] keeps it in one pair of files per UTC day. Every
//! method demands an [`AccountScope`], and answers only for calls that are still kept at the moment of the question.

mod erasure;
mod live;
mod measured;
pub mod sqlite;

use async_trait::async_trait;
use model::search::Field;
use model::{
    Bot, Call, CallId, CallPage, Cursor, EndUser, Erasure, FacetValue, Facets, Histogram, LogQuery, Notice, Omission,
    Redaction, Source, Timestamp, Truncation,
};
use serde::{Deserialize, Serialize};

use crate::accounts::AccountScope;
use crate::redact::RedactedCall;

pub use erasure::{Erased, ErasureTarget};
pub use live::{Live, MAX_KEPT, Since, Tail, Tailed};
pub use measured::Measured;

/// Keeps calls and answers questions about them.
#[async_trait]
pub trait CallStore: Send + Sync {
    /// Keeps calls, durably before it returns; one fate for each, in order.
    async fn append(&self, scope: &AccountScope, calls: Vec<RedactedCall>) -> Result<Vec<Fate>, StoreError>;

    /// One page of the calls a query finds, newest first.
    async fn page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<CallPage, StoreError>;

    /// The values of every filter with their counts, each counted without itself.
    async fn facets(&self, scope: &AccountScope, query: &LogQuery) -> Result<Facets, StoreError>;

    /// The calls a query finds over time, in at most that many buckets.
    async fn histogram(&self, scope: &AccountScope, query: &LogQuery, buckets: usize) -> Result<Histogram, StoreError>;

    /// Values of a field that calls of a query have, for whoever types one: those that hold what is typed, the likeliest
    /// first. For the fields of which calls have values that come again; none for the others.
    async fn values(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        field: Field,
        typed: &str,
    ) -> Result<Values, StoreError>;

    /// A whole call; `None` where it is unknown, no longer kept, or not in the scope: these are told alike.
    async fn get(&self, scope: &AccountScope, id: CallId) -> Result<Option<StoredCall>, StoreError>;

    /// The newest success of the same node before a call.
    async fn last_success(&self, scope: &AccountScope, id: CallId) -> Result<LastSuccess, StoreError>;

    /// The first call of the node of a call that did not succeed, after another call of the node and not after the
    /// call itself.
    async fn first_failure(
        &self,
        scope: &AccountScope,
        call: &Call,
        after: &Call,
    ) -> Result<Option<Timestamp>, StoreError>;

    /// Over which bots, nodes and end users the calls that a query finds are spread.
    async fn spread(&self, scope: &AccountScope, query: &LogQuery) -> Result<Spread, StoreError>;

    /// Whole calls that a query finds, newest first: at most `limit`, and fewer where they are large. For exports, which
    /// ask again from where a page ended.
    async fn whole_page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<WholePage, StoreError>;

    /// Watches the calls a query finds as they become durable.
    fn tail(&self, scope: &AccountScope, query: &LogQuery, since: Since) -> Result<Tail, StoreError>;

    /// Erases bodies, and whatever was derived from them, out of everything the store keeps.
    async fn erase(&self, scope: &AccountScope, target: &ErasureTarget) -> Result<Erased, StoreError>;

    /// Removes what no account keeps any more; returns how many files went.
    async fn forget_expired(&self) -> Result<usize, StoreError>;

    /// Why calls cannot be taken in or found now, a line each; nothing where they can.
    async fn obstacles(&self) -> Vec<String>;

    /// What the store holds and what waits for it.
    async fn figures(&self) -> Result<StoreFigures, StoreError>;
}

/// Values of a field that calls have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The values, at most [`Values::MOST`].
    pub values: Vec<FacetValue>,
    /// Whether only the newest calls were looked at, or a day could not be read.
    pub is_partial: bool,
}

impl Values {
    /// More than this nobody looks through.
    pub const MOST: usize = 10;
}

/// What the store holds at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreFigures {
    /// Requests that wait for the writer.
    pub waiting: usize,
    /// The files of calls that succeeded.
    pub ok: FileFigures,
    /// The files of the others.
    pub err: FileFigures,
    /// Bytes of all write-ahead logs.
    pub wal_bytes: u64,
    /// Bytes that can still be written.
    pub free_bytes: u64,
}

/// How many files there are, and how large they are together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileFigures {
    /// Files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
}

/// The answer to the question for the newest earlier success of the node of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum LastSuccess {
    /// The call that is asked about is unknown, no longer kept, or not in the scope.
    NoCall,
    /// It was not made by a node.
    NoNode,
    /// There is none, or none that is kept.
    None,
    /// There is one.
    Found {
        /// The success.
        stored: Box<StoredCall>,
        /// Whether it is older than successes are kept: of each node the newest such call stays, as long as failing
        /// calls do.
        is_kept_beyond_retention: bool,
    },
}

/// A node of a bot: a source that has one.
#[derive(Clone, Debug, PartialEq)]
pub struct BotNode {
    /// The bot.
    pub bot: Option<Bot>,
    /// The source.
    pub source: Source,
}

/// Over what calls are spread, each with its number of them, largest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many there are.
    pub calls: u64,
    /// When the first was made.
    pub first: Option<Timestamp>,
    /// When the last was made.
    pub last: Option<Timestamp>,
    /// The bots, by their newest names.
    pub bots: Vec<(Bot, u64)>,
    /// The nodes.
    pub nodes: Vec<(BotNode, u64)>,
    /// The end users.
    pub users: Vec<(EndUser, u64)>,
    /// Whether counting was cut short or a day could not be read.
    pub partial: bool,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// Some of the whole calls that a query finds.
#[derive(Clone, Debug, PartialEq)]
pub struct WholePage {
    /// The calls.
    pub calls: Vec<StoredCall>,
    /// Where to go on; `None` when there are no more.
    pub before: Option<Cursor>,
    /// What is missing, and why.
    pub missing: Vec<Notice>,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the newest call.
    Newest,
    /// At the calls next older than a cursor.
    Before(Cursor),
    /// At the calls next newer than a cursor.
    After(Cursor),
}

/// What became of a call that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is durable.
    Accepted,
    /// A call with this id is there already; the first one stays.
    Duplicate,
    /// There is no room for it; it can be sent again later.
    NoRoom,
    /// The file of its day cannot be written; it can be sent again later.
    DayUnwritable,
}

/// A call as it was stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredCall {
    /// The call.
    pub call: Call,
    /// What was hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redactions: Vec<Redaction>,
    /// What was cut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub truncated: Vec<Truncation>,
    /// What was not kept, because it is not text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omitted: Vec<Omission>,
    /// What was erased afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Erasure>,
}

/// Why the store did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// More is waiting to be written than may wait.
    #[error("the writer has more to do than it may keep waiting")]
    Busy,
    /// The disk has less room than is kept free.
    #[error(
        "the disk has {} MiB free, and {} MiB are kept free (least_free_bytes)",
        .free_bytes >> 20,
        .least_free_bytes >> 20
    )]
    DiskAlmostFull {
        /// Bytes that can still be written.
        free_bytes: u64,
        /// Bytes that must stay free.
        least_free_bytes: u64,
    },
    /// The answer was not found in the time allowed.
    #[error("the question took longer than it may")]
    TookTooLong,
    /// The search cannot be read; whoever takes a query in refuses it before.
    #[error("the search cannot be read: {0}")]
    Search(#[from] model::SearchError),
    /// The store is stopping.
    #[error("the store is stopping")]
    Stopping,
    /// The database failed.
    #[error("the call store failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The file system failed.
    #[error("the call store's files failed: {0}")]
    Files(#[from] std::io::Error),
    /// A stored call cannot be read.
    #[error("a stored call cannot be read: {0}")]
    Unreadable(String),
}
