//! A query made ready for one file: every word looked up once, so that a call costs a few look-ups in tables.

use model::{Choice, CodeFilter, Facet, LogQuery, Outcome, StatusCode};

use super::columns::{Column, Record, Run};
use super::prepared::outcome_of;
use super::question::{Part, Question};
use super::reader::Reader;
use super::runs::RunPlace;
use super::terms::{Term, tabulate_end_users};
use super::verdict::{Test, Verdict};
use crate::accounts::VisibleBots;
use crate::store::StoreError;

/// Codes beyond this are in no class that can be asked for.
pub const CODES: u16 = 1_000;

/// The filters that a call does not pass, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Misses(u8);

impl Misses {
    /// Outside of the scope, the range, or the text: not counted anywhere.
    pub const HIDDEN: Self = Self(1 << 7);
    /// Filters that are not counted.
    const OTHER: Self = Self(1 << 6);

    const fn of(facet: Facet) -> Self {
        Self(1 << (facet as u8))
    }

    /// Missed, or not where it passes.
    #[must_use]
    pub const fn unless(self, passes: bool) -> Self {
        if passes { Self(0) } else { self }
    }

    /// What either misses.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the call passes every filter.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the call passes every filter but perhaps this one.
    pub const fn is_at_most(self, facet: Facet) -> bool {
        self.0 & !(1 << (facet as u8)) == 0
    }

    /// Whether the call passes every filter but perhaps one, so that it is counted somewhere.
    pub const fn is_at_most_one(self) -> bool {
        self.0.count_ones() <= 1 && self.0 & (Self::OTHER.0 | Self::HIDDEN.0) == 0
    }
}

/// What the values of a column miss.
struct Table {
    column: Column,
    by_value: Vec<Misses>,
    /// For values the table does not reach.
    beyond: Misses,
}

impl Table {
    fn get(&self, value: u32) -> Misses {
        usize::try_from(value).ok().and_then(|value| self.by_value.get(value)).copied().unwrap_or(self.beyond)
    }

    fn says_something(&self) -> bool {
        !self.beyond.is_none() || self.by_value.iter().any(|misses| !misses.is_none())
    }
}

/// A query made ready for one file.
pub struct FileFilter {
    tables: Vec<Table>,
    search: Option<Test>,
}

/// Room to work in, kept between runs.
#[derive(Default)]
pub struct Room {
    values: Vec<u32>,
    /// What each call of a run misses, by its numbers.
    pub misses: Vec<Misses>,
    /// Of which calls of a run only the call itself tells whether it passes the search; empty where it is of none.
    pub is_unsure: Vec<bool>,
}

impl FileFilter {
    /// Looks the query's words up in a file.
    pub fn new(question: &Question, reader: &Reader) -> Result<Self, StoreError> {
        let query = &question.query;
        let terms = &reader.terms;
        let by_term = |column, facet, has: &dyn Fn(Option<&Term>) -> bool| {
            let misses = Misses::of(facet);
            let absent = misses.unless(has(None));
            Table { column, by_value: terms.tabulate(absent, |term| misses.unless(has(Some(term)))), beyond: absent }
        };
        let mut tables = vec![
            kinds(query),
            codes(&query.code),
            by_term(Column::Method, Facet::Method, &|term| {
                query.method.passes(|method| matches!(term, Some(Term::Method(has)) if has == method))
            }),
            by_term(Column::Application, Facet::Application, &|term| {
                query.application.passes(|wanted| matches!(term, Some(Term::Application(has)) if has == wanted))
            }),
            by_term(Column::Bot, Facet::Bot, &|term| {
                query.bot.passes(|id| matches!(term, Some(Term::Bot(has)) if has.id == *id))
            }),
            by_term(Column::Source, Facet::Source, &|term| {
                query.source.passes(|kind| matches!(term, Some(Term::Source(has)) if has.kind == *kind))
            }),
        ];
        if let visible @ VisibleBots::Only(_) = question.scope.bots() {
            let shows = |term: &Term| matches!(term, Term::Bot(bot) if visible.shows(Some(&bot.id)));
            let by_value = terms.tabulate(Misses::HIDDEN, |term| Misses::HIDDEN.unless(shows(term)));
            tables.push(Table { column: Column::Bot, by_value, beyond: Misses::HIDDEN });
        }
        if !query.user.is_empty() {
            let absent = Misses::OTHER.unless(query.user.passes(|_| false));
            let by_value = tabulate_end_users(&reader.connection, &absent, |user| {
                let is = |wanted: &String| user.id.as_ref() == Some(wanted) || user.name.as_ref() == Some(wanted);
                Misses::OTHER.unless(query.user.passes(is))
            })?;
            tables.push(Table { column: Column::User, by_value, beyond: absent });
        }
        tables.retain(Table::says_something);
        let expression = question.search.expression();
        let search = if expression.is_everything() { None } else { Some(Test::new(expression, reader)?) };
        Ok(Self { tables, search })
    }

    /// Whether every call passes.
    pub const fn passes_everything(&self) -> bool {
        self.tables.is_empty() && self.search.is_none()
    }

    /// Whether the numbers of calls tell which of them pass, among those that the text index names.
    pub fn is_decided_by_numbers(&self) -> bool {
        self.search.as_ref().is_none_or(Test::is_decided_by_numbers)
    }

    /// Finds out what each call of a run misses.
    pub fn judge(&self, run: &Run<'_>, part: &Part, place: RunPlace, room: &mut Room) {
        let Room { values, misses, is_unsure } = room;
        misses.clear();
        misses.resize(run.len(), Misses::default());
        for table in &self.tables {
            if let Some(value) = run.constant(table.column) {
                let of_all = table.get(value);
                if !of_all.is_none() {
                    for misses in misses.iter_mut() {
                        *misses = misses.and(of_all);
                    }
                }
                continue;
            }
            run.unpack(table.column, values);
            for (misses, value) in misses.iter_mut().zip(values.iter()) {
                *misses = misses.and(table.get(*value));
            }
        }
        let (from, to) = part.times();
        if place.first_time < from || place.last_time > to {
            run.unpack(Column::Time, values);
            for (misses, time) in misses.iter_mut().zip(values.iter()) {
                if !(from..=to).contains(time) {
                    *misses = misses.and(Misses::HIDDEN);
                }
            }
        }
        is_unsure.clear();
        if let Some(search) = &self.search {
            let verdicts = search.judge(run);
            for (misses, verdict) in misses.iter_mut().zip(&verdicts) {
                *misses = misses.and(Misses::OTHER.unless(!verdict.is_no()));
            }
            is_unsure.extend(verdicts.into_iter().map(Verdict::is_unknown));
        }
    }
}

fn kinds(query: &LogQuery) -> Table {
    let passes = |outcome: &Outcome| {
        if *outcome == Outcome::NoResponse {
            query.lists_no_response() && !query.status.exclude.contains(outcome)
        } else {
            query.status.passes(|value| value == outcome)
        }
    };
    let misses = Misses::of(Facet::Status);
    let by_value = (0..Record::KINDS).map(|kind| misses.unless(passes(&outcome_of(Record::outcome(kind))))).collect();
    Table { column: Column::Kind, by_value, beyond: misses }
}

fn codes(choice: &Choice<CodeFilter>) -> Table {
    let misses = Misses::of(Facet::Code);
    let of_code = |code: u16| {
        let code = (code > 0).then_some(StatusCode(code));
        misses.unless(choice.passes(|filter| code.is_some_and(|code| filter.matches(code))))
    };
    Table { column: Column::Code, by_value: (0..CODES).map(of_code).collect(), beyond: of_code(CODES) }
}

/// Whether calls without a response are to be counted though the list leaves them out.
pub fn tells_of_no_response(query: &LogQuery) -> bool {
    !query.status.exclude.contains(&Outcome::NoResponse)
}
