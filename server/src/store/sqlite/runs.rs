//! The packed columns of a file, run by run.
//!
//! Every commit adds a run for each account it writes to, in the same transaction as the calls. A new run takes in the
//! runs before it as long as they are no longer than itself, up to [`FULL`] calls, so that there are few runs, and a
//! call is packed again a dozen times at most.

use rusqlite::{Connection, params};

use super::columns::{Column, Record, Run, pack};
use super::question::Part;
use crate::store::StoreError;

/// A run of this many calls is left as it is.
const FULL: usize = 4_096;
/// The number of a run: the account's slot, and above it a sequence.
const SEQUENCE_BITS: u32 = 40;

const fn numbers_of(slot: u32) -> (i64, i64) {
    let first = (slot as i64) << SEQUENCE_BITS;
    (first, first | ((1 << SEQUENCE_BITS) - 1))
}

/// The account whose calls a run holds.
pub fn slot_of(number: i64) -> u32 {
    u32::try_from(number >> SEQUENCE_BITS).unwrap_or(u32::MAX)
}

/// Adds calls of one account.
pub fn append(connection: &Connection, slot: u32, mut records: Vec<Record>) -> Result<(), StoreError> {
    let (first, last) = numbers_of(slot);
    let mut number = first;
    loop {
        let before: Option<(i64, usize, Vec<u8>)> = optional(
            connection
                .prepare_cached(
                    "SELECT number, calls, packed FROM run WHERE number BETWEEN ?1 AND ?2 ORDER BY number DESC",
                )?
                .query_row([first, last], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))),
        )?;
        let Some((before, calls, packed)) = before else { break };
        number = before + 1;
        if calls >= FULL || calls > records.len() {
            break;
        }
        let run = read(&packed)?;
        records.splice(0..0, run.records());
        connection.prepare_cached("DELETE FROM run WHERE number = ?1")?.execute([before])?;
        number = before;
    }
    let times = || records.iter().map(|record| record.get(Column::Time));
    connection
        .prepare_cached("INSERT INTO run (number, calls, first_time, last_time, packed) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![number, records.len(), times().min(), times().max(), pack(&records)])?;
    Ok(())
}

fn optional<T>(found: Result<T, rusqlite::Error>) -> Result<Option<T>, rusqlite::Error> {
    match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
        found => found.map(Some),
    }
}

fn read(packed: &[u8]) -> Result<Run<'_>, StoreError> {
    Run::read(packed).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// Which times a run covers, in milliseconds since midnight, both inclusive, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunPlace {
    number: i64,
    /// How many calls it has.
    pub calls: usize,
    /// Its oldest call.
    pub first_time: u32,
    /// Its newest call.
    pub last_time: u32,
}

/// The runs of an account that reach into a part of a file.
pub fn places(connection: &Connection, slot: u32, part: &Part) -> Result<Vec<RunPlace>, StoreError> {
    let (first, last) = numbers_of(slot);
    let mut statement = connection.prepare_cached(
        "SELECT number, calls, first_time, last_time FROM run \
         WHERE number BETWEEN ?1 AND ?2 AND last_time >= ?3 AND first_time < ?4 ORDER BY number",
    )?;
    let start = part.key.start();
    let places = statement.query_map(params![first, last, part.from - start, part.to - start], |row| {
        Ok(RunPlace { number: row.get(0)?, calls: row.get(1)?, first_time: row.get(2)?, last_time: row.get(3)? })
    })?;
    Ok(places.collect::<Result<_, _>>()?)
}

/// Reads every run of a file, of all accounts.
pub fn each(
    connection: &Connection,
    mut visit: impl FnMut(u32, &Run<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT number, packed FROM run")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(slot_of(row.get(0)?), &read(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?)?;
    }
    Ok(())
}

/// Reads one run.
pub fn visit<T>(
    connection: &Connection,
    place: RunPlace,
    visit: impl FnOnce(&Run<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut statement = connection.prepare_cached("SELECT packed FROM run WHERE number = ?1")?;
    let mut rows = statement.query([place.number])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Unreadable("packed columns are missing".to_owned()))?;
    visit(&read(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?)
}
