//! The one thread that writes.
//!
//! What is waiting when it looks is written together, one transaction per file, and acknowledged after the commits:
//! under load many small requests share the cost of reaching the disk, without load nobody waits for company.

mod desk;
mod erasing;
mod file;
mod ids;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::sync::{mpsc, oneshot};

use super::Limits;
use super::dictionaries::Dictionaries;
use super::erase::Erasures;
use super::prepared::PreparedCall;
use super::segment::SegmentKey;
use crate::store::{Fate, Live, StoreError};
use desk::Desk;

pub use file::OpenFile;

/// Requests that may wait; more are told to come again.
const MAX_WAITING: usize = 64;

/// What the writer is asked to do.
enum Work {
    /// Keep calls.
    Append { calls: Vec<PreparedCall>, done: oneshot::Sender<Vec<Fate>> },
    /// Compress the calls of a file with what was learnt from them.
    Learn { key: SegmentKey, learnt: (Vec<u8>, Erasures) },
    /// Do something else in a file, between the commits.
    InFile { key: SegmentKey, work: WorkInFile },
    /// Close a file that is about to be removed.
    Release { key: SegmentKey, done: oneshot::Sender<()> },
    /// Empty the write-ahead logs.
    Checkpoint { done: oneshot::Sender<()> },
    /// Write something, durably, to show that it can be done.
    Probe { done: oneshot::Sender<Result<(), StoreError>> },
}

/// Does something in a file that could be opened, tells whoever asked, and says whether it went well.
type WorkInFile = Box<dyn FnOnce(Result<&mut OpenFile, StoreError>) -> bool + Send>;

/// The writer's handle.
pub struct Writer {
    queue: Mutex<Option<mpsc::Sender<Work>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(
        calls_dir: PathBuf,
        limits: Limits,
        dictionaries: Arc<Dictionaries>,
        live: Arc<Live>,
    ) -> Result<Self, StoreError> {
        let (queue, waiting) = mpsc::channel(MAX_WAITING);
        let desk = Desk::new(calls_dir, limits, dictionaries, live, queue.downgrade());
        let thread = std::thread::Builder::new().name("calls-writer".to_owned()).spawn(move || desk.work(waiting))?;
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

    /// Does something in a file between the commits; calls that come in meanwhile wait for it.
    pub async fn in_file<T: Send + 'static>(
        &self,
        key: SegmentKey,
        work: impl FnOnce(&mut OpenFile) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (done, answer) = oneshot::channel();
        let work: WorkInFile = Box::new(move |file| {
            let answer = file.and_then(work);
            let went_well = answer.is_ok();
            // Whoever asked may have gone.
            let _ = done.send(answer);
            went_well
        });
        self.queue()?.send(Work::InFile { key, work }).await.map_err(|_| StoreError::Stopping)?;
        answer.await.map_err(|_| StoreError::Stopping)?
    }

    /// Closes a file that is about to be removed.
    pub async fn release(&self, key: SegmentKey) {
        self.ask(|done| Work::Release { key, done }).await;
    }

    /// Moves what is in the write-ahead logs into the files and gives their room back: a day that nobody writes to any
    /// more would keep its log for as long as it is kept.
    pub async fn checkpoint(&self) {
        self.ask(|done| Work::Checkpoint { done }).await;
    }

    async fn ask(&self, work: impl FnOnce(oneshot::Sender<()>) -> Work) {
        let (done, finished) = oneshot::channel();
        if let Ok(queue) = self.queue()
            && queue.send(work(done)).await.is_ok()
        {
            // The writer answers or is gone.
            let _ = finished.await;
        }
    }

    /// Whether calls can be taken in.
    pub fn is_running(&self) -> bool {
        self.queue().is_ok_and(|queue| !queue.is_closed())
    }

    /// Asks the writer to show that it writes.
    pub async fn probe(&self) -> Result<oneshot::Receiver<Result<(), StoreError>>, StoreError> {
        let (done, answer) = oneshot::channel();
        self.queue()?.send(Work::Probe { done }).await.map_err(|_| StoreError::Stopping)?;
        Ok(answer)
    }

    /// How many requests wait.
    pub fn waiting(&self) -> usize {
        self.queue().map_or(0, |queue| queue.max_capacity() - queue.capacity())
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
