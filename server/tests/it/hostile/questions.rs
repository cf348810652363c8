//! Questions: every route that answers them, with parameters, cursors, ids and headers made by chance.

use std::cell::Cell;

use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::BodyExt;
use model::{CallId, Cursor, LogQuery, Timestamp};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use server::accounts::Role;

use super::mutate::{Garbling, NUMBERS, garbled, garbling, hostile_text};
use super::{besieged, everything, for_many, is_sound, judge};
use crate::query::a_mix;
use crate::support::{Answer, TestServer, a_call, ids};

/// A word that stands in every call of another account, and must stand in no answer.
const OF_OTHERS: &str = "theirs-alone";

const ROUTES: [&str; 8] = [
    "calls",
    "calls/facets",
    "calls/histogram",
    "calls/export",
    "calls/tail",
    "calls/{id}",
    "calls/{id}/last-success",
    "session",
];

const NAMES: [&str; 22] = [
    "q",
    "status",
    "method",
    "code",
    "bot",
    "application",
    "source",
    "user",
    "last",
    "from",
    "to",
    "no_response",
    "limit",
    "before",
    "after",
    "buckets",
    "format",
    "Q",
    "",
    "q[]",
    "before ",
    "\0",
];

/// Values that mean something to one parameter or another.
const VALUES: [&str; 40] = [
    "error",
    "-error",
    "success,-success",
    "5xx",
    "404,-404",
    "GET",
    "b1",
    "-b1,b1",
    "24h",
    "0h",
    "366d",
    "999999999999d",
    "2026-11-23T12:00:00Z",
    "2026-11-23",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "9999-12-31",
    "0000-01-01T00:00:00+23:59",
    "true",
    "TRUE",
    "csv",
    "ndjson",
    "har",
    "1",
    "200",
    "201",
    "120",
    "0",
    "+5",
    "status:error",
    "code:>=500 OR (method:POST -bot:b1)",
    "((((((((((((((((((((((((a))))))))))))))))))))))))",
    "duration:>9999999999999999999s",
    "code:999999",
    "id:00000000-0000-0000-0000-000000000001",
    "in:in:in:response x",
    "-----x",
    "a\"b\\",
    "NOT NOT NOT",
    ",,,-,\\,",
];

/// A cursor: of some question, perhaps garbled, or none at all.
#[derive(Clone, Debug)]
enum Place {
    Of(&'static str, i64, u128, Option<[u8; 48]>),
    Garbled(Index, u8),
    Hex(String),
}

impl Place {
    fn text(&self) -> String {
        let cursor = |asked: &str, millis, id| {
            Cursor::new(&LogQuery::parse(asked).query, Timestamp::from_millis(millis), CallId::from_u128(id))
        };
        match self {
            Self::Of(asked, millis, id, None) => cursor(asked, *millis, *id).to_string(),
            Self::Of(asked, millis, id, Some(sealed)) => {
                cursor(asked, *millis, *id).at(model::Commit::new(*sealed)).to_string()
            }
            Self::Garbled(place, bit) => {
                let mut text = cursor("", 1_795_000_000_000, 7).to_string().into_bytes();
                let place = place.index(text.len());
                text[place] ^= 1 << bit;
                String::from_utf8_lossy(&text).into_owned()
            }
            Self::Hex(text) => text.clone(),
        }
    }
}

fn place() -> BoxedStrategy<Place> {
    let asked = select(&["", "status=error", "q=order", "last=24h&bot=b1", "no_response=true"][..]);
    let millis = prop_oneof![any::<i64>(), 1_795_300_000_000..1_795_440_000_000_i64];
    prop_oneof![
        4 => (asked, millis, any::<u128>(), proptest::option::of(proptest::array::uniform::<_, 48>(any::<u8>())))
            .prop_map(|(asked, millis, id, commit)| Place::Of(asked, millis, id, commit)),
        1 => (any::<Index>(), 0_u8..7).prop_map(|(place, bit)| Place::Garbled(place, bit)),
        1 => "0[12][0-9a-f]{60,100}".prop_map(Place::Hex),
    ]
    .boxed()
}

fn value() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        6 => select(&VALUES[..]).prop_map(|text| text.as_bytes().to_vec()),
        2 => hostile_text().prop_map(String::into_bytes),
        1 => select(&NUMBERS[..]).prop_map(|text| text.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..20),
        2 => place().prop_map(|place| place.text().into_bytes()),
    ]
    .boxed()
}

/// A parameter that fits its name, which leads further in than one that does not.
fn fitting() -> BoxedStrategy<(&'static str, Vec<u8>)> {
    let text = |name: &'static str, values: &'static [&'static str]| {
        select(values).prop_map(move |value| (name, value.as_bytes().to_vec())).boxed()
    };
    prop_oneof![
        text("q", &["order", "\"order\" OR x", "status:error", "or", "-order", "in:response ok", "user:asha", "日本"]),
        text("status", &["error", "success,no_response", "-success"]),
        text("code", &["5xx,404", "-200"]),
        text("bot", &["b1", "-b2", "b\0", ""]),
        text("last", &["24h", "366d", "1m"]),
        text("limit", &["1", "200"]),
        text("buckets", &["1", "120"]),
        text("format", &["csv", "har", "ndjson"]),
        text("from", &["2026-11-22", "0000-01-01T00:00:00Z"]),
        text("to", &["9999-12-31", "2026-11-23T00:00:00Z"]),
        (select(&["before", "after"][..]), place()).prop_map(|(name, place)| (name, place.text().into_bytes())),
    ]
    .boxed()
}

/// A query string: of parameters, or of bytes.
fn query_string() -> BoxedStrategy<String> {
    let any_parameter = (select(&NAMES[..]), value());
    let parameter = prop_oneof![2 => fitting(), 1 => any_parameter];
    let encoded = vec(parameter, 0..5).prop_map(|parameters| {
        let encode = |bytes: &[u8]| percent_encode(bytes, NON_ALPHANUMERIC).to_string();
        let parameters =
            parameters.iter().map(|(name, value)| format!("{}={}", encode(name.as_bytes()), encode(value)));
        parameters.collect::<Vec<_>>().join("&")
    });
    let garbled = (encoded.clone(), vec(garbling(), 1..3)).prop_map(|(text, garblings): (String, Vec<Garbling>)| {
        String::from_utf8_lossy(&garbled(text.into_bytes(), &garblings)).into_owned()
    });
    prop_oneof![6 => encoded, 1 => garbled, 1 => "[&=;%+a-f0-9?/]{0,40}"].boxed()
}

fn path() -> BoxedStrategy<String> {
    let id = prop_oneof![
        3 => (0_u128..40).prop_map(|number| CallId::from_u128(number).to_string()),
        1 => any::<u128>().prop_map(|number| CallId::from_u128(number).to_string().to_uppercase()),
        2 => vec(any::<u8>(), 0..20).prop_map(|bytes| percent_encode(&bytes, NON_ALPHANUMERIC).to_string()),
        1 => select(&["..%2f..", "%2e%2e", "{id}", "facets%00", "tail", "export", "%F0%9F%92%A9", "%zz"][..])
            .prop_map(str::to_owned),
    ];
    (select(&ROUTES[..]), id).prop_map(|(route, id)| route.replace("{id}", &id)).boxed()
}

/// Asks, and reads of an answer that lasts no more than its beginning.
async fn ask(server: &TestServer, cookie: &str, path: &str, last_event: Option<&[u8]>) -> Option<Answer> {
    // What is no address never reaches the routes: `wire` sends that.
    let uri = Uri::try_from(format!("/api/v1/{path}")).ok()?;
    let mut request = Request::get(uri).header(COOKIE, cookie).body(Body::empty()).unwrap();
    if let Some(value) = last_event.and_then(|value| HeaderValue::from_bytes(value).ok()) {
        request.headers_mut().insert("last-event-id", value);
    }
    let response = server.open(request).await;
    let is_stream = response.headers().get("content-type").is_some_and(|value| value == "text/event-stream");
    let (parts, mut body) = response.into_parts();
    let bytes = if is_stream {
        body.frame().await.unwrap().unwrap().into_data().unwrap().to_vec()
    } else {
        body.collect().await.unwrap().to_bytes().to_vec()
    };
    Some(Answer { status: parts.status, headers: parts.headers, bytes })
}

/// A server with calls of two accounts, and what the owner and a supervisor of the first may find.
async fn two_accounts() -> TestServer {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let theirs: Vec<Value> = (100..110)
        .map(|number| a_call(number).with_body(OF_OTHERS).with("/bot/name", Value::from(OF_OTHERS)).json())
        .collect();
    let answer = server.post(&server.key("others"), &Value::from(theirs)).await;
    assert_eq!(answer.json()["accepted"], 10);
    server
}

#[test]
fn any_question_is_answered_or_refused_and_tells_nothing_of_others() {
    let runtime = besieged();
    let server = runtime.block_on(two_accounts());
    let owner = runtime.block_on(server.owner());
    let supervisor = runtime.block_on(server.person("acme", "business", Role::Supervisor, &["b2"]));
    let all = runtime.block_on(everything(&owner)).unwrap();
    assert!(!all.is_empty());
    let (answered, refused) = (Cell::new(0), Cell::new(0));
    let last_event = proptest::option::weighted(0.2, value());
    let inputs = (path(), query_string(), last_event, select(&[0, 1, 2][..]));
    for_many(1_500, inputs, |(path, query_string, last_event, who)| {
        let cookie = [owner.cookie.as_str(), supervisor.cookie.as_str(), "api_logs=wrong; api_logs"][who];
        runtime.block_on(async {
            let asked = format!("{path}?{query_string}");
            let Some(answer) = ask(&server, cookie, &asked, last_event.as_deref()).await else { return Ok(()) };
            judge(&asked, &answer)?;
            let said = String::from_utf8_lossy(&answer.bytes);
            // A refusal repeats what was asked, which holds no such word.
            prop_assert!(!said.contains(OF_OTHERS), "{}: {}", asked, said);
            let count = if answer.status.is_success() { &answered } else { &refused };
            count.set(count.get() + 1);
            prop_assert!(who != 2 || !answer.status.is_success(), "{}", asked);
            if who == 1 {
                prop_assert!(!said.contains("\"id\":\"b1\"") && !said.contains("Bot b1"), "{}: {}", asked, said);
            }
            Ok(())
        })
    });
    runtime.block_on(async {
        assert_eq!(everything(&owner).await.unwrap(), all);
        assert!(answered.get() > 20 && refused.get() > 20, "{answered:?} answered, {refused:?} refused");
        is_sound(&server).await;
    });
}

#[tokio::test]
async fn a_cursor_of_others_names_a_place_and_shows_nothing_of_theirs() {
    let server = two_accounts().await;
    let others = server.person("others", "business", Role::Owner, &[]).await;
    let theirs = others.get("calls?limit=3").await.json();
    let owner = server.owner().await;
    for (name, route) in [("before", "calls"), ("after", "calls")] {
        let cursor = theirs[name].as_str().unwrap();
        let page = owner.get(&format!("{route}?{name}={cursor}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(ids(&page.json()).iter().all(|id| *id < 100));
        // Of another question it is refused.
        let other = owner.get(&format!("{route}?{name}={cursor}&status=error")).await;
        assert_eq!((other.status, other.code().as_str()), (StatusCode::BAD_REQUEST, "invalid_query"));
    }
}

#[tokio::test]
async fn questions_of_ten_thousand_parts_are_refused_and_small() {
    let server = two_accounts().await;
    let owner = server.owner().await;
    let words = |count: usize, word: &dyn Fn(usize) -> String, between: &str| {
        (0..count).map(word).collect::<Vec<_>>().join(between)
    };
    let plain: &dyn Fn(usize) -> String = &|number| format!("w{number}");
    let cases = [
        format!("q={}", words(10_000, &|number| format!("w{}", number % 100), "+")),
        format!("q={}", words(5_000, plain, "+OR+")),
        format!("q={}x", "(".repeat(10_000)),
        format!("q={}x", "-".repeat(10_000)),
        format!("q=bot:({})", words(5_000, plain, "+OR+")),
        format!("bot={}", words(10_000, plain, ",")),
        format!("user=-{}", words(8_000, plain, ",-")),
        format!("code={}", words(10_000, &|number| (100 + number % 900).to_string(), ",")),
        format!("status={}", "error,".repeat(10_000)),
        words(8_000, &|number| format!("p{number}"), "&"),
        words(10_000, &|_| "q=x".to_owned(), "&"),
        words(8_000, &|_| "limit=1".to_owned(), "&"),
        format!("{}=x", "n".repeat(60_000)),
        format!("limit={}", "9".repeat(60_000)),
        format!("before={}", "0".repeat(60_000)),
    ];
    for case in cases {
        for route in ["calls", "calls/facets", "calls/histogram", "calls/tail", "calls/export"] {
            let began = std::time::Instant::now();
            let answer = ask(&server, &owner.cookie, &format!("{route}?{case}"), None).await.unwrap();
            let start: String = case.chars().take(40).collect();
            judge(&start, &answer).unwrap();
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "invalid_query"), "{start}");
            assert!(began.elapsed().as_secs() < 5, "{route} {start}: {:?}", began.elapsed());
        }
    }
    // As much as may be asked is answered.
    let most = words(32, &|number| format!("user:w{number}"), " OR ");
    let query = LogQuery { text: most, ..LogQuery::default() };
    let answer = owner.get(&format!("calls?bot={}&{}", words(500, plain, ","), query.to_query_string())).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
}
