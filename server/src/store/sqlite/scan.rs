//! Counts over calls: facets and the histogram, each in one scan of the narrow columns.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use model::answer::FacetLists;
use model::{Facet, FacetValue, Facets, Histogram, HistogramBucket, StatusCode, Timestamp};
use rusqlite::params;

use super::filter::{Columns, FileFilter};
use super::find::{for_each_candidate, holds_needles};
use super::prepared::outcome_of;
use super::question::{Gaps, Part, Question};
use super::reader::Reader;
use super::row::rows_between;
use super::terms::{Term, Terms};
use crate::store::StoreError;

/// After this long counting stops, and the answer says that it is partial.
const COUNT_SLICE: Duration = Duration::from_millis(1_500);
/// Widths a bucket may have, in minutes: those that people can read off an axis.
const BUCKET_MINUTES: [i64; 13] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440];

/// Visits the calls of a part, or with text those that may hold it, in no order. Ends when `visit` says `false`.
pub fn for_each_row(
    question: &Question,
    reader: &Reader,
    part: Part,
    mut visit: impl FnMut(&Columns) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    if let Some(needles) = &question.needles {
        return for_each_candidate(question, reader, needles, part, None, |columns, _| visit(columns));
    }
    let (first, last) = rows_between(question.scope.slot(), part.key.start(), part.from, part.to - 1);
    let sql = format!("SELECT {} FROM call WHERE row BETWEEN ?1 AND ?2 AND ts >= ?3 AND ts < ?4", Columns::SELECTED);
    let mut statement = reader.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![first, last, part.from, part.to])?;
    while let Some(row) = rows.next()? {
        if !visit(&Columns::read(row)?)? {
            break;
        }
    }
    Ok(())
}

/// Whether a call that passes the filters holds the text that is searched for.
pub fn holds_text(question: &Question, reader: &Reader, row: i64) -> Result<bool, StoreError> {
    question.needles.as_ref().map_or(Ok(true), |needles| holds_needles(reader, needles, row))
}

/// Scans every file of a question; `count` is called for each call that passes all filters but at most one.
fn scan<T: Default>(
    question: &Question,
    gaps: &mut Gaps,
    mut count: impl FnMut(&mut T, &FileFilter<'_>, super::filter::Misses, &Columns),
    mut file_is_done: impl FnMut(T, Part, &Terms),
) -> Result<(), StoreError> {
    for part in question.parts()? {
        let answer = question.read(part.key, |reader| {
            let filter = FileFilter::new(question, reader)?;
            let mut counts = T::default();
            let mut is_whole = true;
            for_each_row(question, reader, part, |columns| {
                if question.deadline.has_lasted(COUNT_SLICE) {
                    is_whole = false;
                    return Ok(false);
                }
                if let Some(misses) = filter.misses(columns)
                    && misses.are_at_most_one()
                    && holds_text(question, reader, columns.row)?
                {
                    count(&mut counts, &filter, misses, columns);
                }
                Ok(true)
            })?;
            file_is_done(counts, part, &reader.terms);
            Ok(is_whole)
        });
        match gaps.pass(part.key, answer) {
            Ok(Some(false)) | Err(StoreError::TookTooLong) => {
                gaps.ran_out_of_time();
                break;
            }
            Ok(_) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Counts of one file, by the numbers of its terms.
#[derive(Default)]
struct FileCounts {
    status: [u64; 3],
    code: HashMap<u16, u64>,
    method: HashMap<i64, u64>,
    bot: HashMap<i64, u64>,
    application: HashMap<i64, u64>,
    source: HashMap<i64, u64>,
}

/// Values with their counts, by value; the first label stays, which is the newest.
type Values = BTreeMap<String, (String, u64)>;

/// The values of every filter, each counted without itself.
pub fn facets(question: &Question) -> Result<Facets, StoreError> {
    let mut gaps = Gaps::default();
    let mut values: [Values; 6] = Default::default();
    scan(
        question,
        &mut gaps,
        |counts: &mut FileCounts, _, misses, columns| {
            let add = |facet: Facet, count: &mut u64| {
                *count += u64::from(misses.is_at_most(facet));
            };
            // A call that the list leaves out is not counted by its status either.
            let is_left_out = columns.outcome == 2 && !question.query.lists_no_response();
            let status = usize::try_from(columns.outcome).ok().and_then(|outcome| counts.status.get_mut(outcome));
            if let Some(count) = status.filter(|_| !is_left_out) {
                add(Facet::Status, count);
            }
            if is_left_out {
                return;
            }
            if let Some(code) = columns.code {
                add(Facet::Code, counts.code.entry(code).or_default());
            }
            if let Some(method) = columns.method {
                add(Facet::Method, counts.method.entry(method).or_default());
            }
            if let Some(bot) = columns.bot {
                add(Facet::Bot, counts.bot.entry(bot).or_default());
            }
            add(Facet::Application, counts.application.entry(columns.application).or_default());
            add(Facet::Source, counts.source.entry(columns.source).or_default());
        },
        |counts, _, terms| collect(&mut values, &counts, terms),
    )?;
    let [status, method, code, bot, application, source] = values.map(largest_first);
    let is_partial = gaps.is_partial();
    let mut notices = question.range_notices();
    notices.extend(gaps.notices());
    Ok(Facets { facets: FacetLists { status, method, code, bot, application, source }, partial: is_partial, notices })
}

fn collect(values: &mut [Values; 6], counts: &FileCounts, terms: &Terms) {
    let [status, method, code, bot, application, source] = values;
    for (number, count) in (0..).zip(counts.status).filter(|(_, count)| *count > 0) {
        let outcome = outcome_of(number);
        add(status, outcome.as_str(), outcome.label(), count);
    }
    for (&number, &count) in &counts.code {
        let label =
            StatusCode(number).phrase().map_or_else(|| number.to_string(), |phrase| format!("{number} {phrase}"));
        add(code, &number.to_string(), &label, count);
    }
    // The highest number is the newest name of a bot, so it comes first.
    for (numbers, values) in
        [(&counts.method, method), (&counts.bot, bot), (&counts.application, application), (&counts.source, source)]
    {
        let mut numbers: Vec<(i64, u64)> = numbers.iter().map(|(number, count)| (*number, *count)).collect();
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        for (number, count) in numbers {
            match terms.get(number) {
                Some(Term::Method(method)) => add(values, method.as_str(), method.as_str(), count),
                Some(Term::Bot(bot)) => add(values, &bot.id, &bot.name, count),
                Some(Term::Application(application)) => add(values, application.as_str(), application.label(), count),
                Some(Term::Source(source)) => add(values, source.kind.as_str(), source.kind.label(), count),
                Some(Term::User(_)) | None => {}
            }
        }
    }
}

fn add(values: &mut Values, value: &str, label: &str, count: u64) {
    values.entry(value.to_owned()).or_insert_with(|| (label.to_owned(), 0)).1 += count;
}

fn largest_first(values: Values) -> Vec<FacetValue> {
    let mut list: Vec<FacetValue> =
        values.into_iter().map(|(value, (label, count))| FacetValue { value, label, count }).collect();
    list.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value)));
    list
}

/// Calls over time. The buckets begin at whole multiples of their width in UTC and cover the range, as far as calls
/// are kept, without gaps.
pub fn histogram(question: &Question, max_buckets: usize) -> Result<Histogram, StoreError> {
    let oldest = question.oldest().millis();
    let (_, to) = question.query.range.bounds(question.now);
    let newest = to.map_or(question.now.millis(), |to| to.millis().min(question.now.millis())).max(oldest);
    let width = bucket_width(newest - oldest, max_buckets);
    let begin = oldest.div_euclid(width) * width;
    let length = usize::try_from((newest - begin) / width + 1).unwrap_or(1).min(max_buckets + 1);
    let mut totals = vec![[0_u64; 3]; length];
    let mut gaps = Gaps::default();
    let mut in_file = HashMap::new();
    scan(
        question,
        &mut gaps,
        |counts: &mut HashMap<(usize, i64), u64>, filter, misses, columns| {
            let is_shown = misses.is_none();
            let is_told = columns.outcome == 2 && misses.is_at_most(Facet::Status) && filter.tells_of_no_response();
            if is_shown || is_told {
                let bucket = usize::try_from((columns.ts - begin) / width).unwrap_or_default().min(length - 1);
                *counts.entry((bucket, columns.outcome)).or_default() += 1;
            }
        },
        |counts, _, _| {
            for (key, count) in counts {
                *in_file.entry(key).or_insert(0) += count;
            }
        },
    )?;
    for ((bucket, outcome), count) in in_file {
        let total = totals.get_mut(bucket).and_then(|total| total.get_mut(usize::try_from(outcome).ok()?));
        if let Some(total) = total {
            *total += count;
        }
    }
    let buckets = (0_i64..)
        .zip(totals)
        .map(|(index, [success, error, no_response])| HistogramBucket {
            start: Timestamp::from_millis(begin + index * width),
            success,
            error,
            no_response,
        })
        .collect();
    let is_partial = gaps.is_partial();
    let mut notices = question.range_notices();
    notices.extend(gaps.notices());
    Ok(Histogram { bucket_ms: u64::try_from(width).unwrap_or_default(), buckets, partial: is_partial, notices })
}

/// The narrowest readable width with which a time fits into that many buckets.
fn bucket_width(millis: i64, max_buckets: usize) -> i64 {
    let max_buckets = i64::try_from(max_buckets.max(1)).unwrap_or(i64::MAX);
    let fits = |width: &i64| millis / width < max_buckets;
    let day = 86_400_000;
    BUCKET_MINUTES
        .iter()
        .map(|minutes| minutes * 60_000)
        .find(fits)
        .unwrap_or_else(|| (millis / day / max_buckets + 1) * day)
}

#[cfg(test)]
mod tests {
    use super::bucket_width;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_range_fits_its_buckets(millis in 0_i64..400 * 86_400_000, buckets in 1_usize..=120) {
            let width = bucket_width(millis, buckets);
            prop_assert!(usize::try_from(millis / width).unwrap() < buckets);
            prop_assert_eq!(width % 60_000, 0);
        }
    }
}
