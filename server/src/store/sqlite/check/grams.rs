//! What the text index holds, as one number: the sum over every sequence of three characters in every row.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use crate::store::StoreError;

/// How many pairs of a sequence and a row there are, and the sum of their hashes: equal where the pairs are, whatever
/// their order.
#[derive(Default, PartialEq, Eq)]
pub struct Grams {
    pairs: u64,
    sum: u64,
}

impl Grams {
    /// Adds the sequences of a text, which the index holds once for each row.
    pub fn add(&mut self, folded: &str, row: i64) {
        let bounds: Vec<usize> = folded.char_indices().map(|(at, _)| at).chain([folded.len()]).collect();
        let grams = bounds.iter().zip(bounds.iter().skip(3)).filter_map(|(start, end)| folded.get(*start..*end));
        for gram in grams.collect::<HashSet<_>>() {
            self.add_pair(gram, row);
        }
    }

    fn add_pair(&mut self, gram: &str, row: i64) {
        // The same in every run of the program: its keys are fixed.
        let mut hasher = DefaultHasher::new();
        (gram, row).hash(&mut hasher);
        self.pairs += 1;
        self.sum = self.sum.wrapping_add(hasher.finish());
    }

    /// Reads the index of a file.
    pub fn of_index(connection: &Connection) -> Result<Self, StoreError> {
        // In the connection's own temporary database: the file is opened for reading only.
        connection.pragma_update(None, "query_only", "OFF")?;
        connection.execute_batch("CREATE VIRTUAL TABLE temp.gram USING fts5vocab('main', 'text', 'instance')")?;
        let mut grams = Self::default();
        let mut statement = connection.prepare("SELECT term, doc FROM temp.gram")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            grams.add_pair(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, row.get(1)?);
        }
        Ok(grams)
    }
}
