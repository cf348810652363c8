//! One row of the list, from the narrow columns and the terms of its file.

use model::{CallId, CallSummary, FailureKind, Outcome, StatusCode, Timestamp};

use super::prepared::outcome_of;
use super::reader::Reader;
use super::terms::{self, Term};
use crate::store::StoreError;

/// Reads what a row of the list shows.
pub fn summarise(reader: &Reader, row: i64) -> Result<CallSummary, StoreError> {
    let mut statement = reader.connection.prepare_cached(
        "SELECT ts, id, outcome, code, method, application, bot, source, user, duration_ms, is_script, url, error \
         FROM call JOIN detail USING (row) WHERE call.row = ?1",
    )?;
    let mut rows = statement.query([row])?;
    let columns = rows.next()?.ok_or_else(|| StoreError::Unreadable("a row is missing".to_owned()))?;
    let outcome = outcome_of(columns.get(2)?);
    let is_script: bool = columns.get(10)?;
    let error: Option<String> = columns.get(12)?;
    let user = columns.get::<_, Option<i64>>(8)?.map(|number| terms::user(&reader.connection, number)).transpose()?;
    let (failure, script_error) = match (&outcome, is_script) {
        (Outcome::NoResponse, _) => (error.map(|kind| FailureKind::from(kind.as_str())), None),
        (_, true) => (None, error),
        (_, false) => (None, None),
    };
    Ok(CallSummary {
        id: CallId::from_bytes(columns.get(1)?),
        timestamp: Timestamp::from_millis(columns.get(0)?),
        outcome,
        duration_ms: columns.get::<_, Option<i64>>(9)?.and_then(|millis| u64::try_from(millis).ok()),
        bot: match term(reader, columns.get(6)?) {
            Some(Term::Bot(bot)) => Some(bot.clone()),
            _ => None,
        },
        source: match term(reader, columns.get(7)?) {
            Some(Term::Source(source)) => source.clone(),
            _ => return Err(StoreError::Unreadable("a source is missing".to_owned())),
        },
        user: user.flatten(),
        application: match term(reader, columns.get(5)?) {
            Some(Term::Application(application)) => application.clone(),
            _ => return Err(StoreError::Unreadable("an application is missing".to_owned())),
        },
        method: match term(reader, columns.get(4)?) {
            Some(Term::Method(method)) => Some(method.clone()),
            _ => None,
        },
        url: columns.get(11)?,
        status: columns.get::<_, Option<u16>>(3)?.map(StatusCode),
        failure,
        script_error,
        is_script,
    })
}

fn term(reader: &Reader, number: Option<i64>) -> Option<&Term> {
    number.and_then(|number| reader.terms.get(number))
}
