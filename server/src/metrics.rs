//! What the server counts about itself, for `/metrics`.
//!
//! A counter is an atomic, a histogram a short lock; both are touched once a request, a commit or a question, never
//! once a call. Labels are words of ours: route templates, known methods, codes. Nothing that names an account, a bot, a
//! person or a call becomes one. Each server has its own registry, so that servers in one process do not mix.

mod process;
mod questions;
mod writer;

use std::time::Duration;

use axum::http::Method;
use model::{IngestAnswer, Rejection, Timestamp};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::store::StoreFigures;
use process::ProcessFigures;

pub use questions::{Kind, QuestionMetrics};
pub use writer::WriterMetrics;

/// Between these, in seconds, times are told apart: from an answer out of memory to a question that is given up.
const SECONDS: [f64; 12] = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Everything that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Histogram>,
    problems: Family<ProblemLabels, Counter>,
    accepted: Counter,
    duplicates: Counter,
    rejected: Family<CodeLabel, Counter>,
    ingest_bytes: Counter,
    /// What the writer of the store counts.
    pub writer: WriterMetrics,
    /// What is counted of questions.
    pub questions: QuestionMetrics,
    at_rest: AtRest,
    process: ProcessGauges,
}

/// What is looked up when somebody asks, not counted on the way.
#[derive(Default)]
struct AtRest {
    waiting: Gauge,
    segments: Family<HalfLabel, Gauge>,
    segment_bytes: Family<HalfLabel, Gauge>,
    wal_bytes: Gauge,
    free_bytes: Gauge,
}

#[derive(Default)]
struct ProcessGauges {
    resident_bytes: Gauge,
    open_files: Gauge,
    most_open_files: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    method: &'static str,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ProblemLabels {
    status: u16,
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CodeLabel {
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HalfLabel {
    half: &'static str,
}

impl Metrics {
    /// Nothing counted yet, of a server that starts now.
    pub fn new(now: Timestamp) -> Self {
        let mut registry = Registry::default();
        register_start(&mut registry, now);
        let process = ProcessGauges::default();
        process.register(&mut registry);
        let ours = registry.sub_registry_with_prefix("api_logs");
        let build = vec![("version", env!("CARGO_PKG_VERSION")), ("sqlite", rusqlite::version())];
        ours.register("build", "What runs", Info::new(build));
        let requests = Family::new_with_constructor(seconds as fn() -> Histogram);
        ours.register_with_unit(
            "http_request_duration",
            "Requests by route, method and class of status, and how long each took until its answer began",
            Unit::Seconds,
            requests.clone(),
        );
        let problems = Family::<ProblemLabels, Counter>::default();
        ours.register("problems", "Answers that were problems, by status and code", problems.clone());
        let accepted = Counter::default();
        ours.register("calls_accepted", "Calls taken in, durably", accepted.clone());
        let duplicates = Counter::default();
        ours.register("calls_duplicate", "Calls that were there already", duplicates.clone());
        let rejected = Family::<CodeLabel, Counter>::default();
        ours.register("calls_rejected", "Calls that were not taken, by reason", rejected.clone());
        let ingest_bytes = Counter::default();
        let bytes_help = "Bytes of requests that brought calls, as they came: packed where they were";
        ours.register_with_unit("ingest", bytes_help, Unit::Bytes, ingest_bytes.clone());
        let writer = WriterMetrics::default();
        writer.register(ours);
        let questions = QuestionMetrics::default();
        questions.register(ours);
        let at_rest = AtRest::default();
        at_rest.register(ours);
        Self {
            registry,
            requests,
            problems,
            accepted,
            duplicates,
            rejected,
            ingest_bytes,
            writer,
            questions,
            at_rest,
            process,
        }
    }

    /// Counts a request that was answered.
    pub fn answered(&self, route: &str, method: &Method, status: u16, took: Duration) {
        let labels = RequestLabels { route: route.to_owned(), method: method_label(method), status: class_of(status) };
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts an answer that was a problem.
    pub fn problem(&self, status: u16, code: &str) {
        self.problems.get_or_create(&ProblemLabels { status, code: code.to_owned() }).inc();
    }

    /// Counts the bytes of a request that brings calls.
    pub fn received(&self, bytes: usize) {
        self.ingest_bytes.inc_by(u64::try_from(bytes).unwrap_or_default());
    }

    /// Counts what became of the calls of a request.
    pub fn took_in(&self, answer: &IngestAnswer) {
        self.accepted.inc_by(answer.accepted);
        self.duplicates.inc_by(answer.duplicates);
        for Rejection { code, .. } in &answer.rejected {
            self.rejected.get_or_create(&CodeLabel { code: code.clone() }).inc();
        }
    }

    /// Everything, in the text format of `OpenMetrics`, which Prometheus reads.
    pub fn encode(&self, store: &StoreFigures) -> Result<String, std::fmt::Error> {
        self.at_rest.set(store);
        self.process.set(&ProcessFigures::now());
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl AtRest {
    fn register(&self, registry: &mut Registry) {
        registry.register("writer_waiting", "Requests that wait for the writer", self.waiting.clone());
        registry.register("segments", "Files of calls, by half", self.segments.clone());
        let bytes_help = "Bytes of the files of calls, by half, without write-ahead logs";
        registry.register_with_unit("segment", bytes_help, Unit::Bytes, self.segment_bytes.clone());
        registry.register_with_unit("wal", "Bytes of the write-ahead logs", Unit::Bytes, self.wal_bytes.clone());
        let free_help = "Bytes that can still be written where the calls lie";
        registry.register_with_unit("disk_free", free_help, Unit::Bytes, self.free_bytes.clone());
    }

    fn set(&self, store: &StoreFigures) {
        set(&self.waiting, u64::try_from(store.waiting).unwrap_or_default());
        for (half, files) in [("ok", store.ok), ("err", store.err)] {
            set(&self.segments.get_or_create(&HalfLabel { half }), files.files);
            set(&self.segment_bytes.get_or_create(&HalfLabel { half }), files.bytes);
        }
        set(&self.wal_bytes, store.wal_bytes);
        set(&self.free_bytes, store.free_bytes);
    }
}

impl ProcessGauges {
    /// The names that Prometheus's own clients use, so that dashboards that are there already work.
    fn register(&self, registry: &mut Registry) {
        let resident_help = "Memory that is resident";
        registry.register_with_unit("process_resident_memory", resident_help, Unit::Bytes, self.resident_bytes.clone());
        registry.register("process_open_fds", "Files and connections that are open", self.open_files.clone());
        registry.register("process_max_fds", "Files that may be open", self.most_open_files.clone());
    }

    fn set(&self, process: &ProcessFigures) {
        set(&self.resident_bytes, process.resident_bytes);
        set(&self.open_files, process.open_files);
        set(&self.most_open_files, process.most_open_files);
    }
}

fn register_start(registry: &mut Registry, now: Timestamp) {
    let started = Gauge::<i64>::default();
    started.set(now.millis().div_euclid(1_000));
    registry.register_with_unit("process_start_time", "When the server started, since 1970", Unit::Seconds, started);
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

fn set(gauge: &Gauge, value: u64) {
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
}

/// A method that we know; a request may name any word.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

const fn class_of(status: u16) -> &'static str {
    match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
