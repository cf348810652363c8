//! Values of a field that calls have, with how many calls a search for each finds: for whoever types one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use model::fold::fold;
use model::search::{Field, Words};
use model::{EndUser, FacetValue, Source, StatusCode};

use super::columns::{Column, Record};
use super::filter::{FileFilter, Misses};
use super::find::newest_urls;
use super::prepared::outcome_of;
use super::question::{Gaps, Question};
use super::reader::Reader;
use super::sift::{Checks, sift};
use super::terms::{Term, Terms, tabulate_end_users};
use crate::store::{StoreError, Values};

/// URLs stand in no table of their own; so many of the newest calls are read for theirs.
const URLS_READ: usize = 1_500;

/// What people and searches call something: its id or word, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Named {
    id: String,
    name: String,
}

impl Named {
    fn new(id: &str, name: &str) -> Option<Self> {
        let named = Self { id: id.trim().to_owned(), name: name.trim().to_owned() };
        (!named.id.is_empty() || !named.name.is_empty()).then_some(named)
    }

    fn word(word: &str) -> Option<Self> {
        Self::new(word, word)
    }
}

/// How many calls have each.
type Counted = HashMap<Named, u64>;

/// Values of a field of the calls that a query finds.
pub fn values(question: &Question, field: Field, typed: &str) -> Result<Values, StoreError> {
    let mut gaps = Gaps::default();
    let counted = match (column(field), field) {
        (Some(column), _) => count(question, field, column, &mut gaps)?,
        (None, Field::Url | Field::Host) => count_urls(question, field, typed, &mut gaps)?,
        (None, _) => Counted::new(),
    };
    Ok(Values { values: offered(field, &counted, &fold(typed.trim())), is_partial: gaps.is_partial() })
}

const fn column(field: Field) -> Option<Column> {
    Some(match field {
        Field::Status | Field::Is => Column::Kind,
        Field::Code => Column::Code,
        Field::Method => Column::Method,
        Field::Application => Column::Application,
        Field::Bot => Column::Bot,
        Field::Source | Field::Path | Field::Node => Column::Source,
        Field::User => Column::User,
        Field::Url | Field::Host | Field::Duration | Field::Has | Field::In | Field::Id => return None,
    })
}

fn count(question: &Question, field: Field, column: Column, gaps: &mut Gaps) -> Result<Counted, StoreError> {
    let mut counted = Counted::new();
    let mut checks = Checks::for_counts(question);
    let mut numbers = Vec::new();
    for part in question.parts_with_answers()? {
        let answer = question.read(part.key, |reader| {
            let mut counts: Vec<u64> = Vec::new();
            let filter = FileFilter::new(question, reader)?;
            let is_whole = sift(question, reader, &filter, &part, &mut checks, Misses::is_none, |run, misses| {
                run.unpack(column, &mut numbers);
                let passing = misses.iter().zip(&numbers).filter(|(misses, _)| misses.is_none());
                for number in passing.filter_map(|(_, number)| usize::try_from(*number).ok()) {
                    if counts.len() <= number {
                        counts.resize(number + 1, 0);
                    }
                    if let Some(count) = counts.get_mut(number) {
                        *count += 1;
                    }
                }
            })?;
            let users = if field == Field::User { users(reader)? } else { Vec::new() };
            for (number, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
                let user = usize::try_from(number).ok().and_then(|number| users.get(number)).cloned();
                for named in names(field, &reader.terms, number).into_iter().chain(user).flatten() {
                    *counted.entry(named).or_default() += count;
                }
            }
            Ok(is_whole)
        });
        if !gaps.pass_whole(part.key, answer)? {
            break;
        }
    }
    gaps.note_estimates(&checks);
    Ok(counted)
}

/// What a number of a column is called in a file, and the group that it belongs to where the field knows groups.
fn names(field: Field, terms: &Terms, number: u32) -> [Option<Named>; 2] {
    let outcome = outcome_of(Record::outcome(number));
    let outcome = || Named::new(outcome.as_str(), outcome.label());
    let of_source = |named: &dyn Fn(&Source) -> Option<Named>| match terms.get(number) {
        Some(Term::Source(source)) => [named(source), None],
        _ => [None, None],
    };
    match (field, terms.get(number)) {
        (Field::Status, _) => [outcome(), None],
        (Field::Is, _) => [outcome(), Named::new("script", "Script").filter(|_| Record::is_script(number))],
        (Field::Code, _) => match u16::try_from(number).ok().filter(|code| *code > 0).map(StatusCode) {
            Some(code) => {
                let class = format!("{}xx", code.class());
                [Named::new(&number.to_string(), code.phrase().unwrap_or_default()), Named::new(&class, "")]
            }
            None => [None, None],
        },
        (Field::Method, Some(Term::Method(method))) => [Named::word(method.as_str()), None],
        (Field::Application, Some(Term::Application(application))) => {
            [Named::new(application.as_str(), application.label()), None]
        }
        (Field::Bot, Some(Term::Bot(bot))) => [Named::new(&bot.id, &bot.name), None],
        (Field::Source, _) => of_source(&|source| Named::new(source.kind.as_str(), source.kind.label())),
        (Field::Path, _) => of_source(&|source| source.path.as_ref().and_then(|path| Named::new(&path.id, &path.name))),
        (Field::Node, _) => of_source(&|source| source.node.as_ref().and_then(|node| Named::new(&node.id, &node.name))),
        _ => [None, None],
    }
}

/// End users by their numbers in a file.
fn users(reader: &Reader) -> Result<Vec<Option<Named>>, StoreError> {
    tabulate_end_users(&reader.connection, &None, |EndUser { id, name }| {
        Named::new(id.as_deref().unwrap_or_default(), name.as_deref().unwrap_or_default())
    })
}

/// Hosts of the newest calls, or addresses without what stands behind the question mark: with as much of them as is
/// being typed.
fn count_urls(question: &Question, field: Field, typed: &str, gaps: &mut Gaps) -> Result<Counted, StoreError> {
    let mut counted = Counted::new();
    let is_whole = newest_urls(question, URLS_READ, gaps, |url| {
        let address = url.split(['?', '#']).next().unwrap_or_default();
        let after_scheme = address.split_once("://").map_or("", |(_, rest)| rest);
        let path_at = after_scheme.find('/').unwrap_or(after_scheme.len());
        let (authority, path) = after_scheme.split_at(path_at);
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let part = match field {
            Field::Host => host.to_owned(),
            _ if typed.starts_with('/') => path.to_owned(),
            _ if address.starts_with(typed) && !typed.is_empty() => address.to_owned(),
            _ => format!("{host}{path}"),
        };
        if let Some(named) = Named::word(part.trim_end_matches('/')) {
            *counted.entry(named).or_default() += 1;
        }
    })?;
    if !is_whole {
        gaps.ran_out_of_time();
    }
    Ok(counted)
}

/// A value that may be offered.
struct Offer<'c> {
    value: &'c str,
    label: &'c str,
    count: u64,
    begins: bool,
}

/// What is offered of the values that were counted, each with the calls that a search for it finds.
fn offered(field: Field, counted: &Counted, sought: &str) -> Vec<FacetValue> {
    let is_by_name = matches!(field, Field::Bot | Field::Path | Field::Node | Field::User);
    let is_part = is_by_name || matches!(field, Field::Url | Field::Host);
    let folded: Vec<(&Named, String, u64)> =
        counted.iter().map(|(named, count)| (named, fold(&named.name), *count)).collect();
    let mut offers: BTreeMap<&str, Offer<'_>> = BTreeMap::new();
    for (named, name, count) in &folded {
        let id = fold(&named.id);
        let begins = id.starts_with(sought) || name.starts_with(sought);
        if !(begins || (field != Field::Code && name.contains(sought))) {
            continue;
        }
        let value = if is_by_name && !named.name.is_empty() { &named.name } else { &named.id };
        let label = if is_by_name || named.name.is_empty() { value } else { &named.name };
        let offer = offers.entry(value).or_insert(Offer { value, label, count: 0, begins });
        offer.count += count;
    }
    let mut offers: Vec<Offer<'_>> = offers.into_values().collect();
    let order = |offer: &Offer<'_>| (Reverse(offer.begins), Reverse(offer.count));
    offers.sort_by_key(order);
    offers.truncate(Values::MOST);
    if is_part {
        // A search for a name finds those of which it is a part, too.
        for offer in &mut offers {
            let words = Words::new(offer.value);
            let is_found = |named: &Named, name: &str| named.id == offer.value || name.contains(words.folded());
            offer.count =
                folded.iter().filter(|(named, name, _)| is_found(named, name)).map(|(_, _, count)| count).sum();
        }
        offers.sort_by_key(order);
    }
    let value = |Offer { value, label, count, .. }: Offer<'_>| FacetValue {
        value: value.to_owned(),
        label: label.to_owned(),
        count,
    };
    offers.into_iter().map(value).collect()
}
