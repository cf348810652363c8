//! One module for each page.

pub mod api_logs;
pub mod connections;
pub mod unknown;
