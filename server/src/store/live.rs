//! Calls as they become durable, for those who watch.
//!
//! The writer publishes what it committed, in the order of its commits, and the last of it is kept in memory: whoever
//! watches takes it from there at their own pace, and whoever comes back goes on where they were. What is no longer
//! there is a gap that is told, never a silent hole.

mod seal;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{Call, Commit, PreparedQuery};
use tokio::sync::watch;

use super::erasure::erase_bodies;
use crate::accounts::{AccountScope, VisibleBots};
use crate::clock::{Clock, NoRandomness};
use seal::Seal;

/// Calls that are kept for those who come a little late; of all accounts together.
pub const MAX_KEPT: usize = 4_096;
/// Bytes of text that those calls may have.
const MAX_KEPT_BYTES: usize = 16 << 20;
/// Calls that one look takes at most.
const MAX_AT_ONCE: usize = 64;

/// What was committed last.
pub struct Live {
    seal: Seal,
    clock: Clock,
    max_kept: usize,
    recent: Mutex<Recent>,
    changes: watch::Sender<()>,
}

#[derive(Default)]
struct Recent {
    calls: VecDeque<Arc<Published>>,
    bytes: usize,
    /// The stamp of the newest call.
    newest: u64,
    /// The stamp of the newest call that is not kept here any more.
    gone: u64,
    /// How many calls of each account, by its slot, were published.
    counts: HashMap<u32, u64>,
}

struct Published {
    slot: u32,
    stamp: u64,
    /// The how-manieth of its account it is.
    ordinal: u64,
    bytes: usize,
    /// Replaced where its bodies are erased, also for those who have not told it yet.
    call: Mutex<Arc<Call>>,
}

impl Published {
    fn call(&self) -> MutexGuard<'_, Arc<Call>> {
        self.call.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// With what is committed from now on.
    Now,
    /// After a commit.
    Commit(Commit),
    /// At a place that says nothing of commits: what came since is not known.
    Unknown,
}

/// What somebody who watches is told; the first is always `Start` or `Gap`.
#[derive(Clone, Debug, PartialEq)]
pub enum Tailed {
    /// Every call after the beginning that was asked for will come.
    Start,
    /// Calls are left out here: how many of the account, where that is known and may be told. Fewer of them may have
    /// passed the filter.
    Gap {
        /// Their number.
        skipped: Option<u64>,
    },
    /// A call.
    Call(Arc<Call>),
}

impl Live {
    /// Nothing is committed yet; at most so many calls will be kept.
    pub fn new(clock: Clock, max_kept: usize) -> Result<Self, NoRandomness> {
        Ok(Self { seal: Seal::new()?, clock, max_kept, recent: Mutex::default(), changes: watch::Sender::new(()) })
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last commit: whoever reads the store after asking this finds every call up to it.
    pub fn newest(&self) -> Option<Commit> {
        self.seal.seal(self.recent().newest)
    }

    /// Tells of calls that are durable now, each with its account's slot and about how many bytes of text it has.
    pub fn publish(&self, calls: impl IntoIterator<Item = (u32, Arc<Call>, usize)>) {
        let mut recent = self.recent();
        let before = recent.newest;
        for (slot, call, bytes) in calls {
            recent.newest += 1;
            recent.bytes += bytes;
            let stamp = recent.newest;
            let count = recent.counts.entry(slot).or_default();
            *count += 1;
            let ordinal = *count;
            recent.calls.push_back(Arc::new(Published { slot, stamp, ordinal, bytes, call: Mutex::new(call) }));
        }
        let mut gone = Vec::new();
        while recent.calls.len() > self.max_kept || (recent.bytes > MAX_KEPT_BYTES && recent.calls.len() > 1) {
            let Some(oldest) = recent.calls.pop_front() else { break };
            recent.bytes -= oldest.bytes;
            recent.gone = oldest.stamp;
            gone.push(oldest);
        }
        let is_news = recent.newest > before;
        drop(recent);
        if is_news {
            self.changes.send_replace(());
        }
    }

    /// Erases the bodies of an account's calls that are kept here.
    pub fn erase(&self, slot: u32, is_erased: impl Fn(&Call) -> bool) {
        for published in self.recent().calls.iter().filter(|published| published.slot == slot) {
            let mut call = published.call();
            if is_erased(&call) {
                erase_bodies(Arc::make_mut(&mut call));
            }
        }
    }

    /// Watches what is committed, as far as the scope and the query show it.
    pub fn tail(self: &Arc<Self>, scope: &AccountScope, query: PreparedQuery, since: Since) -> Tail {
        let recent = self.recent();
        let reached = match &since {
            Since::Now => Some(recent.newest),
            Since::Commit(commit) => {
                self.seal.open(commit).filter(|stamp| (recent.gone..=recent.newest).contains(stamp))
            }
            Since::Unknown => None,
        };
        let (at, opening) = match reached {
            Some(stamp) => (stamp, Tailed::Start),
            None => (recent.newest, Tailed::Gap { skipped: None }),
        };
        let ordinal = recent.next_ordinal(scope.slot(), at) - 1;
        drop(recent);
        Tail {
            live: Arc::clone(self),
            changes: self.changes.subscribe(),
            scope: scope.clone(),
            query,
            opening: Some(opening),
            at,
            ordinal,
            waiting: VecDeque::new(),
        }
    }
}

impl Recent {
    /// The calls of an account after a stamp, the first of them that one look takes.
    fn after(&self, slot: u32, stamp: u64) -> impl Iterator<Item = &Arc<Published>> {
        let start = self.calls.partition_point(|call| call.stamp <= stamp);
        self.calls.range(start..).filter(move |call| call.slot == slot)
    }

    /// The ordinal of an account's next call after a stamp, whether it is there already or not.
    fn next_ordinal(&self, slot: u32, stamp: u64) -> u64 {
        let next = self.after(slot, stamp).next().map(|call| call.ordinal);
        next.unwrap_or_else(|| self.counts.get(&slot).copied().unwrap_or_default() + 1)
    }
}

/// Somebody who watches.
pub struct Tail {
    live: Arc<Live>,
    changes: watch::Receiver<()>,
    scope: AccountScope,
    query: PreparedQuery,
    opening: Option<Tailed>,
    /// The stamp up to which everything was told or did not pass.
    at: u64,
    /// The ordinal of the account's last call up to there.
    ordinal: u64,
    waiting: VecDeque<Arc<Published>>,
}

impl Tail {
    /// The commit up to which everything was told; what comes after it can be asked for with it.
    pub fn position(&self) -> Option<Commit> {
        self.live.seal.seal(self.at)
    }

    /// What is to be told next; waits for it. Nothing is lost when the wait is given up.
    pub async fn next(&mut self) -> Tailed {
        if let Some(opening) = self.opening.take() {
            return opening;
        }
        loop {
            while let Some(published) = self.waiting.pop_front() {
                self.at = published.stamp;
                self.ordinal = published.ordinal;
                let call = Arc::clone(&published.call());
                if self.shows(&call) {
                    return Tailed::Call(call);
                }
                tokio::task::consume_budget().await;
            }
            self.changes.borrow_and_update();
            if let Some(skipped) = self.look() {
                let sees_all = matches!(self.scope.bots(), VisibleBots::All);
                return Tailed::Gap { skipped: sees_all.then_some(skipped) };
            }
            if self.waiting.is_empty() && self.changes.changed().await.is_err() {
                // The sender is part of what we hold, so this does not come to pass.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Takes what there is after the place reached; the number of calls that are not there any more, if any.
    fn look(&mut self) -> Option<u64> {
        let recent = self.live.recent();
        if self.at < recent.gone {
            let next = recent.next_ordinal(self.scope.slot(), recent.gone);
            let skipped = next.saturating_sub(self.ordinal + 1);
            self.at = recent.gone;
            self.ordinal = next - 1;
            if skipped > 0 {
                return Some(skipped);
            }
        }
        self.waiting.extend(recent.after(self.scope.slot(), self.at).take(MAX_AT_ONCE).cloned());
        if self.waiting.is_empty() {
            self.at = recent.newest;
        }
        None
    }

    fn shows(&self, call: &Call) -> bool {
        let now = self.live.clock.now();
        let bot = call.bot.as_ref().map(|bot| bot.id.as_str());
        self.scope.bots().shows(bot)
            && call.timestamp >= self.scope.kept_since(&call.outcome(), now)
            && self.query.matches(call, now)
    }
}
