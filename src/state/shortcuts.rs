//! Whether letters are shortcuts, as the reader has set it; kept from visit to visit. Keys that are no letters, and those
//! pressed with Ctrl, always are: nobody types them by chance.

use crate::browser::storage;

/// The key under which it is kept.
const KEY: &str = "api-logs.shortcuts";

/// Whether single letters do something.
pub fn are_on() -> bool {
    storage::get(KEY).is_none()
}

/// Switches them on or off.
pub fn switch(is_on: bool) {
    storage::set(KEY, (!is_on).then_some("off"));
}
