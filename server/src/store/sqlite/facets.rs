//! The values of every filter with their counts.

use std::collections::BTreeMap;

use model::answer::FacetLists;
use model::{Facet, FacetValue, Facets, Outcome, StatusCode};

use super::columns::{Column, Record, Run};
use super::filter::{FileFilter, Misses};
use super::prepared::{outcome_number, outcome_of};
use super::question::{Gaps, Question};
use super::segment::Half;
use super::sift::{Checks, sift};
use super::terms::{Term, Terms};
use crate::store::StoreError;

/// Which column a filter counts.
const COLUMNS: [(Facet, Column); 6] = [
    (Facet::Status, Column::Kind),
    (Facet::Method, Column::Method),
    (Facet::Code, Column::Code),
    (Facet::Bot, Column::Bot),
    (Facet::Application, Column::Application),
    (Facet::Source, Column::Source),
];

/// Counts of one file, by column and value.
#[derive(Default)]
struct FileCounts {
    by_column: [Vec<u64>; 6],
    values: Vec<u32>,
    counted: Vec<Misses>,
}

impl FileCounts {
    /// Counts a run. A call that the list leaves out for want of a response is counted nowhere, not by its status
    /// either.
    fn add(&mut self, run: &Run<'_>, misses: &[Misses], leaves_out_no_response: bool) {
        self.counted.clear();
        self.counted.extend(misses);
        if leaves_out_no_response {
            run.unpack(Column::Kind, &mut self.values);
            for (misses, kind) in self.counted.iter_mut().zip(&self.values) {
                if Record::outcome(*kind) == outcome_number(&Outcome::NoResponse) {
                    *misses = Misses::HIDDEN;
                }
            }
        }
        for ((facet, column), counts) in COLUMNS.iter().zip(&mut self.by_column) {
            run.unpack(*column, &mut self.values);
            let most =
                self.values.iter().copied().max().and_then(|most| usize::try_from(most).ok()).unwrap_or_default();
            if counts.len() <= most {
                counts.resize(most + 1, 0);
            }
            for (misses, value) in self.counted.iter().zip(&self.values) {
                if let Some(count) = usize::try_from(*value).ok().and_then(|value| counts.get_mut(value)) {
                    *count += u64::from(misses.is_at_most(*facet));
                }
            }
        }
    }
}

/// Values with their counts, by value; the first label stays, which is the newest.
type Values = BTreeMap<String, (String, u64)>;

/// The values of every filter, each counted without itself.
pub fn facets(question: &Question) -> Result<Facets, StoreError> {
    let mut gaps = Gaps::default();
    let mut values: [Values; 6] = Default::default();
    let leaves_out = !question.query.lists_no_response();
    let mut checks = Checks::for_counts(question);
    for part in question.parts()? {
        let answer = question.read(part.key, |reader| {
            let mut counts = FileCounts::default();
            let filter = FileFilter::new(question, reader)?;
            let is_whole =
                sift(question, reader, &filter, &part, &mut checks, Misses::is_at_most_one, |run, misses| {
                    counts.add(run, misses, leaves_out && part.key.half == Half::Err);
                })?;
            collect(&mut values, &counts, &reader.terms);
            Ok(is_whole)
        });
        if !gaps.pass_whole(part.key, answer)? {
            break;
        }
    }
    gaps.note_estimates(&checks);
    let [status, method, code, bot, application, source] = values.map(largest_first);
    Ok(Facets {
        facets: FacetLists { status, method, code, bot, application, source },
        partial: gaps.is_partial(),
        notices: gaps.notices(question),
        ..Facets::default()
    })
}

fn collect(values: &mut [Values; 6], counts: &FileCounts, terms: &Terms) {
    for (((facet, _), counts), values) in COLUMNS.iter().zip(&counts.by_column).zip(values) {
        let numbered: Vec<(u32, u64)> = (0..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
        // The highest number is the newest name of a bot, so it comes first.
        for (number, count) in numbered.into_iter().rev() {
            match (facet, terms.get(number)) {
                (Facet::Status, _) => {
                    let outcome = outcome_of(Record::outcome(number));
                    add(values, outcome.as_str(), outcome.label(), count);
                }
                (Facet::Code, _) => add_code(values, number, count),
                (_, Some(Term::Method(method))) => add(values, method.as_str(), method.as_str(), count),
                (_, Some(Term::Bot(bot))) => add(values, &bot.id, &bot.name, count),
                (_, Some(Term::Application(application))) => {
                    add(values, application.as_str(), application.label(), count);
                }
                (_, Some(Term::Source(source))) => add(values, source.kind.as_str(), source.kind.label(), count),
                (_, None) => {}
            }
        }
    }
}

fn add_code(values: &mut Values, number: u32, count: u64) {
    let Some(code) = u16::try_from(number).ok().filter(|code| *code > 0) else { return };
    let label = StatusCode(code).phrase().map_or_else(|| code.to_string(), |phrase| format!("{code} {phrase}"));
    add(values, &code.to_string(), &label, count);
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
