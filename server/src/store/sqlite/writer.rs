//! The one thread that writes.
//!
//! What is waiting when it looks is written together, one transaction per file, and acknowledged after the commits:
//! under load many small requests share the cost of reaching the disk, without load nobody waits for company.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Mutex;

use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use super::Limits;
use super::prepared::PreparedCall;
use super::row::{bucket_of, first_row, last_row};
use super::segment::{self, SegmentKey};
use super::terms::{TermKind, TermNumbers};
use crate::store::{Fate, StoreError};

/// Requests that may wait; more are told to come again.
const MAX_WAITING: usize = 64;
/// Calls that are written together at most.
const MAX_TOGETHER: usize = 2_000;
/// Files that stay open.
const MAX_OPEN: usize = 80;

enum Work {
    Append { calls: Vec<PreparedCall>, done: oneshot::Sender<Vec<Fate>> },
    Release { key: SegmentKey, done: oneshot::Sender<()> },
    Checkpoint { done: oneshot::Sender<()> },
}

/// The writer's handle.
pub struct Writer {
    queue: Mutex<Option<mpsc::Sender<Work>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(calls_dir: PathBuf, limits: Limits) -> Result<Self, StoreError> {
        let (queue, waiting) = mpsc::channel(MAX_WAITING);
        let thread = std::thread::Builder::new()
            .name("calls-writer".to_owned())
            .spawn(move || Desk { calls_dir, limits, open: HashMap::new(), tick: 0 }.work(waiting))?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    fn queue(&self) -> Result<mpsc::Sender<Work>, StoreError> {
        self.queue.lock().ok().and_then(|queue| queue.clone()).ok_or(StoreError::Stopping)
    }

    /// Writes calls and returns when they are durable.
    pub async fn append(&self, calls: Vec<PreparedCall>) -> Result<Vec<Fate>, StoreError> {
        let (done, fates) = oneshot::channel();
        self.queue()?.try_send(Work::Append { calls, done }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopping,
        })?;
        fates.await.map_err(|_| StoreError::Stopping)
    }

    /// Closes a file that is about to be removed.
    pub async fn release(&self, key: SegmentKey) {
        let (done, released) = oneshot::channel();
        if let Ok(queue) = self.queue()
            && queue.send(Work::Release { key, done }).await.is_ok()
        {
            // The writer answers or is gone; either way the file is closed.
            let _ = released.await;
        }
    }

    /// Moves what is in the write-ahead logs into the files and gives their room back: a day that nobody writes to any
    /// more would keep its log for as long as it is kept.
    pub async fn checkpoint(&self) {
        let (done, finished) = oneshot::channel();
        if let Ok(queue) = self.queue()
            && queue.send(Work::Checkpoint { done }).await.is_ok()
        {
            // The writer answers or is gone.
            let _ = finished.await;
        }
    }

    /// Whether calls can be taken in.
    pub fn is_running(&self) -> bool {
        self.queue().is_ok_and(|queue| !queue.is_closed())
    }

    /// Takes nothing more in, and returns when all that was taken in is written.
    pub async fn close(&self) {
        drop(self.queue.lock().ok().and_then(|mut queue| queue.take()));
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            // A writer that panicked has nothing left to finish.
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

/// Everything the thread has before it.
struct Desk {
    calls_dir: PathBuf,
    limits: Limits,
    open: HashMap<SegmentKey, OpenFile>,
    tick: u64,
}

struct OpenFile {
    connection: Connection,
    numbers: TermNumbers,
    last_used: u64,
}

impl Desk {
    fn work(mut self, mut waiting: mpsc::Receiver<Work>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut batches = Vec::new();
            let mut released = Vec::new();
            let mut together = 0;
            let mut next = Some(first);
            while let Some(work) = next.take() {
                match work {
                    Work::Append { calls, done } => {
                        together += calls.len();
                        batches.push((calls, done));
                    }
                    Work::Release { key, done } => {
                        self.open.remove(&key);
                        released.push(done);
                    }
                    Work::Checkpoint { done } => {
                        self.checkpoint();
                        released.push(done);
                    }
                }
                if together < MAX_TOGETHER {
                    next = waiting.try_recv().ok();
                }
            }
            self.write(batches);
            for done in released {
                // Whoever asked may have gone.
                let _ = done.send(());
            }
        }
        self.checkpoint();
    }

    fn checkpoint(&self) {
        for (key, file) in &self.open {
            let checkpoint = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
            // A long reader may stand in the way; the next time comes.
            if let Err(error) = file.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], checkpoint) {
                tracing::warn!(day = key.date(), %error, "a write-ahead log could not be emptied");
            }
        }
    }

    fn write(&mut self, batches: Vec<(Vec<PreparedCall>, oneshot::Sender<Vec<Fate>>)>) {
        let mut fates: Vec<Vec<Fate>> =
            batches.iter().map(|(calls, _)| vec![Fate::DayUnwritable; calls.len()]).collect();
        let mut by_file: BTreeMap<SegmentKey, Vec<(usize, usize, &PreparedCall)>> = BTreeMap::new();
        for (batch, (calls, _)) in batches.iter().enumerate() {
            for (index, call) in calls.iter().enumerate() {
                by_file.entry(call.segment).or_default().push((batch, index, call));
            }
        }
        for (key, mut calls) in by_file {
            // The text index wants rising rows: it flushes what it gathered whenever one goes back.
            calls.sort_by_key(|(_, _, call)| (call.slot, bucket_of(call.timestamp)));
            let file_fates = self.write_file(key, &calls).unwrap_or_else(|error| {
                let fate = if is_out_of_room(&error) { Fate::NoRoom } else { Fate::DayUnwritable };
                tracing::error!(day = key.date(), %error, calls = calls.len(), "calls could not be written");
                self.open.remove(&key);
                vec![fate; calls.len()]
            });
            for ((batch, index, _), fate) in calls.into_iter().zip(file_fates) {
                if let Some(place) = fates.get_mut(batch).and_then(|fates| fates.get_mut(index)) {
                    *place = fate;
                }
            }
        }
        for ((_, done), fates) in batches.into_iter().zip(fates) {
            // Whoever sent them may have gone; the calls are kept all the same.
            let _ = done.send(fates);
        }
    }

    /// Writes the calls of one file in one transaction; all of them are durable afterwards, or none.
    fn write_file(
        &mut self,
        key: SegmentKey,
        calls: &[(usize, usize, &PreparedCall)],
    ) -> Result<Vec<Fate>, StoreError> {
        let known = self.known_elsewhere(key, calls);
        let file = self.file(key)?;
        let OpenFile { connection, numbers, .. } = file;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let written = calls
            .iter()
            .zip(known)
            .map(|((_, _, call), is_known)| {
                if is_known || holds(&transaction, call)? {
                    return Ok(Fate::Duplicate);
                }
                insert(&transaction, numbers, call)?;
                Ok(Fate::Accepted)
            })
            .collect::<Result<Vec<_>, rusqlite::Error>>()
            .and_then(|fates| transaction.commit().map(|()| fates));
        if written.is_err() {
            numbers.forget();
        }
        Ok(written?)
    }

    /// Which of the calls another file has already: the same id may come again with another time or outcome.
    fn known_elsewhere(&mut self, key: SegmentKey, calls: &[(usize, usize, &PreparedCall)]) -> Vec<bool> {
        let mut known = vec![false; calls.len()];
        let others = segment::list(&self.calls_dir).unwrap_or_default();
        for other in others.into_iter().filter(|other| *other != key) {
            // A file that cannot be read holds nothing that anybody could see twice.
            let Ok(file) = self.file(other) else { continue };
            for ((_, _, call), is_known) in calls.iter().zip(known.iter_mut()) {
                *is_known = *is_known || holds(&file.connection, call).unwrap_or(false);
            }
        }
        known
    }

    fn file(&mut self, key: SegmentKey) -> Result<&mut OpenFile, StoreError> {
        self.tick += 1;
        if !self.open.contains_key(&key) {
            if self.open.len() >= MAX_OPEN
                && let Some(oldest) = self.open.iter().min_by_key(|(_, file)| file.last_used).map(|(key, _)| *key)
            {
                self.open.remove(&oldest);
            }
            let connection = segment::open_for_writing(&self.calls_dir, key, &self.limits)?;
            self.open.insert(key, OpenFile { connection, numbers: TermNumbers::default(), last_used: 0 });
        }
        let file = self.open.get_mut(&key).ok_or(StoreError::Stopping)?;
        file.last_used = self.tick;
        Ok(file)
    }
}

fn holds(connection: &Connection, call: &PreparedCall) -> Result<bool, rusqlite::Error> {
    connection
        .prepare_cached("SELECT 1 FROM call WHERE account = ?1 AND id = ?2")?
        .exists(params![call.slot, call.id.to_bytes()])
}

fn insert(connection: &Connection, numbers: &mut TermNumbers, call: &PreparedCall) -> Result<(), rusqlite::Error> {
    let bucket = bucket_of(call.timestamp);
    let (first, last) = (first_row(call.slot, bucket), last_row(call.slot, bucket));
    let highest: Option<i64> = connection
        .prepare_cached("SELECT max(row) FROM call WHERE row BETWEEN ?1 AND ?2")?
        .query_row([first, last], |row| row.get(0))?;
    let row = highest.map_or(first, |highest| highest + 1);
    let mut number = |kind, value: &str| numbers.number(connection, kind, value);
    let method = call.method.as_deref().map(|value| number(TermKind::Method, value)).transpose()?;
    let application = number(TermKind::Application, &call.application)?;
    let bot = call.bot.as_deref().map(|value| number(TermKind::Bot, value)).transpose()?;
    let source = number(TermKind::Source, &call.source)?;
    let user = call.user.as_deref().map(|value| number(TermKind::User, value)).transpose()?;
    connection
        .prepare_cached(
            "INSERT INTO call (row, account, ts, id, outcome, code, method, application, bot, source, user, \
             duration_ms, is_script) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            row,
            call.slot,
            call.timestamp.millis(),
            call.id.to_bytes(),
            call.outcome,
            call.code,
            method,
            application,
            bot,
            source,
            user,
            call.duration_ms,
            call.is_script,
        ])?;
    connection
        .prepare_cached("INSERT INTO detail (row, url, error, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, call.url, call.error, call.body])?;
    connection
        .prepare_cached("INSERT INTO text (rowid, folded) VALUES (?1, ?2)")?
        .execute(params![row, call.folded])?;
    Ok(())
}

fn is_out_of_room(error: &StoreError) -> bool {
    match error {
        StoreError::Database(error) => {
            matches!(error.sqlite_error_code(), Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure))
        }
        StoreError::Files(error) => error.kind() == std::io::ErrorKind::StorageFull,
        _ => false,
    }
}
