//! A query made ready for one file: every word looked up once, so that a row costs a few comparisons.

use model::{Application, Choice, Facet, LogQuery, Method, Outcome, SourceKind, StatusCode};
use rusqlite::Row;

use super::prepared::outcome_of;
use super::question::Question;
use super::reader::Reader;
use super::terms::{self, Term};
use crate::store::StoreError;

/// The columns that filters, facets and the histogram read, in the order of [`Columns::SELECTED`].
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    pub row: i64,
    pub ts: i64,
    pub outcome: i64,
    pub code: Option<u16>,
    pub method: Option<i64>,
    pub application: i64,
    pub bot: Option<i64>,
    pub source: i64,
    pub user: Option<i64>,
}

impl Columns {
    /// What to select.
    pub const SELECTED: &'static str =
        "call.row, call.ts, call.outcome, call.code, call.method, call.application, call.bot, call.source, call.user";

    /// Reads what was selected.
    pub fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            row: row.get(0)?,
            ts: row.get(1)?,
            outcome: row.get(2)?,
            code: row.get(3)?,
            method: row.get(4)?,
            application: row.get(5)?,
            bot: row.get(6)?,
            source: row.get(7)?,
            user: row.get(8)?,
        })
    }
}

/// The filters that a row does not pass, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misses(u8);

impl Misses {
    const STATUS: u8 = 1 << (Facet::Status as u8);
    const METHOD: u8 = 1 << (Facet::Method as u8);
    const CODE: u8 = 1 << (Facet::Code as u8);
    const BOT: u8 = 1 << (Facet::Bot as u8);
    const APPLICATION: u8 = 1 << (Facet::Application as u8);
    const SOURCE: u8 = 1 << (Facet::Source as u8);
    /// Filters that are not counted.
    const OTHER: u8 = 1 << 6;

    /// Whether the row passes every filter.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the row passes every filter but perhaps this one.
    pub const fn is_at_most(self, facet: Facet) -> bool {
        self.0 & !(1 << (facet as u8)) == 0
    }

    /// Whether the row passes every filter but perhaps one, so that it is counted somewhere.
    pub const fn are_at_most_one(self) -> bool {
        self.0.count_ones() <= 1 && self.0 & Self::OTHER == 0
    }
}

/// Which terms of a file pass a filter.
struct Passing {
    by_number: Vec<bool>,
    /// Whether a row without a term passes.
    absent: bool,
}

impl Passing {
    fn everything(absent: bool) -> Self {
        Self { by_number: Vec::new(), absent }
    }

    fn of<'a, T: PartialEq + 'a>(
        choice: &Choice<T>,
        last: i64,
        terms: impl Iterator<Item = (i64, &'a Term)>,
        has: impl Fn(&Term, &T) -> bool,
    ) -> Self {
        if choice.is_empty() {
            return Self::everything(true);
        }
        let mut by_number = vec![false; usize::try_from(last + 1).unwrap_or_default()];
        for (number, term) in terms {
            if let Some(passes) = usize::try_from(number).ok().and_then(|number| by_number.get_mut(number)) {
                *passes = choice.passes(|value| has(term, value));
            }
        }
        Self { by_number, absent: choice.passes(|_| false) }
    }

    fn passes(&self, number: Option<i64>) -> bool {
        match number {
            None => self.absent,
            Some(_) if self.by_number.is_empty() => true,
            Some(number) => {
                usize::try_from(number).ok().and_then(|number| self.by_number.get(number)).copied().unwrap_or(false)
            }
        }
    }
}

/// A query made ready for one file.
pub struct FileFilter<'q> {
    query: &'q LogQuery,
    methods: Passing,
    applications: Passing,
    bots: Passing,
    sources: Passing,
    users: Passing,
    /// The bots that the scope shows.
    visible_bots: Passing,
    lists_no_response: bool,
}

impl<'q> FileFilter<'q> {
    /// Looks the query's words up in a file.
    pub fn new(question: &'q Question, reader: &Reader) -> Result<Self, StoreError> {
        let query = &question.query;
        let terms = &reader.terms;
        let last = terms.last();
        let visible_bots = match question.scope.bots() {
            crate::accounts::VisibleBots::All => Passing::everything(true),
            visible @ crate::accounts::VisibleBots::Only(_) => {
                let mut by_number = vec![false; usize::try_from(last + 1).unwrap_or_default()];
                for (number, term) in terms.iter() {
                    if let (Term::Bot(bot), Ok(number)) = (term, usize::try_from(number))
                        && let Some(is_visible) = by_number.get_mut(number)
                    {
                        *is_visible = visible.shows(Some(&bot.id));
                    }
                }
                Passing { by_number, absent: false }
            }
        };
        let users = if query.user.is_empty() { Vec::new() } else { terms::users(&reader.connection)? };
        let users: Vec<(i64, Term)> = users.into_iter().map(|(number, user)| (number, Term::User(user))).collect();
        Ok(Self {
            query,
            methods: Passing::of(
                &query.method,
                last,
                terms.iter(),
                |term, method: &Method| matches!(term, Term::Method(has) if has == method),
            ),
            applications: Passing::of(
                &query.application,
                last,
                terms.iter(),
                |term, application: &Application| matches!(term, Term::Application(has) if has == application),
            ),
            bots: Passing::of(
                &query.bot,
                last,
                terms.iter(),
                |term, bot: &String| matches!(term, Term::Bot(has) if has.id == *bot),
            ),
            sources: Passing::of(
                &query.source,
                last,
                terms.iter(),
                |term, kind: &SourceKind| matches!(term, Term::Source(has) if has.kind == *kind),
            ),
            users: Passing::of(
                &query.user,
                last,
                users.iter().map(|(number, term)| (*number, term)),
                |term, user| matches!(term, Term::User(has) if has.id.as_ref() == Some(user) || has.name.as_ref() == Some(user)),
            ),
            visible_bots,
            lists_no_response: query.lists_no_response(),
        })
    }

    /// The filters a row does not pass; `None` where the scope does not show it.
    pub fn misses(&self, columns: &Columns) -> Option<Misses> {
        if !self.visible_bots.passes(columns.bot) {
            return None;
        }
        let bit = |passes: bool, bit: u8| if passes { 0 } else { bit };
        let code = columns.code.map(StatusCode);
        Some(Misses(
            bit(self.passes_status(&outcome_of(columns.outcome)), Misses::STATUS)
                | bit(self.methods.passes(columns.method), Misses::METHOD)
                | bit(self.query.code.passes(|filter| code.is_some_and(|code| filter.matches(code))), Misses::CODE)
                | bit(self.bots.passes(columns.bot), Misses::BOT)
                | bit(self.applications.passes(Some(columns.application)), Misses::APPLICATION)
                | bit(self.sources.passes(Some(columns.source)), Misses::SOURCE)
                | bit(self.users.passes(columns.user), Misses::OTHER),
        ))
    }

    fn passes_status(&self, outcome: &Outcome) -> bool {
        let status = &self.query.status;
        if *outcome == Outcome::NoResponse {
            self.lists_no_response && !status.exclude.contains(outcome)
        } else {
            status.passes(|value| value == outcome)
        }
    }

    /// Whether calls without a response are in the list.
    pub const fn lists_no_response(&self) -> bool {
        self.lists_no_response
    }

    /// Whether calls without a response are to be counted though the list leaves them out.
    pub fn tells_of_no_response(&self) -> bool {
        !self.query.status.exclude.contains(&Outcome::NoResponse)
    }
}
