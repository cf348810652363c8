//! One question on its way through the files.

use std::sync::Arc;

use model::{LogQuery, Notice, Outcome, Search, Timestamp};

use super::reader::{Deadline, Reader, Readers};
use super::segment::{Half, SegmentKey};
use super::sift::Checks;
use super::text::lookup;
use crate::accounts::AccountScope;
use crate::store::StoreError;

/// What is asked, by whom, when, and until when it may take.
pub struct Question {
    readers: Arc<Readers>,
    pub scope: AccountScope,
    pub query: LogQuery,
    pub search: Search,
    /// What the text index is asked for.
    pub lookup: Option<String>,
    pub now: Timestamp,
    pub deadline: Deadline,
}

/// The part of a file that a question is about: times from, inclusive, to, exclusive, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The file.
    pub key: SegmentKey,
    /// The beginning: never before the moment since which its calls are kept.
    pub from: i64,
    /// The end.
    pub to: i64,
}

impl Part {
    /// The first and the last moment of it, in milliseconds since midnight.
    pub fn times(&self) -> (u32, u32) {
        let since_midnight = |millis: i64| u32::try_from(millis - self.key.start()).unwrap_or_default();
        (since_midnight(self.from), since_midnight(self.to - 1))
    }
}

impl Question {
    /// A question at a moment; the error where its search cannot be read.
    pub fn new(
        readers: Arc<Readers>,
        scope: AccountScope,
        query: LogQuery,
        now: Timestamp,
        deadline: Deadline,
    ) -> Result<Self, StoreError> {
        let search = query.search()?;
        let lookup = lookup(search.expression());
        Ok(Self { readers, scope, query, search, lookup, now, deadline })
    }

    /// The files there are, in rising order of day.
    pub fn segments(&self) -> Result<Vec<SegmentKey>, StoreError> {
        self.readers.segments()
    }

    /// The files that can hold an answer, newest first, each with the times that are asked for *and kept*.
    pub fn parts(&self) -> Result<Vec<Part>, StoreError> {
        let (from, to) = self.query.range.bounds(self.now);
        let from = from.map_or(i64::MIN, Timestamp::millis);
        let to = to.map_or(i64::MAX, Timestamp::millis);
        let mut parts: Vec<Part> = self
            .segments()?
            .into_iter()
            .map(|key| {
                let kept_since = self.scope.kept_since(&key.half.outcome(), self.now).millis();
                Part { key, from: from.max(kept_since).max(key.start()), to: to.min(key.end()) }
            })
            .filter(|part| part.from < part.to)
            .collect();
        parts.reverse();
        Ok(parts)
    }

    /// As [`Question::parts`], without the files that the status filter empties: for answers that hold calls.
    pub fn parts_with_answers(&self) -> Result<Vec<Part>, StoreError> {
        let wants_success = self.wants_success();
        let mut parts = self.parts()?;
        parts.retain(|part| wants_success || part.key.half == Half::Err);
        Ok(parts)
    }

    fn wants_success(&self) -> bool {
        self.query.status.passes(|outcome| *outcome == Outcome::Success)
    }

    /// Reads one file.
    pub fn read<T>(
        &self,
        key: SegmentKey,
        read: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.readers.read(key, &self.deadline, read)
    }

    /// The oldest moment the question can reach: the beginning of its range, or of what is kept.
    pub fn oldest(&self) -> Timestamp {
        let kept = self.now.minus_millis(self.scope.retention().longest_millis());
        self.query.range.bounds(self.now).0.map_or(kept, |from| from.max(kept))
    }

    /// What the reader should know about the range.
    fn range_notices(&self) -> Vec<Notice> {
        let kept = self.now.minus_millis(self.scope.retention().longest_millis());
        let success_kept = self.scope.kept_since(&Outcome::Success, self.now);
        let days = self.scope.retention().error_seconds / 86_400;
        let success_days = self.scope.retention().success_seconds / 86_400;
        let (from, to) = self.query.range.bounds(self.now);
        if to.is_some_and(|to| to <= kept) {
            vec![Notice {
                code: "outside_retention".to_owned(),
                message: format!("These days are no longer kept: failing calls are kept for {days} days."),
            }]
        } else if from.is_some_and(|from| from < kept) {
            vec![Notice {
                code: "partly_outside_retention".to_owned(),
                message: format!("Calls from more than {days} days ago are no longer kept."),
            }]
        } else if to.is_some_and(|to| to <= success_kept) && self.wants_success() {
            vec![Notice {
                code: "successes_outside_retention".to_owned(),
                message: format!(
                    "Only failing calls of these days are still here: they are kept for {days} days, successful ones for \
                     {success_days}."
                ),
            }]
        } else {
            Vec::new()
        }
    }
}

/// What keeps an answer from being whole.
#[derive(Default)]
pub struct Gaps {
    unreadable_days: Vec<String>,
    took_too_long: bool,
    has_estimated: bool,
}

impl Gaps {
    /// Goes on after a file that could not be read; other faults end the question.
    pub fn pass<T>(&mut self, key: SegmentKey, answer: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            // It was removed meanwhile: nothing in it is kept any more.
            Err(StoreError::Files(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error @ (StoreError::Database(_) | StoreError::Unreadable(_))) => {
                tracing::error!(day = key.date(), file = key.file_name(), %error, "a day's file cannot be read");
                let date = key.date();
                if !self.unreadable_days.contains(&date) {
                    self.unreadable_days.push(date);
                }
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// As [`Gaps::pass`], for a count: says whether to count on, which ends where the time ran out.
    pub fn pass_whole(&mut self, key: SegmentKey, is_whole: Result<bool, StoreError>) -> Result<bool, StoreError> {
        match self.pass(key, is_whole) {
            Ok(Some(false)) | Err(StoreError::TookTooLong) => {
                self.ran_out_of_time();
                Ok(false)
            }
            Ok(_) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Notes that time ran out before everything was looked at.
    pub const fn ran_out_of_time(&mut self) {
        self.took_too_long = true;
    }

    /// Notes that counts are estimates, where they are.
    pub const fn note_estimates(&mut self, checks: &Checks) {
        self.has_estimated = checks.has_estimated;
    }

    /// Whether something is missing.
    pub fn is_partial(&self) -> bool {
        self.took_too_long || self.has_estimated || !self.unreadable_days.is_empty()
    }

    /// What the reader of an answer should know: about the range asked for, and what is missing.
    pub fn notices(self, question: &Question) -> Vec<Notice> {
        let mut notices = question.range_notices();
        notices.extend(self.missing());
        notices
    }

    /// What is missing, in words.
    pub fn missing(self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if !self.unreadable_days.is_empty() {
            notices.push(Notice {
                code: "unreadable_day".to_owned(),
                message: format!(
                    "Some calls are missing: the file of {} cannot be read. The other days are complete.",
                    self.unreadable_days.join(", ")
                ),
            });
        }
        if self.has_estimated {
            notices.push(Notice {
                code: "estimated".to_owned(),
                message: "So many calls may hold these words that not all were read: the numbers are estimates, made from those that were."
                    .to_owned(),
            });
        }
        if self.took_too_long {
            notices.push(Notice {
                code: "took_too_long".to_owned(),
                message: "The search took too long to look at everything. Narrow it, or look on.".to_owned(),
            });
        }
        notices
    }
}
