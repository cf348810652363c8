//! Whether an account wants e-mail addresses and phone numbers hidden, and by what their owners are told apart then.

use rusqlite::{OptionalExtension, params};

use super::{Control, ControlError};
use crate::clock::random_bytes;
use crate::redact::{ContactKey, Rules};

impl Control {
    /// Whether e-mail addresses and phone numbers are hidden in an account's calls before they are stored.
    pub fn hides_contacts(&self, account: &str) -> Result<bool, ControlError> {
        let is_hidden =
            self.database().prepare_cached("SELECT 1 FROM contacts_hidden WHERE account = ?1")?.exists([account])?;
        Ok(is_hidden)
    }

    /// Decides it for the calls that come from now on. The key stays when it is switched off: calls are kept that have
    /// names of it.
    pub fn hide_contacts(&self, account: &str, hides: bool) -> Result<(), ControlError> {
        let key = random_bytes::<32>()?;
        let mut database = self.database();
        let transaction = database.transaction()?;
        if hides {
            transaction
                .execute("INSERT INTO contacts_hidden (account) VALUES (?1) ON CONFLICT DO NOTHING", [account])?;
            transaction.execute(
                "INSERT INTO contact_key (account, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![account, key],
            )?;
        } else {
            transaction.execute("DELETE FROM contacts_hidden WHERE account = ?1", [account])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// How an account's calls are redacted.
    pub fn rules(&self, account: &str, body_limit: usize) -> Result<Rules, ControlError> {
        let contacts = if self.hides_contacts(account)? { self.contact_key(account)? } else { None };
        Ok(Rules { body_limit, contacts })
    }

    /// The ids that the calls of an end user have: the channel's own, and, where contacts were ever hidden, what stands
    /// in its place. The last one says least of who they are.
    pub fn ids_of_end_user(&self, account: &str, id: &str) -> Result<Vec<String>, ControlError> {
        let mut ids = vec![id.to_owned()];
        if let Some(key) = self.contact_key(account)? {
            ids.extend(key.redact_id(id));
        }
        Ok(ids)
    }

    fn contact_key(&self, account: &str) -> Result<Option<ContactKey>, ControlError> {
        let key = self
            .database()
            .prepare_cached("SELECT key FROM contact_key WHERE account = ?1")?
            .query_row([account], |row| row.get(0))
            .optional()?;
        Ok(key.map(ContactKey::new))
    }
}
