//! Answers that last: how many there may be, and that they end when the server stops.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// How many lasting answers there may be.
#[derive(Clone, Copy, Debug)]
pub struct StreamLimits {
    /// Live tails of one session.
    pub tails_per_session: usize,
    /// Live tails together.
    pub tails: usize,
    /// Exports of one session.
    pub exports_per_session: usize,
    /// Exports together.
    pub exports: usize,
    /// The most calls one export holds.
    pub export_calls: usize,
}

impl Default for StreamLimits {
    fn default() -> Self {
        Self {
            tails_per_session: 4,
            tails: 256,
            exports_per_session: 2,
            exports: 8,
            export_calls: model::MOST_EXPORTED,
        }
    }
}

/// The lasting answers there are.
pub struct Streams {
    /// Live tails.
    pub tails: Arc<Gate>,
    /// Exports.
    pub exports: Arc<Gate>,
    /// The most calls one export holds.
    pub export_calls: usize,
    stopping: watch::Sender<bool>,
}

impl Streams {
    /// None yet.
    pub fn new(limits: StreamLimits) -> Self {
        Self {
            tails: Gate::new(limits.tails_per_session, limits.tails),
            exports: Gate::new(limits.exports_per_session, limits.exports),
            export_calls: limits.export_calls,
            stopping: watch::Sender::new(false),
        }
    }

    /// Ends every tail: a stop waits for the answers that are under way, and a tail would never end by itself.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the server stops.
    pub fn are_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Becomes true when the server stops.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }
}

impl Default for Streams {
    fn default() -> Self {
        Self::new(StreamLimits::default())
    }
}

/// Lets in so many at once.
pub struct Gate {
    per_session: usize,
    together: usize,
    inside: Mutex<HashMap<String, usize>>,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The session has as many as it may have.
    Session(usize),
    /// All sessions together have.
    Server,
}

impl Gate {
    fn new(per_session: usize, together: usize) -> Arc<Self> {
        Arc::new(Self { per_session, together, inside: Mutex::default() })
    }

    /// Lets a session in for as long as it keeps the seat.
    pub fn enter(self: &Arc<Self>, session: &str) -> Result<Seat, Full> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.get(session).is_some_and(|seats| *seats >= self.per_session) {
            return Err(Full::Session(self.per_session));
        }
        if inside.values().sum::<usize>() >= self.together {
            return Err(Full::Server);
        }
        *inside.entry(session.to_owned()).or_default() += 1;
        Ok(Seat { gate: Arc::clone(self), session: session.to_owned() })
    }
}

/// Being inside a [`Gate`].
pub struct Seat {
    gate: Arc<Gate>,
    session: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut inside = self.gate.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seats) = inside.get_mut(&self.session) {
            *seats -= 1;
            if *seats == 0 {
                inside.remove(&self.session);
            }
        }
    }
}
