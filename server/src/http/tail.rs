//! `GET calls/tail`: calls as they come in, as server-sent events.
//!
//! The beginning is the moment of the request, or the place that `Last-Event-ID` or `after` names. From there every
//! call that the list would show comes once, in the order in which calls became durable, or an event `gap` says that
//! some are left out. Events: `call` (a row of the list), `gap`, `end`; a comment while there is nothing to tell.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use model::{Access, Call, CallId, CallSummary, Cursor, LogQuery, Timestamp};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior};
use tracing::{Instrument, Span};

use super::App;
use super::extract::{Filter, Viewer};
use super::problem::ApiProblem;
use super::streams::Seat;
use crate::store::{Since, Tail, Tailed};

/// Between two signs of life; at each it is looked up whether the viewer may still see what they see.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// Tells nginx and its kin to pass events on at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// `GET calls/tail`: the calls of a filter as they come in.
pub async fn tail_calls(
    viewer: Viewer,
    mut filter: Filter,
    headers: HeaderMap,
    State(app): State<App>,
) -> Result<Response, ApiProblem> {
    let after = filter.take_cursor("after")?;
    let query = filter.finish()?;
    let stopping = app.streams.stopping();
    if *stopping.borrow() {
        return Err(ApiProblem::stopping());
    }
    let seat = app.streams.tails.enter(&viewer.session).map_err(|full| ApiProblem::too_many("live views", full))?;
    // A browser that connects again sends the same address and, in the header, the place it has reached meanwhile.
    let resumed = headers.get(LAST_EVENT_ID).map(|value| {
        let cursor = value.to_str().ok().and_then(|text| text.parse::<Cursor>().ok());
        cursor.and_then(|cursor| cursor.for_query(&query).ok())
    });
    let place = resumed.unwrap_or(after);
    let since = match (place.and_then(|cursor| cursor.commit), resumed.is_some() || after.is_some()) {
        (Some(commit), _) => Since::Commit(commit),
        (None, true) => Since::Unknown,
        (None, false) => Since::Now,
    };
    let beside = place.map_or((app.clock.now(), CallId::from_u128(0)), |cursor| (cursor.timestamp, cursor.id));
    let tail = app.calls.tail(&viewer.scope, &query, since)?;
    let mut signs = tokio::time::interval_at(Instant::now() + SIGN_OF_LIFE, SIGN_OF_LIFE);
    signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let watching = Watching { app, viewer, query, tail, beside, signs, stopping, _seat: seat };
    let request = Span::current();
    let events = stream::unfold(Some(watching), move |watching| {
        let next = async {
            let (event, watching) = watching?.next().await;
            Some((Ok::<_, Infallible>(event), watching))
        };
        next.instrument(request.clone())
    });
    let mut response = Sse::new(events.fuse()).into_response();
    response.headers_mut().insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

/// Somebody who watches, for as long as the connection lasts.
struct Watching {
    app: App,
    viewer: Viewer,
    query: LogQuery,
    tail: Tail,
    /// The call beside the place reached.
    beside: (Timestamp, CallId),
    signs: Interval,
    stopping: watch::Receiver<bool>,
    _seat: Seat,
}

impl Watching {
    /// The next event, and who watches on; nobody after the last one.
    async fn next(mut self) -> (Event, Option<Self>) {
        tokio::select! {
            // First of all what ends the stream: a stream of calls that never pauses must not put it off.
            biased;
            () = stopped(&mut self.stopping) => {
                (end("stopping", "The server is stopping. Connect again in a moment."), None)
            }
            _ = self.signs.tick() => match self.no_longer() {
                Some(end) => (end, None),
                None => (self.sign_of_life(), Some(self)),
            },
            tailed = self.tail.next() => {
                let event = match tailed {
                    Tailed::Start => self.sign_of_life(),
                    Tailed::Gap { skipped } => self.gap(skipped),
                    Tailed::Call(call) => self.call(&call),
                };
                (event, Some(self))
            }
        }
    }

    /// An event that nobody sees, but whose id browsers keep: the place reached, though no call passed the filter.
    fn sign_of_life(&self) -> Event {
        self.placed().comment("live")
    }

    fn gap(&self, skipped: Option<u64>) -> Event {
        let message = "Some calls that came in are not shown here. Load the list anew to see them.";
        self.placed().event("gap").data(json!({"skipped": skipped, "message": message}).to_string())
    }

    fn call(&mut self, call: &Call) -> Event {
        self.beside = (call.timestamp, call.id);
        match serde_json::to_string(&CallSummary::of(call)) {
            Ok(row) => self.placed().event("call").data(row),
            Err(error) => {
                tracing::error!(id = %call.id, %error, "a call could not be told");
                self.gap(Some(1))
            }
        }
    }

    fn placed(&self) -> Event {
        let (timestamp, id) = self.beside;
        let place = Cursor::new(&self.query, timestamp, id);
        Event::default().id(self.tail.position().map_or(place, |commit| place.at(commit)).to_string())
    }

    /// Whether the viewer may no longer see what they saw when they came.
    fn no_longer(&self) -> Option<Event> {
        let person = self.app.control.person(&self.viewer.session, &self.app.settings.plans, self.app.clock.now());
        let (reason, message) = match person.map(|person| person.map(|person| person.scope())) {
            Ok(Some(Ok(scope))) if scope == self.viewer.scope => return None,
            Ok(Some(Ok(_))) => ("access_changed", "What you may see has changed. Load the page anew."),
            Ok(Some(Err(Access::Plan))) => ("plan_not_included", "API Logs is no longer in this account's plan."),
            Ok(Some(Err(_))) => ("role_not_allowed", "Your role can no longer see API Logs."),
            Ok(None) => ("session_ended", "Your session has ended. Sign in again."),
            Err(error) => {
                tracing::error!(%error, "it could not be looked up whether a tail may go on");
                ("failed", "The server could not look up who you are. Connect again in a moment.")
            }
        };
        Some(end(reason, message))
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // A sender that is gone has stopped as well.
    let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
}

fn end(reason: &str, message: &str) -> Event {
    Event::default().event("end").data(json!({"reason": reason, "message": message}).to_string())
}
