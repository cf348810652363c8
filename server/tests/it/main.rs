//! The server through its public door: HTTP routes, in process, with a clock that stands still.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr, reason = "tests")]

mod access;
mod backup;
mod commands;
mod corpus;
mod damage;
mod diagnosis;
mod erasure;
mod export;
mod hostile;
mod ingest;
mod last_success;
mod logs;
mod metrics;
mod operations;
mod oracle;
mod page;
mod query;
mod redaction;
mod retention;
mod rude;
mod stop;
mod suggestions;
mod support;
mod tail;
mod views;
