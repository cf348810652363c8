//! The panel that shows one whole call.

use super::count::{count, counted};

pub const CALL_DETAILS: &str = "Call details";
/// The title where nothing is known yet.
pub const CALL: &str = "Call";
pub const WIDTH: &str = "Width of the call details";
pub const PARTS: &str = "Parts of this call";
pub const NEWER_CALL: &str = "Newer call";
pub const NEWER_CALL_KEY: &str = "Newer call (k)";
pub const OLDER_CALL: &str = "Older call";
pub const OLDER_CALL_KEY: &str = "Older call (j)";
pub const COPY_LINK: &str = "Copy link to this call";
pub const CLOSE_KEY: &str = "Close (Esc)";

pub const LOADING: &str = "The call is being loaded.";
pub const GONE: &str = "This call is not here any more, or not yours to see";
pub const WHY_GONE: &str = "Calls are kept for a limited time, and only for those who may see their bot.";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const SIGNED_OUT: &str = "You are not signed in any more";
pub const SIGN_IN_AGAIN: &str = "Sign in again";
pub const NOT_LOADED: &str = "This call could not be loaded";
/// Before the number of the request.
pub const FOR_SUPPORT: &str = "For support: ";

pub const STATUS: &str = "Status";
pub const BOT_NAME: &str = "Bot name";
pub const NO_BOT: &str = "None: the platform's own call";
pub const SOURCE: &str = "Source";
pub const AN_AGENT: &str = "An agent";
pub const USER: &str = "User";
pub const ANONYMOUS: &str = "Anonymous";
pub const APPLICATION: &str = "Application";
pub const TIME: &str = "Time";
pub const KEPT_UNTIL: &str = "Kept until";

pub const REQUEST: &str = "Request";
pub const RESPONSE: &str = "Response";
pub const COMPARE: &str = "Compare";
pub const VARIABLES: &str = "Variables";
pub const WHOLE_SCRIPT: &str = "Whole script";

pub const CAUSE: &str = "Cause";
/// Before whoever it is, and what they do.
pub const WHO_MUST_ACT: &str = "Who must act: ";
pub const HOW_WE_KNOW: &str = "How we know";
pub const HOW_WE_KNOW_THIS: &str = "How we know:";
pub const FINDINGS: &str = "Findings in the request";
pub const COPY_ID: &str = "Copy id";
pub const COPY_EVIDENCE: &str = "Copy evidence";
pub const WHAT_EVIDENCE_IS: &str = "The whole call as a text for the provider's support, secrets hidden";

pub const REQUEST_NOT_CAPTURED: &str = "What was sent was not captured.";
pub const REQUEST_AS_CURL: &str = "Request as curl";
pub const COPY_AS_CURL: &str = "Copy as cURL";
pub const WHAT_CURL_IS_FOR: &str = "Paste it into a shell, or into a JSON API node, to send the same request.";
pub const PARAMETERS: &str = "Parameters";
pub const HEADERS_SENT: &str = "Headers sent";
pub const FORM_FIELDS: &str = "Form fields";
pub const HEADERS_RECEIVED: &str = "Headers received";
pub const NO_HEADERS: &str = "No headers were captured.";
pub const NAME: &str = "Name";
pub const VALUE: &str = "Value";
pub const NO_RESPONSE: &str = "No response came.";

pub const COMPARISON: &str = "Compare with last success";
/// Around the time of the last success.
pub const LAST_WORKED: [&str; 2] = ["Last worked: ", "."];
/// Around the time of the last success, and that of the first failure since.
pub const LAST_WORKED_AND_FAILING: [&str; 3] = ["Last worked: ", ". Failing since: ", "."];
pub const COMPARED_AS_FAR: &str = "What was too large or cut is compared as far as it goes.";
pub const WAS: &str = "was";
pub const NOW: &str = "now";
pub const NOT_THERE: &str = "not there";
pub const EMPTY: &str = "empty";

pub const SAME_ERROR: &str = "Same error in this range";
pub const NO_OTHER: &str = "No other call failed like this one.";
pub const SHOW_THESE: &str = "Show these calls";
pub const WHICH_ONES: &str = "Which ones";
pub const AT_LEAST_THESE: &str = "There are at least these: counting was cut short.";
/// Below the number of them: of one, and of several.
pub const BOTS: [&str; 2] = ["bot", "bots"];
pub const NODES: [&str; 2] = ["node", "nodes"];
pub const END_USERS: [&str; 2] = ["end user", "end users"];

pub fn failed(name: &str) -> String {
    format!("{name} failed")
}

pub fn got_no_response(name: &str) -> String {
    format!("{name} got no response")
}

pub fn call_of(place: u64, total: u64) -> String {
    format!("Call {} of {}", count(place), count(total))
}

pub fn call_of_at_least(place: u64, total: u64) -> String {
    format!("Call {} of at least {}", count(place), count(total))
}

pub fn calls_stay(span: &str) -> String {
    format!("calls stay {span}")
}

pub fn errors_stay(span: &str) -> String {
    format!("errors stay {span}")
}

pub fn no_curl(method: &str) -> String {
    format!("A request of type {method} has no address to call: no curl command repeats it.")
}

/// Secrets of a kind, which the server names in the singular.
pub fn secrets(number: u64, kind: &str) -> String {
    counted(number, [kind, &format!("{kind}s")])
}

pub fn curl_has_hidden(secrets: &str) -> String {
    format!(
        "Secrets are hidden before a call is stored, so the copy has them hidden too ({secrets}). Paste it into a JSON \
         API node to build the same request, then add your own key."
    )
}

pub fn more(rest: u64) -> String {
    format!("And {} more.", count(rest))
}

pub fn more_parameters(rest: u64) -> String {
    format!("And {} more.", counted(rest, ["parameter", "parameters"]))
}

pub fn more_headers(rest: u64) -> String {
    format!("And {} more.", counted(rest, ["header", "headers"]))
}

pub fn more_fields(rest: u64) -> String {
    format!("And {} more.", counted(rest, ["field", "fields"]))
}

pub fn the_same(parts: &str) -> String {
    format!("The same: {parts}.")
}

pub fn left_out(values: u64) -> String {
    format!("{} left out that differ from call to call: ids, times, tokens.", counted(values, ["value", "values"]))
}

pub fn failed_alike(what: &str, first: &str, last: &str) -> String {
    format!("{what}. First: {first}. Last: {last}.")
}

/// The end of a list of which the most frequent are shown.
pub fn and_more(rest: u64) -> String {
    format!("and {} more", count(rest))
}
