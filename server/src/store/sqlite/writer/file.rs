//! One file, as the writer has it open.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior, params};

use super::ids::holds;
use crate::store::sqlite::Limits;
use crate::store::sqlite::body::Packer;
use crate::store::sqlite::columns::{Column, Record};
use crate::store::sqlite::dictionaries::{self, Dictionaries, LEARNS_AT};
use crate::store::sqlite::erase::Erasures;
use crate::store::sqlite::prepared::PreparedCall;
use crate::store::sqlite::row::{bucket_of, first_row, last_row};
use crate::store::sqlite::runs;
use crate::store::sqlite::segment::{self, SegmentKey};
use crate::store::sqlite::terms::{TermKind, TermNumbers};
use crate::store::{Fate, StoreError};

/// Buckets whose next sequence is remembered at most.
const MAX_REMEMBERED: usize = 20_000;

/// An open file, with what is remembered of it. After a failed write it is opened anew: what was given out in a
/// transaction that was rolled back is not in the file.
pub struct OpenFile {
    pub(super) connection: Connection,
    numbers: TermNumbers,
    /// The next sequence, by slot and bucket.
    sequences: HashMap<(u32, i64), u32>,
    calls: u64,
    pub(super) has_learnt: bool,
}

impl OpenFile {
    /// Opens a file, and makes it where there is none.
    pub fn open(
        calls_dir: &Path,
        key: SegmentKey,
        limits: &Limits,
        dictionaries: &Dictionaries,
    ) -> Result<Self, StoreError> {
        let connection = segment::open_for_writing(calls_dir, key, limits)?;
        let calls = connection.query_row("SELECT coalesce(sum(calls), 0) FROM run", [], |row| row.get(0))?;
        let has_learnt = dictionaries.open(key, &connection)?;
        if calls == 0
            && dictionaries.get(key).is_none()
            && let Some(bytes) = dictionaries::inherited(calls_dir, key, &dictionaries.retired())
        {
            dictionaries.add(key, &connection, &bytes, false)?;
        }
        Ok(Self { connection, numbers: TermNumbers::default(), sequences: HashMap::new(), calls, has_learnt })
    }

    /// The connection.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Whether the file should learn from its calls; says so once.
    pub fn begins_to_learn(&mut self) -> Result<bool, StoreError> {
        if self.has_learnt || self.calls < LEARNS_AT || Erasures::of(&self.connection)?.is_unfinished() {
            return Ok(false);
        }
        self.has_learnt = true;
        Ok(true)
    }

    /// Uses what was learnt from the calls of the file, unless bodies were erased meanwhile that it may hold pieces of.
    pub fn use_learnt(
        &mut self,
        key: SegmentKey,
        dictionaries: &Dictionaries,
        learnt: &(Vec<u8>, Erasures),
    ) -> Result<(), StoreError> {
        let (bytes, erasures) = learnt;
        self.has_learnt = Erasures::of(&self.connection)? == *erasures && !erasures.is_unfinished();
        if self.has_learnt { dictionaries.add(key, &self.connection, bytes, true) } else { Ok(()) }
    }

    /// Writes calls in one transaction; all of them are durable afterwards, or none. Those of which `known` says that
    /// they are elsewhere are not written.
    pub fn write(
        &mut self,
        calls: &[&PreparedCall],
        known: &[bool],
        dictionaries: &Dictionaries,
    ) -> Result<Vec<Fate>, StoreError> {
        let Self { connection, numbers, sequences, .. } = self;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut fates = Vec::with_capacity(calls.len());
        let mut records: BTreeMap<u32, Vec<Record>> = BTreeMap::new();
        for (call, is_known) in calls.iter().zip(known) {
            if *is_known || holds(&transaction, call)? {
                fates.push(Fate::Duplicate);
                continue;
            }
            let body = body_for(&transaction, dictionaries, call)?;
            let record = insert(&transaction, numbers, sequences, call, &body)?;
            records.entry(call.slot).or_default().push(record);
            fates.push(Fate::Accepted);
        }
        for (slot, records) in records {
            self.calls += u64::try_from(records.len()).unwrap_or_default();
            runs::append(&transaction, slot, records)?;
        }
        transaction.commit()?;
        Ok(fates)
    }
}

/// The body of a call, compressed with what its file holds: that may have changed since the call was made ready.
fn body_for<'c>(
    connection: &Connection,
    dictionaries: &Dictionaries,
    call: &'c PreparedCall,
) -> Result<Cow<'c, [u8]>, StoreError> {
    if dictionaries.are_enough_for(connection, &call.body)? {
        return Ok(Cow::Borrowed(&call.body));
    }
    dictionaries.open(call.segment, connection)?;
    let dictionary = dictionaries.get(call.segment);
    Ok(Cow::Owned(call.pack_anew(&mut Packer::new(dictionary.as_deref())?)?))
}

fn insert(
    connection: &Connection,
    numbers: &mut TermNumbers,
    sequences: &mut HashMap<(u32, i64), u32>,
    call: &PreparedCall,
    body: &[u8],
) -> Result<Record, StoreError> {
    let sequence = next_sequence(connection, sequences, call.slot, bucket_of(call.timestamp))?;
    let time = u32::try_from(call.timestamp.millis() - call.segment.start()).unwrap_or_default();
    let method =
        call.method.as_deref().map(|value| numbers.of_term(connection, TermKind::Method, value)).transpose()?;
    let bot = call.bot.as_deref().map(|value| numbers.of_term(connection, TermKind::Bot, value)).transpose()?;
    let user = call.user.as_ref().map(|user| numbers.of_end_user(connection, user)).transpose()?;
    let record = Record::default()
        .with(Column::Time, time)
        .with(Column::Sequence, sequence)
        .of_kind(call.outcome, call.is_script)
        .with(Column::Code, call.code.map_or(0, u32::from))
        .with(Column::Method, method.unwrap_or_default())
        .with(Column::Application, numbers.of_term(connection, TermKind::Application, &call.application)?)
        .with(Column::Bot, bot.unwrap_or_default())
        .with(Column::Source, numbers.of_term(connection, TermKind::Source, &call.source)?)
        .with(Column::User, user.unwrap_or_default())
        .with(Column::Duration, call.duration.unwrap_or_default());
    let row = record.row(call.slot);
    connection
        .prepare_cached("INSERT INTO call (row, id, url, error, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![row, call.id.to_bytes(), call.url, call.error, body])?;
    connection
        .prepare_cached("INSERT INTO text (rowid, folded) VALUES (?1, ?2)")?
        .execute(params![row, call.folded])?;
    Ok(record)
}

fn next_sequence(
    connection: &Connection,
    sequences: &mut HashMap<(u32, i64), u32>,
    slot: u32,
    bucket: i64,
) -> Result<u32, StoreError> {
    let next = if let Some(next) = sequences.get(&(slot, bucket)) {
        *next
    } else {
        let first = first_row(slot, bucket);
        let highest: Option<i64> = connection
            .prepare_cached("SELECT max(row) FROM call WHERE row BETWEEN ?1 AND ?2")?
            .query_row([first, last_row(slot, bucket)], |row| row.get(0))?;
        highest.map_or(Ok(0), |highest| u32::try_from(highest - first + 1)).map_err(|_| StoreError::Busy)?
    };
    let after = next.checked_add(1).ok_or(StoreError::Busy)?;
    if sequences.len() >= MAX_REMEMBERED {
        sequences.clear();
    }
    sequences.insert((slot, bucket), after);
    Ok(next)
}
