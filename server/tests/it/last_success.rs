//! The newest earlier success of the node of a call, also when successes of its day are no longer kept.

use axum::http::StatusCode;
use model::CallId;
use serde_json::{Value, json};
use server::accounts::Role;
use server::store::CallStore;
use server::store::sqlite::Limits;

use crate::support::{Answer, TestServer, Visitor, a_call, number, plans_with};

const DAY: i64 = 86_400_000;

async fn ask(visitor: &Visitor<'_>, number: u128) -> Answer {
    visitor.get(&format!("calls/{}/last-success", CallId::from_u128(number))).await
}

/// The number of the success found, or the code of the problem.
async fn found(visitor: &Visitor<'_>, of: u128) -> Result<u128, String> {
    let answer = ask(visitor, of).await;
    match answer.status {
        StatusCode::OK => Ok(number(answer.json()["id"].as_str().unwrap())),
        StatusCode::NOT_FOUND => Err(answer.code()),
        other => panic!("{other}: {}", answer.json()),
    }
}

fn none() -> Result<u128, String> {
    Err("no_earlier_success".to_owned())
}

fn at_node(number: u128, bot: &str, node: &str) -> crate::support::ACall {
    a_call(number).by(bot).with("/source/node/id", json!(node))
}

#[tokio::test]
async fn it_is_the_newest_success_of_the_same_node_and_bot_before_the_call() {
    let server = TestServer::start();
    server
        .take(&[
            at_node(50, "b1", "n1").json(),
            at_node(40, "b1", "n1").with("/source/node/name", json!("Renamed since")).json(),
            at_node(35, "b1", "n1").answered(404).json(),
            at_node(34, "b1", "n1").without_response("dns").json(),
            at_node(33, "b1", "n2").json(),
            at_node(32, "b2", "n1").json(),
            at_node(30, "b1", "n1").answered(500).json(),
            at_node(20, "b1", "n1").json(),
            a_call(10).with("/source", json!({"kind": "inbox", "agent": {"name": "Mia"}})).answered(500).json(),
            at_node(9, "b2", "n2").answered(500).json(),
            a_call(8).with("/bot", json!(null)).with("/source/node/id", json!("n1")).answered(500).json(),
        ])
        .await;
    let owner = server.owner().await;
    for (of, success) in [
        (30, Ok(40)),
        (35, Ok(40)),
        (40, Ok(50)),
        (20, Ok(40)),
        (50, none()),
        (9, none()),
        (8, none()),
        (10, Err("not_of_a_node".to_owned())),
        (99, Err("call_not_found".to_owned())),
    ] {
        assert_eq!(found(&owner, of).await, success, "{of}");
    }
    // Whole, as the call itself is answered.
    let itself = owner.get(&format!("calls/{}", CallId::from_u128(40))).await.json();
    assert_eq!(ask(&owner, 30).await.json(), itself);
    assert_eq!(itself.get("kept_beyond_retention"), None);
    // A call whose bot may not be seen, or of another account, is told like one that is not there.
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b2"]).await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    assert_eq!(found(&supervisor, 30).await, Err("call_not_found".to_owned()));
    assert_eq!(found(&supervisor, 9).await, none());
    assert_eq!(found(&stranger, 30).await, Err("call_not_found".to_owned()));
}

#[tokio::test]
async fn calls_of_one_moment_are_told_apart_by_their_ids() {
    let server = TestServer::start();
    let calls: Vec<Value> = (1..=5)
        .map(|number| {
            at_node(number, "b1", "n1").at("2026-11-23T11:00:00Z").answered(if number == 4 { 500 } else { 200 }).json()
        })
        .collect();
    // In several commits, so in several runs.
    for call in calls {
        server.take(&[call]).await;
    }
    let owner = server.owner().await;
    for (of, success) in [(1, none()), (2, Ok(1)), (3, Ok(2)), (4, Ok(3)), (5, Ok(3))] {
        assert_eq!(found(&owner, of).await, success, "{of}");
    }
}

#[tokio::test]
async fn of_each_node_one_success_outlives_its_time() {
    let server = TestServer::start();
    server
        .take(&[
            at_node(1, "b1", "n1").at("2026-11-17T10:00:00Z").json(),
            at_node(2, "b1", "n1").at("2026-11-17T11:00:00Z").json(),
            at_node(3, "b1", "n1").at("2026-11-17T12:00:00Z").answered(500).json(),
            at_node(4, "b1", "n2").at("2026-11-18T10:00:00Z").json(),
            at_node(5, "b1", "n2").at("2026-11-18T11:00:00Z").answered(500).json(),
        ])
        .await;
    server.post(&server.key("other"), &json!([at_node(6, "b1", "n1").at("2026-11-17T11:30:00Z").json()])).await;
    // At the very moment, and whatever the disk holds.
    let kept_until = "2026-11-24T11:00:00Z".parse::<model::Timestamp>().unwrap();
    for (to, is_beyond, forgets) in [
        (kept_until, false, false),
        (kept_until.plus_millis(1), true, false),
        (kept_until.plus_millis(2 * DAY), true, true),
    ] {
        server.clock.advance_millis(to.millis() - server.now().millis());
        if forgets {
            assert_eq!(server.store.forget_expired().await.unwrap(), 2);
        }
        let owner = server.owner().await;
        let answer = ask(&owner, 3).await.json();
        assert_eq!(number(answer["id"].as_str().unwrap()), 2);
        assert_eq!(answer.get("kept_beyond_retention"), is_beyond.then_some(&json!(true)));
        let expires = if is_beyond { "2026-12-17T11:00:00.000Z" } else { "2026-11-24T11:00:00.000Z" };
        assert_eq!(answer["expires_at"], expires);
        assert_eq!(answer["response"]["body"], "{\"ok\":true}");
        // By its own id it is not here any more.
        let status = owner.get(&format!("calls/{}", CallId::from_u128(2))).await.status;
        assert_eq!(status == StatusCode::NOT_FOUND, is_beyond);
        assert_eq!(found(&owner, 5).await, Ok(4));
    }
    // It survives a restart, and is checked with the rest.
    let server = server.restart().await;
    assert_eq!(found(&server.owner().await, 3).await, Ok(2));
    let report = server::store::sqlite::check(server.data_dir()).unwrap();
    assert_eq!((report.files, report.faults.as_slice()), (3, [].as_slice()));
    // Newer successes whose time runs out take the place; then it comes after the failing call.
    server.take(&[at_node(7, "b1", "n1").at("2026-11-25T10:00:00Z").json()]).await;
    assert_eq!(found(&server.owner().await, 3).await, Ok(2));
    server.clock.advance_millis(7 * DAY);
    assert_eq!(found(&server.owner().await, 3).await, none());
    server.store.forget_expired().await.unwrap();
    assert_eq!(found(&server.owner().await, 3).await, none());
    assert_eq!(found(&server.owner().await, 5).await, Ok(4));
}

#[tokio::test]
async fn what_outlived_goes_when_failing_calls_go() {
    let server = TestServer::start();
    server
        .take(&[
            at_node(1, "b1", "n1").at("2026-11-23T10:00:00Z").json(),
            at_node(2, "b1", "n1").at("2026-11-23T10:00:00.001Z").answered(500).json(),
            at_node(3, "b1", "n1").at("2026-11-23T11:00:00Z").answered(500).json(),
        ])
        .await;
    server.clock.advance_millis(9 * DAY);
    server.store.forget_expired().await.unwrap();
    let expires = "2026-12-23T10:00:00Z".parse::<model::Timestamp>().unwrap();
    server.clock.advance_millis(expires.millis() - server.now().millis());
    assert_eq!(found(&server.owner().await, 2).await, Ok(1));
    server.clock.advance_millis(1);
    assert_eq!(found(&server.owner().await, 2).await, none());
    server.store.forget_expired().await.unwrap();
    let kept = rusqlite::Connection::open(server.data_dir().join("calls/kept.db")).unwrap();
    assert_eq!(kept.query_row("SELECT count(*) FROM kept", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[tokio::test]
async fn a_plan_that_keeps_less_ends_its_times_before_the_file_goes() {
    // The store keeps files as long as the longest plan and the standard; this account's successes one day.
    let server = TestServer::start_with(Limits::default(), |settings| settings.plans = plans_with(1, 3));
    server
        .take(&[
            at_node(1, "b1", "n1").at("2026-11-22T13:00:00Z").json(),
            at_node(2, "b1", "n1").at("2026-11-22T14:00:00Z").json(),
            at_node(3, "b1", "n1").at("2026-11-22T15:00:00Z").answered(500).json(),
            at_node(4, "b1", "n1").at("2026-11-22T13:30:00Z").answered(500).json(),
        ])
        .await;
    assert_eq!(found(&server.owner().await, 3).await, Ok(2));
    assert_eq!(found(&server.owner().await, 4).await, Ok(1));
    server.clock.advance_millis(DAY);
    assert_eq!(found(&server.owner().await, 3).await, Ok(2));
    assert_eq!(ask(&server.owner().await, 3).await.json()["expires_at"], "2026-11-25T14:00:00.000Z");
    // One success of the node is kept, and it is not this one, though the disk has it still.
    assert_eq!(found(&server.owner().await, 4).await, none());
    server.clock.advance_millis(DAY + 2 * 3_600_000);
    assert_eq!(found(&server.owner().await, 3).await, Ok(2));
    server.clock.advance_millis(1);
    assert_eq!(found(&server.owner().await, 3).await, none());
}

#[tokio::test]
async fn where_a_day_cannot_be_read_nobody_says_that_there_is_none() {
    let server = TestServer::start();
    server
        .take(&[
            at_node(1, "b1", "n1").at("2026-11-20T10:00:00Z").json(),
            at_node(2, "b1", "n1").at("2026-11-21T10:00:00Z").json(),
            at_node(3, "b1", "n1").answered(500).json(),
        ])
        .await;
    server.store.close().await;
    std::fs::write(server.data_dir().join("calls/2026-11-21.ok.db"), vec![b'x'; 50_000]).unwrap();
    let answer = ask(&server.owner().await, 3).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "store_failed"));
}
