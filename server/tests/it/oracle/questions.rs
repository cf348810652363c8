//! Random questions: filters, ranges, and searches of everything that the language has.

use model::{CallId, LogQuery};
use proptest::prelude::*;
use proptest::sample::select;

use super::calls::WORDS;

/// Filters, each named once, and often a search.
pub fn query_string() -> BoxedStrategy<String> {
    let filter = select(
        &[
            "status=error",
            "status=-error",
            "status=success",
            "status=no_response",
            "status=-no_response",
            "no_response=true",
            "method=POST",
            "method=-C2E",
            "code=4xx",
            "code=-404,-500",
            "bot=b1",
            "bot=-b1",
            "application=zendesk",
            "source=inbox,bot_flow",
            "user=Asha",
            "user=-u9",
            "last=24h",
            "last=10d",
            "from=2026-11-20T00:00:00Z&to=2026-11-22T06:30:00Z",
        ][..],
    );
    (proptest::collection::btree_set(filter, 0..3), search())
        .prop_map(|(filters, text)| {
            let name = |filter: &str| {
                match filter.split('=').next().unwrap() {
                    "last" | "from" => "range",
                    name => name,
                }
                .to_owned()
            };
            let mut kept: Vec<&str> = Vec::new();
            for filter in filters {
                if kept.iter().all(|other| name(other) != name(filter)) {
                    kept.push(filter);
                }
            }
            let query = LogQuery::parse(&kept.join("&")).query;
            LogQuery { text, ..query }.to_query_string()
        })
        .boxed()
}

/// Qualifiers of every field. The calls that are sent have ids below 10,000.
const QUALIFIERS: [&str; 56] = [
    "status:error",
    "status:success",
    "status:404",
    "is:error",
    "is:no_response",
    "is:script",
    "code:404",
    "code:2xx",
    "code:>=400",
    "code:<300",
    "code:204..404",
    "code:(404 OR 5xx)",
    "code:200,429",
    "code:(>=400 -404)",
    "method:post",
    "method:(GET OR C2E)",
    "method:PATCH",
    "bot:b1",
    "bot:B1",
    "bot:book",
    "bot:\"old bookings\"",
    "bot:(order OR old)",
    "app:zendesk",
    "app:\"Google Sheets\"",
    "app:GOOGLE_SHEETS",
    "app:something_new",
    "source:inbox",
    "source:\"bot flow\"",
    "path:p1",
    "path:注",
    "node:look",
    "node:n8",
    "user:asha",
    "user:u9",
    "user:של",
    "user:+49",
    "url:/orders",
    "url:REFUND",
    "url:a",
    "host:shop",
    "host:8443",
    "host:other.example",
    "duration:>1s",
    "duration:<=231ms",
    "duration:1s..1m",
    "duration:0ms",
    "has:script_error",
    "has:body",
    "has:request_body",
    "has:response_body",
    "has:user",
    "has:bot",
    "in:headers accept",
    "in:response \"ok\"",
    "in:url (orders OR v1)",
    "in:script total",
];

fn term() -> BoxedStrategy<String> {
    let word = || {
        let quoted = |word: &str| if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() };
        select(&WORDS[..]).prop_map(move |word| quoted(&word.to_lowercase()))
    };
    let scope = select(&["request", "response", "headers", "script", "url"][..]);
    prop_oneof![
        4 => word(),
        4 => select(&QUALIFIERS[..]).prop_map(ToOwned::to_owned),
        1 => (scope, word()).prop_map(|(scope, word)| format!("in:{scope} {word}")),
        1 => select(&["example", "shop.example/orders", "accept: application", "look up", "nowhere"][..])
            .prop_map(|words| format!("\"{words}\"")),
        1 => (1_u128..10_000).prop_map(|number| format!("id:{}", CallId::from_u128(number))),
    ]
    .boxed()
}

/// Nothing, a word or two, or an expression of several terms.
fn search() -> BoxedStrategy<String> {
    let expression = term().prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|terms| terms.join(" ")),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|terms| format!("({})", terms.join(" OR "))),
            inner.prop_map(|term| format!("-({term})")),
        ]
    });
    prop_oneof![1 => Just(String::new()), 2 => term(), 1 => term().prop_map(|term| format!("-{term}")), 4 => expression]
        .boxed()
}
