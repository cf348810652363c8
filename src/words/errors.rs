//! What went wrong between the page and the server.

pub const UNREACHABLE: &str = "The server could not be reached. Check the connection to the network.";
pub const TOO_LATE: &str = "The server did not answer in time.";
pub const TAKEN_BACK: &str = "The question was taken back.";
pub const SIGNED_OUT: &str = "You are not signed in any more.";
pub const TOO_MANY: &str = "There were too many questions at once. Try again soon.";
pub const UNREADABLE: &str = "The server's answer could not be read. Load the page again: it may have been updated.";

pub const TRY_AGAIN: &str = "Try again";
/// Before the number of the request, for support.
pub const REFERENCE: &str = "Reference ";

pub fn too_many_for(seconds: u32) -> String {
    format!("There were too many questions at once. Try again in {seconds} s.")
}

pub fn answered(status: u16) -> String {
    format!("The server answered {status}.")
}
