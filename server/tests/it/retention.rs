//! How long calls are kept: exact to the millisecond in every answer, whatever the disk still holds.

use std::collections::BTreeSet;

use http_body_util::BodyExt;
use model::{CallId, Timestamp};
use serde_json::{Value, json};
use server::store::CallStore;
use server::store::sqlite::Limits;

use crate::support::{TestServer, Visitor, a_call, plans_with};

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
    assert_eq!(owner.ids("calls").await, [1, 2]);
    for (days, removed) in [(6, 0), (2, 1), (21, 0), (2, 1)] {
        server.clock.advance_millis(days * DAY);
        assert_eq!(server.store.forget_expired().await.unwrap(), removed);
    }
    assert_eq!(files(&server), BTreeSet::new());
    let page = server.owner().await.get("calls").await;
    assert!(page.status.is_success());
}

/// The files of days that there are.
fn files(server: &TestServer) -> BTreeSet<String> {
    let names = std::fs::read_dir(server.data_dir().join("calls")).unwrap();
    let names = names.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".ok.db") || name.ends_with(".err.db")).collect()
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
        ("from=2026-11-01T00:00:00Z&to=2026-11-09T00:00:00Z", Some("successes_outside_retention")),
        ("from=2026-11-01T00:00:00Z&to=2026-11-09T00:00:00Z&status=error", None),
        ("from=2026-11-01T00:00:00Z&to=2026-11-16T12:00:00.001Z", None),
        ("", None),
    ] {
        for path in ["calls", "calls/facets", "calls/histogram"] {
            let answer = owner.get(&format!("{path}?{range}")).await.json();
            assert_eq!(answer["notices"][0]["code"].as_str(), code, "{path}?{range}");
            assert_eq!(answer["partial"], false);
        }
    }
}

/// A call as a plain list keeps it.
#[derive(Clone, Copy, Debug)]
struct Plain {
    number: u128,
    millis: i64,
    ending: Ending,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    Success,
    Error,
    NoResponse,
}

impl Plain {
    fn json(self) -> Value {
        let call = a_call(self.number).at(&Timestamp::from_millis(self.millis).to_string());
        match self.ending {
            Ending::Success => call.json(),
            Ending::Error => call.answered(500).json(),
            Ending::NoResponse => call.without_response("timeout").json(),
        }
    }

    fn kept_until(self) -> i64 {
        self.millis + if self.ending == Ending::Success { 7 } else { 30 } * DAY
    }
}

/// The calls that came in, and what the server is to say of them.
#[derive(Default)]
struct PlainList(Vec<Plain>);

impl PlainList {
    fn kept(&self, now: i64) -> Vec<Plain> {
        let mut kept: Vec<Plain> = self.0.iter().copied().filter(|call| call.kept_until() >= now).collect();
        kept.sort_by_key(|call| std::cmp::Reverse((call.millis, call.number)));
        kept
    }

    /// The day files whose calls are not all past their time.
    fn files(&self, now: i64) -> BTreeSet<String> {
        let days = self.0.iter().map(|call| {
            let (half, kept) = if call.ending == Ending::Success { ("ok", 7) } else { ("err", 30) };
            let day = call.millis.div_euclid(DAY);
            (day, half, (day + 1) * DAY + kept * DAY)
        });
        let there = days.filter(|(_, _, until)| *until > now);
        there
            .map(|(day, half, _)| format!("{}.{half}.db", &Timestamp::from_millis(day * DAY).to_string()[..10]))
            .collect()
    }

    /// What the list, the counts beside it, an export and single calls say now.
    async fn compare(&self, owner: &Visitor<'_>, now: Timestamp) {
        let kept = self.kept(now.millis());
        let numbers = |calls: &[Plain]| calls.iter().map(|call| call.number).collect::<Vec<_>>();
        let page = owner.get("calls?limit=200&no_response=true").await.json();
        assert_eq!(crate::support::ids(&page), numbers(&kept), "{now}");
        assert_eq!((&page["total"], &page["partial"]), (&json!({"count": kept.len(), "exact": true}), &json!(false)));
        let export = owner.get("calls/export?format=csv&no_response=true").await;
        let text = String::from_utf8(export.bytes).unwrap();
        let exported: Vec<u128> =
            text.lines().skip(1).map(|line| crate::support::number(line.split(',').next().unwrap())).collect();
        assert_eq!(exported, numbers(&kept), "{now}");
        // Single calls: those that go next, and those that went last.
        for call in self.0.iter().filter(|call| (call.kept_until() - now.millis()).abs() < DAY / 4) {
            let detail = owner.get(&format!("calls/{}", CallId::from_u128(call.number))).await;
            assert_eq!(detail.status.is_success(), call.kept_until() >= now.millis(), "{now} {call:?}");
            if detail.status.is_success() {
                assert_eq!(detail.json()["expires_at"], json!(Timestamp::from_millis(call.kept_until())));
            }
        }
    }

    /// What filters, words, facets and the histogram say now.
    async fn compare_counts(&self, owner: &Visitor<'_>, now: Timestamp) {
        let kept = self.kept(now.millis());
        for (filter, endings) in [("", &[Ending::Success, Ending::Error][..]), ("status=success", &[Ending::Success])] {
            let expected: Vec<u128> =
                kept.iter().filter(|call| endings.contains(&call.ending)).map(|call| call.number).collect();
            assert_eq!(owner.ids(&format!("calls?limit=200&q=order&{filter}")).await, expected, "{now} {filter}");
        }
        let facets = owner.get("calls/facets?no_response=true").await.json();
        let histogram = owner.get("calls/histogram").await.json();
        for (word, ending) in
            [("success", Ending::Success), ("error", Ending::Error), ("no_response", Ending::NoResponse)]
        {
            let count = kept.iter().filter(|call| call.ending == ending).count() as u64;
            let values = facets["facets"]["status"].as_array().unwrap();
            let value = values.iter().find(|value| value["value"] == word);
            assert_eq!(value.map_or(0, |value| value["count"].as_u64().unwrap()), count, "{now} {word}");
            let bars = histogram["buckets"].as_array().unwrap();
            assert_eq!(bars.iter().map(|bar| bar[word].as_u64().unwrap()).sum::<u64>(), count, "{now} {word}");
        }
    }
}

#[tokio::test]
async fn forty_days_pass_and_every_answer_is_that_of_a_plain_list() {
    let server = TestServer::start();
    let mut list = PlainList::default();
    for day in 0..40_i64 {
        let noon = server.now().millis();
        let number = u128::try_from(day).unwrap() * 10;
        let odd = day * 7_919_003 % (DAY / 2);
        let coming = [
            (1, odd, Ending::Success),
            (2, odd + 1, Ending::Error),
            (3, 2 * odd, Ending::NoResponse),
            // Late, but not too late: on the last day, and at the last moment, of their time.
            (4, 7 * DAY - odd / 2, Ending::Success),
            (5, 30 * DAY, Ending::Error),
            (6, 7 * DAY, Ending::Success),
        ];
        let coming = coming.map(|(last, age, ending)| Plain { number: number + last, millis: noon - age, ending });
        server.take(&coming.map(Plain::json)).await;
        list.0.extend(coming);
        let owner = server.owner().await;
        // A millisecond before the next call goes, at its last moment, and after it.
        let next = list.0.iter().map(|call| call.kept_until()).filter(|until| *until > noon).min().unwrap();
        let next = next.min(noon + DAY - 2);
        for moment in [next - 1, next, next + 1] {
            server.clock.advance_millis(moment - server.now().millis());
            list.compare(&owner, server.now()).await;
        }
        list.compare_counts(&owner, server.now()).await;
        // Questions go on while files go.
        server.clock.advance_millis(noon + DAY - 1 - server.now().millis());
        let (page, facets, forgotten) = tokio::join!(
            owner.get("calls?no_response=true&limit=200"),
            owner.get("calls/facets"),
            server.store.forget_expired(),
        );
        forgotten.unwrap();
        assert_eq!((&page.json()["partial"], &facets.json()["partial"]), (&json!(false), &json!(false)));
        server.clock.advance_millis(1);
        server.store.forget_expired().await.unwrap();
        assert_eq!(files(&server), list.files(server.now().millis()), "{}", server.now());
    }
    let report = server::store::sqlite::check(server.data_dir()).unwrap();
    assert_eq!(report.faults, [] as [&str; 0]);
}

#[tokio::test]
async fn an_export_under_way_ends_well_when_its_files_go() {
    // Whole bodies, so that the export takes more than one page.
    let server = TestServer::start_with(Limits::default(), |settings| settings.body_limit_bytes = 1 << 20);
    let body = "lorem ipsum ".repeat(25_000);
    let calls: Vec<Value> = (1..=20)
        .map(|number| {
            let day = if number <= 10 { 23 } else { 17 };
            a_call(number).at(&format!("2026-11-{day}T10:00:00Z")).with_body(&body).json()
        })
        .collect();
    for batch in calls.chunks(10) {
        server.take(batch).await;
    }
    let owner = server.owner().await;
    let mut export = owner.open("calls/export?format=ndjson").await.into_body();
    let first = export.frame().await.unwrap().unwrap().into_data().unwrap();
    server.clock.advance_millis(2 * DAY);
    assert_eq!(server.store.forget_expired().await.unwrap(), 1);
    let mut text = String::from_utf8(first.to_vec()).unwrap();
    text.push_str(std::str::from_utf8(&export.collect().await.unwrap().to_bytes()).unwrap());
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // What was there when it was read; of the day that went nothing after that, and no word of damage.
    assert!((10..20).contains(&lines.len()), "{}", lines.len());
    assert!(lines.iter().all(|line| line["id"].is_string()));
}
