//! Questions to the server, with typed answers and typed failures. No state, no views.

pub mod answers;
pub mod calls;
mod client;
pub mod error;
pub mod part;
pub mod session;

pub use error::ApiError;
