//! Saved views: who sees, changes and removes them, and what may be saved.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::accounts::Role;

use crate::support::{TestServer, Visitor};

fn draft(name: &str, query: &str, shared: bool) -> Value {
    json!({"name": name, "query": query, "shared": shared})
}

/// Saves a view and returns its id.
async fn save(person: &Visitor<'_>, draft: &Value) -> u64 {
    let answer = person.send(Method::POST, "views", draft).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.json());
    answer.json()["id"].as_u64().unwrap()
}

async fn names(person: &Visitor<'_>) -> Vec<String> {
    let views = person.get("views").await.json();
    views["views"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_view_is_of_one_person_or_shared_with_the_account() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let builder = server.person("acme", "business", Role::BotBuilder, &[]).await;
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    save(&builder, &draft("mine", "status=error", false)).await;
    save(&builder, &draft("Ours", "q=refund&last=7d", true)).await;
    save(&owner, &draft("Owner's", "", false)).await;
    assert_eq!(names(&builder).await, ["mine", "Ours"]);
    assert_eq!(names(&owner).await, ["Ours", "Owner's"]);
    assert_eq!(names(&supervisor).await, ["Ours"]);
    assert_eq!(names(&stranger).await, [] as [String; 0]);
    let seen = |may_change| json!({"id": 2, "name": "Ours", "query": "q=refund&last=7d", "shared": true, "by": "BotBuilder []", "may_change": may_change});
    assert_eq!(supervisor.get("views").await.json()["views"][0], seen(false));
    assert_eq!(owner.get("views").await.json()["views"][0], seen(true));
    assert_eq!(builder.get("views").await.json()["views"][1], seen(true));
}

#[tokio::test]
async fn only_its_maker_changes_a_view_and_the_owner_a_shared_one() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let builder = server.person("acme", "business", Role::BotBuilder, &[]).await;
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    let own = format!("views/{}", save(&builder, &draft("own", "", false)).await);
    let shared = format!("views/{}", save(&builder, &draft("shared", "", true)).await);
    let changed = draft("changed", "code=404", true);
    for (person, path, status, code) in [
        (&supervisor, &shared, StatusCode::FORBIDDEN, "view_not_yours"),
        (&supervisor, &own, StatusCode::NOT_FOUND, "view_not_found"),
        (&owner, &own, StatusCode::NOT_FOUND, "view_not_found"),
        (&stranger, &shared, StatusCode::NOT_FOUND, "view_not_found"),
        (&owner, &"views/99".to_owned(), StatusCode::NOT_FOUND, "view_not_found"),
        (&owner, &"views/first".to_owned(), StatusCode::NOT_FOUND, "view_not_found"),
    ] {
        let answer = person.send(Method::PUT, path, &changed).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}");
        let answer = person.request(Method::DELETE, path).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}");
    }
    assert_eq!(names(&builder).await, ["own", "shared"]);

    let answer = owner.send(Method::PUT, &shared, &changed).await;
    assert_eq!((answer.status, answer.json()["by"].as_str()), (StatusCode::OK, Some("BotBuilder []")));
    // What is shared stays shared in other hands.
    let answer = owner.send(Method::PUT, &shared, &draft("taken", "", false)).await;
    assert_eq!(answer.code(), "view_not_yours");
    assert_eq!(names(&supervisor).await, ["changed"]);
    let answer = builder.send(Method::PUT, &shared, &draft("back", "code=404", false)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(names(&supervisor).await, [] as [String; 0]);
    assert_eq!(builder.request(Method::DELETE, &shared).await.status, StatusCode::NO_CONTENT);
    assert_eq!(builder.request(Method::DELETE, &shared).await.code(), "view_not_found");
    // Its number is not given again.
    assert_eq!(save(&builder, &draft("next", "", false)).await, 3);
}

#[tokio::test]
async fn a_view_holds_a_filter_that_can_be_read_and_has_a_name_of_its_own() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let saved = owner.send(Method::POST, "views", &draft("  Errors  ", "code=-404&status=error", false)).await.json();
    assert_eq!((&saved["name"], &saved["query"]), (&json!("Errors"), &json!("status=error&code=-404")));
    let id = saved["id"].as_u64().unwrap();
    let long = "n".repeat(61);
    for (refused, status, code) in [
        (draft("bad", "stauts=error", false), StatusCode::BAD_REQUEST, "invalid_query"),
        (draft("bad", "q=bott:x", false), StatusCode::BAD_REQUEST, "invalid_query"),
        (draft("bad", "call=0197a000-0000-7000-8000-000000000007", false), StatusCode::BAD_REQUEST, "invalid_query"),
        (draft("bad", &format!("q={}", "a".repeat(9_000)), false), StatusCode::BAD_REQUEST, "invalid_query"),
        (draft("bad", &"a".repeat(20_000), false), StatusCode::PAYLOAD_TOO_LARGE, "invalid_body"),
        (draft(" ", "", false), StatusCode::BAD_REQUEST, "invalid_name"),
        (draft("two\nlines", "", false), StatusCode::BAD_REQUEST, "invalid_name"),
        (draft(&long, "", false), StatusCode::BAD_REQUEST, "invalid_name"),
        (draft("ERRORS", "", false), StatusCode::CONFLICT, "view_name_taken"),
        (json!({"query": ""}), StatusCode::UNPROCESSABLE_ENTITY, "invalid_body"),
        (json!({"name": "x", "colour": "red"}), StatusCode::UNPROCESSABLE_ENTITY, "invalid_body"),
    ] {
        let answer = owner.send(Method::POST, "views", &refused).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{refused}");
    }
    // The same name for others to see, or for the view itself, is another matter.
    save(&owner, &draft("errors", "", true)).await;
    let answer = owner.send(Method::PUT, &format!("views/{id}"), &draft("errors", "code=5xx", false)).await;
    assert_eq!(answer.json()["query"], "code=5xx");
    assert_eq!(names(&owner).await, ["errors", "errors"]);
}

#[tokio::test]
async fn there_are_only_so_many() {
    let server = TestServer::start();
    let owner = server.owner().await;
    for number in 0..50 {
        save(&owner, &draft(&format!("{number}"), "", false)).await;
    }
    let answer = owner.send(Method::POST, "views", &draft("one more", "", false)).await;
    assert_eq!(answer.code(), "too_many_views");
    let id = save(&owner, &draft("shared", "", true)).await;
    let answer = owner.send(Method::PUT, &format!("views/{id}"), &draft("own", "", false)).await;
    assert_eq!(answer.code(), "too_many_views");
    // Others have room of their own.
    let builder = server.person("acme", "business", Role::BotBuilder, &[]).await;
    save(&builder, &draft("0", "", false)).await;
}

#[tokio::test]
async fn views_survive_a_restart() {
    let server = TestServer::start();
    save(&server.owner().await, &draft("kept", "status=error", true)).await;
    let server = server.restart().await;
    assert_eq!(names(&server.owner().await).await, ["kept"]);
}
