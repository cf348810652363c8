//! How the server is spoken to: as a platform that sends calls, and as a person who looks at them.

use serde::de::DeserializeOwned;
use ureq::Agent;

use crate::Error;

/// A way to a server. Each thread that uses it has a connection of its own.
pub struct Client {
    agent: Agent,
    base: String,
    keys: Vec<String>,
    cookie: String,
}

impl Client {
    /// Signs in with a link, as somebody who sees all calls of the first account; the keys are those of the accounts.
    pub fn new(base: &str, keys: Vec<String>, sign_in_link: &str) -> Result<Self, Error> {
        let agent = agent();
        let response = agent.get(sign_in_link).call()?;
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie
            .and_then(|cookie| cookie.split(';').next())
            .ok_or_else(|| format!("the sign-in link began no session: {}", response.status()))?
            .to_owned();
        Ok(Self { agent, base: base.to_owned(), keys, cookie })
    }

    /// The same people at a server that was started anew, on another address.
    pub fn at(self, base: &str) -> Self {
        Self { agent: agent(), base: base.to_owned(), ..self }
    }

    /// How many accounts there are.
    pub const fn accounts(&self) -> usize {
        self.keys.len()
    }

    /// Asks as a browser does, which takes packed answers, and reads the answer to its end.
    pub fn get(&self, route: &str, parameters: &[(&str, &str)]) -> Result<Vec<u8>, Error> {
        let request = self.agent.get(format!("{}/api/v1/{route}", self.base)).header("cookie", &self.cookie);
        let request = request.header("accept-encoding", "gzip, deflate, br, zstd");
        let mut response = request.query_pairs(parameters.iter().copied()).call()?;
        let body = response.body_mut().read_to_vec()?;
        if response.status() == 200 && !body.is_empty() {
            return Ok(body);
        }
        Err(format!("{route} with {parameters:?} was answered with {}", response.status()).into())
    }

    /// Asks for an answer that is read here.
    pub fn get_json<T: DeserializeOwned>(&self, route: &str, parameters: &[(&str, &str)]) -> Result<T, Error> {
        let request = self.agent.get(format!("{}/api/v1/{route}", self.base)).header("cookie", &self.cookie);
        let mut response = request.query_pairs(parameters.iter().copied()).call()?;
        let text = response.body_mut().read_to_string()?;
        if response.status() != 200 {
            return Err(format!("{route} with {parameters:?} was answered with {}: {text}", response.status()).into());
        }
        Ok(serde_json::from_str(&text)?)
    }

    /// Sends a packed batch; good when the server says that all its calls are durable.
    pub fn send(&self, account: usize, calls: usize, packed: &[u8]) -> Result<(), Error> {
        let key = self.keys.get(account).ok_or("an account without a key")?;
        let mut response = self
            .agent
            .post(format!("{}/api/v1/calls", self.base))
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/x-ndjson")
            .header("content-encoding", "zstd")
            .send(packed)?;
        let text = response.body_mut().read_to_string()?;
        if response.status() != 200 {
            return Err(format!("the server refused a batch with {}: {text}", response.status()).into());
        }
        let answer: model::IngestAnswer = serde_json::from_str(&text)?;
        if answer.accepted == calls as u64 {
            return Ok(());
        }
        let reason = answer.rejected.first().map(|rejection| rejection.message.clone()).unwrap_or_default();
        Err(format!("of {calls} calls only {} were accepted: {reason}", answer.accepted).into())
    }
}

/// An HTTP client that leaves the judging of statuses to those who know what they expect.
pub fn agent() -> Agent {
    // Redirects would hide the cookie of the sign-in link.
    let config = Agent::config_builder().max_redirects(0).max_redirects_will_error(false).http_status_as_error(false);
    config.max_idle_connections_per_host(64).build().new_agent()
}
