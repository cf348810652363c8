//! The bots of the demo account, with their paths and nodes.

mod commerce;
mod services;

use super::exchanges::{google, platform};
use super::plan::Act::Call;
use super::plan::{Act, BotPlan, NodePlan, PathPlan};
use super::rhythm::Rhythm;

const fn node(id: &'static str, name: &'static str, act: Act) -> NodePlan {
    NodePlan { id, name, act, connection: "" }
}

const fn linked(id: &'static str, name: &'static str, act: Act, connection: &'static str) -> NodePlan {
    NodePlan { id, name, act, connection }
}

const fn path(id: &'static str, name: &'static str, share: u64, nodes: &'static [NodePlan]) -> PathPlan {
    PathPlan { id, name, share, nodes }
}

/// The connection whose owner withdrew our access a few hours ago.
pub const REVOKED_CONNECTION: &str = "conn-google-sales";
/// The connection of every Salesforce node.
pub const SALESFORCE: &str = "conn-salesforce";
const GOOGLE_OPERATIONS: &str = "conn-google-operations";
const GOOGLE_CLINIC: &str = "conn-google-clinic";
const ZENDESK: &str = "conn-zendesk";
const FRESHDESK: &str = "conn-freshdesk";
const TWILIO: &str = "conn-twilio";
const CLICKATELL: &str = "conn-clickatell";

/// No bot but the platform, at work for the account as a whole.
static PLATFORM: BotPlan = BotPlan {
    id: "",
    name: "",
    per_day: 9,
    rhythm: Rhythm::Steady,
    paths: &[
        path("", "", 3, &[linked("", "", Call(&google::RENEW_TOKEN), GOOGLE_OPERATIONS)]),
        path("renew-sales", "", 3, &[linked("", "", Call(&google::RENEW_TOKEN), REVOKED_CONNECTION)]),
        path("", "", 4, &[node("", "", Call(&platform::LIST_BOTS))]),
        path("", "", 1, &[node("", "", Call(&platform::DELETE_WEBHOOK))]),
    ],
};

/// All of them; the first is no bot.
pub static BOTS: [&BotPlan; 13] = [
    &PLATFORM,
    &commerce::ORDERS,
    &commerce::RETURNS,
    &commerce::PRODUKTBERATER,
    &services::TABLES,
    &services::CLINIC,
    &services::BANK,
    &services::TRIPS,
    &commerce::LEADS,
    &services::HELPDESK,
    &commerce::DELIVERY,
    &services::CLAIMS,
    &services::PROPERTY,
];
