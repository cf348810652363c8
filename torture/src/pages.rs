//! Which bytes of an SQLite file say something.
//!
//! A page has room that nothing uses: between its cells, in cells that were freed, behind the last byte of a long
//! value. To change that changes nothing. What is left are the file's header, the headers of pages, the pointers to
//! cells, the cells, and what of long values lies on pages of its own.

use std::ops::Range;
use std::path::Path;

use rusqlite::Connection;

use crate::Error;

/// Bytes that say something, and which table or index they belong to.
#[derive(Clone, Debug)]
pub struct Live {
    /// The table or index.
    pub table: String,
    /// Where the page begins.
    pub page: usize,
    /// How long pages are.
    pub page_bytes: usize,
    /// Where in the file.
    pub bytes: Range<usize>,
}

const FILE_HEADER: usize = 100;

/// Every range of bytes of a file that says something. The file must be at rest, without a log beside it.
pub fn live(path: &Path) -> Result<Vec<Live>, Error> {
    let file = std::fs::read(path)?;
    let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare("SELECT name, pagetype, pgoffset, pgsize, payload FROM dbstat")?;
    let mut rows = statement.query([])?;
    let mut live = Vec::new();
    while let Some(row) = rows.next()? {
        let (table, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let (page, page_bytes, payload): (usize, usize, usize) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let bytes = file.get(page..page + page_bytes).ok_or("a page lies beyond the end of its file")?;
        // Four bytes say which page comes next.
        let mut ranges = Vec::new();
        if kind == "overflow" {
            ranges.push(0..4 + payload);
        } else {
            ranges = tree_page(bytes, page == 0)?;
        }
        live.extend(ranges.into_iter().map(|range: Range<usize>| Live {
            table: table.clone(),
            page,
            page_bytes,
            bytes: page + range.start..page + range.end,
        }));
    }
    Ok(live)
}

/// The format of a page of a tree: <https://www.sqlite.org/fileformat2.html#b_tree_pages>.
fn tree_page(page: &[u8], is_first: bool) -> Result<Vec<Range<usize>>, Error> {
    let start = if is_first { FILE_HEADER } else { 0 };
    let kind = byte(page, start)?;
    let is_inner = kind == 2 || kind == 5;
    let is_table = kind == 5 || kind == 13;
    let header = if is_inner { 12 } else { 8 };
    let cells = usize::from(u16::from_be_bytes([byte(page, start + 3)?, byte(page, start + 4)?]));
    let pointers = start + header;
    let mut ranges = Vec::with_capacity(cells + 1);
    ranges.push(0..pointers + 2 * cells);
    for cell in 0..cells {
        let pointer = pointers + 2 * cell;
        let at = usize::from(u16::from_be_bytes([byte(page, pointer)?, byte(page, pointer + 1)?]));
        ranges.push(at..at + cell_bytes(page, at, is_inner, is_table)?);
    }
    Ok(ranges)
}

fn cell_bytes(page: &[u8], at: usize, is_inner: bool, is_table: bool) -> Result<usize, Error> {
    let child = if is_inner { 4 } else { 0 };
    if is_inner && is_table {
        return Ok(child + varint(page, at + child)?.1);
    }
    let (payload, length) = varint(page, at + child)?;
    let key = if is_table { varint(page, at + child + length)?.1 } else { 0 };
    let local = local_bytes(page.len(), payload, is_table);
    Ok(child + length + key + local + if local < payload { 4 } else { 0 })
}

/// How much of a value lies on the page itself; none of our pages has reserved room.
fn local_bytes(page: usize, payload: usize, is_table: bool) -> usize {
    let most = if is_table { page - 35 } else { (page - 12) * 64 / 255 - 23 };
    if payload <= most {
        return payload;
    }
    let least = (page - 12) * 32 / 255 - 23;
    let wanted = least + (payload - least) % (page - 4);
    if wanted <= most { wanted } else { least }
}

/// A number of one to nine bytes, and how many.
fn varint(page: &[u8], at: usize) -> Result<(usize, usize), Error> {
    let mut number: u64 = 0;
    for length in 1..=9 {
        let next = byte(page, at + length - 1)?;
        if length == 9 {
            number = number << 8 | u64::from(next);
        } else {
            number = number << 7 | u64::from(next & 0x7f);
        }
        if next < 0x80 || length == 9 {
            return Ok((usize::try_from(number).unwrap_or(usize::MAX), length));
        }
    }
    Err("a number has no end".into())
}

fn byte(page: &[u8], at: usize) -> Result<u8, Error> {
    Ok(*page.get(at).ok_or("a page is not as SQLite writes it")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_can_be_overwritten_and_nothing_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.db");
        let database = Connection::open(&path).unwrap();
        database.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE INDEX i ON t (b)").unwrap();
        for number in 0..400_usize {
            let text = format!("{number} {}", "x".repeat(number * number % 9_001));
            database.execute("INSERT INTO t VALUES (?1, ?2)", (number, text)).unwrap();
        }
        database.execute("DELETE FROM t WHERE a % 3 = 1", []).unwrap();
        let sum = |database: &Connection| -> (i64, i64, String) {
            let sql = "SELECT count(*), sum(length(b) * a), (SELECT group_concat(integrity_check) FROM pragma_integrity_check) FROM t";
            database.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
        };
        let before = sum(&database);
        drop(database);
        let live = live(&path).unwrap();
        let mut file = std::fs::read(&path).unwrap();
        let mut is_live = vec![false; file.len()];
        for live in &live {
            is_live[live.bytes.clone()].fill(true);
            // Within a page, freed cells are chained and not free to be overwritten: only what lies between is.
        }
        let pages: std::collections::HashSet<usize> =
            live.iter().filter(|live| live.table == "t" || live.table == "i").map(|live| live.page).collect();
        let mut overwritten = 0;
        for page in pages {
            // The room between the pointers and the first cell.
            let in_page = page..page + live[0].page_bytes;
            let first_gap = in_page.clone().skip_while(|at| is_live[*at]).take_while(|at| !is_live[*at]);
            for at in first_gap.take(16) {
                file[at] ^= 0xff;
                overwritten += 1;
            }
        }
        std::fs::write(&path, file).unwrap();
        assert!(overwritten > 100, "{overwritten}");
        assert_eq!(sum(&Connection::open(&path).unwrap()), before);
        assert!(live.iter().any(|live| live.bytes.len() > 4_000));
    }
}
