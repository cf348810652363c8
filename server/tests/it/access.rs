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
            name: Some("Kim".to_owned()),
            email: None,
            bots: vec![],
        };
        control.invite(&invitation, server.now()).unwrap().token
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

/// Signs a person in; their cookie, or why not.
async fn invite(
    server: &TestServer,
    role: Role,
    [name, email]: [Option<&str>; 2],
    bots: &[&str],
) -> Result<String, String> {
    server.control().ensure_account("acme", "business").unwrap();
    let invitation = server::control::Invitation {
        account: "acme".to_owned(),
        role,
        name: name.map(str::to_owned),
        email: email.map(str::to_owned),
        bots: bots.iter().map(|bot| model::Bot { id: (*bot).to_owned(), name: (*bot).to_owned() }).collect(),
    };
    let invited = server.control().invite(&invitation, server.now()).map_err(|error| error.to_string())?;
    let link = Request::get(format!("/sign-in?token={}", invited.token)).body(Body::empty()).unwrap();
    let answer = server.send(link).await;
    Ok(answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned())
}

#[tokio::test]
async fn nobody_becomes_somebody_else_by_an_invitation() {
    let server = TestServer::start();
    let who = async |cookie: &str| {
        let session = server.visitor(cookie).get("session").await.json();
        format!("{}: {}", session["user"].as_str().unwrap(), session["role"].as_str().unwrap())
    };
    let ana = invite(&server, Role::Supervisor, [Some("Ana"), Some("ana@shop.example")], &["b1"]).await.unwrap();
    let refused = invite(&server, Role::Owner, [Some("Ana"), Some("ana@other.example")], &[]).await.unwrap_err();
    assert!(refused.contains("ana@shop.example") && refused.contains("a name of their own"), "{refused}");
    assert_eq!(who(&ana).await, "Ana: Supervisor");
    // The address says who it is, whatever else is said.
    let again = invite(&server, Role::Owner, [Some("Ana Maria"), Some("ANA@shop.example")], &[]).await.unwrap();
    assert_eq!((who(&again).await, who(&ana).await), ("Ana: Owner".to_owned(), "Ana: Owner".to_owned()));
    // Without a name, people share a place only where they see the same.
    let first = invite(&server, Role::Supervisor, [None, None], &["b1"]).await.unwrap();
    let second = invite(&server, Role::Supervisor, [None, None], &["b2"]).await.unwrap();
    let third = invite(&server, Role::Supervisor, [None, None], &["b1"]).await.unwrap();
    assert_eq!(who(&first).await, "Supervisor: Supervisor");
    assert_eq!(who(&second).await, "Supervisor 2: Supervisor");
    assert_eq!(who(&third).await, "Supervisor: Supervisor");
    // Nor is that place taken by name.
    let eve = invite(&server, Role::Owner, [Some(" supervisor "), Some("eve@shop.example ")], &[]).await.unwrap();
    assert_eq!(who(&eve).await, "eve@shop.example: Owner");
    let named = invite(&server, Role::Owner, [Some("Supervisor"), None], &[]).await.unwrap();
    assert_eq!(
        (who(&named).await, who(&first).await),
        ("Owner: Owner".to_owned(), "Supervisor: Supervisor".to_owned())
    );
    server.take(&[a_call(1).json(), a_call(2).by("b2").json()]).await;
    assert_eq!(server.visitor(&first).ids("calls").await, [1]);
    assert_eq!(server.visitor(&second).ids("calls").await, [2]);
}

#[tokio::test]
async fn a_link_that_nobody_follows_is_not_used_up() {
    let server = TestServer::start();
    server.owner().await;
    let link = server.link("acme", Role::Owner, &[]);
    for (name, value) in [
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "Prefetch"),
        ("x-moz", "prefetch"),
        ("sec-fetch-dest", "image"),
        ("sec-fetch-dest", "script"),
    ] {
        let looked_at = server.send(Request::get(&link).header(name, value).body(Body::empty()).unwrap()).await;
        assert_eq!(looked_at.status, StatusCode::NO_CONTENT, "{name}: {value}");
    }
    let followed = Request::get(&link).header("sec-fetch-dest", "document").header("sec-fetch-site", "cross-site");
    assert_eq!(server.send(followed.body(Body::empty()).unwrap()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pages_of_other_origins_change_nothing() {
    let server = TestServer::start();
    let owner = server.owner().await;
    for (site, status) in [
        ("same-site", StatusCode::FORBIDDEN),
        ("cross-site", StatusCode::FORBIDDEN),
        ("same-origin", StatusCode::CREATED),
    ] {
        let send = |method, path: &str, body: &str| {
            let request = Request::builder().method(method).uri(format!("/api/v1/{path}"));
            let request = request.header("cookie", &owner.cookie).header("content-type", "application/json");
            request.header("sec-fetch-site", site).body(Body::from(body.to_owned())).unwrap()
        };
        let view = format!(r#"{{"name":"{site}","query":"","shared":false}}"#);
        assert_eq!(server.send(send(Method::POST, "views", &view)).await.status, status, "{site}");
        if status == StatusCode::FORBIDDEN {
            assert_eq!(server.send(send(Method::DELETE, "session", "")).await.code(), "from_elsewhere");
            assert_eq!(server.send(send(Method::DELETE, "end-users/u1/bodies", "")).await.code(), "from_elsewhere");
        }
        assert_eq!(server.send(send(Method::GET, "calls", "")).await.status, StatusCode::OK);
    }
    // Browsers that do not name the site name the origin.
    for (number, (origin, status)) in [
        ("http://evil.example", StatusCode::FORBIDDEN),
        ("null", StatusCode::FORBIDDEN),
        ("http://logs.example:1", StatusCode::FORBIDDEN),
        ("http://logs.example", StatusCode::CREATED),
        ("http://127.0.0.1:8080", StatusCode::CREATED),
    ]
    .into_iter()
    .enumerate()
    {
        let request = Request::post("/api/v1/views").header("cookie", &owner.cookie).header("host", "logs.example");
        let request = request.header("content-type", "application/json").header("origin", origin);
        let view = format!(r#"{{"name":"{number}","query":"","shared":false}}"#);
        assert_eq!(server.send(request.body(Body::from(view)).unwrap()).await.status, status, "{origin}");
    }
}
