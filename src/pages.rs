//! One module for each page.

pub mod api_logs;
