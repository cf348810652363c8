//! What the nodes of the demo account do, by what they talk to: requests, answers, and how each goes wrong.
//!
//! Hosts of the integrated providers are the real ones; everything else lives under names reserved for examples
//! (RFC 2606). Every secret is made up, and stands here as a platform would send it: hiding it is the server's work.

pub mod bodies;
mod gateway;
pub mod google;
pub mod messaging;
pub mod platform;
pub mod salesforce;
pub mod scripts;
pub mod services;
pub mod shop;
pub mod tickets;

pub use gateway::{BAD_GATEWAY, GATEWAY_TIMEOUT, UNAVAILABLE};
