//! Controllers: what the page knows and does, without a view. Handles are `Copy`; their verbs are what a reader does.

pub mod detail;
pub mod panel_width;
pub mod place;
pub mod reading;
pub mod session;
pub mod url;
