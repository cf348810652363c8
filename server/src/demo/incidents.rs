//! What went badly wrong in the last thirty days: some of it has an end, one has not.

use model::{FailureKind, Timestamp};

use super::bots::{REVOKED_CONNECTION, SALESFORCE};
use super::exchanges::{BAD_GATEWAY, GATEWAY_TIMEOUT, UNAVAILABLE, google, salesforce, tickets};
use super::plan::{Fault, lost};
use super::rhythm::DAY;

const MINUTE: i64 = 60_000;

/// A time in which certain calls fail.
pub struct Incident {
    /// When.
    pub when: When,
    /// The calls that use this connection; empty for any.
    connection: &'static str,
    /// The calls whose URL holds this; empty for any.
    url: &'static str,
    /// How many of a thousand of them.
    pub per_mille: u64,
    /// How.
    pub faults: &'static [Fault],
    /// The path, by bot and path, that people then try over and over.
    pub path: (&'static str, &'static str),
    /// How often they try.
    pub attempts: u64,
}

/// When an incident happens.
pub enum When {
    /// From so many minutes ago until now.
    Since(i64),
    /// So many days ago, from a minute of the day (UTC), for so many minutes.
    DaysAgo(i64, i64, i64),
}

/// The incidents. Where two hit the same call, the earlier in this list wins.
pub static INCIDENTS: &[Incident] = &[
    Incident {
        when: When::Since(320),
        connection: REVOKED_CONNECTION,
        url: "sheets.googleapis.com",
        per_mille: 1_000,
        faults: &[google::TOKEN_REVOKED],
        path: ("bot-leads", "p-leads-qualify"),
        attempts: 22,
    },
    Incident {
        when: When::Since(320),
        connection: REVOKED_CONNECTION,
        url: "oauth2.googleapis.com",
        per_mille: 1_000,
        faults: &[google::GRANT_REVOKED],
        path: ("", "renew-sales"),
        attempts: 6,
    },
    Incident {
        when: When::DaysAgo(2, 13 * 60 + 40, 75),
        connection: "",
        url: "orders.shop.example.com",
        per_mille: 760,
        faults: &[
            BAD_GATEWAY,
            UNAVAILABLE,
            GATEWAY_TIMEOUT,
            BAD_GATEWAY,
            lost(0, &FailureKind::Connect, "connect ECONNREFUSED 192.0.2.44:443", (2, 40)),
        ],
        path: ("bot-orders", "p-orders-lookup"),
        attempts: 34,
    },
    Incident {
        when: When::DaysAgo(5, 15 * 60 + 5, 35),
        connection: "",
        url: "zendesk.com",
        per_mille: 640,
        faults: &[tickets::TOO_MANY_REQUESTS],
        path: ("bot-orders", "p-orders-person"),
        attempts: 14,
    },
    Incident {
        when: When::DaysAgo(12, 9 * 60 + 10, 50),
        connection: SALESFORCE,
        url: "",
        per_mille: 1_000,
        faults: &[salesforce::SESSION_EXPIRED],
        path: ("bot-leads", "p-leads-qualify"),
        attempts: 20,
    },
    Incident {
        when: When::DaysAgo(19, 60, 170),
        connection: "",
        url: "tracking.parcel.example.net",
        per_mille: 1_000,
        faults: &[lost(0, &FailureKind::Dns, "getaddrinfo ENOTFOUND tracking.parcel.example.net", (4, 90))],
        path: ("bot-delivery", "p-delivery-watch"),
        attempts: 12,
    },
    Incident {
        when: When::DaysAgo(24, 7 * 60, 120),
        connection: "",
        url: "core.bank.example.com",
        per_mille: 900,
        faults: &[UNAVAILABLE],
        path: ("bot-bank", "p-bank-balance"),
        attempts: 18,
    },
];

impl Incident {
    /// When it begins and ends.
    pub fn bounds(&self, now: Timestamp) -> (Timestamp, Timestamp) {
        match self.when {
            When::Since(minutes) => (now.minus_millis(minutes * MINUTE), now),
            When::DaysAgo(days, minute, minutes) => {
                let today = now.millis().div_euclid(DAY);
                let begin = Timestamp::from_millis((today - days) * DAY + minute * MINUTE);
                (begin, begin.plus_millis(minutes * MINUTE))
            }
        }
    }

    /// Whether it concerns a call.
    pub fn hits(&self, at: Timestamp, now: Timestamp, connection: &str, url: &str) -> bool {
        let (begin, end) = self.bounds(now);
        (begin..=end).contains(&at)
            && (self.connection.is_empty() || self.connection == connection)
            && url.contains(self.url)
    }
}
