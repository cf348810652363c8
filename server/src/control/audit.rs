//! Who erased what, and when. An audit entry names its target and never holds what was erased.

use model::Timestamp;
use rusqlite::params;
use serde::Serialize;

use super::{Control, ControlError};
use crate::store::ErasureTarget;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A member of the account who was signed in.
    Member {
        /// Their name.
        name: String,
    },
    /// Whoever may run commands beside the data folder.
    CommandLine,
}

/// What was done to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// The bodies of one call were erased.
    EraseCall {
        /// The call's id.
        call: String,
    },
    /// The bodies of all calls of an end user were erased.
    EraseEndUser {
        /// The channel's id of the end user, or what stands in its place where contacts are hidden.
        end_user: String,
    },
}

impl Action {
    /// The erasure of a target.
    pub fn erasing(target: &ErasureTarget) -> Self {
        match target {
            ErasureTarget::Call(id) => Self::EraseCall { call: id.to_string() },
            // The one that says least.
            ErasureTarget::EndUser(ids) => Self::EraseEndUser { end_user: ids.last().cloned().unwrap_or_default() },
        }
    }
}

/// One audit entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// Its number; a later entry has a higher one.
    pub id: i64,
    /// When it was asked for.
    pub at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// How many calls had something to erase; `None` where it was not done, or is still being done.
    pub calls: Option<u64>,
}

impl Control {
    /// Writes down what is about to be done, so that nothing is done that is not written down; returns the number.
    pub fn begin_audit(
        &self,
        account: &str,
        actor: &Actor,
        action: &Action,
        now: Timestamp,
    ) -> Result<i64, ControlError> {
        let member = match actor {
            Actor::Member { name } => Some(name),
            Actor::CommandLine => None,
        };
        let (word, target) = match action {
            Action::EraseCall { call } => ("erase_call", call),
            Action::EraseEndUser { end_user } => ("erase_end_user", end_user),
        };
        let database = self.database();
        database.execute(
            "INSERT INTO audit (account, at, member, action, target) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![account, now.millis(), member, word, target],
        )?;
        Ok(database.last_insert_rowid())
    }

    /// Writes down that it was done, to how many calls.
    pub fn finish_audit(&self, id: i64, calls: u64) -> Result<(), ControlError> {
        self.database().execute("UPDATE audit SET calls = ?2 WHERE id = ?1", params![id, calls])?;
        Ok(())
    }

    /// The audit entries of an account, newest first: at most `limit`, before a number where one is given.
    pub fn audit(&self, account: &str, before: Option<i64>, limit: usize) -> Result<Vec<AuditEntry>, ControlError> {
        let database = self.database();
        let mut statement = database.prepare_cached(
            "SELECT id, at, member, action, target, calls FROM audit WHERE account = ?1 AND id < ?2 \
             ORDER BY id DESC LIMIT ?3",
        )?;
        let mut rows = statement.query(params![account, before.unwrap_or(i64::MAX), limit])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let (word, target): (String, String) = (row.get(3)?, row.get(4)?);
            entries.push(AuditEntry {
                id: row.get(0)?,
                at: Timestamp::from_millis(row.get(1)?),
                actor: row.get::<_, Option<String>>(2)?.map_or(Actor::CommandLine, |name| Actor::Member { name }),
                action: match word.as_str() {
                    "erase_call" => Action::EraseCall { call: target },
                    "erase_end_user" => Action::EraseEndUser { end_user: target },
                    other => return Err(ControlError::Unreadable(format!("an audited action {other}"))),
                },
                calls: row.get(5)?,
            });
        }
        Ok(entries)
    }
}
