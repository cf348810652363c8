//! Small parts that know nothing of calls.

pub mod icon;
pub mod status_pill;
