//! A server in process, people who use it, and calls to send.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use model::{Bot, CallId, Timestamp};
use serde_json::{Value, json};
use server::accounts::{Plan, Plans, Role};
use server::clock::Clock;
use server::control::{Control, Invitation};
use server::http::{App, StreamLimits, Streams, router};
use server::ingest::Memory;
use server::metrics::Metrics;
use server::settings::Settings;
use server::store::Measured;
use server::store::sqlite::{Limits, Patience, SqliteStore};
use tempfile::TempDir;
use tower::ServiceExt;

/// The moment at which every test begins.
pub const NOW: &str = "2026-11-23T12:00:00Z";

/// A server with a data directory of its own.
pub struct TestServer {
    pub data: TempDir,
    pub clock: Clock,
    pub store: SqliteStore,
    app: App,
    router: Router,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The answer as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| {
            panic!("{error}: {} {}", self.status, String::from_utf8_lossy(&self.bytes));
        })
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.json());
        self.json()["code"].as_str().unwrap().to_owned()
    }
}

impl TestServer {
    pub fn start() -> Self {
        Self::start_with(Limits::default(), |_| ())
    }

    /// A server over a data directory that is there already, at the machine's time.
    pub fn over(data: TempDir) -> Self {
        Self::build(data, Clock::System, Limits::default(), |_| ())
    }

    /// A server over a data directory that is there already, at the moment at which tests begin.
    pub fn over_then(data: TempDir, limits: Limits, set: impl FnOnce(&mut Settings)) -> Self {
        Self::build(data, Clock::standing_at(NOW.parse().unwrap()), limits, set)
    }

    pub fn start_with(limits: Limits, set: impl FnOnce(&mut Settings)) -> Self {
        Self::build(tempfile::tempdir().unwrap(), Clock::standing_at(NOW.parse().unwrap()), limits, set)
    }

    /// Its store waits for every answer to be whole, so that no test depends on how quick the machine is.
    fn build(data: TempDir, clock: Clock, mut limits: Limits, set: impl FnOnce(&mut Settings)) -> Self {
        limits.patience = Patience::ENDLESS;
        let mut settings = Settings::read(None, [], [("data_dir", data.path().display().to_string())]).unwrap();
        set(&mut settings);
        let metrics = Arc::new(Metrics::new(clock.now()));
        limits.metrics = metrics.writer.clone();
        limits.least_free_bytes = settings.least_free_bytes;
        let store = SqliteStore::open(data.path(), clock.clone(), settings.plans.clone(), limits).unwrap();
        let app = App {
            settings: Arc::new(settings),
            calls: Arc::new(Measured::new(store.clone(), metrics.questions.clone())),
            control: Arc::new(Control::open(data.path()).unwrap()),
            clock: clock.clone(),
            streams: Arc::new(Streams::default()),
            memory: Memory::default(),
            metrics,
        };
        let router = router(&app);
        Self { data, clock, store, app, router }
    }

    /// The same server with so many bytes of memory for requests with calls.
    pub fn with_memory(mut self, bytes: usize) -> Self {
        self.app.memory = Memory::new(bytes);
        self.router = router(&self.app);
        self
    }

    /// Its routes, to serve them on connections.
    pub fn routes(&self) -> Router {
        self.router.clone()
    }

    /// The same server with other limits of what lasts.
    pub fn with_streams(mut self, limits: StreamLimits) -> Self {
        self.app.streams = Arc::new(Streams::new(limits));
        self.router = router(&self.app);
        self
    }

    /// Stops, and starts anew over the same data at the same time.
    pub async fn restart(self) -> Self {
        self.store.close().await;
        Self::build(self.data, self.clock, Limits::default(), |_| ())
    }

    /// Ends what lasts, as a stop does.
    pub fn stop_streams(&self) {
        self.app.streams.stop();
    }

    pub fn control(&self) -> &Control {
        &self.app.control
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// An answer whose body is still to be read.
    pub async fn open(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Somebody with this session's cookie.
    pub fn visitor(&self, cookie: &str) -> Visitor<'_> {
        Visitor { server: self, cookie: cookie.to_owned() }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// A key with which calls can be sent for an account.
    pub fn key(&self, account: &str) -> String {
        let plan = self.app.settings.plans.first_with_logs().unwrap().name.clone();
        let account = self.app.control.ensure_account(account, &plan).unwrap();
        self.app.control.create_key(&account, self.now()).unwrap()
    }

    /// A person of an account on a plan, signed in by a link.
    pub async fn person(&self, account: &str, plan: &str, role: Role, bots: &[&str]) -> Visitor<'_> {
        self.app.control.ensure_account(account, plan).unwrap();
        let link = self.link(account, role, bots);
        let answer = self.send(Request::get(link).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.headers[LOCATION], "/integrations/api-logs");
        let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        Visitor { server: self, cookie: cookie.split(';').next().unwrap().to_owned() }
    }

    /// A sign-in link's path.
    pub fn link(&self, account: &str, role: Role, bots: &[&str]) -> String {
        let bots = bots.iter().map(|bot| Bot { id: (*bot).to_owned(), name: (*bot).to_owned() }).collect();
        let invitation = Invitation {
            account: account.to_owned(),
            role,
            name: Some(format!("{role:?} {bots:?}")),
            email: None,
            bots,
        };
        format!("/sign-in?token={}", self.app.control.invite(&invitation, self.now()).unwrap().token)
    }

    /// The Owner of the account most tests use.
    pub async fn owner(&self) -> Visitor<'_> {
        self.person("acme", "business", Role::Owner, &[]).await
    }

    /// Sends calls for the account most tests use, and expects all of them to be taken.
    pub async fn take(&self, calls: &[Value]) {
        let answer = self.post(&self.key("acme"), &json!(calls)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
        assert_eq!(answer.json()["accepted"], calls.len(), "{}", answer.json());
    }

    pub async fn post(&self, key: &str, body: &Value) -> Answer {
        self.post_bytes(key, body.to_string().into_bytes(), None).await
    }

    pub async fn post_bytes(&self, key: &str, body: Vec<u8>, encoding: Option<&str>) -> Answer {
        let mut request = Request::post("/api/v1/calls").header(AUTHORIZATION, format!("Bearer {key}"));
        if let Some(encoding) = encoding {
            request = request.header(CONTENT_ENCODING, encoding);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// Somebody with a session.
pub struct Visitor<'a> {
    server: &'a TestServer,
    pub cookie: String,
}

impl Visitor<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path).await
    }

    pub async fn request(&self, method: Method, path: &str) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api/v1/{path}")).header(COOKIE, &self.cookie);
        self.server.send(request.body(Body::empty()).unwrap()).await
    }

    /// A request with a JSON body.
    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api/v1/{path}")).header(COOKIE, &self.cookie);
        let request = request.header(CONTENT_TYPE, "application/json");
        self.server.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// An answer whose body is still to be read.
    pub async fn open(&self, path: &str) -> Response {
        let request = Request::get(format!("/api/v1/{path}")).header(COOKIE, &self.cookie);
        self.server.open(request.body(Body::empty()).unwrap()).await
    }

    /// The ids of the calls on a page, by the number they were made with.
    pub async fn ids(&self, path: &str) -> Vec<u128> {
        ids(&self.get(path).await.json())
    }
}

/// The numbers of the calls of a page.
pub fn ids(page: &Value) -> Vec<u128> {
    let items = page["items"].as_array().unwrap_or_else(|| panic!("{page}"));
    items.iter().map(|item| number(item["id"].as_str().unwrap())).collect()
}

/// The number a call was made with.
pub fn number(id: &str) -> u128 {
    let id: CallId = id.parse().unwrap();
    u128::from_be_bytes(id.to_bytes())
}

/// A call as the platform sends it; the number is its id and, unless said otherwise, its age in minutes.
pub struct ACall(Value);

pub fn a_call(number: u128) -> ACall {
    let now: Timestamp = NOW.parse().unwrap();
    let age = i64::try_from(number % 1_000).unwrap() * 60_000;
    ACall(json!({
        "id": CallId::from_u128(number),
        "timestamp": now.minus_millis(age),
        "duration_ms": 231,
        "bot": {"id": "b1", "name": "Order status"},
        "source": {"kind": "bot_flow", "path": {"id": "p1", "name": "Order status"},
                   "node": {"id": "n7", "name": "Look up order", "type": "json_api"}},
        "user": {"id": "u9", "name": "Asha"},
        "conversation_id": "c3",
        "application": "json_api",
        "request": {"method": "GET", "url": "https://shop.example/orders/7",
                    "headers": [["accept", "application/json"]], "body": ""},
        "response": {"status": 200, "headers": [["content-type", "application/json"]], "body": "{\"ok\":true}"},
    }))
}

impl ACall {
    pub fn at(mut self, timestamp: &str) -> Self {
        self.0["timestamp"] = json!(timestamp);
        self
    }

    pub fn answered(mut self, status: u16) -> Self {
        self.0["response"]["status"] = json!(status);
        self
    }

    pub fn with_body(mut self, body: &str) -> Self {
        self.0["response"]["body"] = json!(body);
        self
    }

    pub fn by(mut self, bot: &str) -> Self {
        self.0["bot"] = json!({"id": bot, "name": format!("Bot {bot}")});
        self
    }

    pub fn with(mut self, pointer: &str, value: Value) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        self.0.pointer_mut(parent).unwrap()[name] = value;
        self
    }

    pub fn without_response(mut self, kind: &str) -> Self {
        self.0.as_object_mut().unwrap().remove("response");
        self.0["failure"] = json!({"kind": kind, "message": "getaddrinfo ENOTFOUND shop.example"});
        self
    }

    pub fn of_a_script(mut self, error: Option<&str>) -> Self {
        let call = self.0.as_object_mut().unwrap();
        call.remove("response");
        call.remove("request");
        call.insert("application".to_owned(), json!("script"));
        let error = error.map(|message| json!({"message": message, "line": 3, "column": 7}));
        call.insert(
            "script".to_owned(),
            json!({"before": {"total": 1}, "after": {"total": 2}, "error": error, "result": null}),
        );
        self
    }

    pub fn json(self) -> Value {
        self.0
    }
}

/// A call of today, and one of each of two days before.
pub fn of_three_days() -> [Value; 3] {
    let at = |number, time| a_call(number).at(time).json();
    [a_call(1).json(), at(2, "2026-11-21T10:00:00Z"), at(3, "2026-11-20T10:00:00Z")]
}

/// A plan that keeps calls for other times.
pub fn plans_with(success_days: u32, error_days: u32) -> Plans {
    let plan = |name: &str, api_logs| Plan {
        name: name.to_owned(),
        label: name.to_owned(),
        api_logs,
        success_days,
        error_days,
    };
    Plans::new(vec![plan("starter", false), plan("business", true)])
}
