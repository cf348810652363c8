//! A damaged file takes nothing else down, and the answers say what is missing.

use model::CallId;
use serde_json::json;

use crate::support::{TestServer, a_call, ids};

#[tokio::test]
async fn a_corrupt_day_is_said_and_the_others_answer() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(1).json(),
            a_call(2).at("2026-11-21T10:00:00Z").json(),
            a_call(3).at("2026-11-20T10:00:00Z").json(),
        ])
        .await;
    server.store.close().await;
    let calls = server.data_dir().join("calls");
    std::fs::write(calls.join("2026-11-21.ok.db"), vec![b'x'; 50_000]).unwrap();
    let owner = server.owner().await;
    for filter in ["", "?q=order", "?q=or", "?limit=1"] {
        let page = owner.get(&format!("calls{filter}")).await.json();
        assert_eq!(page["partial"], true, "{filter}");
        assert_eq!(page["notices"][0]["code"], "unreadable_day");
        assert!(page["notices"][0]["message"].as_str().unwrap().contains("2026-11-21"), "{page}");
        if filter != "?limit=1" {
            assert_eq!(ids(&page), [1, 3], "{filter}");
        }
        assert_eq!(page["total"], json!({"count": 2, "exact": false}));
    }
    for route in ["calls/facets", "calls/histogram"] {
        let answer = owner.get(route).await.json();
        assert_eq!((&answer["partial"], &answer["notices"][0]["code"]), (&json!(true), &json!("unreadable_day")));
    }
    let found = owner.get(&format!("calls/{}", CallId::from_u128(3))).await;
    assert_eq!(found.status.as_u16(), 200);
    // It may stand in the damaged file: nobody says that it is gone.
    let unknown = owner.get(&format!("calls/{}", CallId::from_u128(2))).await;
    assert_eq!((unknown.status.as_u16(), unknown.code().as_str()), (503, "store_failed"));
    let report = server::store::sqlite::check(server.data_dir()).unwrap();
    assert_eq!(report.calls, 2);
    assert!(report.faults.iter().any(|fault| fault.starts_with("2026-11-21.ok.db")), "{:?}", report.faults);
}

#[tokio::test]
async fn calls_for_a_corrupt_day_are_named_and_the_rest_of_the_batch_is_taken() {
    let server = TestServer::start();
    std::fs::write(server.data_dir().join("calls/2026-11-21.ok.db"), vec![b'x'; 50_000]).unwrap();
    let batch = [a_call(1).json(), a_call(2).at("2026-11-21T10:00:00Z").json()];
    let answer = server.post(&server.key("acme"), &json!(batch)).await.json();
    assert_eq!(answer["accepted"], 1);
    assert_eq!(
        (&answer["rejected"][0]["index"], &answer["rejected"][0]["code"]),
        (&json!(1), &json!("day_unwritable"))
    );
}

#[tokio::test]
async fn a_flipped_byte_in_a_body_is_found_by_the_check() {
    let server = TestServer::start();
    server.take(&[a_call(1).with_body(&"0123456789abcdef".repeat(300)).json()]).await;
    server.store.close().await;
    let path = server.data_dir().join("calls/2026-11-23.ok.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    let body: Vec<u8> = database.query_row("SELECT body FROM call", [], |row| row.get(0)).unwrap();
    let mut damaged = body.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    database.execute("UPDATE call SET body = ?1", [damaged]).unwrap();
    drop(database);
    let report = server::store::sqlite::check(server.data_dir()).unwrap();
    assert!(report.faults.iter().any(|fault| fault.contains("row")), "{:?}", report.faults);
}
