//! What is counted of questions that the store answers.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::seconds;
use crate::store::StoreError;

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A page of the list.
    Page,
    /// The values of the filters with their counts.
    Facets,
    /// Calls over time.
    Histogram,
    /// Values of a field, for whoever types one.
    Values,
    /// One call.
    Get,
    /// The newest earlier success of a node.
    LastSuccess,
    /// The first failure of a node after a success.
    FirstFailure,
    /// Over what calls are spread.
    Spread,
    /// Some of the whole calls of an export.
    Export,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Page,
        Self::Facets,
        Self::Histogram,
        Self::Values,
        Self::Get,
        Self::LastSuccess,
        Self::FirstFailure,
        Self::Spread,
        Self::Export,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Facets => "facets",
            Self::Histogram => "histogram",
            Self::Values => "values",
            Self::Get => "get",
            Self::LastSuccess => "last_success",
            Self::FirstFailure => "first_failure",
            Self::Spread => "spread",
            Self::Export => "export",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KindLabel {
    kind: &'static str,
}

/// Questions by kind. Cheap to clone.
#[derive(Clone)]
pub struct QuestionMetrics {
    seconds: Family<KindLabel, Histogram>,
    partial: Family<KindLabel, Counter>,
    timeouts: Family<KindLabel, Counter>,
}

impl Default for QuestionMetrics {
    fn default() -> Self {
        Self {
            seconds: Family::new_with_constructor(seconds as fn() -> Histogram),
            partial: Family::default(),
            timeouts: Family::default(),
        }
    }
}

impl QuestionMetrics {
    pub(super) fn register(&self, registry: &mut Registry) {
        let seconds_help = "Questions by kind, and how long each took";
        registry.register_with_unit("question_duration", seconds_help, Unit::Seconds, self.seconds.clone());
        let partial_help = "Answers that say that something is missing: time ran out, or a file cannot be read";
        registry.register("partial_answers", partial_help, self.partial.clone());
        registry.register("question_timeouts", "Questions that were given up for their time", self.timeouts.clone());
        // There from the beginning: a counter that first appears with its first fault hides that fault from an alert.
        for kind in Kind::ALL {
            let label = KindLabel { kind: kind.label() };
            drop(self.partial.get_or_create(&label));
            drop(self.timeouts.get_or_create(&label));
        }
    }

    /// Counts a question that was answered, or not; `is_partial` says whether an answer lacks something.
    pub fn asked<T>(&self, kind: Kind, took: Duration, answer: &Result<T, StoreError>, is_partial: fn(&T) -> bool) {
        let label = KindLabel { kind: kind.label() };
        self.seconds.get_or_create(&label).observe(took.as_secs_f64());
        match answer {
            Ok(answer) if is_partial(answer) => _ = self.partial.get_or_create(&label).inc(),
            Err(StoreError::TookTooLong) => _ = self.timeouts.get_or_create(&label).inc(),
            _ => {}
        }
    }
}
