//! What the server answers to a query: pages of summaries, facets, the histogram.

use serde::{Deserialize, Serialize};

use crate::{
    Application, Bot, Call, CallId, Cursor, EndUser, FailureKind, Method, Outcome, Source, StatusCode, Timestamp,
};

/// The most calls one exported file holds: the newest.
pub const MOST_EXPORTED: usize = 50_000;

/// One row of the list: a call without its headers and bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallSummary {
    /// The call's id.
    pub id: CallId,
    /// When it was made.
    pub timestamp: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// On whose behalf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<Bot>,
    /// Where it was made.
    pub source: Source,
    /// In whose conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<EndUser>,
    /// What it talked to.
    pub application: Application,
    /// The request type; a script has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The URL, cut to its first 512 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The code that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusCode>,
    /// Why nothing was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureKind>,
    /// What stopped the script, cut to its first 512 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script_error: Option<String>,
    /// Whether this is a run of a script node.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_script: bool,
}

impl CallSummary {
    /// The most characters of a URL, or of a script's error, that a row carries.
    pub const SHOWN_CHARACTERS: usize = 512;

    /// The row of a call.
    pub fn of(call: &Call) -> Self {
        let cut = |text: &String| text.chars().take(Self::SHOWN_CHARACTERS).collect();
        Self {
            id: call.id,
            timestamp: call.timestamp,
            outcome: call.outcome(),
            duration_ms: call.duration_ms,
            bot: call.bot.clone(),
            source: call.source.clone(),
            user: call.user.clone().map(|user| EndUser::new(user.id, user.name)),
            application: call.application.clone(),
            method: call.request.as_ref().map(|request| request.method.clone()),
            url: call.request.as_ref().map(|request| cut(&request.url)),
            status: call.response.as_ref().map(|response| response.status),
            failure: call.failure.as_ref().map(|failure| failure.kind.clone()),
            script_error: call
                .script
                .as_ref()
                .and_then(|script| script.error.as_ref())
                .map(|error| cut(&error.message)),
            is_script: call.script.is_some(),
        }
    }
}

/// How many calls a query finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// The number counted.
    pub count: u64,
    /// Whether counting reached the end; if not, there are at least `count`.
    pub exact: bool,
}

/// Something the reader of an answer should know: why it is partial, or what it leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Stable: `unreadable_day`, `took_too_long`, `estimated`, `outside_retention`, `partly_outside_retention`,
    /// `successes_outside_retention`, `export_limit`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// One page of calls, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPage {
    /// The calls.
    pub items: Vec<CallSummary>,
    /// Asks for older calls; `null` when there are none.
    pub before: Option<Cursor>,
    /// Asks for calls newer than this page; `null` when the page is empty.
    pub after: Option<Cursor>,
    /// How many calls the query finds.
    pub total: Total,
    /// Whether the answer leaves out what it should hold; the notices say why.
    #[serde(default)]
    pub partial: bool,
    /// What the reader should know.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// The filters that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Response status.
    Status,
    /// Request type.
    Method,
    /// Response code.
    Code,
    /// Bot name.
    Bot,
    /// Application.
    Application,
    /// Kind of source.
    Source,
}

impl Facet {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] = [Self::Status, Self::Method, Self::Code, Self::Bot, Self::Application, Self::Source];

    /// The name of the URL parameter that filters by it.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Method => "method",
            Self::Code => "code",
            Self::Bot => "bot",
            Self::Application => "application",
            Self::Source => "source",
        }
    }

    /// The name people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Status => "Response status",
            Self::Method => "Request type",
            Self::Code => "Response code",
            Self::Bot => "Bot name",
            Self::Application => "Application",
            Self::Source => "Source",
        }
    }
}

/// One value of a filter with its number of calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value as the URL has it.
    pub value: String,
    /// The name people read.
    pub label: String,
    /// Calls with this value that pass every other filter.
    pub count: u64,
}

/// The values of every filter, each counted without itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// The filters.
    pub facets: FacetLists,
    /// Whether counting was cut short or a day could not be read.
    #[serde(default)]
    pub partial: bool,
    /// What the reader should know.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The search text that was counted for, where a filter could say a part of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What of the text filters could say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text_filters: Vec<TextFilter>,
}

/// What the search text says of a filter, where the filter with these values besides finds the same calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFilter {
    /// The parameter of the filter.
    pub facet: String,
    /// Any of these.
    pub include: Vec<String>,
    /// None of these.
    pub exclude: Vec<String>,
    /// The text without what is said here.
    pub rest: String,
}

/// The lists of [`Facets`], largest count first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetLists {
    /// Response status.
    pub status: Vec<FacetValue>,
    /// Request type.
    pub method: Vec<FacetValue>,
    /// Response code.
    pub code: Vec<FacetValue>,
    /// Bots, by id; the label is the newest name.
    pub bot: Vec<FacetValue>,
    /// Applications.
    pub application: Vec<FacetValue>,
    /// Kinds of source.
    pub source: Vec<FacetValue>,
}

impl FacetLists {
    /// The list of one filter.
    pub fn get(&self, facet: Facet) -> &[FacetValue] {
        match facet {
            Facet::Status => &self.status,
            Facet::Method => &self.method,
            Facet::Code => &self.code,
            Facet::Bot => &self.bot,
            Facet::Application => &self.application,
            Facet::Source => &self.source,
        }
    }
}

/// Calls over time, split by outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// The width of a bucket in milliseconds.
    pub bucket_ms: u64,
    /// The buckets from the oldest to the newest, without gaps.
    pub buckets: Vec<HistogramBucket>,
    /// Whether counting was cut short or a day could not be read.
    #[serde(default)]
    pub partial: bool,
    /// What the reader should know.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// One bar of the histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistogramBucket {
    /// Where it begins.
    pub start: Timestamp,
    /// Calls that succeeded.
    pub success: u64,
    /// Calls that failed with an answer.
    pub error: u64,
    /// Calls without an answer that pass every filter but the status: counted even where the list leaves them out,
    /// so that a page can say how many there are.
    pub no_response: u64,
}
