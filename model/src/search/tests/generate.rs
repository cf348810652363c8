//! Random searches and random calls. Strategies are boxed: in one piece they are larger than the stack of a test.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::search::{CodeRange, DurationRange, Expression, FieldTest, Presence, TextPart, Words};
use crate::{
    Agent, Application, Bot, Call, CallId, EndUser, Failure, FailureKind, Method, Node, Outcome, Path, RawJson,
    Request, Response, Script, ScriptError, Source, SourceKind, StatusCode, Timestamp,
};

/// Few letters, so that much is found; some of them mean something to the language, to JSON or to folding.
pub fn words() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[abAB]{1,3}",
        1 => "[ab :,()\"\\\\>=.-]{1,4}",
        1 => prop_oneof![Just("OR"), Just("NOT"), Just("AND"), Just("bot:a"), Just("https://a"), Just("日本語"), Just("שלום"), Just("Σας"), Just("İ")]
            .prop_map(ToOwned::to_owned),
    ]
    .prop_filter("words are not blank", |words| !words.trim().is_empty())
    .boxed()
}

pub fn part() -> BoxedStrategy<TextPart> {
    let scopes = TextPart::SCOPES.map(|(_, part)| part);
    prop_oneof![3 => Just(TextPart::Anywhere), 1 => Just(TextPart::Host), 3 => prop::sample::select(scopes.to_vec())]
        .boxed()
}

pub fn outcome() -> BoxedStrategy<Outcome> {
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
pub fn expression() -> BoxedStrategy<Expression> {
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
pub fn typed() -> BoxedStrategy<String> {
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
    pub fn call()(
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
