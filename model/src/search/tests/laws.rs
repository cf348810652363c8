//! What holds of every search, and of every call.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::fold::fold;
use crate::search::{
    CodeRange, DurationRange, Expression, FieldTest, MAX_BYTES, MAX_TERMS, Presence, Search, TextPart, Words,
};
use crate::{
    Agent, Application, Bot, Call, CallId, EndUser, Failure, FailureKind, LogQuery, Method, Node, Outcome, Path,
    RawJson, Request, Response, Script, ScriptError, SearchedText, Source, SourceKind, StatusCode, Timestamp,
};

// Strategies are boxed: in one piece they are larger than the stack of a test.

/// Few letters, so that much is found; some of them mean something to the language, to JSON or to folding.
fn words() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[abAB]{1,3}",
        1 => "[ab :,()\"\\\\>=.-]{1,4}",
        1 => prop_oneof![Just("OR"), Just("NOT"), Just("AND"), Just("bot:a"), Just("https://a"), Just("日本語"), Just("שלום"), Just("Σας"), Just("İ")]
            .prop_map(ToOwned::to_owned),
    ]
    .prop_filter("words are not blank", |words| !words.trim().is_empty())
    .boxed()
}

fn part() -> BoxedStrategy<TextPart> {
    let scopes = TextPart::SCOPES.map(|(_, part)| part);
    prop_oneof![3 => Just(TextPart::Anywhere), 1 => Just(TextPart::Host), 3 => prop::sample::select(scopes.to_vec())]
        .boxed()
}

fn outcome() -> BoxedStrategy<Outcome> {
    prop::sample::select(Outcome::KNOWN).boxed()
}

fn field_test() -> BoxedStrategy<FieldTest> {
    let code =
        prop_oneof![prop::sample::select(vec![100_u16, 199, 200, 399, 400, 404, 499, 500, 599, 999]), 100_u16..=999];
    let code = (code.clone(), code);
    let millis = || {
        prop_oneof![prop::sample::select(vec![0_u64, 1, 999, 1_000, 1_001, 60_000, 3_600_000, u64::MAX]), any::<u64>()]
    };
    let named = || words().prop_map(|words| Words::new(&words));
    prop_oneof![
        outcome().prop_map(FieldTest::Status),
        code.prop_map(|(one, other)| FieldTest::Code(
            CodeRange::new(StatusCode(one.min(other)), StatusCode(one.max(other))).unwrap()
        )),
        prop_oneof![
            prop::sample::select(Method::KNOWN),
            words().prop_map(|word| Method::from(word.to_ascii_uppercase().as_str()))
        ]
        .prop_map(FieldTest::Method),
        named().prop_map(FieldTest::Bot),
        named().prop_map(FieldTest::Path),
        named().prop_map(FieldTest::Node),
        named().prop_map(FieldTest::User),
        named().prop_map(FieldTest::Application),
        prop_oneof![prop::sample::select(SourceKind::KNOWN), words().prop_map(|word| SourceKind::from(word.as_str()))]
            .prop_map(FieldTest::Source),
        (millis(), millis())
            .prop_map(|(one, other)| FieldTest::Duration(DurationRange::new(one.min(other), one.max(other)).unwrap())),
        (0_u128..4).prop_map(|number| FieldTest::Id(CallId::from_u128(number))),
        Just(FieldTest::IsScript),
        prop::sample::select(Presence::ALL.map(|(_, presence)| presence).to_vec()).prop_map(FieldTest::Has),
    ]
    .boxed()
}

/// Any expression of the form that the parser gives, but for the empty one.
fn expression() -> BoxedStrategy<Expression> {
    let leaf = prop_oneof![
        field_test().prop_map(Expression::Field),
        (words(), part()).prop_map(|(words, part)| Expression::Text { words: Words::new(&words), part }),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(Expression::all),
            vec(inner.clone(), 1..4).prop_map(Expression::any),
            inner.prop_map(Expression::negated),
        ]
    })
    .boxed()
}

/// What somebody might type: pieces of the language in any order.
fn typed() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            " ", " ", " ", "(", ")", "\"", "-", "OR ", " AND ", "NOT ", ":", ",", "\\", "..", ">", "=", "\n", "//",
        ]).prop_map(ToOwned::to_owned),
        3 => prop::sample::select(vec![
            "status:", "code:", "bot:", "app:", "url:", "host:", "in:", "in:response ", "is:", "has:", "duration:",
            "foo:", "statu:", "error", "5xx", "404", "2s", "script",
        ]).prop_map(ToOwned::to_owned),
        2 => words(),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat()).boxed()
}

fn headers() -> BoxedStrategy<Vec<(String, String)>> {
    vec((words(), words()), 0..3).boxed()
}

fn request() -> BoxedStrategy<Request> {
    let url = prop_oneof![words(), (words(), words()).prop_map(|(host, path)| format!("https://{host}/{path}"))];
    let method = prop::sample::select(Method::KNOWN);
    (method, url, headers(), option::of("[ab\n]{0,3}"))
        .prop_map(|(method, url, headers, body)| Request { method, url, headers, body, encoding: None })
        .boxed()
}

fn script() -> BoxedStrategy<Script> {
    let json = || words().prop_map(|word| RawJson::new(serde_json::json!({ word.clone(): word }).to_string()).unwrap());
    let error = words().prop_map(|message| ScriptError { message, line: None, column: None });
    (option::of(words()), json(), json(), option::of(error), json())
        .prop_map(|(source, before, after, error, result)| Script { source, before, after, error, result })
        .boxed()
}

/// How a call ended.
#[derive(Clone, Debug)]
enum End {
    Answered(Request, Response),
    Unanswered(Request, Failure),
    Ran(Script),
}

fn end() -> BoxedStrategy<End> {
    let status = prop::sample::select(vec![200_u16, 204, 399, 400, 404, 500, 599]).prop_map(StatusCode);
    let response = (status, headers(), option::of("[ab\n]{0,3}")).prop_map(|(status, headers, body)| Response {
        status,
        headers,
        body,
        encoding: None,
    });
    let failure = words().prop_map(|message| Failure { kind: FailureKind::Dns, message });
    prop_oneof![
        3 => (request(), response).prop_map(|(request, response)| End::Answered(request, response)),
        1 => (request(), failure).prop_map(|(request, failure)| End::Unanswered(request, failure)),
        1 => script().prop_map(End::Ran),
    ]
    .boxed()
}

prop_compose! {
    fn call()(
        number in 0_u128..4,
        duration_ms in option::of(prop::sample::select(vec![0_u64, 1, 999, 1_000, 60_000])),
        (bot, path, node, user) in (
            option::of((words(), words())), option::of((words(), words())), option::of((words(), words())),
            option::of((option::of(words()), option::of(words()))),
        ),
        kind in prop::sample::select(SourceKind::KNOWN),
        agent in option::of((option::of(words()), option::of(words()))),
        application in prop_oneof![prop::sample::select(Application::KNOWN), words().prop_map(|word| Application::from(word.as_str()))],
        (conversation_id, connection_id) in (option::of(words()), option::of(words())),
        end in end(),
    ) -> Call {
        let (request, response, failure, script) = match end {
            End::Answered(request, response) => (Some(request), Some(response), None, None),
            End::Unanswered(request, failure) => (Some(request), None, Some(failure), None),
            End::Ran(script) => (None, None, None, Some(script)),
        };
        Call {
            id: CallId::from_u128(number),
            timestamp: Timestamp::from_millis(1_000_000),
            duration_ms,
            bot: bot.map(|(id, name)| Bot { id, name }),
            source: Source {
                kind,
                path: path.map(|(id, name)| Path { id, name }),
                node: node.map(|(id, name)| Node { id, name, kind: String::new() }),
                agent: agent.map(|(name, email)| Agent { name, email }),
            },
            user: user.map(|(id, name)| EndUser { id, name }),
            conversation_id,
            connection_id,
            application,
            request,
            response,
            failure,
            script,
        }
    }
}

fn holds(expression: Expression, call: &Call) -> bool {
    Search::from(expression).matches(call)
}

fn now() -> Timestamp {
    Timestamp::from_millis(2_000_000)
}

proptest! {
    #[test]
    fn every_expression_is_read_as_it_is_printed(expression in expression()) {
        let printed = expression.to_string();
        prop_assume!(printed.len() <= MAX_BYTES);
        let read = Search::parse(&printed);
        prop_assert_eq!(read.as_ref().map(Search::expression), Ok(&expression), "{}", printed);
    }

    #[test]
    fn what_is_read_is_printed_and_read_again(typed in prop_oneof![typed(), ".*"]) {
        if let Ok(search) = Search::parse(&typed) {
            let printed = search.to_string();
            prop_assert_eq!(Search::parse(&printed), Ok(search), "{}", printed);
        }
    }

    #[test]
    fn an_error_names_a_place_and_its_text_leads_on(typed in prop_oneof![typed(), ".*"]) {
        let mut typed = typed;
        // Each step takes one wrong part out of the way, so that they come to an end.
        for _ in 0..64 {
            let Err(error) = Search::parse(&typed) else { return Ok(()) };
            prop_assert!(typed.get(error.position.clone()).is_some(), "{} {:?}", typed, error);
            let Some(as_text) = error.as_text else {
                // A limit: quoting a part of it helps nobody.
                prop_assert!(error.message.contains("at most"), "{} {:?}", typed, error.message);
                return Ok(());
            };
            if let Err(next) = Search::parse(&as_text) {
                prop_assert!(next.position.start > error.position.start || next.message.contains("at most"), "{} {}", typed, as_text);
            }
            typed = as_text;
        }
        prop_assert!(false, "no end: {}", typed);
    }

    #[test]
    fn quoted_words_are_text_whatever_they_are(words in ".*") {
        let quoted = format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
        prop_assume!(quoted.len() <= MAX_BYTES);
        let expected = if words.trim().is_empty() { Expression::default() } else { Expression::text(&words) };
        prop_assert_eq!(Search::parse(&quoted), Ok(Search::from(expected)));
    }

    #[test]
    fn not_is_the_opposite(expression in expression(), call in call()) {
        prop_assert_eq!(holds(expression.clone().negated(), &call), !holds(expression.clone(), &call));
        prop_assert_eq!(expression.clone().negated().negated(), expression);
    }

    #[test]
    fn all_narrows_and_any_widens(one in expression(), other in expression(), call in call()) {
        let (is_one, is_other) = (holds(one.clone(), &call), holds(other.clone(), &call));
        prop_assert_eq!(holds(Expression::all([one.clone(), other.clone()]), &call), is_one && is_other);
        prop_assert_eq!(holds(Expression::any([one, other]), &call), is_one || is_other);
    }

    #[test]
    fn de_morgan(one in expression(), other in expression(), call in call()) {
        let neither = Expression::any([one.clone(), other.clone()]).negated();
        let both_not = Expression::all([one.clone().negated(), other.clone().negated()]);
        prop_assert_eq!(holds(neither, &call), holds(both_not, &call));
        let not_both = Expression::all([one.clone(), other.clone()]).negated();
        let one_not = Expression::any([one.negated(), other.negated()]);
        prop_assert_eq!(holds(not_both, &call), holds(one_not, &call));
    }

    #[test]
    fn typing_more_words_finds_no_more(before in typed(), after in words(), call in call()) {
        let quoted = format!("\"{}\"", after.replace('\\', "\\\\").replace('"', "\\\""));
        let (Ok(wide), Ok(narrow)) = (Search::parse(&before), Search::parse(&format!("({before}) {quoted}"))) else {
            return Ok(());
        };
        prop_assert!(!narrow.matches(&call) || wide.matches(&call));
    }

    #[test]
    fn every_part_is_a_part_of_the_whole(call in call(), part in part(), start in 0_usize..64, length in 0_usize..8) {
        let searched = SearchedText::of(&call);
        for text in searched.part(part) {
            prop_assert!(searched.anywhere().contains(text));
            let needle: String = text.chars().skip(start).take(length).collect();
            prop_assert!(searched.holds(&needle, part) && searched.holds(&needle, TextPart::Anywhere));
        }
    }

    #[test]
    fn parts_hold_what_they_are_named_for(call in call()) {
        let searched = SearchedText::of(&call);
        let holds = |text: &str, part| searched.holds(&fold(text), part);
        if let Some(request) = &call.request {
            prop_assert!(holds(&request.url, TextPart::Url) && holds(&request.url, TextPart::Request));
            prop_assert!(holds(request.body.as_deref().unwrap_or_default(), TextPart::Request));
            for (name, value) in &request.headers {
                let header = format!("{name}: {value}");
                prop_assert!(holds(&header, TextPart::Headers) && holds(&header, TextPart::Request));
            }
        }
        if let Some(response) = &call.response {
            prop_assert!(holds(response.body.as_deref().unwrap_or_default(), TextPart::Response));
            for (name, value) in &response.headers {
                let header = format!("{name}: {value}");
                prop_assert!(holds(&header, TextPart::Headers) && holds(&header, TextPart::Response));
            }
        }
        if let Some(script) = &call.script {
            prop_assert!(holds(script.after.as_str(), TextPart::Script));
        }
        // What a call has not, no words are in.
        for (is_there, part) in [
            (call.request.is_some(), TextPart::Url),
            (call.request.is_some(), TextPart::Request),
            (call.response.is_some(), TextPart::Response),
            (call.script.is_some(), TextPart::Script),
        ] {
            prop_assert!(is_there || !searched.holds("a", part));
        }
    }

    #[test]
    fn chips_find_what_the_same_qualifiers_find(
        mut call in call(),
        (parameter, qualifier, value) in prop_oneof![
            outcome().prop_map(|outcome| ("status", "status", outcome.to_string())),
            prop::sample::select(vec!["404", "200", "4xx", "5xx", "399"]).prop_map(|code| ("code", "code", code.to_owned())),
            prop::sample::select(Method::KNOWN).prop_map(|method| ("method", "method", method.to_string())),
            prop::sample::select(SourceKind::KNOWN).prop_map(|kind| ("source", "source", kind.to_string())),
            prop::sample::select(Application::KNOWN).prop_map(|application| ("application", "app", application.to_string())),
        ],
        is_excluded: bool,
    ) {
        if let Application::Other(_) = call.application {
            // A word that is no application of ours may be the name of one.
            call.application = Application::Zendesk;
        }
        let sign = if is_excluded { "-" } else { "" };
        let by_chip = LogQuery::parse(&format!("{parameter}={sign}{value}&no_response=true"));
        let by_text = LogQuery::parse(&format!("q={sign}{qualifier}:{value}&no_response=true"));
        prop_assert!(by_chip.issues.is_empty() && by_text.issues.is_empty());
        if parameter == "status" && !is_excluded && call.outcome() == Outcome::NoResponse {
            // The status filter leaves these calls to the switch beside it, which lists them here.
            prop_assert!(by_chip.query.matches(&call, now()));
            return Ok(());
        }
        prop_assert_eq!(by_chip.query.matches(&call, now()), by_text.query.matches(&call, now()), "{}:{}", qualifier, value);
    }

    #[test]
    fn calls_without_a_response_are_left_out_until_asked_for(call in call()) {
        let finds = |query: &str| LogQuery::parse(query).query.matches(&call, now());
        let is_unanswered = call.outcome() == Outcome::NoResponse;
        prop_assert_eq!(finds(""), !is_unanswered);
        prop_assert!(finds("no_response=true"));
        prop_assert_eq!(finds("q=is:no_response"), is_unanswered);
        prop_assert_eq!(finds("status=no_response"), is_unanswered);
        prop_assert_eq!(finds("q=-is:no_response%26no_response=true"), false);
        prop_assert_eq!(finds("q=-is:no_response&no_response=true"), !is_unanswered);
    }

    #[test]
    fn a_search_survives_its_url(typed in typed()) {
        let query = LogQuery { text: typed.trim().to_owned(), ..LogQuery::default() };
        let parsed = LogQuery::parse(&query.to_query_string());
        prop_assert_eq!(parsed.issues.is_empty(), query.search().is_ok());
        prop_assert_eq!(parsed.query, query);
    }

    #[test]
    fn no_search_has_more_terms_than_it_may(count in 0_usize..100) {
        let typed = vec!["a"; count].join(" OR ");
        prop_assert_eq!(Search::parse(&typed).is_ok(), count <= MAX_TERMS);
    }
}
