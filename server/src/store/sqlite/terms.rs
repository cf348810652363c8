//! Words that come again and again in a file, by number.

use std::collections::HashMap;

use model::{Application, Bot, EndUser, Method, Source};
use rusqlite::{Connection, params};

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
    /// An end user as JSON.
    User = 5,
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
    /// An end user.
    User(EndUser),
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
            5 => Self::User(json(value)?),
            other => return Err(StoreError::Unreadable(format!("a term of kind {other}"))),
        })
    }
}

/// The numbers of terms as the writer gives them out, for one file.
#[derive(Default)]
pub struct TermNumbers(HashMap<(TermKind, String), i64>);

/// The most numbers that are remembered; end users would make it grow for ever.
const MAX_REMEMBERED: usize = 20_000;

impl TermNumbers {
    /// The number of a term, given to it now where it has none.
    pub fn number(&mut self, connection: &Connection, kind: TermKind, value: &str) -> Result<i64, rusqlite::Error> {
        if let Some(number) = self.0.get(&(kind, value.to_owned())) {
            return Ok(*number);
        }
        let insert = "INSERT INTO term (kind, value) VALUES (?1, ?2) ON CONFLICT (kind, value) DO NOTHING";
        connection.prepare_cached(insert)?.execute(params![kind as i64, value])?;
        let number = connection
            .prepare_cached("SELECT id FROM term WHERE kind = ?1 AND value = ?2")?
            .query_row(params![kind as i64, value], |row| row.get(0))?;
        if self.0.len() >= MAX_REMEMBERED {
            self.0.clear();
        }
        self.0.insert((kind, value.to_owned()), number);
        Ok(number)
    }

    /// Forgets every number: those given in a transaction that was rolled back are not in the file.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

/// The terms of a file as a reader knows them: all but the end users, of which there can be very many.
#[derive(Default)]
pub struct Terms {
    by_number: HashMap<i64, Term>,
    last: i64,
}

impl Terms {
    /// Reads the terms that came since the last time.
    pub fn refresh(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let newest: i64 =
            connection.prepare_cached("SELECT coalesce(max(id), 0) FROM term")?.query_row([], |row| row.get(0))?;
        if newest == self.last {
            return Ok(());
        }
        let mut statement =
            connection.prepare_cached("SELECT id, kind, value FROM term WHERE id > ?1 AND kind <> 5")?;
        let mut rows = statement.query([self.last])?;
        while let Some(row) = rows.next()? {
            let term = Term::read(row.get(1)?, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
            self.by_number.insert(row.get(0)?, term);
        }
        self.last = newest;
        Ok(())
    }

    /// A term by its number.
    pub fn get(&self, number: i64) -> Option<&Term> {
        self.by_number.get(&number)
    }

    /// Every term with its number, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &Term)> {
        self.by_number.iter().map(|(number, term)| (*number, term))
    }

    /// The highest number given so far, end users included.
    pub const fn last(&self) -> i64 {
        self.last
    }
}

/// An end user by number.
pub fn user(connection: &Connection, number: i64) -> Result<Option<EndUser>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT kind, value FROM term WHERE id = ?1")?;
    let mut rows = statement.query([number])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    match Term::read(row.get(0)?, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)? {
        Term::User(user) => Ok(Some(user)),
        _ => Ok(None),
    }
}

/// Every end user of the file with their number, for a filter by user.
pub fn users(connection: &Connection) -> Result<Vec<(i64, EndUser)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, kind, value FROM term WHERE kind = 5")?;
    let mut rows = statement.query([])?;
    let mut users = Vec::new();
    while let Some(row) = rows.next()? {
        if let Term::User(user) = Term::read(row.get(1)?, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)? {
            users.push((row.get(0)?, user));
        }
    }
    Ok(users)
}
