//! Calls coming in: durable, once each, and each judged alone.

use std::io::Write;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use server::store::sqlite::Limits;

use crate::support::{TestServer, a_call};

#[tokio::test]
async fn arrays_objects_lines_and_packed_requests_are_taken() {
    let server = TestServer::start();
    let key = server.key("acme");
    let array = json!([a_call(1).json(), a_call(2).json()]).to_string();
    let object = serde_json::to_string_pretty(&a_call(3).json()).unwrap();
    let lines = format!("{}\n{}\n", a_call(4).json(), a_call(5).json());
    let gzip = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(a_call(6).json().to_string().as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zstd = zstd::encode_all(a_call(7).json().to_string().as_bytes(), 3).unwrap();
    for (body, encoding, accepted) in [
        (array.into_bytes(), None, 2),
        (object.into_bytes(), None, 1),
        (lines.into_bytes(), None, 2),
        (gzip, Some("gzip"), 1),
        (zstd, Some("zstd"), 1),
    ] {
        let answer = server.post_bytes(&key, body, encoding).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
        assert_eq!(answer.json(), json!({"accepted": accepted, "duplicates": 0, "rejected": []}));
    }
    assert_eq!(server.owner().await.ids("calls").await, [1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn the_same_id_is_one_call_whatever_its_time_and_outcome() {
    let server = TestServer::start();
    let key = server.key("acme");
    server.take(&[a_call(1).json()]).await;
    let again = [
        a_call(1).json(),
        a_call(1).answered(500).json(),
        a_call(1).at("2026-11-20T12:00:00Z").json(),
        a_call(2).json(),
        a_call(2).answered(404).json(),
    ];
    let answer = server.post(&key, &json!(again)).await;
    assert_eq!(answer.json(), json!({"accepted": 1, "duplicates": 4, "rejected": []}));
    let page = server.owner().await.get("calls").await.json();
    assert_eq!(crate::support::ids(&page), [1, 2]);
    assert_eq!(page["total"], json!({"count": 2, "exact": true}));
    // Another account may use the same id.
    let other = server.post(&server.key("other"), &json!([a_call(1).json()])).await;
    assert_eq!(other.json()["accepted"], 1);
}

#[tokio::test]
async fn what_is_wrong_with_one_call_does_not_touch_the_others() {
    let server = TestServer::start();
    let key = server.key("acme");
    let answer = server
        .post(
            &key,
            &json!([
                a_call(1).json(),
                {"id": "not an id"},
                a_call(2).at("2026-11-23T12:05:01Z").json(),
                a_call(3).at("2026-11-16T11:59:59.999Z").json(),
                a_call(4).answered(99).json(),
                a_call(5).with("/failure", json!({"kind": "dns"})).json(),
                a_call(6).with("/bot/name", json!("n".repeat(2_000))).json(),
                7,
                a_call(8).at("2026-11-23T12:05:00Z").json(),
                a_call(9).at("2026-11-16T12:00:00Z").json(),
                a_call(10).answered(799).at("2026-10-24T12:00:00Z").json(),
                a_call(11).answered(500).at("2026-10-24T11:59:59.999Z").json(),
            ]),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = answer.json();
    assert_eq!(answer["accepted"], 4, "{answer}");
    let rejected: Vec<(u64, &str)> = answer["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rejection| (rejection["index"].as_u64().unwrap(), rejection["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rejected,
        [
            (1, "invalid_call"),
            (2, "in_future"),
            (3, "expired"),
            (4, "invalid_status"),
            (5, "no_result"),
            (6, "name_too_long"),
            (7, "invalid_call"),
            (11, "expired"),
        ]
    );
    assert_eq!(server.owner().await.ids("calls").await, [8, 1, 9, 10]);
}

#[tokio::test]
async fn what_cannot_be_used_at_all_is_a_clear_problem() {
    let server = TestServer::start();
    let key = server.key("acme");
    let fifty_megabytes = a_call(1).with_body(&"x".repeat(50 << 20)).json().to_string().into_bytes();
    for (body, encoding, status, code) in [
        (b"hello".to_vec(), None, 400, "nothing_accepted"),
        (b"[{]".to_vec(), None, 400, "not_json"),
        (b"[\"\xff\xfe\"]".to_vec(), None, 400, "not_json"),
        (b"".to_vec(), None, 400, "no_calls"),
        (b"[]".to_vec(), None, 400, "no_calls"),
        (b"{}".to_vec(), Some("gzip"), 400, "not_unpackable"),
        (b"{}".to_vec(), Some("br"), 415, "unknown_encoding"),
        (fifty_megabytes, None, 413, "too_large"),
        (json!([a_call(1).answered(5).json()]).to_string().into_bytes(), None, 400, "nothing_accepted"),
    ] {
        let answer = server.post_bytes(&key, body, encoding).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{}", answer.json());
        assert!(answer.json()["request_id"].is_string());
    }
    assert_eq!(server.owner().await.ids("calls").await, [] as [u128; 0]);
}

#[tokio::test]
async fn only_a_key_may_send_calls() {
    let server = TestServer::start();
    let body = json!([a_call(1).json()]);
    for key in ["", "alk_wrong", "Bearer"] {
        let answer = server.post(key, &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "invalid_key"));
    }
    let owner = server.owner().await;
    let request = Request::post("/api/v1/calls").header("cookie", &owner.cookie);
    let answer = server.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.code(), "invalid_key");
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let server = TestServer::start_with(Limits { max_pages_per_file: Some(60), ..Limits::default() }, |_| ());
    let key = server.key("acme");
    let noise = |number: u128| -> String {
        // Hard to compress, so that the file fills: a linear congruential generator (Knuth, MMIX).
        let mut state = u64::try_from(number).unwrap();
        let next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
        };
        std::iter::repeat_with(next).take(20_000).collect()
    };
    let mut acknowledged = Vec::new();
    let mut refusals = 0;
    for number in 1..=40 {
        let answer = server
            .post(&key, &json!([a_call(number).at("2026-11-23T10:00:00Z").with_body(&noise(number)).json()]))
            .await;
        if answer.status == StatusCode::OK {
            acknowledged.push(number);
        } else {
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "no_room"), "{}", answer.json());
            assert!(answer.headers.contains_key("retry-after"));
            refusals += 1;
        }
    }
    assert!(refusals > 0 && !acknowledged.is_empty(), "{refusals} refused, {} taken", acknowledged.len());
    // Another day still has room, and is taken though its batch holds a call that is not.
    let mixed = [
        a_call(90).at("2026-11-23T10:00:00Z").with_body(&noise(90)).json(),
        a_call(91).at("2026-11-22T10:00:00Z").json(),
    ];
    let answer = server.post(&key, &json!(mixed)).await.json();
    assert_eq!((&answer["accepted"], &answer["rejected"][0]["code"]), (&json!(1), &json!("no_room")), "{answer}");
    let mut found = server.owner().await.ids("calls?last=24h&limit=200").await;
    found.sort_unstable();
    assert_eq!(found, acknowledged);
    for number in acknowledged {
        let detail = server.owner().await.get(&format!("calls/{}", model::CallId::from_u128(number))).await;
        assert_eq!(detail.json()["response"]["body"], noise(number));
    }
}
