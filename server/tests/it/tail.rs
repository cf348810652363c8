//! The live tail: every call that the list would show, once and in the order of commits, or a gap that is told.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, COOKIE};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use futures_util::FutureExt;
use http_body_util::BodyExt;
use model::{CallId, CallPage};
use serde_json::{Value, json};
use server::accounts::Role;
use server::control::Invitation;
use server::http::StreamLimits;
use server::store::sqlite::Limits;

use crate::query::a_mix;
use crate::support::{TestServer, Visitor, a_call, number};

/// One event as a browser takes it.
#[derive(Clone, Debug, PartialEq)]
struct Event {
    id: String,
    /// Empty for a sign of life.
    kind: String,
    data: Value,
}

/// An open stream.
struct Events(Body);

impl Events {
    /// The next event, waited for; `None` when the stream has ended.
    async fn next(&mut self) -> Option<Event> {
        let frame = self.0.frame().await?.unwrap().into_data().unwrap();
        let text = String::from_utf8(frame.to_vec()).unwrap();
        assert!(text.ends_with("\n\n") && text.matches("\n\n").count() == 1, "{text:?}");
        let mut event = Event { id: String::new(), kind: String::new(), data: Value::Null };
        for line in text.trim_end().lines() {
            match line.split_once(':').unwrap() {
                ("id", id) => id.trim().clone_into(&mut event.id),
                ("event", kind) => kind.trim().clone_into(&mut event.kind),
                ("data", data) => event.data = serde_json::from_str(data).unwrap(),
                ("", "live" | " live") => {}
                other => panic!("{other:?}"),
            }
        }
        Some(event)
    }

    /// What there is to be told now.
    fn now(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(Some(event)) = self.next().now_or_never() {
            events.push(event);
        }
        events
    }

    /// The calls there are to be told now, by number.
    fn calls(&mut self) -> Vec<u128> {
        numbers(&self.now())
    }
}

fn numbers(events: &[Event]) -> Vec<u128> {
    let of_call = |event: &Event| {
        assert_eq!(event.kind, "call", "{event:?}");
        number(event.data["id"].as_str().unwrap())
    };
    events.iter().map(of_call).collect()
}

fn events_of(response: Response) -> Events {
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    assert!(!response.headers().contains_key("content-encoding"));
    Events(response.into_body())
}

/// A stream from now on, its first sign of life taken.
async fn watch(visitor: &Visitor<'_>, filter: &str) -> Events {
    let mut events = events_of(visitor.open(&format!("calls/tail?{filter}")).await);
    let first = events.next().await.unwrap();
    assert_eq!((first.kind.as_str(), first.id.is_empty()), ("", false));
    events
}

async fn come_back(server: &TestServer, cookie: &str, filter: &str, last: &str) -> Events {
    let request = Request::get(format!("/api/v1/calls/tail?{filter}"))
        .header(COOKIE, cookie)
        .header(ACCEPT_ENCODING, "gzip, zstd")
        .header("last-event-id", last);
    events_of(server.open(request.body(Body::empty()).unwrap()).await)
}

const MANY: StreamLimits =
    StreamLimits { tails_per_session: 100, tails: 100, exports_per_session: 2, exports: 8, export_calls: 50_000 };

#[tokio::test]
async fn calls_come_as_rows_of_the_list_in_the_order_of_commits() {
    let server = TestServer::start();
    let owner = server.owner().await;
    server.take(&[a_call(9).json()]).await;
    let mut events = watch(&owner, "").await;
    assert_eq!(events.now(), []);
    server.take(&[a_call(3).json(), a_call(1).answered(500).json(), a_call(2).of_a_script(Some("no")).json()]).await;
    server.take(&[a_call(5).with("/request/url", json!("https://x/".to_owned() + &"é".repeat(600))).json()]).await;
    let told = events.now();
    assert_eq!(numbers(&told), [3, 1, 2, 5]);
    let page: CallPage = serde_json::from_value(owner.get("calls").await.json()).unwrap();
    for event in told {
        let row = page.items.iter().find(|item| json!(item.id) == event.data["id"]).unwrap();
        assert_eq!(event.data, json!(row));
    }
    // What is sent again is no new call.
    server.post(&server.key("acme"), &json!([a_call(3).json()])).await;
    assert_eq!(events.now(), []);
}

#[tokio::test]
async fn a_filter_shows_what_the_list_shows() {
    let server = TestServer::start().with_streams(MANY);
    let owner = server.owner().await;
    let filters = [
        "",
        "status=success",
        "status=error",
        "status=-success",
        "status=no_response",
        "no_response=true",
        "no_response=true&status=error",
        "method=POST,C2E",
        "method=-GET",
        "code=404",
        "code=4xx,503",
        "code=-404",
        "bot=b2",
        "bot=-b2&status=error",
        "application=script,c2e",
        "source=inbox",
        "user=%2B15550100",
        "user=Asha&source=-bot_flow",
        "last=3m",
        "from=2026-11-23T11:54:00Z&to=2026-11-23T11:57:00Z",
        "to=2026-11-23T11:58:00Z",
        "q=ORDER",
        "q=order%20zen",
        "q=is%20not%20defined",
        "q=status:error%20-bot:b2",
        "q=status:no_response%20OR%20in:request%20get",
        "q=is:script%20has:script_error",
    ];
    let mut streams = Vec::new();
    for filter in filters {
        streams.push(watch(&owner, filter).await);
    }
    server.take(&a_mix()).await;
    for (filter, events) in filters.into_iter().zip(&mut streams) {
        assert_eq!(events.calls(), owner.ids(&format!("calls?{filter}")).await, "{filter}");
    }
}

#[tokio::test]
async fn nobody_is_told_of_calls_they_may_not_see() {
    let server = TestServer::start();
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    let (mut few, mut none) = (watch(&supervisor, "").await, watch(&stranger, "no_response=true").await);
    server
        .take(&[
            a_call(1).json(),
            a_call(2).by("b2").json(),
            a_call(3).with("/bot", json!(null)).json(),
            a_call(4).by("b2").answered(500).json(),
            a_call(5).json(),
        ])
        .await;
    assert_eq!(few.calls(), [1, 5]);
    assert_eq!(none.now(), []);
    for (role, plan, code) in
        [(Role::Agent, "business", "role_not_allowed"), (Role::Owner, "starter", "plan_not_included")]
    {
        let person = server.person(plan, plan, role, &[]).await;
        assert_eq!(person.get("calls/tail").await.code(), code);
    }
    let nobody = server.send(Request::get("/api/v1/calls/tail").body(Body::empty()).unwrap()).await;
    assert_eq!(nobody.code(), "not_signed_in");
}

#[tokio::test]
async fn a_relative_range_goes_along_and_an_ended_one_shows_late_calls() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let mut last_hour = watch(&owner, "last=1h").await;
    let mut morning = watch(&owner, "from=2026-11-23T08:00:00Z&to=2026-11-23T09:00:00Z").await;
    server.take(&[a_call(59).json(), a_call(61).json(), a_call(1).at("2026-11-23T08:30:00Z").json()]).await;
    assert_eq!(last_hour.calls(), [59]);
    assert_eq!(morning.calls(), [1]);
    server.clock.advance_millis(3 * 3_600_000);
    server.take(&[a_call(2).json(), a_call(3).at("2026-11-23T14:30:00Z").json()]).await;
    assert_eq!(last_hour.calls(), [3]);
}

#[tokio::test]
async fn whoever_comes_back_goes_on_where_they_were() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let mut events = watch(&owner, "status=error").await;
    let batch: Vec<Value> = (1..=4).map(|number| a_call(number).answered(500).json()).collect();
    server.take(&batch).await;
    let told = events.now();
    assert_eq!(numbers(&told), [1, 2, 3, 4]);
    drop(events);
    // Meanwhile: an older call, one that the filter leaves out, a newer one.
    server.take(&[a_call(900).answered(404).json(), a_call(5).json()]).await;
    server.take(&[a_call(0).answered(404).json()]).await;
    for (index, rest) in [(0, &[2, 3, 4, 900, 0][..]), (1, &[3, 4, 900, 0]), (3, &[900, 0])] {
        let mut events = come_back(&server, &owner.cookie, "status=error", &told[index].id).await;
        assert_eq!(events.next().await.unwrap().kind, "");
        assert_eq!(events.calls(), rest);
        // The header says more than the address, which a browser sends again as it was.
        let filter = format!("status=error&after={}", told[0].id);
        let mut events = come_back(&server, &owner.cookie, &filter, &told[index].id).await;
        assert_eq!(events.next().await.unwrap().kind, "");
        assert_eq!(events.calls(), rest);
        let mut events = watch(&owner, &format!("status=error&after={}", told[index].id)).await;
        assert_eq!(events.calls(), rest);
    }
    // The place is one in the list as well.
    assert_eq!(owner.ids(&format!("calls?status=error&after={}", told[1].id)).await, [0, 1]);
}

#[tokio::test]
async fn a_sign_of_life_moves_the_place_past_what_was_left_out() {
    let server =
        TestServer::start_with(Limits { max_live_calls: Some(4), ..Limits::default() }, |_| ()).with_streams(MANY);
    let owner = server.owner().await;
    let mut events = watch(&owner, "status=error").await;
    for number in 1..=12 {
        server.take(&[a_call(number).json()]).await;
        assert_eq!(events.now(), []);
    }
    tokio::time::pause();
    let sign = events.next().await.unwrap();
    assert_eq!(sign.kind, "");
    drop(events);
    server.take(&[a_call(20).answered(500).json()]).await;
    let mut events = come_back(&server, &owner.cookie, "status=error", &sign.id).await;
    assert_eq!(events.next().await.unwrap().kind, "");
    assert_eq!(events.calls(), [20]);
}

#[tokio::test]
async fn a_page_and_the_tail_after_it_leave_no_hole() {
    let server = TestServer::start();
    let owner = server.owner().await;
    server.take(&[a_call(10).json()]).await;
    let page = owner.get("calls").await.json();
    // Between the page and the tail a newer and an older call come in.
    server.take(&[a_call(5).json(), a_call(500).json()]).await;
    let mut events = watch(&owner, &format!("after={}", page["after"].as_str().unwrap())).await;
    assert_eq!(events.calls(), [5, 500]);
}

#[tokio::test]
async fn what_cannot_be_known_is_a_gap() {
    let server = TestServer::start();
    let cookie = server.owner().await.cookie;
    server.take(&[a_call(1).json()]).await;
    let page = server.visitor(&cookie).get("calls").await.json();
    let after = page["after"].as_str().unwrap().to_owned();
    let without_commit = format!("01{}", &after[2..66]);
    let server = server.restart().await;
    server.take(&[a_call(2).json()]).await;
    let other_filter = server.visitor(&cookie).get("calls?status=success").await.json();
    let other_filter = other_filter["after"].as_str().unwrap();
    // Another run of the server, a cursor from before there were commits, no cursor at all, one of another filter.
    for last in [after.as_str(), &without_commit, "nonsense", other_filter] {
        let mut events = come_back(&server, &cookie, "", last).await;
        let gap = events.next().await.unwrap();
        assert_eq!((gap.kind.as_str(), &gap.data["skipped"]), ("gap", &Value::Null), "{last}");
        assert_eq!(events.now(), []);
        // From the gap on everything comes.
        let mut again = come_back(&server, &cookie, "", &gap.id).await;
        assert_eq!(again.next().await.unwrap().kind, "");
    }
    let mut events = come_back(&server, &cookie, "", &after).await;
    server.take(&[a_call(3).json()]).await;
    let told = events.now();
    assert_eq!((told[0].kind.as_str(), numbers(&told[1..])), ("gap", vec![3]));
}

#[tokio::test]
async fn whoever_falls_behind_is_told_how_much_they_missed() {
    let limits = Limits { max_live_calls: Some(3), ..Limits::default() };
    let server = TestServer::start_with(limits, |_| ());
    let owner = server.owner().await;
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    let (mut all, mut few) = (watch(&owner, "").await, watch(&supervisor, "").await);
    for number in 1..=8 {
        server.take(&[a_call(number).json()]).await;
    }
    let told = all.now();
    assert_eq!((told[0].kind.as_str(), &told[0].data["skipped"]), ("gap", &json!(5)));
    assert_eq!(numbers(&told[1..]), [6, 7, 8]);
    // How much others did is not for a supervisor to know.
    let told = few.now();
    assert_eq!((told[0].kind.as_str(), &told[0].data["skipped"]), ("gap", &Value::Null));
    assert_eq!(numbers(&told[1..]), [6, 7, 8]);
    // What other accounts send is no gap.
    let key = server.key("loud");
    for number in 1..=8 {
        server.post(&key, &json!([a_call(number).json()])).await;
    }
    server.take(&[a_call(20).json()]).await;
    assert_eq!(all.calls(), [20]);
}

#[tokio::test]
async fn there_are_so_many_streams_and_no_more() {
    let limits = StreamLimits { tails_per_session: 2, tails: 3, ..StreamLimits::default() };
    let server = TestServer::start().with_streams(limits);
    let (owner, other) = (server.owner().await, server.person("other", "business", Role::Owner, &[]).await);
    let (_one, two) = (watch(&owner, "").await, watch(&owner, "status=error").await);
    let refused = owner.get("calls/tail").await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "too_many_streams"));
    assert_eq!(refused.headers["retry-after"], "10");
    let _three = watch(&other, "").await;
    let refused = other.get("calls/tail").await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "too_many_streams"));
    drop(two);
    watch(&other, "").await;
}

#[tokio::test]
async fn a_stream_ends_when_what_its_viewer_may_see_changes() {
    let server = TestServer::start();
    let invite = |role, bots: &[&str]| {
        let bots = bots.iter().map(|bot| model::Bot { id: (*bot).to_owned(), name: (*bot).to_owned() }).collect();
        let invitation =
            Invitation { account: "acme".to_owned(), role, name: Some("Kim".to_owned()), email: None, bots };
        server.control().invite(&invitation, server.now()).unwrap().token
    };
    server.control().ensure_account("acme", "business").unwrap();
    let sign_in = async |token: &str| {
        let answer = server.send(Request::get(format!("/sign-in?token={token}")).body(Body::empty()).unwrap()).await;
        answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
    };
    tokio::time::pause();
    for reason in ["role_not_allowed", "access_changed", "plan_not_included", "session_ended"] {
        server.control().set_plan("acme", "business").unwrap();
        let cookie = sign_in(&invite(Role::Supervisor, &["b1"])).await;
        let kim = server.visitor(&cookie);
        let mut events = watch(&kim, "").await;
        assert_eq!(events.next().await.unwrap().kind, "");
        let began = tokio::time::Instant::now();
        match reason {
            "role_not_allowed" => drop(invite(Role::Agent, &[])),
            "access_changed" => drop(invite(Role::Supervisor, &["b2"])),
            "plan_not_included" => server.control().set_plan("acme", "starter").unwrap(),
            _ => drop(kim.request(axum::http::Method::DELETE, "session").await),
        }
        let end = events.next().await.unwrap();
        assert_eq!((end.kind.as_str(), end.data["reason"].as_str()), ("end", Some(reason)));
        assert!(began.elapsed() <= Duration::from_mins(1), "{:?}", began.elapsed());
        assert_eq!(events.next().await, None);
    }
}

#[tokio::test]
async fn a_session_that_has_run_out_ends_its_stream() {
    let server = TestServer::start();
    let owner = server.owner().await;
    tokio::time::pause();
    let mut events = watch(&owner, "").await;
    assert_eq!(events.next().await.unwrap().kind, "");
    server.clock.advance_millis(24 * 3_600_000);
    assert_eq!(events.next().await.unwrap().data["reason"], "session_ended");
}

#[tokio::test]
async fn a_stop_ends_every_stream_and_lets_none_begin() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let mut events = watch(&owner, "").await;
    server.stop_streams();
    let told = events.now();
    assert_eq!((told[0].kind.as_str(), &told[0].data["reason"]), ("end", &json!("stopping")));
    assert_eq!(events.next().await, None);
    let refused = owner.get("calls/tail").await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (503, "stopping"));
}

#[tokio::test]
async fn nothing_in_a_call_can_pass_for_an_event() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let mut events = watch(&owner, "").await;
    let evil = "x\n\nevent: end\rdata: {}\r\n\u{2028}id: 1\0";
    server
        .take(&[a_call(1)
            .with("/bot/name", json!(evil))
            .with("/request/url", json!(format!("https://shop.example/{evil}")))
            .with("/request/headers", json!([[evil, evil]]))
            .json()])
        .await;
    let told = events.now();
    assert_eq!(numbers(&told), [1]);
    assert_eq!(told[0].data["bot"]["name"], evil);
    assert_eq!(told[0].data.get("request"), None);
}

#[tokio::test]
async fn parameters_that_cannot_be_used_are_named() {
    let server = TestServer::start();
    server.take(&[a_call(1).json()]).await;
    let owner = server.owner().await;
    let cursor = owner.get("calls").await.json()["after"].as_str().unwrap().to_owned();
    for (parameters, parameter, message) in [
        ("after=zzz".to_owned(), "after", "this is not a cursor from an earlier answer"),
        (format!("status=error&after={cursor}"), "after", "this cursor belongs to another filter"),
        ("limit=3".to_owned(), "limit", "not a parameter of this address"),
        ("status=broken".to_owned(), "status", "a response status is success, error or no_response"),
    ] {
        let answer = owner.get(&format!("calls/tail?{parameters}")).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalid_query"));
        let issue = &answer.json()["parameters"][0];
        assert_eq!((issue["parameter"].as_str(), issue["message"].as_str()), (Some(parameter), Some(message)));
    }
    assert_eq!(owner.get(&format!("calls/{}", CallId::from_u128(1))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_place_tells_nothing_of_calls_that_its_holder_does_not_see() {
    let server = TestServer::start().with_streams(MANY);
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    server.take(&[a_call(1).json()]).await;
    let place = async || supervisor.get("calls").await.json()["after"].as_str().unwrap().to_owned();
    // The same answer has another place each time, whether anything was committed in between or not.
    let (first, second) = (place().await, place().await);
    assert_eq!((first.len(), &first[..66]), (second.len(), &second[..66]));
    assert_ne!(first[66..], second[66..]);
    server.take(&[a_call(2).by("b2").json(), a_call(3).by("b2").json()]).await;
    let third = place().await;
    assert_eq!(first[..66], third[..66]);
    // One that was changed says nothing, so that nobody can try where the commits are.
    for digit in [66, 120, 161] {
        let changed = if first.as_bytes()[digit] == b'0' { "1" } else { "0" };
        let tampered = format!("{}{changed}{}", &first[..digit], &first[digit + 1..]);
        let mut events = events_of(supervisor.open(&format!("calls/tail?after={tampered}")).await);
        assert_eq!(events.next().await.unwrap().kind, "gap");
    }
}
