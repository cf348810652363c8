//! The server's HTTP door, as senders and people use it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, Body, http};

use crate::Error;

/// A request that takes longer hangs; the server answers every question within a few seconds.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);
const LARGEST_PAGE: usize = 200;

/// How an account is used: its name, a key to send with, and the session of its owner.
#[derive(Clone, Debug)]
pub struct Access {
    /// The account.
    pub account: String,
    /// An ingest key.
    pub key: String,
    /// The cookie of a session.
    pub cookie: String,
}

/// What the server said about a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// 200: what is accepted or a duplicate is durable.
    Answered {
        /// Newly kept.
        accepted: usize,
        /// Kept before.
        duplicates: usize,
        /// The calls that were not taken: their place in the batch, and the code of the reason.
        rejected: Vec<(usize, String)>,
    },
    /// Another status, with the code of the problem.
    Refused {
        /// The status.
        status: u16,
        /// The problem's code; empty when the answer is no problem.
        code: String,
        /// Seconds to wait, when the answer says so.
        retry_after: Option<u64>,
    },
    /// No answer, or half of one: nobody knows what became of the batch.
    Broken(String),
}

impl Sending {
    /// Whether all of this many calls are now durable, whether they were before or not.
    pub fn keeps(&self, calls: usize) -> bool {
        matches!(self, Self::Answered { accepted, duplicates, rejected }
            if accepted + duplicates == calls && rejected.is_empty())
    }

    /// Whether the call at this place of the batch is now durable.
    pub fn keeps_call(&self, place: usize) -> bool {
        matches!(self, Self::Answered { rejected, .. } if rejected.iter().all(|(other, _)| *other != place))
    }
}

fn rejection(rejection: &Value) -> Option<(usize, String)> {
    let index = usize::try_from(rejection.get("index")?.as_u64()?).ok()?;
    Some((index, rejection.get("code")?.as_str()?.to_owned()))
}

/// Any answer.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// The media type.
    pub content_type: String,
    /// The body as JSON, or null where it is none.
    pub json: Value,
}

impl Answer {
    /// The code of a problem; empty where the answer is no problem.
    pub fn code(&self) -> &str {
        let is_problem = self.content_type.starts_with("application/problem+json");
        self.json.get("code").and_then(Value::as_str).filter(|_| is_problem).unwrap_or_default()
    }
}

/// All pages of a list.
#[derive(Debug, Default)]
pub struct Listing {
    /// The ids in the order of the list.
    pub ids: Vec<String>,
    /// How many calls the list says there are, and whether that is exact.
    pub total: (u64, bool),
    /// Codes of the notices of pages that are partial.
    pub notices: Vec<String>,
}

/// Speaks to one server.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    /// The accounts there are.
    pub accounts: Arc<Vec<Access>>,
}

impl Client {
    /// Of a server at an address.
    pub fn new(address: &str, accounts: Arc<Vec<Access>>) -> Self {
        Self { agent: agent(), base: format!("http://{address}"), accounts }
    }

    /// The access of an account.
    pub fn access(&self, account: usize) -> Result<&Access, Error> {
        Ok(self.accounts.get(account).ok_or("there is no such account")?)
    }

    /// Sends a batch.
    pub fn send(&self, account: usize, body: &[u8], encoding: Option<&str>) -> Sending {
        self.try_send(account, body, encoding).unwrap_or_else(|error| Sending::Broken(error.to_string()))
    }

    fn try_send(&self, account: usize, body: &[u8], encoding: Option<&str>) -> Result<Sending, Error> {
        let mut request = self
            .agent
            .post(format!("{}/api/v1/calls", self.base))
            .header("authorization", format!("Bearer {}", self.access(account)?.key));
        if let Some(encoding) = encoding {
            request = request.header("content-encoding", encoding);
        }
        let answer = read(request.send(body)?)?;
        let number = |name: &str| answer.json.get(name).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
        if answer.status != 200 {
            let Answer { status, retry_after, .. } = answer;
            return Ok(Sending::Refused { status, code: answer.code().to_owned(), retry_after });
        }
        let rejected = answer.json.get("rejected").and_then(Value::as_array).ok_or("an answer without rejected")?;
        Ok(Sending::Answered {
            accepted: number("accepted").ok_or("an answer without accepted")?,
            duplicates: number("duplicates").ok_or("an answer without duplicates")?,
            rejected: rejected.iter().map(rejection).collect::<Option<_>>().ok_or("a rejection without a reason")?,
        })
    }

    /// Asks a route of the API, with its query, as the owner of an account.
    pub fn ask(&self, account: usize, route: &str) -> Result<Answer, Error> {
        let url = format!("{}/api/v1/{route}", self.base);
        read(self.agent.get(url).header("cookie", &self.access(account)?.cookie).call()?)
    }

    /// Follows a list to its end.
    pub fn list(&self, account: usize, query: &str) -> Result<Listing, Error> {
        let mut listing = Listing::default();
        let mut place = String::new();
        loop {
            let answer = self.ask(account, &format!("calls?limit={LARGEST_PAGE}&no_response=true&{query}{place}"))?;
            if answer.status != 200 {
                return Err(format!("a page was refused: {} {}", answer.status, answer.json).into());
            }
            let items = answer.json.get("items").and_then(Value::as_array).ok_or("a page without items")?;
            let id = |item: &Value| item.get("id").and_then(Value::as_str).map(str::to_owned);
            listing.ids.extend(items.iter().filter_map(id));
            if place.is_empty() {
                let total = answer.json.get("total").ok_or("a page without a total")?;
                let count = total.get("count").and_then(Value::as_u64).ok_or("a total without a count")?;
                listing.total = (count, total.get("exact").and_then(Value::as_bool).unwrap_or(false));
            }
            let before = answer.json.get("before").and_then(Value::as_str);
            // A page that ran out of time says so and where to look on: on a busy machine nothing is missing by that.
            let looks_on = |code: &String| before.is_some() && code == "took_too_long";
            listing.notices.extend(notices(&answer.json).into_iter().filter(|code| !looks_on(code)));
            match before {
                Some(cursor) => place = format!("&before={cursor}"),
                None => return Ok(listing),
            }
        }
    }

    /// A whole call; `None` when it is not there.
    pub fn detail(&self, account: usize, id: &str) -> Result<Option<Value>, Error> {
        let answer = self.ask(account, &format!("calls/{id}"))?;
        match answer.status {
            200 => Ok(Some(answer.json)),
            404 => Ok(None),
            status => Err(format!("call {id} was refused: {status} {}", answer.json).into()),
        }
    }

    /// Whether the server answers. It may be so without being ready, as on a full disk.
    pub fn is_alive(&self) -> bool {
        self.agent.get(format!("{}/healthz", self.base)).call().is_ok_and(|response| response.status().is_success())
    }

    /// Uses a sign-in link up and returns the cookie of the session.
    pub fn sign_in(&self, token: &str) -> Result<String, Error> {
        let response = self.agent.get(format!("{}/sign-in?token={token}", self.base)).call()?;
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        Ok(cookie.ok_or_else(|| format!("the sign-in link began no session: {}", response.status()))?.to_owned())
    }
}

/// The codes of the notices of an answer that is partial, or `partial` where it does not say why.
pub fn notices(answer: &Value) -> Vec<String> {
    if answer.get("partial").and_then(Value::as_bool) != Some(true) {
        return Vec::new();
    }
    let notices = answer.get("notices").and_then(Value::as_array);
    let mut codes: Vec<String> = notices
        .into_iter()
        .flatten()
        .filter_map(|notice| notice.get("code").and_then(Value::as_str).map(str::to_owned))
        .collect();
    if codes.is_empty() {
        codes.push("partial".to_owned());
    }
    codes
}

fn agent() -> Agent {
    // Redirects would hide the cookie of the sign-in link; statuses are judged where they are expected.
    let config = Agent::config_builder().max_redirects(0).max_redirects_will_error(false).http_status_as_error(false);
    config.timeout_global(Some(ANSWER_WITHIN)).build().new_agent()
}

fn read(mut response: http::Response<Body>) -> Result<Answer, Error> {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let retry_after = header("retry-after").and_then(|seconds| seconds.parse().ok());
    let content_type = header("content-type").unwrap_or_default();
    let text = response.body_mut().with_config().limit(256 << 20).read_to_string()?;
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Answer { status: response.status().as_u16(), retry_after, content_type, json })
}
