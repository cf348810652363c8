//! What the page and the server both speak.
//!
//! The call record, the query with its URL codec and its search language, pages and cursors, facets, the histogram, the session with its
//! capabilities, and problems. Nothing here does input or output, knows a database or a browser, or reads a clock.

pub mod answer;
pub mod application;
pub mod call;
pub mod code;
pub mod cursor;
pub mod detail;
pub mod diagnosis;
pub mod fold;
pub mod id;
pub mod ingest;
pub mod json;
pub mod method;
mod nearest;
pub mod outcome;
pub mod problem;
pub mod query;
pub mod search;
pub mod searched;
pub mod session;
pub mod source;
pub mod suggestion;
pub mod time;
mod token;
pub mod view;

pub use answer::{
    CallPage, CallSummary, Facet, FacetValue, Facets, Histogram, HistogramBucket, MOST_EXPORTED, Notice, TextFilter,
    Total,
};
pub use application::Application;
pub use call::{
    Agent, Bot, Call, EndUser, Failure, FailureKind, Headers, Node, Path, Request, Response, Script, ScriptError,
    Source,
};
pub use code::{CodeFilter, StatusCode};
pub use cursor::{Commit, Cursor};
pub use detail::{CallDetail, Erasure, Omission, Redaction, RequestDetail, Truncation};
pub use diagnosis::{
    Actor, Affected, Cause, Comparison, Diagnosis, Difference, Evidence, Finding, FindingKind, PartComparison, Share,
    Similar,
};
pub use id::CallId;
pub use ingest::{IngestAnswer, Rejection};
pub use json::RawJson;
pub use method::Method;
pub use outcome::Outcome;
pub use problem::Problem;
pub use query::{Choice, LogQuery, ParsedQuery, PreparedQuery, QueryIssue, Span, TimeRange};
pub use search::{Search, SearchError};
pub use searched::SearchedText;
pub use session::{Access, Capabilities, Retention, Session};
pub use source::SourceKind;
pub use suggestion::{Suggestion, Suggestions};
pub use time::Timestamp;
pub use view::{View, ViewDraft, Views};
