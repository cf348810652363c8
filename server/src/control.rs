//! Everything the server keeps that is not a call: accounts, ingest keys, sign-in links, sessions, members, audit
//! entries.
//!
//! One small SQLite file, `control.db`. Secrets are kept as SHA-256 hashes only; all of them are 256 random bits, so
//! that a fast hash is enough.

mod audit;
mod contacts;
mod members;
mod views;
mod zones;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::accounts::{Account, Person, Plans};
use crate::clock::{NoRandomness, hex, random_secret};
use crate::store::StoreError;
use crate::store::sqlite::copy_database;

pub use audit::{Action, Actor, AuditEntry};
pub use members::{Invitation, Invited};
pub use views::ViewError;

/// Why the control store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The file could not be read or written.
    #[error("the control store failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// A row says what no version of ours wrote.
    #[error("the control store holds what cannot be read: {0}")]
    Unreadable(String),
    /// The name is of no time zone.
    #[error("there is no time zone of this name; names are like Europe/Berlin: {0}")]
    NoSuchZone(String),
    /// The name is somebody else's.
    #[error("{name} of this account has the e-mail address {email}; give the person you mean a name of their own")]
    NameTaken {
        /// The name.
        name: String,
        /// The address of whoever has it.
        email: String,
    },
    /// There are as many accounts as the call store can number.
    #[error("there is no room for another account")]
    TooManyAccounts,
}

/// How long a session lasts, in milliseconds.
pub const SESSION_MILLIS: i64 = 24 * 3_600_000;

/// The control store.
pub struct Control {
    database: Mutex<Connection>,
}

impl Control {
    /// Opens `control.db` in a data directory, and makes it where there is none.
    pub fn open(data_dir: &Path) -> Result<Self, ControlError> {
        let database = Connection::open(data_dir.join("control.db"))?;
        database.busy_timeout(std::time::Duration::from_secs(5))?;
        database.pragma_update(None, "journal_mode", "WAL")?;
        database.pragma_update(None, "synchronous", "FULL")?;
        database.pragma_update(None, "foreign_keys", "ON")?;
        database.execute_batch(include_str!("control/schema.sql"))?;
        Ok(Self { database: Mutex::new(database) })
    }

    fn database(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves no transaction open: each is rolled back when it is dropped.
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An account by its id.
    pub fn account(&self, id: &str) -> Result<Option<Account>, ControlError> {
        let found = self
            .database()
            .query_row("SELECT id, slot, plan FROM account WHERE id = ?1", [id], |row| {
                Ok(Account { id: row.get(0)?, slot: row.get(1)?, plan: row.get(2)? })
            })
            .optional()?;
        Ok(found)
    }

    /// The account with this id, made with a plan where there is none yet.
    pub fn ensure_account(&self, id: &str, plan: &str) -> Result<Account, ControlError> {
        let mut database = self.database();
        let transaction = database.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let next_slot: i64 =
            transaction.query_row("SELECT coalesce(max(slot) + 1, 1) FROM account", [], |row| row.get(0))?;
        if next_slot > i64::from(Account::MAX_SLOT) {
            return Err(ControlError::TooManyAccounts);
        }
        transaction.execute(
            "INSERT INTO account (id, slot, plan) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
            params![id, next_slot, plan],
        )?;
        let account = transaction.query_row("SELECT id, slot, plan FROM account WHERE id = ?1", [id], |row| {
            Ok(Account { id: row.get(0)?, slot: row.get(1)?, plan: row.get(2)? })
        })?;
        transaction.commit()?;
        Ok(account)
    }

    /// Moves an account to another plan.
    pub fn set_plan(&self, account: &str, plan: &str) -> Result<(), ControlError> {
        self.database().execute("UPDATE account SET plan = ?2 WHERE id = ?1", [account, plan])?;
        Ok(())
    }

    /// Makes an ingest key for an account and returns it; only its hash is kept.
    pub fn create_key(&self, account: &Account, now: Timestamp) -> Result<String, ControlError> {
        let key = format!("alk_{}", random_secret()?);
        self.database().execute(
            "INSERT INTO ingest_key (hash, account, created_at) VALUES (?1, ?2, ?3)",
            params![hash(&key), account.id, now.millis()],
        )?;
        Ok(key)
    }

    /// The account an ingest key belongs to.
    pub fn account_of_key(&self, key: &str) -> Result<Option<Account>, ControlError> {
        let found = self
            .database()
            .query_row(
                "SELECT account.id, slot, plan FROM ingest_key JOIN account ON account.id = ingest_key.account \
                 WHERE hash = ?1",
                [hash(key)],
                |row| Ok(Account { id: row.get(0)?, slot: row.get(1)?, plan: row.get(2)? }),
            )
            .optional()?;
        Ok(found)
    }

    /// Uses up a sign-in link and begins a session; returns the session's secret, or `None` for a link that is
    /// unknown, used or too old.
    pub fn sign_in(&self, token: &str, now: Timestamp) -> Result<Option<String>, ControlError> {
        let secret = random_secret()?;
        let mut database = self.database();
        let transaction = database.transaction()?;
        transaction.execute("DELETE FROM sign_in_link WHERE expires_at <= ?1", [now.millis()])?;
        transaction.execute("DELETE FROM session WHERE expires_at <= ?1", [now.millis()])?;
        let member: Option<i64> = transaction
            .query_row("DELETE FROM sign_in_link WHERE hash = ?1 RETURNING member", [hash(token)], |row| row.get(0))
            .optional()?;
        if let Some(member) = member {
            transaction.execute(
                "INSERT INTO session (hash, member, expires_at) VALUES (?1, ?2, ?3)",
                params![hash(&secret), member, now.plus_millis(SESSION_MILLIS).millis()],
            )?;
        }
        transaction.commit()?;
        Ok(member.map(|_| secret))
    }

    /// The person a session belongs to. Role, bots and plan are read anew each time, so that a change acts at once.
    pub fn person(&self, secret: &str, plans: &Plans, now: Timestamp) -> Result<Option<Person>, ControlError> {
        let found = self
            .database()
            .query_row(
                "SELECT member.name, role, bots, account.id, slot, plan, member.id FROM session \
                 JOIN member ON member.id = session.member JOIN account ON account.id = member.account \
                 WHERE hash = ?1 AND expires_at > ?2",
                params![hash(secret), now.millis()],
                |row| {
                    let account = Account { id: row.get(3)?, slot: row.get(4)?, plan: row.get(5)? };
                    let words = (row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?);
                    Ok((words, account, row.get(6)?))
                },
            )
            .optional()?;
        let Some(((name, role, bots), account, member)) = found else { return Ok(None) };
        let role = role.parse().map_err(|error| ControlError::Unreadable(format!("{error}")))?;
        let bots = serde_json::from_str(&bots).map_err(|error| ControlError::Unreadable(error.to_string()))?;
        let plan = plans.of(&account.plan);
        Ok(Some(Person { member, name, role, account, plan, bots }))
    }

    /// Ends a session.
    pub fn sign_out(&self, secret: &str) -> Result<(), ControlError> {
        self.database().execute("DELETE FROM session WHERE hash = ?1", [hash(secret)])?;
        Ok(())
    }

    /// Notes the address at which browsers reach the server, for links that other commands print.
    pub fn note_public_url(&self, url: &str) -> Result<(), ControlError> {
        self.database().execute(
            "INSERT INTO fact (name, value) VALUES ('public_url', ?1) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [url],
        )?;
        Ok(())
    }

    /// The address at which browsers reached the server when it last started.
    pub fn public_url(&self) -> Result<Option<String>, ControlError> {
        let found = self
            .database()
            .query_row("SELECT value FROM fact WHERE name = 'public_url'", [], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    /// Whether the file answers.
    pub fn probe(&self) -> Result<(), ControlError> {
        Ok(self.database().query_row("SELECT count(*) FROM account", [], |_| Ok(()))?)
    }

    /// Revokes an ingest key; the id of its account, or `None` where there is no such key.
    pub fn revoke_key(&self, key: &str) -> Result<Option<String>, ControlError> {
        let account = self
            .database()
            .query_row("DELETE FROM ingest_key WHERE hash = ?1 RETURNING account", [hash(key)], |row| row.get(0))
            .optional()?;
        Ok(account)
    }

    /// Copies the file, as it is now, into a folder; returns its bytes.
    pub fn back_up(&self, to: &Path) -> Result<u64, StoreError> {
        copy_database(&self.database(), &to.join("control.db"), |_| ())
    }

    /// Whether the file is whole, in SQLite's words; empty when it is.
    pub fn faults(&self) -> Result<Vec<String>, ControlError> {
        let database = self.database();
        let mut statement = database.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}
