//! `POST calls`: what is sent, how it is packed, and what is said about it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Write;

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, Request, StatusCode};
use model::{Call, CallId, IngestAnswer};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::mutate::{Garbling, call, garbled, garbling};
use super::{besieged, everything, for_many, is_sound, judge, text};
use crate::support::{Answer, TestServer, Visitor, a_call};

/// How calls stand together.
#[derive(Clone, Copy, Debug)]
enum Form {
    Array,
    Lines,
    BrokenLines,
}

impl Form {
    fn join(self, calls: &[String]) -> Vec<u8> {
        match self {
            Self::Array => format!(" [{}]\n", calls.join(" ,\n")),
            Self::Lines => calls.join("\n"),
            Self::BrokenLines => format!("\r\n{}\r\n\r\n", calls.join("\r\n \t\r\n")),
        }
        .into_bytes()
    }
}

fn form() -> impl Strategy<Value = Form> {
    select(&[Form::Array, Form::Lines, Form::BrokenLines][..])
}

fn packed(bytes: &[u8], encoding: &str) -> Vec<u8> {
    match encoding {
        "gzip" => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "zstd" => zstd::encode_all(bytes, 3).unwrap(),
        _ => bytes.to_vec(),
    }
}

async fn send(server: &TestServer, headers: &[(HeaderName, Vec<u8>)], body: Vec<u8>) -> Answer {
    let mut request = Request::post("/api/v1/calls").body(Body::from(body)).unwrap();
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            request.headers_mut().append(name, value);
        }
    }
    server.send(request).await
}

/// What became of the calls of a request, whether any was taken or none.
fn fates(answer: &Answer) -> IngestAnswer {
    #[derive(Deserialize)]
    struct Problem {
        rejected: Vec<model::Rejection>,
    }
    if answer.status == StatusCode::OK {
        serde_json::from_slice(&answer.bytes).unwrap()
    } else {
        let Problem { rejected } = serde_json::from_slice(&answer.bytes).unwrap();
        IngestAnswer { rejected, ..IngestAnswer::default() }
    }
}

#[test]
fn of_odd_calls_those_that_are_accepted_are_found_and_the_others_are_named() {
    let runtime = besieged();
    let server = runtime.block_on(async { TestServer::start() });
    let owner = runtime.block_on(server.owner());
    let authorization = (AUTHORIZATION, format!("Bearer {}", server.key("acme")).into_bytes());
    let known = RefCell::new(BTreeSet::new());
    let inputs = (vec(call(), 1..6), form(), select(&["identity", "gzip", "zstd"][..]));
    for_many(160, inputs, |(calls, form, encoding)| {
        runtime.block_on(async {
            let headers = [authorization.clone(), (CONTENT_ENCODING, encoding.into())];
            let answer = send(&server, &headers, packed(&form.join(&calls), encoding)).await;
            judge(&calls, &answer)?;
            let fates = fates(&answer);
            let rejected: BTreeSet<usize> = fates.rejected.iter().map(|rejection| rejection.index).collect();
            prop_assert_eq!(
                usize::try_from(fates.accepted + fates.duplicates).unwrap() + rejected.len(),
                calls.len(),
                "{:?}",
                fates
            );
            let before = known.borrow().len();
            for (index, json) in calls.iter().enumerate() {
                match serde_json::from_str::<Call>(json) {
                    Err(error) => prop_assert!(rejected.contains(&index), "{}: {}", json, error),
                    Ok(call) if !rejected.contains(&index) => {
                        let is_new = known.borrow_mut().insert(call.id);
                        is_found(&owner, &call, is_new).await?;
                    }
                    Ok(_) => {}
                }
            }
            prop_assert_eq!(u64::try_from(known.borrow().len() - before).unwrap(), fates.accepted);
            Ok(())
        })
    });
    let known = known.into_inner();
    assert!(known.len() > 10, "only {} calls were accepted", known.len());
    runtime.block_on(async {
        let found = everything(&owner).await.unwrap();
        assert_eq!(found.iter().copied().collect::<BTreeSet<CallId>>(), known);
        assert_eq!(found.len(), known.len());
        are_exported(&owner, &known).await;
        is_sound(&server).await;
    });
}

/// A call that was taken can be read and says what it said, but for what is hidden in it.
async fn is_found(owner: &Visitor<'_>, call: &Call, is_new: bool) -> Result<(), TestCaseError> {
    let answer = owner.get(&format!("calls/{}", call.id)).await;
    prop_assert_eq!(answer.status, StatusCode::OK, "{}", text(&answer));
    // Some of what is kept no Rust type holds, a number of 400 digits or half a character; but it is JSON.
    prop_assert!(serde_json::from_slice::<IgnoredAny>(&answer.bytes).is_ok(), "{}", text(&answer));
    if !is_new {
        return Ok(());
    }
    let stored: Call = serde_json::from_slice(&answer.bytes)
        .map_err(|error| TestCaseError::fail(format!("{error}: {}", text(&answer))))?;
    prop_assert_eq!(stored.timestamp, call.timestamp);
    prop_assert_eq!(&stored.application, &call.application);
    prop_assert_eq!(&stored.bot, &call.bot);
    prop_assert_eq!(stored.duration_ms, call.duration_ms);
    prop_assert_eq!(stored.outcome(), call.outcome());
    prop_assert_eq!(
        stored.request.map(|request| request.method),
        call.request.as_ref().map(|sent| sent.method.clone())
    );
    let search = owner.get(&format!("calls?no_response=true&q=id:{}", call.id)).await;
    let page: super::Page = serde_json::from_slice(&search.bytes).unwrap();
    prop_assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), [call.id]);
    Ok(())
}

/// Every export holds every call, and is what it says it is.
async fn are_exported(owner: &Visitor<'_>, known: &BTreeSet<CallId>) {
    #[derive(Deserialize)]
    struct Line {
        id: CallId,
    }
    let lines = owner.get("calls/export?no_response=true&format=ndjson").await;
    let lines = String::from_utf8(lines.bytes).unwrap();
    let ids: BTreeSet<CallId> = lines.lines().map(|line| serde_json::from_str::<Line>(line).unwrap().id).collect();
    assert_eq!(ids, *known);
    let archive = owner.get("calls/export?no_response=true&format=har").await;
    assert!(serde_json::from_slice::<IgnoredAny>(&archive.bytes).is_ok());
    let table = owner.get("calls/export?no_response=true&format=csv").await;
    let table = String::from_utf8(table.bytes).unwrap();
    assert!(known.iter().all(|id| table.contains(&id.to_string())));
}

/// What is said about a body.
fn headers() -> BoxedStrategy<Vec<(HeaderName, Vec<u8>)>> {
    const ENCODINGS: [&[u8]; 11] = [
        b"gzip",
        b"zstd",
        b"identity",
        b"",
        b"GZIP",
        b" zstd ",
        b"br",
        b"gzip, zstd",
        b"deflate;q=1",
        b"\xff\xfe",
        b"x-gzip",
    ];
    let encoding = select(&ENCODINGS[..]);
    let other = prop_oneof![
        4 => encoding.prop_map(|value| (CONTENT_ENCODING, value.to_vec())),
        1 => vec(any::<u8>(), 0..12).prop_map(|value| (CONTENT_TYPE, value)),
        1 => select(&["text/html", "application/json; charset=utf-16", "multipart/form-data", "*/*", ";"][..])
            .prop_map(|value| (CONTENT_TYPE, value.into())),
        1 => select(&["accept", "accept-encoding", "cookie", "x-request-id", "range", "if-none-match", "expect", "forwarded"][..])
            .prop_flat_map(|name| vec(any::<u8>(), 0..40).prop_map(move |value| (HeaderName::from_static(name), value))),
    ];
    vec(other, 0..4).boxed()
}

#[derive(Clone, Copy, Debug)]
enum Key {
    Right,
    Wrong,
    Twice,
    None,
}

#[test]
fn garbled_requests_are_refused_or_taken_as_they_are() {
    let runtime = besieged();
    let server = runtime.block_on(async { TestServer::start() });
    let owner = runtime.block_on(server.owner());
    let right = format!("Bearer {}", server.key("acme"));
    let accepted = RefCell::new(0);
    let garblings = || vec(garbling(), 0..3);
    let key = prop_oneof![9 => Just(Key::Right), 1 => select(&[Key::Wrong, Key::Twice, Key::None][..])];
    let inputs =
        (vec(call(), 1..5), form(), select(&["", "gzip", "zstd"][..]), (garblings(), garblings()), headers(), key);
    for_many(400, inputs, |(calls, form, encoding, (inside, outside), more, key)| {
        runtime.block_on(async {
            let text: Vec<u8> = garbled(form.join(&calls), &inside);
            let body = garbled(packed(&text, encoding), &outside as &[Garbling]);
            let mut headers = vec![(CONTENT_ENCODING, encoding.into())];
            let keys: &[&str] = match key {
                Key::Right => &[&right],
                Key::Wrong => &["Bearer alk_wrong"],
                Key::Twice => &["Bearer alk_wrong", &right],
                Key::None => &[],
            };
            headers.extend(keys.iter().map(|key| (AUTHORIZATION, key.as_bytes().to_vec())));
            // Half of the time nothing contradicts what was said already.
            headers.extend(more);
            let answer = send(&server, &headers, body.clone()).await;
            judge(&(&headers, String::from_utf8_lossy(&text)), &answer)?;
            if !matches!(key, Key::Right) {
                prop_assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            }
            if answer.status == StatusCode::OK {
                *accepted.borrow_mut() += fates(&answer).accepted;
            }
            let page = owner.get("calls?no_response=true&limit=1").await;
            let page: super::Page = serde_json::from_slice(&page.bytes).unwrap();
            prop_assert_eq!(page.total.count, *accepted.borrow());
            prop_assert!(page.total.exact);
            Ok(())
        })
    });
    runtime.block_on(async {
        let found = everything(&owner).await.unwrap();
        // Some eighty as a rule; chance decides.
        assert!(found.len() > 5, "only {} calls were accepted", found.len());
        assert_eq!(u64::try_from(found.len()).unwrap(), *accepted.borrow());
        for id in found {
            assert_eq!(owner.get(&format!("calls/{id}")).await.status, StatusCode::OK);
        }
        is_sound(&server).await;
    });
}

#[tokio::test]
async fn what_joins_words_in_the_index_finds_nothing_that_is_not_there() {
    let server = TestServer::start();
    let texts = ["xy\0z", "xy\u{fffe}z", "xy\u{ffff}z", "xy\u{fffd}z", "xyz"];
    let calls = (1..).zip(texts).map(|(number, text)| a_call(number).with_body(text).json());
    server.take(&calls.collect::<Vec<_>>()).await;
    let owner = server.owner().await;
    for (number, text) in (1..).zip(texts) {
        let query = model::LogQuery { text: format!("\"{text}\""), ..model::LogQuery::default() };
        assert_eq!(owner.ids(&format!("calls?{}", query.to_query_string())).await, [number], "{text:?}");
        // Its first three characters stand in it alone, too.
        let begin: String = text.chars().take(3).collect();
        let query = model::LogQuery { text: format!("\"{begin}\""), ..model::LogQuery::default() };
        assert_eq!(owner.ids(&format!("calls?{}", query.to_query_string())).await, [number], "{begin:?}");
    }
    is_sound(&server).await;
}

#[tokio::test]
async fn what_no_table_has_room_for_is_rejected_by_name() {
    let server = TestServer::start();
    let long = || serde_json::json!("n".repeat(1_025));
    let pointers = [
        "/bot/id",
        "/source/kind",
        "/source/path/id",
        "/source/node/id",
        "/source/node/type",
        "/user/id",
        "/conversation_id",
        "/connection_id",
        "/application",
        "/request/method",
    ];
    let mut calls: Vec<_> = (1..).zip(pointers).map(|(number, at)| a_call(number).with(at, long()).json()).collect();
    calls.push(a_call(20).with("/source/agent", serde_json::json!({"email": long()})).json());
    calls.push(a_call(21).without_response("dns").with("/failure/kind", long()).json());
    let headers: Vec<[String; 2]> = (0..70).map(|number| [format!("x-{number}"), "v".repeat(64 << 10)]).collect();
    calls.push(a_call(22).with("/request/headers", serde_json::json!(headers)).json());
    calls.push(a_call(23).of_a_script(None).with("/script/after", serde_json::json!("v".repeat(5 << 20))).json());
    let answer = server.post(&server.key("acme"), &serde_json::json!(calls)).await;
    let codes: Vec<String> = fates(&answer).rejected.into_iter().map(|rejection| rejection.code).collect();
    assert_eq!(codes, [vec!["name_too_long"; 12], vec!["call_too_large"; 2]].concat());
}
