//! Controllers: what the page knows and does, without a view. Handles are `Copy`; their verbs are what a reader does.

pub mod place;
pub mod session;
pub mod url;
