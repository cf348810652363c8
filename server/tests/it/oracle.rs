//! Random calls and random questions: the store answers as a plain list would.

use model::{CallId, LogQuery, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::support::{NOW, TestServer, a_call};

/// A call as the plain list knows it.
#[derive(Clone, Debug)]
struct Plain {
    number: u128,
    millis: i64,
    status: Option<u16>,
    method: &'static str,
    bot: &'static str,
    application: &'static str,
    body: String,
}

impl Plain {
    fn json(&self) -> Value {
        let call = a_call(self.number)
            .at(&Timestamp::from_millis(self.millis).to_string())
            .by(self.bot)
            .with("/application", json!(self.application))
            .with("/request/method", json!(self.method))
            .with_body(&self.body);
        match self.status {
            Some(status) => call.answered(status).json(),
            None => call.without_response("timeout").json(),
        }
    }

    fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status < 400)
    }

    fn is_kept(&self, now: i64) -> bool {
        self.millis >= now - if self.is_success() { 7 } else { 30 } * 86_400_000
    }

    /// The filters of a query, one by one, in the order of the facets; the last is everything that is not counted.
    fn passes(&self, query: &LogQuery, now: i64) -> [bool; 6] {
        let outcome = if self.is_success() { "success" } else { "error" };
        let code = self.status.map(model::StatusCode);
        let text = format!("{}\n{}\n{}", self.body, self.bot, self.method).to_lowercase();
        let (from, to) = query.range.bounds(Timestamp::from_millis(now));
        [
            match self.status {
                None => query.lists_no_response(),
                Some(_) => query.status.passes(|value| value.as_str() == outcome),
            },
            query.method.passes(|method| method.as_str() == self.method),
            query.code.passes(|filter| code.is_some_and(|code| filter.matches(code))),
            query.bot.passes(|bot| bot == self.bot),
            query.application.passes(|application| application.as_str() == self.application),
            from.is_none_or(|from| self.millis >= from.millis())
                && to.is_none_or(|to| self.millis < to.millis())
                && query.search().unwrap().required_words().iter().all(|words| text.contains(words.folded())),
        ]
    }
}

fn plain(now: i64) -> impl Strategy<Value = Plain> {
    let age = prop_oneof![0..86_400_000_i64, 0..40 * 86_400_000_i64, Just(7 * 86_400_000), Just(0)];
    (
        1_u128..10_000,
        age,
        prop_oneof![Just(Some(200)), Just(Some(404)), Just(Some(500)), Just(None)],
        prop_oneof![Just("GET"), Just("POST")],
        prop_oneof![Just("b1"), Just("b2")],
        prop_oneof![Just("zendesk"), Just("json_api")],
        "[qwz]{0,6}",
    )
        .prop_map(move |(number, age, status, method, bot, application, body)| Plain {
            number,
            // Whole ten seconds, so that many calls share a moment.
            millis: (now - age).div_euclid(10_000) * 10_000,
            status,
            method,
            bot,
            application,
            body,
        })
}

fn query_string() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("status=error"),
        Just("status=-error"),
        Just("status=success"),
        Just("no_response=true"),
        Just("method=POST"),
        Just("code=4xx"),
        Just("code=-404,-500"),
        Just("bot=b1"),
        Just("bot=-b1"),
        Just("application=zendesk"),
        Just("last=24h"),
        Just("last=10d"),
        Just("from=2026-11-20T00:00:00Z&to=2026-11-22T06:30:00Z"),
        Just("q=qw"),
        Just("q=qwz"),
        Just("q=wzq%20zz"),
        Just("q=w"),
    ];
    proptest::collection::btree_set(part, 0..4).prop_map(|parts| {
        let mut names = Vec::new();
        let mut kept = Vec::new();
        for part in parts {
            let name = part.split('=').next().unwrap();
            let name = if matches!(name, "last" | "from") { "range" } else { name };
            if !names.contains(&name) {
                names.push(name);
                kept.push(part);
            }
        }
        kept.join("&")
    })
}

#[test]
fn the_store_answers_as_a_plain_list_would() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let now = NOW.parse::<Timestamp>().unwrap().millis();
    let strategy =
        (proptest::collection::vec(plain(now), 1..60), proptest::collection::vec(query_string(), 1..6), 1_usize..20);
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |(mut calls, queries, limit)| {
            calls.sort_by_key(|call| call.number);
            calls.dedup_by_key(|call| call.number);
            runtime.block_on(async {
                let server = TestServer::start();
                let key = server.key("acme");
                for batch in calls.chunks(25) {
                    let batch: Vec<Value> = batch.iter().map(Plain::json).collect();
                    server.post(&key, &json!(batch)).await;
                }
                let owner = server.owner().await;
                for query in &queries {
                    compare(&owner, &calls, query, limit, now).await?;
                }
                Ok(())
            })
        })
        .unwrap();
}

async fn compare(
    owner: &crate::support::Visitor<'_>,
    calls: &[Plain],
    query_string: &str,
    limit: usize,
    now: i64,
) -> Result<(), TestCaseError> {
    let query = LogQuery::parse(query_string).query;
    let kept: Vec<&Plain> = calls.iter().filter(|call| call.is_kept(now)).collect();
    let mut expected: Vec<&&Plain> = kept.iter().filter(|call| call.passes(&query, now) == [true; 6]).collect();
    expected.sort_by_key(|call| std::cmp::Reverse((call.millis, CallId::from_u128(call.number))));
    let expected: Vec<u128> = expected.iter().map(|call| call.number).collect();
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = owner.get(&format!("calls?{query_string}&limit={limit}{cursor}")).await.json();
        prop_assert_eq!(&page["total"], &json!({"count": expected.len(), "exact": true}), "{}", query_string);
        found.extend(crate::support::ids(&page));
        match page["before"].as_str() {
            Some(before) => cursor = format!("&before={before}"),
            None => break,
        }
    }
    prop_assert_eq!(&found, &expected, "{}", query_string);

    let facets = owner.get(&format!("calls/facets?{query_string}")).await.json();
    let counted = |facet: &str, value: &str| {
        let values = facets["facets"][facet].as_array().unwrap();
        values.iter().find(|entry| entry["value"] == value).map_or(0, |entry| entry["count"].as_u64().unwrap())
    };
    for (place, facet, values) in [
        (0, "status", &["success", "error"][..]),
        (1, "method", &["GET", "POST"]),
        (2, "code", &["200", "404", "500"]),
        (3, "bot", &["b1", "b2"]),
        (4, "application", &["zendesk", "json_api"]),
    ] {
        for value in values {
            let count = kept
                .iter()
                .filter(|call| call.status.is_some() || query.lists_no_response())
                .filter(|call| match facet {
                    "status" => call.status.is_some() && (call.is_success() == (*value == "success")),
                    "method" => call.method == *value,
                    "code" => call.status.is_some_and(|status| status.to_string() == *value),
                    "bot" => call.bot == *value,
                    _ => call.application == *value,
                })
                .filter(|call| {
                    let passes = call.passes(&query, now);
                    (0..6).all(|filter| filter == place || passes[filter])
                })
                .count();
            prop_assert_eq!(
                counted(facet, value),
                u64::try_from(count).unwrap(),
                "{} {} {}",
                query_string,
                facet,
                value
            );
        }
    }

    let histogram = owner.get(&format!("calls/histogram?{query_string}")).await.json();
    let sum = |outcome: &str| -> u64 {
        histogram["buckets"].as_array().unwrap().iter().map(|bucket| bucket[outcome].as_u64().unwrap()).sum()
    };
    let answered =
        u64::try_from(calls.iter().filter(|call| expected.contains(&call.number) && call.status.is_some()).count());
    prop_assert_eq!(sum("success") + sum("error"), answered.unwrap(), "{}", query_string);
    Ok(())
}
