//! Small parts that know nothing of calls.

pub mod chip;
pub mod copy_button;
pub mod icon;
pub mod link;
pub mod markup;
pub mod popover;
pub mod row_window;
pub mod ruler;
pub mod sheet;
pub mod state_message;
pub mod status_pill;
pub mod tabs;
pub mod toast;
