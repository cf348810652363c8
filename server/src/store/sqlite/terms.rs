//! Words that come again and again in a file, by number.
//!
//! A file holds each of them twice: in its table, and in the index that keeps it from being added again. What is read
//! from the one is looked up in the other, so that damage to either is told instead of shown.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Application, Bot, EndUser, Method, Source};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::StoreError;

/// What a term is the name of. The numbers are in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i64)]
pub enum TermKind {
    /// A request type, by its word.
    Method = 1,
    /// An application, by its word.
    Application = 2,
    /// A bot as JSON: a renamed bot is another term with the same id.
    Bot = 3,
    /// A source as JSON.
    Source = 4,
}

/// What a term stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A request type.
    Method(Method),
    /// An application.
    Application(Application),
    /// A bot.
    Bot(Bot),
    /// Where a call was made.
    Source(Source),
}

impl Term {
    fn read(kind: i64, value: &str) -> Result<Self, StoreError> {
        fn json<T: serde::de::DeserializeOwned>(value: &str) -> Result<T, StoreError> {
            serde_json::from_str(value).map_err(|error| StoreError::Unreadable(error.to_string()))
        }
        Ok(match kind {
            1 => Self::Method(Method::from(value)),
            2 => Self::Application(Application::from(value)),
            3 => Self::Bot(json(value)?),
            4 => Self::Source(json(value)?),
            other => return Err(StoreError::Unreadable(format!("a term of kind {other}"))),
        })
    }
}

/// The numbers of terms as the writer gives them out, for one file.
#[derive(Default)]
pub struct TermNumbers {
    terms: HashMap<(TermKind, String), u32>,
    end_users: HashMap<(String, String), u32>,
}

/// The most numbers of a sort that are remembered; end users would make it grow for ever.
const MAX_REMEMBERED: usize = 20_000;

impl TermNumbers {
    /// The number of a term, given to it now where it has none.
    pub fn of_term(&mut self, connection: &Connection, kind: TermKind, value: &str) -> Result<u32, rusqlite::Error> {
        remembered(&mut self.terms, (kind, value.to_owned()), || {
            let insert = "INSERT INTO term (kind, value) VALUES (?1, ?2) ON CONFLICT (kind, value) DO NOTHING";
            connection.prepare_cached(insert)?.execute(params![kind as i64, value])?;
            connection
                .prepare_cached("SELECT number FROM term WHERE kind = ?1 AND value = ?2")?
                .query_row(params![kind as i64, value], |row| row.get(0))
        })
    }

    /// The number of an end user, given to them now where they have none.
    pub fn of_end_user(&mut self, connection: &Connection, user: &EndUser) -> Result<u32, rusqlite::Error> {
        let id = user.id.as_deref().unwrap_or_default();
        let name = user.name.as_deref().unwrap_or_default();
        remembered(&mut self.end_users, (id.to_owned(), name.to_owned()), || {
            let insert = "INSERT INTO end_user (id, name) VALUES (?1, ?2) ON CONFLICT (id, name) DO NOTHING";
            connection.prepare_cached(insert)?.execute([id, name])?;
            connection
                .prepare_cached("SELECT number FROM end_user WHERE id = ?1 AND name = ?2")?
                .query_row([id, name], |row| row.get(0))
        })
    }
}

fn remembered<K: Eq + std::hash::Hash>(
    numbers: &mut HashMap<K, u32>,
    key: K,
    number: impl FnOnce() -> Result<u32, rusqlite::Error>,
) -> Result<u32, rusqlite::Error> {
    if let Some(number) = numbers.get(&key) {
        return Ok(*number);
    }
    let number = number()?;
    if numbers.len() >= MAX_REMEMBERED {
        numbers.clear();
    }
    numbers.insert(key, number);
    Ok(number)
}

/// The terms of a file as its readers know them. They are only ever added to, so that one that knows more than a
/// snapshot holds does no harm to it.
#[derive(Clone, Default)]
pub struct Terms {
    by_number: Vec<Option<Arc<Term>>>,
}

impl Terms {
    /// The highest number given in a snapshot of a file.
    pub fn newest_in(connection: &Connection) -> Result<usize, StoreError> {
        let newest: i64 =
            connection.prepare_cached("SELECT coalesce(max(number), 0) FROM term")?.query_row([], |row| row.get(0))?;
        usize::try_from(newest).map_err(|error| StoreError::Unreadable(error.to_string()))
    }

    /// The highest number known.
    pub fn newest(&self) -> usize {
        self.by_number.len().saturating_sub(1)
    }

    /// Reads the terms that came since the last time.
    pub fn refresh(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement =
            connection.prepare_cached("SELECT number, kind, value FROM term WHERE number > ?1 ORDER BY number")?;
        let mut look_up = connection.prepare_cached("SELECT number FROM term WHERE kind = ?1 AND value = ?2")?;
        let mut rows = statement.query([i64::try_from(self.newest()).unwrap_or(i64::MAX)])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let kind: i64 = row.get(1)?;
            let value = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            let indexed = look_up.query_row(params![kind, value], |row| row.get(0)).optional()?;
            if indexed != Some(number) {
                return Err(StoreError::Unreadable(format!("term {number} is damaged")));
            }
            let number = usize::try_from(number).map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let term = Term::read(kind, value)?;
            // Numbers rise by one where nothing was removed.
            self.by_number.resize(number, None);
            self.by_number.push(Some(Arc::new(term)));
        }
        Ok(())
    }

    /// A term by its number.
    pub fn get(&self, number: u32) -> Option<&Term> {
        self.by_number.get(usize::try_from(number).ok()?)?.as_deref()
    }

    /// For every number from 0 up to the highest, what a test of its term says; `absent` for numbers without one.
    pub fn tabulate<T: Clone>(&self, absent: T, test: impl Fn(&Term) -> T) -> Vec<T> {
        let mut table: Vec<T> =
            self.by_number.iter().map(|term| term.as_ref().map_or_else(|| absent.clone(), |term| test(term))).collect();
        if table.is_empty() {
            table.push(absent);
        }
        table
    }
}

/// An end user by number.
pub fn end_user(connection: &Connection, number: u32) -> Result<EndUser, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM end_user WHERE number = ?1")?;
    let mut rows = statement.query([number])?;
    let row = rows.next()?.ok_or_else(|| damaged_user(number))?;
    if !is_in_index(connection, row, number)? {
        return Err(damaged_user(number));
    }
    Ok(read_end_user(row)?)
}

fn damaged_user(number: u32) -> StoreError {
    StoreError::Unreadable(format!("end user {number} is damaged"))
}

/// Whether the index over end users says of a row, which begins with their id and name, what the table says.
fn is_in_index(connection: &Connection, row: &rusqlite::Row<'_>, number: u32) -> Result<bool, StoreError> {
    let texts = [0, 1].map(|column| row.get_ref(column).map(|value| value.as_str().map(str::to_owned)));
    let [Ok(Ok(id)), Ok(Ok(name))] = texts else { return Ok(false) };
    let mut look_up = connection.prepare_cached("SELECT number FROM end_user WHERE id = ?1 AND name = ?2")?;
    let indexed: Option<u32> = look_up.query_row([id, name], |row| row.get(0)).optional()?;
    Ok(indexed == Some(number))
}

/// For every number of an end user from 0 up to the highest, what a test of them says; `absent` for numbers without
/// one.
pub fn tabulate_end_users<T: Clone>(
    connection: &Connection,
    absent: &T,
    test: impl Fn(&EndUser) -> T,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, name, number FROM end_user ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut table = vec![absent.clone()];
    while let Some(row) = rows.next()? {
        let number: u32 = row.get(2)?;
        let place = usize::try_from(number).unwrap_or_default();
        // After a hole the number itself may be what is damaged, and the table would become as large as it says.
        if place != table.len() && !is_in_index(connection, row, number)? {
            return Err(damaged_user(number));
        }
        table.resize(place, absent.clone());
        table.push(test(&read_end_user(row)?));
    }
    Ok(table)
}

fn read_end_user(row: &rusqlite::Row<'_>) -> Result<EndUser, rusqlite::Error> {
    Ok(EndUser::new(row.get(0)?, row.get(1)?))
}
