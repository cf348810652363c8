//! Fault tests of a server binary, from outside: over HTTP, its commands and its data folder.
//!
//! Nothing here knows how calls are stored. What the server said is kept is looked for afterwards, call by call.

pub mod calls;
pub mod client;
mod disk;
pub mod fail_points;
mod journal;
pub mod kill;
pub mod ledger;
pub mod overload;
pub mod power;
pub mod random;
pub mod report;
mod rude;
pub mod server;
mod shim;
pub mod small_disk;
pub mod stage;
pub mod verify;

/// Why a test could not be run; what a test finds is in its [`report::Report`].
pub type Error = Box<dyn std::error::Error + Send + Sync>;
