//! Questions to the server, with typed answers and typed failures. No state, no views.

pub mod answers;
pub mod calls;
mod client;
pub mod error;
pub mod help;
pub mod part;
pub mod session;
pub mod tail;
pub mod views;

pub use error::ApiError;
