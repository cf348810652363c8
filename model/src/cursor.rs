//! A place in a list of calls.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{CallId, LogQuery, Timestamp};

/// A place between two calls of one query, newest first; opaque to everybody but the server.
///
/// It names the call beside the place by time and id, so that calls that arrive or expire move nothing, and carries a
/// fingerprint of the query: a cursor of another filter is refused instead of answering with the wrong calls. Where the
/// live tail is to go on from it, it also names the commit up to which the calls are known: calls come in late, so that
/// the order of their times says nothing about that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The time of the call beside the place.
    pub timestamp: Timestamp,
    /// The id of that call.
    pub id: CallId,
    /// The commit up to which whoever holds the cursor knows the calls.
    pub commit: Option<Commit>,
    fingerprint: u64,
}

/// A moment between two commits of the calls of a running server, sealed by it: to anybody else, and to another run of
/// the server, it says nothing, for the server commits calls of accounts and bots that its holder does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit([u8; Self::LENGTH]);

impl Commit {
    /// Its length in bytes.
    pub const LENGTH: usize = 48;

    /// What the server has sealed.
    pub const fn new(sealed: [u8; Self::LENGTH]) -> Self {
        Self(sealed)
    }

    /// What the server has sealed.
    pub const fn sealed(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

/// Why a cursor is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// Not a cursor at all.
    #[error("this is not a cursor from an earlier answer")]
    Unreadable,
    /// A cursor of another query.
    #[error("this cursor belongs to another filter")]
    OtherQuery,
}

const VERSION: u8 = 1;
const VERSION_WITH_COMMIT: u8 = 2;
/// The longest cursor in bytes: version, time, id, fingerprint and a commit.
const LENGTH: usize = 1 + 8 + 16 + 8 + Commit::LENGTH;

impl Cursor {
    /// The place beside a call in the answer to a query.
    pub fn new(query: &LogQuery, timestamp: Timestamp, id: CallId) -> Self {
        Self { timestamp, id, commit: None, fingerprint: fingerprint(query) }
    }

    /// The same place, with the commit up to which the calls are known.
    #[must_use]
    pub const fn at(self, commit: Commit) -> Self {
        Self { commit: Some(commit), ..self }
    }

    /// The cursor itself, if it belongs to this query.
    pub fn for_query(self, query: &LogQuery) -> Result<Self, CursorError> {
        if self.fingerprint == fingerprint(query) { Ok(self) } else { Err(CursorError::OtherQuery) }
    }
}

/// FNV-1a over the query as its URL says it: no secret, only a guard against mixing up two lists.
fn fingerprint(query: &LogQuery) -> u64 {
    query
        .to_query_string()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = if self.commit.is_some() { VERSION_WITH_COMMIT } else { VERSION };
        write!(formatter, "{version:02x}")?;
        for byte in self.timestamp.millis().to_be_bytes() {
            write!(formatter, "{byte:02x}")?;
        }
        for byte in self.id.to_bytes() {
            write!(formatter, "{byte:02x}")?;
        }
        write!(formatter, "{:016x}", self.fingerprint)?;
        self.commit.iter().flat_map(Commit::sealed).try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        read(&hex(text).ok_or(CursorError::Unreadable)?).ok_or(CursorError::Unreadable)
    }
}

fn read(bytes: &[u8]) -> Option<Cursor> {
    let (&version, rest) = bytes.split_first()?;
    let (millis, rest) = rest.split_first_chunk::<8>()?;
    let (id, rest) = rest.split_first_chunk::<16>()?;
    let (fingerprint, rest) = rest.split_first_chunk::<8>()?;
    let commit = match version {
        VERSION if rest.is_empty() => None,
        VERSION_WITH_COMMIT => Some(Commit::new(rest.try_into().ok()?)),
        _ => return None,
    };
    Some(Cursor {
        timestamp: Timestamp::from_millis(i64::from_be_bytes(*millis)),
        id: CallId::from_bytes(*id),
        commit,
        fingerprint: u64::from_be_bytes(*fingerprint),
    })
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if text.len() > LENGTH * 2 || !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len() / 2).map(|index| u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()).collect()
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{Commit, Cursor, CursorError};
    use crate::{CallId, LogQuery, Timestamp};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_survives_its_text(millis in 0_i64..253_402_300_799_999, id: u128) {
            let query = LogQuery { text: "refund".to_owned(), ..LogQuery::default() };
            let cursor = Cursor::new(&query, Timestamp::from_millis(millis), CallId::from_u128(id));
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            prop_assert_eq!(cursor.for_query(&query), Ok(cursor));
            prop_assert_eq!(cursor.for_query(&LogQuery::default()), Err(CursorError::OtherQuery));
        }

        #[test]
        fn a_commit_stays_with_its_cursor(sealed in proptest::array::uniform::<_, 48>(any::<u8>())) {
            let place = Cursor::new(&LogQuery::default(), Timestamp::from_millis(1), CallId::from_u128(2));
            let cursor = place.at(Commit::new(sealed));
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            prop_assert_eq!(cursor.for_query(&LogQuery::default()), Ok(cursor));
            let text = cursor.to_string();
            for length in 0..text.len() {
                prop_assert_eq!(text[..length].parse::<Cursor>(), Err(CursorError::Unreadable));
            }
        }

        #[test]
        fn what_is_read_as_a_cursor_is_one_place(text in "(01|02|0[0-9])[0-9a-fA-F]{64}([0-9a-f]{96})?") {
            if let Ok(cursor) = text.parse::<Cursor>() {
                // Times beyond the years that can be printed are brought to the nearest end.
                prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
                prop_assert_eq!(cursor.to_string().len(), text.len());
                prop_assert_eq!(cursor.to_string()[18..].to_owned(), text[18..].to_lowercase());
            }
        }

        #[test]
        fn a_garbled_cursor_is_refused_or_names_another_place(
            millis in 0_i64..253_402_300_799_999, id: u128, commit in proptest::option::of(proptest::array::uniform::<_, 48>(any::<u8>())),
            place: prop::sample::Index, bit in 0_u8..7,
        ) {
            let query = LogQuery { no_response: true, ..LogQuery::default() };
            let cursor = Cursor::new(&query, Timestamp::from_millis(millis), CallId::from_u128(id));
            let cursor = commit.map_or(cursor, |sealed| cursor.at(Commit::new(sealed)));
            let mut text = cursor.to_string().into_bytes();
            let place = place.index(text.len());
            text[place] ^= 1 << bit;
            let garbled = String::from_utf8(text).unwrap().parse::<Cursor>();
            // The fingerprint stands behind version, time and id.
            if let Ok(garbled) = garbled
                && garbled != cursor
                && (50..66).contains(&place)
            {
                prop_assert_eq!(garbled.for_query(&query), Err(CursorError::OtherQuery));
            }
        }

        #[test]
        fn anything_else_is_refused_without_panic(text in ".*") {
            prop_assume!(text.len() != 66 && text.len() != 162);
            prop_assert_eq!(text.parse::<Cursor>(), Err(CursorError::Unreadable));
        }
    }
}
