//! Memory for requests that are being taken in: how much all of them together may hold.
//!
//! Senders decide how many requests come at once and how large they are, up to a limit each; without a bound on their
//! sum, a few dozen of the largest would take more memory than the machine has.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What all requests together may hold where nothing else is said: one of the largest, and many usual ones beside it.
const TOGETHER: usize = 256 << 20;
/// Shares are counted in pieces of this many bytes.
const PIECE: usize = 1_024;

/// The memory of all requests. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Memory(Arc<Semaphore>);

/// What one request holds of it; given back when it is dropped.
#[derive(Debug)]
pub struct Share {
    memory: Arc<Semaphore>,
    held: Option<OwnedSemaphorePermit>,
    /// Bytes that were asked for and fit into the pieces that are held.
    bytes: usize,
}

/// The other requests hold too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Memory {
    /// So many bytes for all requests.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes / PIECE)))
    }

    /// A share of nothing yet.
    pub fn share(&self) -> Share {
        Share { memory: Arc::clone(&self.0), held: None, bytes: 0 }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new(TOGETHER)
    }
}

impl Share {
    /// Takes so many bytes more, or nothing where there are not so many.
    pub fn grow(&mut self, bytes: usize) -> Result<(), Full> {
        let held = self.held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let wanted = (self.bytes + bytes).div_ceil(PIECE);
        let missing = u32::try_from(wanted.saturating_sub(held)).map_err(|_| Full)?;
        let more = Arc::clone(&self.memory).try_acquire_many_owned(missing).map_err(|_| Full)?;
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        self.bytes += bytes;
        Ok(())
    }

    /// Gives all of it back.
    pub fn give_back(&mut self) {
        self.held = None;
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Full, Memory};

    #[test]
    fn shares_together_are_bounded_and_given_back() {
        let memory = Memory::new(10 << 10);
        let (mut one, mut other) = (memory.share(), memory.share());
        assert_eq!(one.grow(6 << 10), Ok(()));
        assert_eq!(other.grow(5 << 10), Err(Full));
        assert_eq!(other.grow(4 << 10), Ok(()));
        assert_eq!(one.grow(1), Err(Full));
        drop(other);
        assert_eq!(one.grow(4 << 10), Ok(()));
    }

    #[test]
    fn small_steps_cost_what_one_step_costs() {
        let memory = Memory::new(4 << 10);
        let mut share = memory.share();
        assert!((0..4 << 10).all(|_| share.grow(1).is_ok()));
        assert_eq!(share.grow(1), Err(Full));
    }
}
