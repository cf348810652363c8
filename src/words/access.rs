//! Why somebody sees no calls at all.

pub const NOT_SIGNED_IN: &str = "You are not signed in";
pub const HOW_TO_SIGN_IN: &str = "Open API Logs from your bot platform, or by a sign-in link. A link works once; ask for \
                                  a new one if yours was used.";
pub const I_HAVE_SIGNED_IN: &str = "I have signed in";
pub const NO_SERVER: &str = "The server cannot be reached";
pub const NOT_OPENED: &str = "API Logs could not be opened";
pub const BOTS_GO_ON: &str = "Your bots are not affected; only this page is.";
pub const LOAD_AGAIN: &str = "Load the page again";
pub const LOADING: &str = "Loading calls";

pub const NOT_FOR_ROLE: &str = "Your role cannot see API Logs";
/// Around the role.
pub const WHO_MAY: [&str; 2] = [
    "You are signed in as ",
    ". Owners, Supervisors and Bot Builders can open this page, because calls can contain what customers wrote.",
];
pub const ASK_THE_OWNER: &str = "Ask the Owner of your account for access.";
pub const GET_HELP: &str = "Get help";

pub const NOT_IN_ACCOUNT: &str = "Your account does not have API Logs";
pub const OWNER_CAN_ADD: &str = "API Logs shows every call your bots make, why one failed and who can fix it. The Owner \
                                 of your account can add it.";
pub const NOT_IN_PLAN: &str = "API Logs is not in your plan";
pub const WHAT_IT_SHOWS: &str = "See every call your bots make, why one failed and who can fix it.";
/// Around the plan of the account.
pub const PRESENT_PLAN: [&str; 2] = ["Your account has the ", " plan."];
pub const ASK_FOR_IT: &str = "Ask for API Logs";

pub fn part_of_plan(plan: &str) -> String {
    format!("It is part of the {plan} plan.")
}

pub fn signed_in_as(user: &str, role: &str) -> String {
    format!("Signed in as {user}, {role}")
}
