//! Looks at every file, every call in it, and whether what is kept of a call in several places says the same.

mod grams;

use std::collections::HashMap;
use std::path::Path;

use model::{Call, EndUser, SearchedText};
use rusqlite::Connection;

use super::body::Unpacker;
use super::columns::{Column, Record, Run};
use super::kept::Kept;
use super::prepared::{Shown, outcome_number, packed_duration};
use super::runs;
use super::segment::{self, SegmentKey};
use super::terms::{Term, Terms, end_user};
use super::text::indexed;
use crate::store::StoreError;
use grams::Grams;

/// What a check found.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Files looked at.
    pub files: usize,
    /// Calls read whole.
    pub calls: u64,
    /// What is wrong, a line each.
    pub faults: Vec<String>,
}

/// Verifies every file of a store that may be running meanwhile.
pub fn check(data_dir: &Path) -> Result<CheckReport, StoreError> {
    let calls_dir = data_dir.join("calls");
    let mut report = CheckReport::default();
    for key in segment::list(&calls_dir)? {
        report.files += 1;
        let checked = segment::open_for_reading(&calls_dir, key).and_then(|connection| check_file(&connection, key));
        match checked {
            Ok(Findings { calls, faults }) => {
                report.calls += calls;
                report.faults.extend(faults.into_iter().map(|fault| format!("{}: {fault}", key.file_name())));
            }
            Err(error) => report.faults.push(format!("{}: {error}", key.file_name())),
        }
    }
    match Kept::new(&calls_dir).check() {
        Ok(None) => {}
        Ok(Some(faults)) => {
            report.files += 1;
            report.faults.extend(faults.into_iter().map(|fault| format!("kept.db: {fault}")));
        }
        Err(error) => report.faults.push(format!("kept.db: {error}")),
    }
    Ok(report)
}

/// What is wrong with a file, at most [`MAX_FAULTS`] lines of each sort, and how many calls were read whole.
struct Findings {
    calls: u64,
    faults: Vec<String>,
}

/// More lines of one sort say nothing new.
const MAX_FAULTS: usize = 20;

impl Findings {
    fn add(&mut self, fault: String) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }
}

fn check_file(connection: &Connection, key: SegmentKey) -> Result<Findings, StoreError> {
    let mut findings = Findings { calls: 0, faults: Vec::new() };
    connection.execute_batch("BEGIN")?;
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut lines = statement.query([])?;
    while let Some(line) = lines.next()? {
        let line: String = line.get(0)?;
        if line != "ok" {
            findings.add(line);
        }
    }
    let mut records = records(connection, &mut findings)?;
    let mut terms = Terms::default();
    terms.refresh(connection)?;
    let unpacker = Unpacker::default();
    let mut expected = Grams::default();
    let mut statement = connection.prepare("SELECT row, id, url, error, body FROM call")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let body = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
        let stored = match unpacker.unpack(connection, body) {
            Ok(stored) => stored,
            Err(error) => {
                findings.add(format!("row {number}: {error}"));
                records.remove(&number);
                continue;
            }
        };
        findings.calls += 1;
        expected.add(&indexed(SearchedText::of(&stored.call).into_anywhere()), number);
        let shown = Shown::of(&stored.call);
        let is_as_shown = row.get::<_, [u8; 16]>(1)? == stored.call.id.to_bytes()
            && row.get::<_, Option<String>>(2)? == shown.url
            && row.get::<_, Option<String>>(3)? == shown.error;
        if !is_as_shown {
            findings.add(format!("row {number}: what the list shows is not what the call says"));
        }
        match records.remove(&number) {
            None => findings.add(format!("row {number}: its packed columns are missing")),
            Some(record) if !agrees(connection, &terms, key, &record, &stored.call)? => {
                findings.add(format!("row {number}: its packed columns are not what the call says"));
            }
            Some(_) => {}
        }
    }
    if !records.is_empty() {
        findings.add(format!("{} packed calls are missing", records.len()));
    }
    findings.faults.extend(expected.compare(connection)?.map(str::to_owned));
    Ok(findings)
}

/// Every packed call of a file, by row.
fn records(connection: &Connection, findings: &mut Findings) -> Result<HashMap<i64, Record>, StoreError> {
    let mut records = HashMap::new();
    let mut statement = connection.prepare("SELECT number, calls, first_time, last_time, packed FROM run")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let Ok(run) = Run::read(row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?) else {
            findings.add(format!("run {number}: the packed columns are damaged"));
            continue;
        };
        let times = || run.records().map(|record| record.get(Column::Time));
        let said: (usize, Option<u32>, Option<u32>) = (row.get(1)?, row.get(2)?, row.get(3)?);
        if said != (run.len(), times().min(), times().max()) {
            findings.add(format!("run {number}: it does not hold what is said of it"));
        }
        let slot = runs::slot_of(number);
        for record in run.records() {
            if records.insert(record.row(slot), record).is_some() {
                findings.add(format!("run {number}: a call is packed twice"));
            }
        }
    }
    Ok(records)
}

/// Whether the numbers of a call say what the call says.
fn agrees(
    connection: &Connection,
    terms: &Terms,
    key: SegmentKey,
    record: &Record,
    call: &Call,
) -> Result<bool, StoreError> {
    let number = |column| Some(record.get(column)).filter(|number| *number > 0);
    let term = |column| number(column).and_then(|number| terms.get(number)).cloned();
    let user = number(Column::User).map(|number| end_user(connection, number)).transpose();
    let user = match user {
        Err(StoreError::Unreadable(_)) => return Ok(false),
        user => user?,
    };
    let expected_user = call.user.clone().map(|user| EndUser::new(user.id, user.name));
    let kind = Record::default().of_kind(outcome_number(&call.outcome()), call.script.is_some());
    Ok(key.start() + i64::from(record.get(Column::Time)) == call.timestamp.millis()
        && record.get(Column::Kind) == kind.get(Column::Kind)
        && number(Column::Code) == call.response.as_ref().map(|response| u32::from(response.status.0))
        && term(Column::Method) == call.request.as_ref().map(|request| Term::Method(request.method.clone()))
        && term(Column::Application) == Some(Term::Application(call.application.clone()))
        && term(Column::Bot) == call.bot.clone().map(Term::Bot)
        && term(Column::Source) == Some(Term::Source(call.source.clone()))
        && user == expected_user
        && number(Column::Duration) == call.duration_ms.map(packed_duration))
}
