use proptest::collection::vec;
use proptest::prelude::*;

use super::{Choice, LogQuery, Span, SpanUnit, TimeRange};
use crate::{Application, CodeFilter, Method, Outcome, SourceKind, StatusCode, Timestamp};

fn choice<T: std::fmt::Debug + Clone + PartialEq>(
    value: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Choice<T>> {
    (vec(value.clone(), 0..4), vec(value, 0..4)).prop_map(|(include, exclude)| {
        let mut choice = Choice::default();
        for value in include {
            if !choice.include.contains(&value) {
                choice.include.push(value);
            }
        }
        for value in exclude {
            if !choice.include.contains(&value) && !choice.exclude.contains(&value) {
                choice.exclude.push(value);
            }
        }
        choice
    })
}

fn word() -> impl Strategy<Value = String> + Clone {
    prop_oneof!["[a-z0-9]{1,8}", "[-,\\\\a&=%+# é日\"]{1,8}"].prop_filter("a value is not blank", |word: &String| {
        // The ends of a parameter are trimmed, so a value keeps its blanks only inside.
        !word.is_empty() && word.trim() == word
    })
}

fn range() -> impl Strategy<Value = TimeRange> {
    let time = (0_i64..4_102_444_800_000).prop_map(Timestamp::from_millis);
    prop_oneof![
        Just(TimeRange::All),
        (1_u32..500, prop_oneof![Just(SpanUnit::Minutes), Just(SpanUnit::Hours)])
            .prop_filter_map("a span", |(amount, unit)| Span::new(amount, unit).map(TimeRange::Last)),
        (time.clone(), time)
            .prop_map(|(one, other)| TimeRange::Between { from: Some(one.min(other)), to: Some(one.max(other)) }),
    ]
}

prop_compose! {
    fn query()(
        text in "[a-zé日 \"\\\\-]{0,40}",
        status in choice(prop_oneof![Just(Outcome::Success), Just(Outcome::Error), Just(Outcome::NoResponse)]),
        method in choice(prop_oneof![Just(Method::Get), Just(Method::C2e), "[A-Z]{3,9}".prop_map(|m| Method::from(m.as_str()))]),
        code in choice(prop_oneof![
            (1_u16..=9).prop_map(CodeFilter::Class),
            (100_u16..=999).prop_map(|code| CodeFilter::Exact(StatusCode(code))),
        ]),
        bot in choice(word()),
        application in choice(word().prop_map(|word| Application::from(word.as_str()))),
        source in choice(word().prop_map(|word| SourceKind::from(word.as_str()))),
        user in choice(word()),
        range in range(),
        no_response: bool,
    ) -> LogQuery {
        LogQuery { text: text.trim().to_owned(), status, method, code, bot, application, source, user, range, no_response }
    }
}

proptest! {
    #[test]
    fn a_query_survives_its_url(query in query()) {
        let parsed = LogQuery::parse(&query.to_query_string());
        prop_assert_eq!(parsed.issues, vec![]);
        prop_assert_eq!(parsed.query, query);
    }

    #[test]
    fn any_text_is_read_without_panic(query_string in ".*") {
        let parsed = LogQuery::parse(&query_string);
        prop_assert_eq!(LogQuery::parse(&parsed.query.to_query_string()).query, parsed.query);
    }
}

#[test]
fn the_url_stays_readable() {
    let query = LogQuery {
        text: "\"refund failed\" 42".to_owned(),
        status: Choice::only(Outcome::Error),
        code: Choice { include: vec![CodeFilter::Class(5), CodeFilter::Exact(StatusCode(404))], exclude: vec![] },
        method: Choice { include: vec![], exclude: vec![Method::Get] },
        range: TimeRange::Last("24h".parse().unwrap()),
        ..LogQuery::default()
    };
    assert_eq!(query.to_query_string(), "q=%22refund%20failed%22%2042&status=error&method=-GET&code=5xx,404&last=24h");
}

#[test]
fn what_cannot_be_used_is_named() {
    let parsed = LogQuery::parse("stats=error&code=abc&status=error&last=soon&method=get&page=3&no_response=perhaps");
    let reported: Vec<_> =
        parsed.issues.iter().map(|issue| (issue.parameter.as_str(), issue.message.as_str())).collect();
    assert_eq!(
        reported,
        [
            ("stats", "not a filter; did you mean status?"),
            ("code", "a response code is a number from 100 to 999 or a class like 5xx"),
            ("last", "a length of time is a number with m, h or d, like 90m, 24h or 7d, of at most 366 days"),
            (
                "page",
                "not a filter; the filters are q, status, method, code, bot, application, source, user, last, from, to, no_response"
            ),
            ("no_response", "either true or false"),
        ]
    );
    assert_eq!(parsed.query.status, Choice::only(Outcome::Error));
    assert_eq!(parsed.query.method, Choice::only(Method::Get));
}

#[test]
fn contradictions_are_named() {
    for (query_string, message) in [
        ("status=error,-error", "error is both asked for and excluded"),
        ("from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "later than the end of the range"),
        ("last=24h&from=2026-11-02T00:00:00Z", "cannot stand beside from and to"),
        ("q=a&q=b", "given twice; put several values into one, with commas between them"),
    ] {
        let messages: Vec<_> = LogQuery::parse(query_string).issues.into_iter().map(|issue| issue.message).collect();
        assert_eq!(messages, [message], "{query_string}");
    }
}
