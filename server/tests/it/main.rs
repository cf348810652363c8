//! The server through its public door: HTTP routes, in process, with a clock that stands still.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr, reason = "tests")]

mod access;
mod backup;
mod commands;
mod corpus;
mod damage;
mod diagnosis;
mod export;
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
mod support;
mod tail;
