//! How things are written for people. Pure: nothing here reads a clock, a zone or the browser.

pub mod bytes;
pub mod count;
pub mod duration;
pub mod source;
pub mod status;
pub mod time;
pub mod url;
