//! Every word of the page that somebody reads: labels, headings, notices, errors that are made here, names for screen
//! readers, tooltips. In one place, by area, so that a translator finds all of it, and finds sentences whole.
//!
//! A text is a constant. A sentence with values, or with one form for one thing and another for several, is a function.
//! A sentence around something that is an element of its own, a link or a name in bold, is the array of what stands
//! around it. Nothing is looked up while the page runs: what is not used is not in the page.
//!
//! The page speaks English, and nothing chooses between languages yet. Another one would be this folder once more with
//! the same names, and a choice between the two when the page is built.
//!
//! What is not here:
//! - what the server says: causes and findings, notices, problems, comparisons, suggestions. It comes as sentences;
//! - what page and server share, in `model`: the names of outcomes, filters, sources and applications, and what is wrong
//!   with a search or an address;
//! - `index.html` and `boot.js`, which speak before the page is there, and the examples in `search-help.json`;
//! - words that are typed and read: the fields of a search, and those of a time in [`crate::format::typed_time`];
//! - how dates, clocks and sizes are put together, in [`crate::format`]: there are only names and sentences here.

#![allow(missing_docs, reason = "words say themselves what they are")]

pub mod access;
pub mod body;
pub mod commands;
pub mod count;
pub mod detail;
pub mod errors;
pub mod filters;
pub mod frame;
pub mod histogram;
pub mod list;
pub mod live;
pub mod script;
pub mod search;
pub mod status;
pub mod time;
pub mod views;

#[cfg(test)]
mod tests;
