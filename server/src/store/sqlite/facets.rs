//! The values of every filter with their counts.

use std::collections::{BTreeMap, HashMap};

use model::answer::FacetLists;
use model::{Facet, FacetValue, Facets, StatusCode};

use super::prepared::outcome_of;
use super::question::{Gaps, Question};
use super::scan::scan;
use super::terms::{Term, Terms};
use crate::store::StoreError;

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
        |counts: &mut FileCounts, filter, misses, columns| {
            let add = |facet: Facet, count: &mut u64| {
                *count += u64::from(misses.is_at_most(facet));
            };
            // A call that the list leaves out is not counted by its status either.
            let is_left_out = columns.outcome == 2 && !filter.lists_no_response();
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
        |counts, terms| collect(&mut values, &counts, terms),
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
