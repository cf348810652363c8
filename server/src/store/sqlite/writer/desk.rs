//! What lies before the writer's thread.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use rusqlite::ErrorCode;
use tokio::sync::{mpsc, oneshot};

use super::file::OpenFile;
use super::ids::Ids;
use super::{Work, WorkInFile};
use crate::store::sqlite::Limits;
use crate::store::sqlite::dictionaries::{self, Dictionaries};
use crate::store::sqlite::erase::Erasures;
use crate::store::sqlite::prepared::PreparedCall;
use crate::store::sqlite::row::bucket_of;
use crate::store::sqlite::segment::SegmentKey;
use crate::store::{Fate, Live, StoreError};

/// Calls that are written together at most.
const MAX_TOGETHER: usize = 2_000;
/// Files that stay open: as many as thirty days have, for an import goes through all of them at once.
const MAX_OPEN: usize = 40;

/// A request's calls, and who waits for their fates.
type Batch = (Vec<PreparedCall>, oneshot::Sender<Vec<Fate>>);

/// Everything the thread has before it.
pub struct Desk {
    calls_dir: PathBuf,
    limits: Limits,
    dictionaries: Arc<Dictionaries>,
    live: Arc<Live>,
    /// The way back to the desk, for what is learnt beside it.
    queue: mpsc::WeakSender<Work>,
    open: HashMap<SegmentKey, (OpenFile, u64)>,
    ids: Ids,
    /// Counts uses, to tell which file was used longest ago.
    tick: u64,
}

impl Desk {
    /// An empty desk.
    pub fn new(
        calls_dir: PathBuf,
        limits: Limits,
        dictionaries: Arc<Dictionaries>,
        live: Arc<Live>,
        queue: mpsc::WeakSender<Work>,
    ) -> Self {
        let ids = Ids::new(calls_dir.clone());
        Self { calls_dir, limits, dictionaries, live, queue, open: HashMap::new(), ids, tick: 0 }
    }

    /// Does what comes, until nobody can ask for more.
    pub fn work(mut self, mut waiting: mpsc::Receiver<Work>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut batches = Vec::new();
            let mut asked = Vec::new();
            let mut together = 0;
            let mut next = Some(first);
            while let Some(work) = next.take() {
                match work {
                    Work::Append { calls, done } => {
                        together += calls.len();
                        batches.push((calls, done));
                    }
                    Work::Learn { key, learnt } => self.use_learnt(key, &learnt),
                    Work::InFile { key, work } => self.work_in_file(key, work),
                    Work::Release { key, done } => {
                        self.open.remove(&key);
                        self.ids.forget(key);
                        self.dictionaries.forget(key);
                        asked.push(done);
                    }
                    Work::Checkpoint { done } => {
                        self.checkpoint();
                        asked.push(done);
                    }
                    // Whoever asked may have gone.
                    Work::Probe { done } => drop(done.send(self.probe())),
                }
                if together < MAX_TOGETHER {
                    next = waiting.try_recv().ok();
                }
            }
            self.write(batches);
            for done in asked {
                // Whoever asked may have gone.
                let _ = done.send(());
            }
        }
        self.checkpoint();
    }

    fn checkpoint(&self) {
        for (key, (file, _)) in &self.open {
            let checkpoint = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
            // A long reader may stand in the way; the next time comes.
            if let Err(error) = file.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], checkpoint) {
                tracing::warn!(day = key.date(), %error, "a write-ahead log could not be emptied");
            }
        }
    }

    /// Writes a few bytes and waits for the disk, as a commit does.
    fn probe(&self) -> Result<(), StoreError> {
        let mut file = std::fs::File::create(self.calls_dir.join("writer.probe"))?;
        file.write_all(b"the writer writes\n")?;
        Ok(file.sync_data()?)
    }

    fn write(&mut self, batches: Vec<Batch>) {
        self.limits.metrics.taken_up(batches.len());
        let mut fates: Vec<Vec<Fate>> =
            batches.iter().map(|(calls, _)| vec![Fate::DayUnwritable; calls.len()]).collect();
        let mut by_file: BTreeMap<SegmentKey, Vec<(usize, usize, &PreparedCall)>> = BTreeMap::new();
        for (batch, (calls, _)) in batches.iter().enumerate() {
            for (index, call) in calls.iter().enumerate() {
                by_file.entry(call.segment).or_default().push((batch, index, call));
            }
        }
        for (key, mut places) in by_file {
            // The text index wants rising rows: it flushes what it gathered whenever one goes back.
            places.sort_by_key(|(_, _, call)| (call.slot, bucket_of(call.timestamp)));
            let calls: Vec<&PreparedCall> = places.iter().map(|(_, _, call)| *call).collect();
            let file_fates = self.write_file(key, &calls).unwrap_or_else(|error| {
                let fate = if is_out_of_room(&error) { Fate::NoRoom } else { Fate::DayUnwritable };
                tracing::error!(day = key.date(), %error, calls = calls.len(), "calls could not be written");
                self.limits.metrics.unwritten(fate, calls.len());
                self.open.remove(&key);
                vec![fate; calls.len()]
            });
            for ((batch, index, _), fate) in places.into_iter().zip(file_fates) {
                if let Some(place) = fates.get_mut(batch).and_then(|fates| fates.get_mut(index)) {
                    *place = fate;
                }
            }
        }
        // Before they are acknowledged: whoever hears of a call finds it, and whoever is told that it is taken sees it.
        let written = batches.iter().zip(&fates).flat_map(|((calls, _), fates)| calls.iter().zip(fates));
        let accepted = written.filter(|(_, fate)| **fate == Fate::Accepted);
        self.live.publish(accepted.map(|(call, _)| (call.slot, Arc::clone(&call.call), call.folded.len())));
        for ((_, done), fates) in batches.into_iter().zip(fates) {
            // Whoever sent them may have gone; the calls are kept all the same.
            let _ = done.send(fates);
        }
    }

    fn write_file(&mut self, key: SegmentKey, calls: &[&PreparedCall]) -> Result<Vec<Fate>, StoreError> {
        let known = self.ids.known_elsewhere(key, calls);
        let dictionaries = Arc::clone(&self.dictionaries);
        let file = self.file(key)?;
        let began = Instant::now();
        let fates = file.write(calls, &known, &dictionaries)?;
        let begins_to_learn = file.begins_to_learn()?;
        self.limits.metrics.committed(&fates, began.elapsed());
        let accepted = calls.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Accepted);
        self.ids.add(key, accepted.map(|(call, _)| *call));
        if begins_to_learn {
            self.learn(key);
        }
        Ok(fates)
    }

    fn file(&mut self, key: SegmentKey) -> Result<&mut OpenFile, StoreError> {
        self.tick += 1;
        if !self.open.contains_key(&key) {
            if self.open.len() >= MAX_OPEN
                && let Some(oldest) = self.open.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| *key)
            {
                self.open.remove(&oldest);
            }
            let file = OpenFile::open(&self.calls_dir, key, &self.limits, &self.dictionaries)?;
            self.open.insert(key, (file, 0));
        }
        let (file, used) = self.open.get_mut(&key).ok_or(StoreError::Stopping)?;
        *used = self.tick;
        Ok(file)
    }

    /// Learns from the calls of a file, on a thread of its own: it takes longer than a commit.
    fn learn(&self, key: SegmentKey) {
        let calls_dir = self.calls_dir.clone();
        let queue = self.queue.clone();
        let learning = std::thread::Builder::new().name("calls-learner".to_owned()).spawn(move || {
            match dictionaries::learn(&calls_dir, key) {
                Ok(learnt) => {
                    // A store that stops meanwhile learns after its next start.
                    let _ = queue.upgrade().map(|queue| queue.blocking_send(Work::Learn { key, learnt }));
                }
                Err(error) => tracing::warn!(day = key.date(), %error, "a file could not learn from its calls"),
            }
        });
        if let Err(error) = learning {
            tracing::warn!(day = key.date(), %error, "no thread to learn from the calls of a file");
        }
    }

    fn use_learnt(&mut self, key: SegmentKey, learnt: &(Vec<u8>, Erasures)) {
        // A file that was closed meanwhile may be gone; it learns anew when it is written to again.
        let Some((file, _)) = self.open.get_mut(&key) else { return };
        if let Err(error) = file.use_learnt(key, &self.dictionaries, learnt) {
            tracing::warn!(day = key.date(), %error, "what a file learnt could not be kept");
        }
    }

    fn work_in_file(&mut self, key: SegmentKey, work: WorkInFile) {
        if !work(self.file(key)) {
            // As after a write that failed: it is opened anew.
            self.open.remove(&key);
        }
    }
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
