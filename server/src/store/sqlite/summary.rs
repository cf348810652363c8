//! One row of the list, from the numbers, the terms and the call in its file.

use model::{CallId, CallSummary, FailureKind, Outcome, StatusCode, Timestamp};
use rusqlite::params;

use super::columns::{Column, Record};
use super::find::Found;
use super::prepared::outcome_of;
use super::reader::Reader;
use super::terms::{Term, end_user};
use crate::store::StoreError;

/// Reads what a row of the list shows.
pub fn summarise(reader: &Reader, found: &Found) -> Result<CallSummary, StoreError> {
    let missing = |what: &str| StoreError::Unreadable(format!("{what} is missing"));
    let record = &found.record;
    let mut statement = reader.connection.prepare_cached("SELECT url, error FROM call WHERE row = ?1")?;
    let mut rows = statement.query([found.row])?;
    let columns = rows.next()?.ok_or_else(|| missing("a call"))?;
    if !is_indexed(reader, found)? {
        return Err(StoreError::Unreadable("the id of a call is damaged".to_owned()));
    }
    let kind = record.get(Column::Kind);
    let (outcome, is_script) = (outcome_of(Record::outcome(kind)), Record::is_script(kind));
    let error: Option<String> = columns.get(1)?;
    let (failure, script_error) = match (&outcome, is_script) {
        (Outcome::NoResponse, _) => (error.map(|kind| FailureKind::from(kind.as_str())), None),
        (_, true) => (None, error),
        (_, false) => (None, None),
    };
    let known = |column| Some(record.get(column)).filter(|number| *number > 0);
    let term = |column| known(column).and_then(|number| reader.terms.get(number));
    Ok(CallSummary {
        id: CallId::from_bytes(found.position.1),
        timestamp: Timestamp::from_millis(found.position.0),
        outcome,
        duration_ms: known(Column::Duration).map(|duration| u64::from(duration - 1)),
        bot: match (known(Column::Bot), term(Column::Bot)) {
            (None, _) => None,
            (_, Some(Term::Bot(bot))) => Some(bot.clone()),
            _ => return Err(missing("a bot")),
        },
        source: match term(Column::Source) {
            Some(Term::Source(source)) => source.clone(),
            _ => return Err(missing("a source")),
        },
        user: known(Column::User).map(|number| end_user(&reader.connection, number)).transpose()?,
        application: match term(Column::Application) {
            Some(Term::Application(application)) => application.clone(),
            _ => return Err(missing("an application")),
        },
        method: match (known(Column::Method), term(Column::Method)) {
            (None, _) => None,
            (_, Some(Term::Method(method))) => Some(method.clone()),
            _ => return Err(missing("a method")),
        },
        url: columns.get(0)?,
        status: known(Column::Code).and_then(|code| u16::try_from(code).ok()).map(StatusCode),
        failure,
        script_error,
        is_script,
    })
}

/// Whether the index over ids says of a call what its row says.
fn is_indexed(reader: &Reader, found: &Found) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM call INDEXED BY call_by_id WHERE id = ?1 AND row = ?2";
    Ok(reader.connection.prepare_cached(sql)?.exists(params![found.position.1, found.row])?)
}
