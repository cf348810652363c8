//! Saved views.

pub const VIEWS: &str = "Views";
pub const NONE_YET: &str = "Save what is filtered now, to come back to it.";
pub const REMOVE: &str = "Remove";
/// Asks once more, behind Remove.
pub const FOR_GOOD: &str = " for good?";
pub const RENAME: &str = "Rename";
pub const REPLACE: &str = "Replace";
pub const SAVE: &str = "Save";
pub const NEW_NAME: &str = "The view's new name";
pub const SAVE_AS: &str = "Save this filter as";
pub const SHARE: &str = "Share with the account";

pub fn shared_by(who: &str) -> String {
    format!("shared by {who}")
}

pub fn copy_link_of(view: &str) -> String {
    format!("Copy the link of {view}")
}

pub fn remove(view: &str) -> String {
    format!("Remove {view}")
}

pub fn rename(view: &str) -> String {
    format!("Rename {view}")
}
