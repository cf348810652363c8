//! Random calls: few values, so that questions find some of them, and words that are hard to search for.

use model::{Call, Timestamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::a_call;

/// Pieces of text, short and long, of scripts with and without case, from left to right and from right to left.
pub const WORDS: [&str; 14] =
    ["q", "w", "qw", "qwz", "zzq wq", "Refund", "日", "日本", "注文番号", "של", "שלום", "مرحبا", "Straße", "ΟΔΌΣ"];

/// Some of the words, joined to others or apart.
fn text() -> BoxedStrategy<String> {
    vec((select(&WORDS[..]), select(&["", " ", "\n"][..])), 0..4)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
        .boxed()
}

/// Calls of the last forty days, many of them in one moment, some at the very edge of what is kept.
pub fn call(now: Timestamp) -> BoxedStrategy<Call> {
    let age = prop_oneof![0..86_400_000_i64, 0..40 * 86_400_000_i64, Just(7 * 86_400_000), Just(0)];
    let when = age.prop_map(move |age| Timestamp::from_millis((now.millis() - age).div_euclid(10_000) * 10_000));
    let whose = (
        option::weighted(0.9, select(&[("b1", "Order status"), ("b2", "Bookings"), ("b2", "Old bookings")][..])),
        option::of(select(&[("u9", "Asha"), ("+4917", ""), ("u3", "שלום")][..])),
        select(&["bot_flow", "inbox", "api_trigger", "platform"][..]),
        option::of(select(&[("p1", "Order status"), ("p2", "注文")][..])),
        option::of(select(&[("n7", "Look up order"), ("n8", "Append row")][..])),
    );
    let what = (
        select(&["zendesk", "json_api", "google_sheets", "something_new"][..]),
        select(&["GET", "POST", "C2E", "PURGE"][..]),
        select(&["https://shop.example/orders/7", "https://api.other.example:8443/v1?q=Refund", "not a url"][..]),
        option::of(select(&[0_u64, 1, 231, 1_000, 2_001, 60_000][..])),
    );
    let texts = (text(), text(), option::of(text()));
    let end = prop_oneof![
        6 => select(&[200_u16, 204, 301, 404, 429, 500][..]).prop_map(End::Answered),
        1 => select(&["timeout", "dns"][..]).prop_map(End::Failed),
        1 => option::of(text()).prop_map(End::Ran),
    ];
    (1_u128..10_000, when, whose, what, texts, end).prop_map(build).boxed()
}

#[derive(Clone, Debug)]
enum End {
    Answered(u16),
    Failed(&'static str),
    Ran(Option<String>),
}

type Named = Option<(&'static str, &'static str)>;
type Parts = (
    u128,
    Timestamp,
    (Named, Named, &'static str, Named, Named),
    (&'static str, &'static str, &'static str, Option<u64>),
    (String, String, Option<String>),
    End,
);

fn build(parts: Parts) -> Call {
    let (number, when, (bot, user, source, path, node), (application, method, url, duration), texts, end) = parts;
    let (sent, header, answered) = texts;
    let named = |named: Named| named.map_or(Value::Null, |(id, name)| json!({"id": id, "name": name}));
    let call = a_call(number)
        .at(&when.to_string())
        .with("/bot", named(bot))
        .with("/user", named(user))
        .with("/source", json!({"kind": source, "path": named(path), "node": named(node)}))
        .with("/application", json!(application))
        .with("/duration_ms", json!(duration))
        .with("/request/method", json!(method))
        .with("/request/url", json!(url))
        .with("/request/body", json!(sent))
        .with("/request/headers", json!([["x-note", header], ["accept", "application/json"]]));
    let call = match end {
        End::Answered(status) => call.answered(status).with("/response/body", json!(answered)),
        End::Failed(kind) => call.without_response(kind),
        End::Ran(error) => call
            .of_a_script(error.as_deref())
            .with("/application", json!(application))
            .with("/script/after", json!({ "note": sent })),
    };
    serde_json::from_value(call.json()).unwrap()
}
