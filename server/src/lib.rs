//! API Logs, the server.
//!
//! Calls come in by [`ingest`], are [`redact`]ed before anything else happens to them, and rest in the [`store`].
//! People come in by [`accounts`], which gives them a scope; [`http`] answers their questions from the store within
//! it and serves the page.

pub mod accounts;
pub mod characters;
pub mod cli;
pub mod clock;
pub mod comparison;
pub mod control;
pub mod demo;
pub mod diagnosis;
pub mod export;
pub mod http;
pub mod ingest;
pub mod json;
pub mod metrics;
pub mod redact;
pub mod search;
pub mod settings;
pub mod store;
