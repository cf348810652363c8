//! Who sees what.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use model::CallId;
use serde_json::json;
use server::accounts::Role;

use crate::support::{TestServer, a_call};

const ROUTES: [&str; 6] = [
    "calls",
    "calls/facets",
    "calls/histogram",
    "calls/00000000-0000-0000-0000-000000000001",
    "calls/suggestions?text=bot:",
    "views",
];
/// Those that need more than a call to answer, and refuse like the others.
const OTHER_ROUTES: [&str; 3] =
    ["calls/tail", "calls/export?format=csv", "calls/00000000-0000-0000-0000-000000000001/last-success"];

#[tokio::test]
async fn roles_and_plans_decide() {
    let server = TestServer::start();
    server.take(&[a_call(1).json()]).await;
    for (plan, role, access, code) in [
        ("business", Role::Owner, "granted", None),
        ("business", Role::BotBuilder, "granted", None),
        ("business", Role::Supervisor, "granted", None),
        ("business", Role::Executive, "role", Some("role_not_allowed")),
        ("business", Role::Agent, "role", Some("role_not_allowed")),
        ("starter", Role::Owner, "plan", Some("plan_not_included")),
        ("starter", Role::BotBuilder, "plan", Some("plan_not_included")),
        ("starter", Role::Agent, "role", Some("role_not_allowed")),
    ] {
        let account = if plan == "business" { "acme" } else { "small" };
        let person = server.person(account, plan, role, &["b1"]).await;
        let session = person.get("session").await.json();
        assert_eq!(session["access"], access, "{role:?} {plan}");
        assert_eq!(session["capabilities"]["view_logs"], code.is_none());
        assert_eq!(session["plan_with_logs"].as_str(), (plan == "starter").then_some("Business"));
        for route in ROUTES.into_iter().chain(OTHER_ROUTES.into_iter().filter(|_| code.is_some())) {
            let answer = person.get(route).await;
            match code {
                None => assert_eq!(answer.status, StatusCode::OK, "{role:?} {route}"),
                Some(code) => assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, code)),
            }
        }
    }
}

#[tokio::test]
async fn a_supervisor_sees_invited_bots_only_everywhere() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(1).json(),
            a_call(2).by("b2").answered(404).json(),
            a_call(3).with("/bot", json!(null)).json(),
            a_call(4).by("b2").without_response("dns").json(),
        ])
        .await;
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    for filter in ["", "?q=order", "?bot=b2,b1", "?q=or", "?bot=-b2"] {
        let page = supervisor.get(&format!("calls{filter}")).await.json();
        assert_eq!(crate::support::ids(&page), [1], "{filter}");
        assert_eq!(page["total"]["count"], 1);
        let facets = supervisor.get(&format!("calls/facets{filter}")).await.json();
        assert!(!facets.to_string().contains("b2"), "{facets}");
        assert_eq!(facets["facets"]["code"].as_array().unwrap().len(), 1);
        let histogram = supervisor.get(&format!("calls/histogram{filter}")).await.json();
        let sum = |outcome: &str| -> u64 {
            histogram["buckets"].as_array().unwrap().iter().map(|bucket| bucket[outcome].as_u64().unwrap()).sum()
        };
        assert_eq!([sum("success"), sum("error"), sum("no_response")], [1, 0, 0]);
    }
    assert_eq!(supervisor.ids("calls?bot=b2").await, [] as [u128; 0]);
    for (number, status) in [(1, 200), (2, 404), (3, 404), (4, 404), (99, 404)] {
        let answer = supervisor.get(&format!("calls/{}", CallId::from_u128(number))).await;
        assert_eq!(answer.status.as_u16(), status, "{number}");
        if status == 404 {
            assert_eq!(answer.code(), "call_not_found");
        }
    }
    let nobody_invited = server.person("acme", "business", Role::Supervisor, &[]).await;
    assert_eq!(nobody_invited.ids("calls").await, [] as [u128; 0]);
}

#[tokio::test]
async fn an_account_never_sees_another() {
    let server = TestServer::start();
    server.take(&[a_call(1).with_body("only acme knows").json()]).await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    for route in ["calls", "calls?q=acme", "calls?q=ac", "calls?bot=b1"] {
        assert_eq!(stranger.ids(route).await, [] as [u128; 0], "{route}");
    }
    assert!(!stranger.get("calls/facets").await.json().to_string().contains("b1"));
    assert_eq!(stranger.get(ROUTES[3]).await.code(), "call_not_found");
}

#[tokio::test]
async fn without_a_session_there_is_nothing() {
    let server = TestServer::start();
    for route in ROUTES.iter().chain(&OTHER_ROUTES).chain(&["session"]) {
        for cookie in ["", "api_logs=", "api_logs=00ff", "other=x"] {
            let request = Request::get(format!("/api/v1/{route}")).header("cookie", cookie);
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "not_signed_in"));
        }
    }
}

#[tokio::test]
async fn a_link_signs_in_once_and_for_a_day_and_a_session_ends() {
    let server = TestServer::start();
    server.owner().await;
    let follow = async |link: &str| server.send(Request::get(link).body(Body::empty()).unwrap()).await.status;
    let link = server.link("acme", Role::Owner, &[]);
    let looked_at = server.send(Request::head(&link).body(Body::empty()).unwrap()).await;
    assert_eq!(looked_at.status, StatusCode::NO_CONTENT);
    assert_eq!(follow(&link).await, StatusCode::SEE_OTHER);
    assert_eq!(follow(&link).await, StatusCode::GONE);
    let old = server.link("acme", Role::Owner, &[]);
    let owner = server.owner().await;
    server.clock.advance_millis(24 * 3_600_000 + 1);
    assert_eq!(follow(&old).await, StatusCode::GONE);
    assert_eq!(owner.get("session").await.code(), "not_signed_in");
    let owner = server.owner().await;
    assert_eq!(owner.request(Method::DELETE, "session").await.status, StatusCode::NO_CONTENT);
    assert_eq!(owner.get("session").await.code(), "not_signed_in");
    assert_eq!(follow("/sign-in").await, StatusCode::GONE);
}

#[tokio::test]
async fn a_changed_role_acts_on_the_next_question() {
    let server = TestServer::start();
    server.take(&[a_call(1).json()]).await;
    let control = server::control::Control::open(server.data_dir()).unwrap();
    let invite = |role| {
        let invitation = server::control::Invitation {
            account: "acme".to_owned(),
            role,
            name: "Kim".to_owned(),
            email: None,
            bots: vec![],
        };
        control.invite(&invitation, server.now()).unwrap()
    };
    let token = invite(Role::BotBuilder);
    let answer = server.send(Request::get(format!("/sign-in?token={token}")).body(Body::empty()).unwrap()).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let status = async || {
        let request = Request::get("/api/v1/calls").header("cookie", &cookie).body(Body::empty()).unwrap();
        server.send(request).await.status
    };
    assert_eq!(status().await, StatusCode::OK);
    invite(Role::Agent);
    assert_eq!(status().await, StatusCode::FORBIDDEN);
}
