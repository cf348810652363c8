//! How long calls are kept: exact to the millisecond in every answer, whatever the disk still holds.

use model::CallId;
use serde_json::json;
use server::store::CallStore;
use server::store::sqlite::Limits;

use crate::support::{TestServer, a_call, plans_with};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn every_answer_ends_at_the_same_moment() {
    let server = TestServer::start();
    server
        .take(&[
            a_call(1).at("2026-11-16T12:00:00.500Z").json(),
            a_call(2).answered(500).at("2026-11-16T12:00:00.500Z").json(),
            a_call(3).at("2026-11-23T11:00:00Z").json(),
        ])
        .await;
    let owner = server.owner().await;
    let seen = async |ids: &[u128]| {
        assert_eq!(owner.ids("calls").await, ids);
        assert_eq!(owner.ids("calls?q=order").await, ids);
        let page = owner.get("calls").await.json();
        assert_eq!(page["total"]["count"], ids.len());
        let facets = owner.get("calls/facets").await.json();
        assert_eq!(facets["facets"]["bot"][0]["count"], ids.len());
        let histogram = owner.get("calls/histogram").await.json();
        let sum: u64 = histogram["buckets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|bucket| bucket["success"].as_u64().unwrap() + bucket["error"].as_u64().unwrap())
            .sum();
        assert_eq!(sum, u64::try_from(ids.len()).unwrap());
        for id in [1, 2, 3] {
            let detail = owner.get(&format!("calls/{}", CallId::from_u128(id))).await;
            assert_eq!(detail.status.is_success(), ids.contains(&id), "{id}");
        }
    };
    seen(&[3, 2, 1]).await;
    server.clock.advance_millis(500);
    seen(&[3, 2, 1]).await;
    server.clock.advance_millis(1);
    seen(&[3, 2]).await;
}

#[tokio::test]
async fn the_detail_says_when_a_call_expires() {
    let server = TestServer::start();
    server.take(&[a_call(1).json(), a_call(2).answered(404).json()]).await;
    let owner = server.owner().await;
    let expires = async |id| owner.get(&format!("calls/{}", CallId::from_u128(id))).await.json()["expires_at"].clone();
    assert_eq!(expires(1).await, "2026-11-30T11:59:00.000Z");
    assert_eq!(expires(2).await, "2026-12-23T11:58:00.000Z");
}

#[tokio::test]
async fn days_leave_the_disk_when_nothing_in_them_is_kept() {
    let server = TestServer::start();
    server.take(&[a_call(1).json(), a_call(2).answered(500).json()]).await;
    let owner = server.owner().await;
    let files = || std::fs::read_dir(server.data_dir().join("calls")).unwrap().count();
    assert_eq!(owner.ids("calls").await, [1, 2]);
    for (days, removed) in [(6, 0), (2, 1), (21, 0), (2, 1)] {
        server.clock.advance_millis(days * DAY);
        assert_eq!(server.store.forget_expired().await.unwrap(), removed);
    }
    assert_eq!(files(), 0);
    let page = server.owner().await.get("calls").await;
    assert!(page.status.is_success());
}

#[tokio::test]
async fn a_plan_may_keep_calls_for_another_time() {
    let server = TestServer::start_with(Limits::default(), |settings| settings.plans = plans_with(1, 2));
    let answer = server
        .post(
            &server.key("acme"),
            &json!([
                a_call(1).at("2026-11-22T13:00:00Z").json(),
                a_call(2).at("2026-11-22T11:00:00Z").json(),
                a_call(3).answered(500).at("2026-11-22T11:00:00Z").json()
            ]),
        )
        .await;
    assert_eq!((&answer.json()["accepted"], &answer.json()["rejected"][0]["code"]), (&json!(2), &json!("expired")));
    assert_eq!(server.owner().await.ids("calls").await, [1, 3]);
}

#[tokio::test]
async fn a_time_outside_is_said_to_be_outside() {
    let server = TestServer::start();
    let owner = server.owner().await;
    for (range, code) in [
        ("from=2026-10-01T00:00:00Z&to=2026-10-09T00:00:00Z", Some("outside_retention")),
        ("from=2026-10-01T00:00:00Z", Some("partly_outside_retention")),
        ("last=60d", Some("partly_outside_retention")),
        ("last=30d", None),
        ("", None),
    ] {
        for path in ["calls", "calls/facets", "calls/histogram"] {
            let answer = owner.get(&format!("{path}?{range}")).await.json();
            assert_eq!(answer["notices"][0]["code"].as_str(), code, "{path}?{range}");
            assert_eq!(answer["partial"], false);
        }
    }
}
