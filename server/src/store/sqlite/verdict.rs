//! The search made ready for one file: what the numbers of a call tell about it.

use model::search::{DurationRange, Expression, FieldTest, Presence};
use model::{Outcome, StatusCode};

use super::columns::{Column, Record, Run};
use super::filter::CODES;
use super::prepared::outcome_of;
use super::reader::Reader;
use super::terms::{Term, tabulate_end_users};
use super::text::is_surely_held;
use crate::store::StoreError;

/// Whether something may hold of a call, and whether it may fail, as far as its numbers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    may_hold: bool,
    may_fail: bool,
}

impl Verdict {
    const UNKNOWN: Self = Self { may_hold: true, may_fail: true };

    const fn known(holds: bool) -> Self {
        Self { may_hold: holds, may_fail: !holds }
    }

    /// Whether it surely fails.
    pub const fn is_no(self) -> bool {
        !self.may_hold
    }

    /// Whether only the call itself tells.
    pub const fn is_unknown(self) -> bool {
        self.may_hold && self.may_fail
    }
}

/// A search made ready for one file.
pub enum Test {
    /// The same for every call.
    Always(Verdict),
    /// By the value of a column; those beyond the table are like its first.
    Table(Column, Vec<bool>),
    /// By the duration.
    Duration(DurationRange),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
}

impl Test {
    /// Looks the words of a search up in a file.
    ///
    /// Words that the index was asked for are taken to be held where they stand alone beside the rest: only calls that
    /// the index names are asked about.
    pub fn new(search: &Expression, reader: &Reader) -> Result<Self, StoreError> {
        match search {
            Expression::All(terms) => {
                Ok(Self::All(terms.iter().map(|term| Self::beside(term, reader)).collect::<Result<_, _>>()?))
            }
            other => Self::beside(other, reader),
        }
    }

    fn beside(term: &Expression, reader: &Reader) -> Result<Self, StoreError> {
        match term {
            Expression::Text { words, part } if is_surely_held(words, *part) => Ok(Self::Always(Verdict::known(true))),
            other => Self::of(other, reader),
        }
    }

    fn of(expression: &Expression, reader: &Reader) -> Result<Self, StoreError> {
        let several = |terms: &[Expression]| terms.iter().map(|term| Self::of(term, reader)).collect::<Result<_, _>>();
        Ok(match expression {
            Expression::All(terms) => Self::All(several(terms)?),
            Expression::Any(terms) => Self::Any(several(terms)?),
            Expression::Not(term) => Self::Not(Box::new(Self::of(term, reader)?)),
            Expression::Text { .. } => Self::Always(Verdict::UNKNOWN),
            Expression::Field(field) => Self::of_field(field, reader)?,
        })
    }

    fn of_field(field: &FieldTest, reader: &Reader) -> Result<Self, StoreError> {
        let by_kind = |passes: &dyn Fn(Outcome, bool) -> bool| {
            let kinds = 0..Record::KINDS;
            let passes = |kind| passes(outcome_of(Record::outcome(kind)), Record::is_script(kind));
            Self::Table(Column::Kind, kinds.map(passes).collect())
        };
        let by_term =
            |column, passes: &dyn Fn(&Term) -> bool| Self::Table(column, reader.terms.tabulate(false, passes));
        Ok(match field {
            FieldTest::Status(wanted) => by_kind(&|outcome, _| outcome == *wanted),
            FieldTest::IsScript => by_kind(&|_, is_script| is_script),
            FieldTest::Has(Presence::ScriptError) => {
                by_kind(&|outcome, is_script| is_script && outcome == Outcome::Error)
            }
            FieldTest::Code(range) => {
                let passes = |code| code > 0 && range.contains(StatusCode(code));
                Self::Table(Column::Code, (0..CODES).map(passes).collect())
            }
            FieldTest::Method(wanted) => {
                by_term(Column::Method, &|term| matches!(term, Term::Method(method) if method == wanted))
            }
            FieldTest::Application(words) => by_term(
                Column::Application,
                &|term| matches!(term, Term::Application(application) if words.name_application(application)),
            ),
            FieldTest::Bot(words) => {
                by_term(Column::Bot, &|term| matches!(term, Term::Bot(bot) if words.name(&bot.id, &bot.name)))
            }
            FieldTest::Has(Presence::Bot) => by_term(Column::Bot, &|_| true),
            FieldTest::Source(wanted) => {
                by_term(Column::Source, &|term| matches!(term, Term::Source(source) if source.kind == *wanted))
            }
            FieldTest::Path(words) => by_term(Column::Source, &|term| {
                let Term::Source(source) = term else { return false };
                source.path.as_ref().is_some_and(|path| words.name(&path.id, &path.name))
            }),
            FieldTest::Node(words) => by_term(Column::Source, &|term| {
                let Term::Source(source) = term else { return false };
                source.node.as_ref().is_some_and(|node| words.name(&node.id, &node.name))
            }),
            FieldTest::User(words) => {
                let passes = tabulate_end_users(&reader.connection, &false, |user| {
                    words.name(user.id.as_deref().unwrap_or_default(), user.name.as_deref().unwrap_or_default())
                })?;
                Self::Table(Column::User, passes)
            }
            FieldTest::Has(Presence::User) => {
                let passes = tabulate_end_users(&reader.connection, &false, |user| {
                    [&user.id, &user.name].into_iter().flatten().any(|text| !text.trim().is_empty())
                })?;
                Self::Table(Column::User, passes)
            }
            FieldTest::Duration(range) => Self::Duration(*range),
            FieldTest::Id(_) | FieldTest::Has(Presence::Body | Presence::RequestBody | Presence::ResponseBody) => {
                Self::Always(Verdict::UNKNOWN)
            }
        })
    }

    /// Whether it says something about every call, whatever the call says itself.
    pub fn is_decided_by_numbers(&self) -> bool {
        match self {
            Self::Always(verdict) => !verdict.is_unknown(),
            Self::Table(..) | Self::Duration(_) => true,
            Self::All(terms) | Self::Any(terms) => terms.iter().all(Self::is_decided_by_numbers),
            Self::Not(term) => term.is_decided_by_numbers(),
        }
    }

    /// What it says about each call of a run.
    pub fn judge(&self, run: &Run<'_>) -> Vec<Verdict> {
        match self {
            Self::Always(verdict) => vec![*verdict; run.len()],
            Self::Table(column, passes) => by_value(run, *column, |value| {
                let passes_value = usize::try_from(value).ok().and_then(|value| passes.get(value));
                Verdict::known(passes_value.or_else(|| passes.first()).copied().unwrap_or_default())
            }),
            Self::Duration(range) => by_value(run, Column::Duration, |value| match value {
                0 => Verdict::known(false),
                // Longer than the column can say.
                u32::MAX => Verdict::UNKNOWN,
                duration => Verdict::known(range.contains(u64::from(duration - 1))),
            }),
            Self::All(terms) => combined(run, terms, true, |one, other| Verdict {
                may_hold: one.may_hold && other.may_hold,
                may_fail: one.may_fail || other.may_fail,
            }),
            Self::Any(terms) => combined(run, terms, false, |one, other| Verdict {
                may_hold: one.may_hold || other.may_hold,
                may_fail: one.may_fail && other.may_fail,
            }),
            Self::Not(term) => {
                let negated = |verdict: Verdict| Verdict { may_hold: verdict.may_fail, may_fail: verdict.may_hold };
                term.judge(run).into_iter().map(negated).collect()
            }
        }
    }
}

fn by_value(run: &Run<'_>, column: Column, judge: impl Fn(u32) -> Verdict) -> Vec<Verdict> {
    if let Some(value) = run.constant(column) {
        return vec![judge(value); run.len()];
    }
    let mut values = Vec::new();
    run.unpack(column, &mut values);
    values.into_iter().map(judge).collect()
}

fn combined(
    run: &Run<'_>,
    terms: &[Test],
    of_none: bool,
    combine: impl Fn(Verdict, Verdict) -> Verdict,
) -> Vec<Verdict> {
    terms.iter().fold(vec![Verdict::known(of_none); run.len()], |mut verdicts, term| {
        for (verdict, of_term) in verdicts.iter_mut().zip(term.judge(run)) {
            *verdict = combine(*verdict, of_term);
        }
        verdicts
    })
}
