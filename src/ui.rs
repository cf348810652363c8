//! Small parts that know nothing of calls.

pub mod copy_button;
pub mod icon;
pub mod status_pill;
pub mod tabs;
