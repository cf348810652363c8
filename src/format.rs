//! How things are written for people. Pure: nothing here reads a clock, a zone or the browser.

pub mod body;
pub mod bytes;
pub mod code;
pub mod duration;
pub mod event_stream;
pub mod excerpt;
pub mod facts;
pub mod json;
pub mod parameters;
pub mod source;
pub mod status;
pub mod time;
pub mod typed_time;
pub mod url;
pub mod variables;
