//! Looks at every file and every call in it.

use std::path::Path;

use rusqlite::Connection;

use super::prepared::Unpacker;
use super::segment;
use crate::store::StoreError;

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
        let checked = segment::open_for_reading(&calls_dir, key).and_then(|connection| check_file(&connection));
        match checked {
            Ok((calls, faults)) => {
                report.calls += calls;
                report.faults.extend(faults.into_iter().map(|fault| format!("{}: {fault}", key.file_name())));
            }
            Err(error) => report.faults.push(format!("{}: {error}", key.file_name())),
        }
    }
    Ok(report)
}

fn check_file(connection: &Connection) -> Result<(u64, Vec<String>), StoreError> {
    let mut faults = Vec::new();
    connection.execute_batch("BEGIN")?;
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut lines = statement.query([])?;
    while let Some(line) = lines.next()? {
        let line: String = line.get(0)?;
        if line != "ok" {
            faults.push(line);
        }
    }
    let unpacker = Unpacker::new()?;
    let mut calls = 0;
    let mut statement = connection.prepare("SELECT call.row, body FROM call LEFT JOIN detail USING (row)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        match row.get_ref(1)?.as_blob() {
            Ok(body) => match unpacker.unpack(body) {
                Ok(_) => calls += 1,
                Err(error) => faults.push(format!("row {number}: {error}")),
            },
            Err(_) => faults.push(format!("row {number}: its body is missing")),
        }
    }
    let unindexed: i64 = connection.query_row(
        "SELECT count(*) FROM call WHERE row NOT IN (SELECT id FROM text_docsize)",
        [],
        |row| row.get(0),
    )?;
    if unindexed > 0 {
        faults.push(format!("{unindexed} calls are missing in the text index"));
    }
    Ok((calls, faults))
}
