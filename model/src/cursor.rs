//! A place in a list of calls.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{CallId, LogQuery, Timestamp};

/// A place between two calls of one query, newest first; opaque to everybody but the server.
///
/// It names the call beside the place by time and id, so that calls that arrive or expire move nothing, and carries a
/// fingerprint of the query: a cursor of another filter is refused instead of answering with the wrong calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The time of the call beside the place.
    pub timestamp: Timestamp,
    /// The id of that call.
    pub id: CallId,
    fingerprint: u64,
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
/// Version, time, id and fingerprint in bytes.
const LENGTH: usize = 1 + 8 + 16 + 8;

impl Cursor {
    /// The place beside a call in the answer to a query.
    pub fn new(query: &LogQuery, timestamp: Timestamp, id: CallId) -> Self {
        Self { timestamp, id, fingerprint: fingerprint(query) }
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
        write!(formatter, "{VERSION:02x}")?;
        for byte in self.timestamp.millis().to_be_bytes() {
            write!(formatter, "{byte:02x}")?;
        }
        for byte in self.id.to_bytes() {
            write!(formatter, "{byte:02x}")?;
        }
        write!(formatter, "{:016x}", self.fingerprint)
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let bytes = hex(text).ok_or(CursorError::Unreadable)?;
        let (&version, rest) = bytes.split_first().ok_or(CursorError::Unreadable)?;
        let (millis, rest) = rest.split_first_chunk::<8>().ok_or(CursorError::Unreadable)?;
        let (id, rest) = rest.split_first_chunk::<16>().ok_or(CursorError::Unreadable)?;
        let fingerprint: [u8; 8] = rest.try_into().map_err(|_| CursorError::Unreadable)?;
        if version != VERSION {
            return Err(CursorError::Unreadable);
        }
        Ok(Self {
            timestamp: Timestamp::from_millis(i64::from_be_bytes(*millis)),
            id: CallId::from_bytes(*id),
            fingerprint: u64::from_be_bytes(fingerprint),
        })
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != LENGTH * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..LENGTH).map(|index| u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()).collect()
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
    use super::{Cursor, CursorError};
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
        fn anything_else_is_refused_without_panic(text in ".*") {
            prop_assume!(text.len() != 66);
            prop_assert_eq!(text.parse::<Cursor>(), Err(CursorError::Unreadable));
        }
    }
}
