//! The demo account.

/// Bots of the demo Supervisor.
pub const SUPERVISOR_BOTS: [&str; 0] = [];

/// Calls of the demo account.
pub fn calls(_now: model::Timestamp) -> Vec<model::Call> {
    Vec::new()
}
