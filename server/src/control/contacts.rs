//! Whether an account wants e-mail addresses and phone numbers hidden.

use super::{Control, ControlError};

impl Control {
    /// Whether e-mail addresses and phone numbers are hidden in an account's calls before they are stored.
    pub fn hides_contacts(&self, account: &str) -> Result<bool, ControlError> {
        let is_hidden =
            self.database().prepare_cached("SELECT 1 FROM contacts_hidden WHERE account = ?1")?.exists([account])?;
        Ok(is_hidden)
    }

    /// Decides it for the calls that come from now on.
    pub fn hide_contacts(&self, account: &str, hides: bool) -> Result<(), ControlError> {
        let change = if hides {
            "INSERT INTO contacts_hidden (account) VALUES (?1) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM contacts_hidden WHERE account = ?1"
        };
        self.database().execute(change, [account])?;
        Ok(())
    }
}
