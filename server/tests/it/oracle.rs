//! Random calls and random questions: the store answers as a plain list would.
//!
//! The plain list holds the calls as they were sent and asks `LogQuery::matches` of each, so this is also the test
//! that a store understands the search language as the model does.

mod calls;
mod questions;

use std::collections::BTreeMap;

use model::{Call, Choice, Facet, LogQuery, Outcome, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::support::{NOW, TestServer, Visitor, ids};

#[test]
fn the_store_answers_as_a_plain_list_would() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let now = NOW.parse::<Timestamp>().unwrap();
    let strategy = (
        proptest::collection::vec(calls::call(now), 1..60),
        proptest::collection::vec(questions::query_string(), 1..6),
        1_usize..20,
    );
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |(mut calls, queries, limit)| {
            calls.sort_by_key(|call| call.id);
            calls.dedup_by_key(|call| call.id);
            runtime.block_on(async {
                let server = TestServer::start();
                let key = server.key("acme");
                for batch in calls.chunks(25) {
                    server.post(&key, &json!(batch)).await;
                }
                calls.retain(|call| is_kept(call, now));
                let owner = server.owner().await;
                for query_string in &queries {
                    compare(&owner, &calls, query_string, limit, now).await?;
                }
                Ok(())
            })
        })
        .unwrap();
}

fn is_kept(call: &Call, now: Timestamp) -> bool {
    let days = if call.outcome() == Outcome::Success { 7 } else { 30 };
    call.timestamp >= now.minus_millis(days * 86_400_000)
}

async fn compare(
    owner: &Visitor<'_>,
    kept: &[Call],
    query_string: &str,
    limit: usize,
    now: Timestamp,
) -> Result<(), TestCaseError> {
    let parsed = LogQuery::parse(query_string);
    prop_assert_eq!(&parsed.issues, &vec![]);
    let query = parsed.query;
    let asked = format!("{query_string} {:?}", query.text);
    compare_pages(owner, kept, &query, limit, now, &asked).await?;
    compare_facets(owner, kept, &query, now, &asked).await?;
    compare_histogram(owner, kept, &query, now, &asked).await
}

/// What a plain list finds.
fn found<'c>(kept: &'c [Call], query: &LogQuery, now: Timestamp) -> Vec<&'c Call> {
    let prepared = query.prepare().unwrap();
    kept.iter().filter(|call| prepared.matches(call, now)).collect()
}

async fn compare_pages(
    owner: &Visitor<'_>,
    kept: &[Call],
    query: &LogQuery,
    limit: usize,
    now: Timestamp,
    asked: &str,
) -> Result<(), TestCaseError> {
    let query_string = query.to_query_string();
    let mut expected = found(kept, query, now);
    expected.sort_by_key(|call| std::cmp::Reverse((call.timestamp, call.id)));
    let expected: Vec<u128> = expected.iter().map(|call| u128::from_be_bytes(call.id.to_bytes())).collect();
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = owner.get(&format!("calls?{query_string}&limit={limit}{cursor}")).await.json();
        // On a busy machine a count may be cut short; then it says so, and is at least not too large.
        let (count, is_exact) = (page["total"]["count"].as_u64().unwrap(), page["total"]["exact"] == true);
        let all = u64::try_from(expected.len()).unwrap();
        prop_assert!(if is_exact { count == all } else { count <= all }, "{} of {} {}", page["total"], all, asked);
        found.extend(ids(&page));
        match page["before"].as_str() {
            Some(before) => cursor = format!("&before={before}"),
            None => break,
        }
    }
    prop_assert_eq!(&found, &expected, "{}", asked);
    Ok(())
}

async fn compare_facets(
    owner: &Visitor<'_>,
    kept: &[Call],
    query: &LogQuery,
    now: Timestamp,
    asked: &str,
) -> Result<(), TestCaseError> {
    let answer = owner.get(&format!("calls/facets?{}", query.to_query_string())).await.json();
    prop_assert_eq!(&answer["partial"], &json!(false), "{} {}", answer["notices"], asked);
    for facet in Facet::ALL {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for value in found(kept, &without(query, facet), now).into_iter().filter_map(|call| value_of(call, facet)) {
            *expected.entry(value).or_default() += 1;
        }
        let counted: BTreeMap<String, u64> = answer["facets"][facet.parameter()]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry["value"].as_str().unwrap().to_owned(), entry["count"].as_u64().unwrap()))
            .filter(|(_, count)| *count > 0)
            .collect();
        prop_assert_eq!(&counted, &expected, "{:?} {}", facet, asked);
    }
    Ok(())
}

/// The query without one filter; calls without a response are listed as before.
fn without(query: &LogQuery, facet: Facet) -> LogQuery {
    let mut without = LogQuery { no_response: query.lists_no_response(), ..query.clone() };
    match facet {
        Facet::Status => without.status = Choice::default(),
        Facet::Method => without.method = Choice::default(),
        Facet::Code => without.code = Choice::default(),
        Facet::Bot => without.bot = Choice::default(),
        Facet::Application => without.application = Choice::default(),
        Facet::Source => without.source = Choice::default(),
    }
    without
}

fn value_of(call: &Call, facet: Facet) -> Option<String> {
    match facet {
        Facet::Status => Some(call.outcome().to_string()),
        Facet::Method => call.request.as_ref().map(|request| request.method.to_string()),
        Facet::Code => call.response.as_ref().map(|response| response.status.to_string()),
        Facet::Bot => call.bot.as_ref().map(|bot| bot.id.clone()),
        Facet::Application => Some(call.application.to_string()),
        Facet::Source => Some(call.source.kind.to_string()),
    }
}

async fn compare_histogram(
    owner: &Visitor<'_>,
    kept: &[Call],
    query: &LogQuery,
    now: Timestamp,
    asked: &str,
) -> Result<(), TestCaseError> {
    let histogram = owner.get(&format!("calls/histogram?{}", query.to_query_string())).await.json();
    prop_assert_eq!(&histogram["partial"], &json!(false), "{} {}", histogram["notices"], asked);
    let width = histogram["bucket_ms"].as_i64().unwrap();
    // Calls without a response are told of even where the list leaves them out.
    let tells = !query.status.exclude.contains(&Outcome::NoResponse);
    let everything = LogQuery { no_response: true, status: Choice::default(), ..query.clone() };
    let mut expected = found(kept, query, now);
    expected.retain(|call| call.outcome() != Outcome::NoResponse);
    expected.extend(
        found(kept, &everything, now).into_iter().filter(|call| tells && call.outcome() == Outcome::NoResponse),
    );
    let buckets = histogram["buckets"].as_array().unwrap();
    let mut counted = 0;
    for bucket in buckets {
        let start = bucket["start"].as_str().unwrap().parse::<Timestamp>().unwrap();
        let is_here = |call: &&&Call| call.timestamp >= start && call.timestamp < start.plus_millis(width);
        for outcome in Outcome::KNOWN {
            let here = expected.iter().filter(is_here).filter(|call| call.outcome() == *outcome).count();
            prop_assert_eq!(&bucket[outcome.as_str()], &json!(here), "{} {:?} {}", start, outcome, asked);
            counted += here;
        }
    }
    prop_assert_eq!(counted, expected.len(), "{} {:?}", asked, Value::from(buckets.clone()));
    Ok(())
}
