//! What the text index holds, as a few numbers: sums over every sequence of three characters in every row, and over the
//! length of every row.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use crate::store::StoreError;

/// How many of something there are, and the sum of their hashes: equal where they are, whatever their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    count: u64,
    hashes: u64,
}

impl Sum {
    fn add(&mut self, what: impl Hash) {
        // The same in every run of the program: its keys are fixed.
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        self.count += 1;
        self.hashes = self.hashes.wrapping_add(hasher.finish());
    }
}

/// What the index should hold.
#[derive(Default)]
pub struct Grams {
    /// Sequences with their rows.
    pairs: Sum,
    /// Rows with the length of their text.
    lengths: Sum,
}

impl Grams {
    /// Adds the sequences of a text, which the index holds once for each row.
    pub fn add(&mut self, indexed: &str, row: i64) {
        let bounds: Vec<usize> = indexed.char_indices().map(|(at, _)| at).chain([indexed.len()]).collect();
        let grams = bounds.iter().zip(bounds.iter().skip(3)).filter_map(|(start, end)| indexed.get(*start..*end));
        for gram in grams.clone().collect::<HashSet<_>>() {
            self.pairs.add((gram, row));
        }
        self.lengths.add((row, varint(grams.count())));
    }

    /// What is wrong with the index of a file, where something is.
    pub fn compare(&self, connection: &Connection) -> Result<Option<&'static str>, StoreError> {
        // In the connection's own temporary database: the file is opened for reading only.
        connection.pragma_update(None, "query_only", "OFF")?;
        connection.execute_batch("CREATE VIRTUAL TABLE temp.gram USING fts5vocab('main', 'text', 'instance')")?;
        let (read, found) = pairs(connection)?;
        let lengths = lengths(connection)?;
        connection.execute_batch("DROP TABLE temp.gram")?;
        connection.pragma_update(None, "query_only", "ON")?;
        Ok(if read != self.pairs {
            Some("the text index is not what the calls say")
        } else if found != self.pairs {
            Some("the text index does not find all that it holds")
        } else if lengths != self.lengths {
            Some("the lengths in the text index are not those of the calls")
        } else {
            None
        })
    }
}

/// Sequences with their rows, read one after another, and each looked up as a search does: that goes by a table of its
/// own, which says on which page a sequence stands.
fn pairs(connection: &Connection) -> Result<(Sum, Sum), StoreError> {
    let mut statement = connection.prepare("SELECT term, doc FROM temp.gram")?;
    let mut look_up = connection.prepare("SELECT doc FROM temp.gram WHERE term = ?1")?;
    let (mut read, mut found) = (Sum::default(), Sum::default());
    let mut before = String::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let gram = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        read.add((gram, row.get::<_, i64>(1)?));
        if gram != before {
            gram.clone_into(&mut before);
            let mut rows = look_up.query([gram])?;
            while let Some(row) = rows.next()? {
                found.add((gram, row.get::<_, i64>(0)?));
            }
        }
    }
    Ok((read, found))
}

fn lengths(connection: &Connection) -> Result<Sum, StoreError> {
    let mut statement = connection.prepare("SELECT id, sz FROM text_docsize")?;
    let mut lengths = Sum::default();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        lengths.add((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
    }
    Ok(lengths)
}

/// A number as SQLite writes it: seven bits a byte, the highest first, all but the last with the eighth bit set.
fn varint(number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = number;
    loop {
        let more = if bytes.is_empty() { 0 } else { 0x80 };
        bytes.push(u8::try_from(rest & 0x7f).unwrap_or_default() | more);
        rest >>= 7;
        if rest == 0 {
            break;
        }
    }
    bytes.reverse();
    bytes
}

#[cfg(test)]
mod tests {
    use super::varint;

    #[test]
    fn numbers_are_written_as_sqlite_does() {
        for (number, bytes) in [(0, &[0][..]), (127, &[127]), (128, &[0x81, 0]), (300, &[0x82, 0x2c])] {
            assert_eq!(varint(number), bytes);
        }
        assert_eq!(varint(1 << 14), [0x81, 0x80, 0]);
    }
}
