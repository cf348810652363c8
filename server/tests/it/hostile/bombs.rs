//! Requests that are small on the way and large at the end, or large for nothing.

use std::io::Write;

use axum::http::StatusCode;
use serde_json::json;

use super::{is_sound, judge};
use crate::support::{TestServer, a_call};

const MIB: usize = 1 << 20;

fn gzip(pieces: usize, piece: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..pieces {
        encoder.write_all(piece).unwrap();
    }
    encoder.finish().unwrap()
}

fn zstd(pieces: usize, piece: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    for _ in 0..pieces {
        encoder.write_all(piece).unwrap();
    }
    encoder.finish().unwrap()
}

#[tokio::test]
async fn bombs_are_refused_and_leave_nothing_behind() {
    // Of the memory for requests half is enough for what is sane: whatever a bomb does not give back would be missed.
    let server = TestServer::start().with_memory(160 * MIB);
    let key = server.key("acme");
    let blanks = vec![b' '; MIB];
    let nested = gzip(1, &gzip(40, &blanks));
    let empty_members = gzip(0, b"").repeat(20_000);
    let empty_frames = zstd(0, b"").repeat(20_000);
    let bombs: Vec<(&str, Vec<u8>, &str, u16, &str)> = vec![
        ("many blanks", gzip(64, &blanks), "gzip", 413, "too_large"),
        ("the same in zstd", zstd(64, &blanks), "zstd", 413, "too_large"),
        ("a bomb in a bomb", nested, "gzip", 400, "nothing_accepted"),
        ("packed nothing, often", empty_members, "gzip", 400, "not_unpackable"),
        ("packed nothing, often, in zstd", empty_frames, "zstd", 400, "no_calls"),
        ("nothing but the beginning of arrays", vec![b'['; 2 * MIB], "", 400, "not_json"),
        ("the same, packed", gzip(2, &vec![b'['; MIB]), "gzip", 400, "not_json"),
        ("nothing but the beginning of objects", b"{\"a\":".repeat(MIB / 4), "", 400, "nothing_accepted"),
        (
            "many calls that are none",
            [b"[0".to_vec(), b",0".repeat(MIB), b"]".to_vec()].concat(),
            "",
            413,
            "too_many_calls",
        ),
        ("many lines that are none", b"0\n".repeat(MIB), "", 413, "too_many_calls"),
        ("nothing but line ends", vec![b'\n'; 8 * MIB], "", 400, "no_calls"),
        ("a string without end", [b"[\"".to_vec(), vec![b'a'; 8 * MIB]].concat(), "", 400, "not_json"),
    ];
    for (what, body, encoding, status, code) in bombs {
        let encoding = (!encoding.is_empty()).then_some(encoding);
        let answer = server.post_bytes(&key, body, encoding).await;
        judge(&what, &answer).unwrap();
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{what}");
    }
    // Nearly all of the memory at once: what was taken for the bombs is there again.
    let calls: Vec<_> = (1..=7).map(|number| a_call(number).with_body(&"x y ".repeat(MIB)).json()).collect();
    let answer = server.post(&key, &json!(calls)).await;
    assert_eq!(answer.json()["accepted"], 7, "{}", answer.json());
    assert_eq!(server.owner().await.ids("calls").await, [1, 2, 3, 4, 5, 6, 7]);
    is_sound(&server).await;
}

#[tokio::test]
async fn nothing_is_so_deep_that_it_is_too_deep() {
    let server = TestServer::start();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"token\":".repeat(50_000), "}".repeat(50_000));
    let holes = json!({"deep": "hole-1"});
    let calls = [
        a_call(1).with_body(&deep).json().to_string(),
        a_call(2).with("/request/body", json!(objects)).json().to_string(),
        a_call(3)
            .of_a_script(None)
            .with("/script/before", holes.clone())
            .json()
            .to_string()
            .replace("\"hole-1\"", &deep),
        a_call(4).of_a_script(None).with("/script/after", holes).json().to_string().replace("\"hole-1\"", &objects),
        a_call(5).with("/request/url", json!(format!("https://a.example/{}", "%25".repeat(60_000)))).json().to_string(),
    ];
    let answer = server.post_bytes(&server.key("acme"), calls.join("\n").into_bytes(), None).await;
    assert_eq!(answer.json()["accepted"], 5, "{}", answer.json());
    let owner = server.owner().await;
    for number in 1..=5 {
        let answer = owner.get(&format!("calls/{}", model::CallId::from_u128(number))).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&answer.bytes).is_ok());
    }
    for format in ["csv", "ndjson", "har"] {
        assert_eq!(owner.get(&format!("calls/export?format={format}")).await.status, StatusCode::OK);
    }
    is_sound(&server).await;
}
