//! The language by examples; what holds of every search is in `laws`.

mod laws;

use super::{CodeRange, DurationRange, Expression, Field, FieldTest, MAX_TERMS, Presence, Search, TextPart, Words};
use crate::{CallId, Method, Outcome, SourceKind, StatusCode};

fn printed(typed: &str) -> String {
    Search::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}")).to_string()
}

fn read(typed: &str) -> Expression {
    Search::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}")).expression().clone()
}

fn text_in(part: TextPart, words: &str) -> Expression {
    Expression::Text { words: Words::new(words), part }
}

#[test]
fn what_is_typed_and_how_it_is_understood() {
    for (typed, understood) in [
        // Words.
        ("", ""),
        ("  \t ", ""),
        ("invalid_grant", "invalid_grant"),
        (r#"invalid_grant "token has  expired" 42"#, r#"invalid_grant "token has  expired" 42"#),
        (r#""a \"b\" \\ c""#, r#""a \"b\" \\ c""#),
        (r#""back\slash""#, r"back\slash"),
        (r#""one"two"#, "one two"),
        (r#""""#, ""),
        (r#"a "" b"#, "a b"),
        ("日本語 שלום", "日本語 שלום"),
        // What excludes.
        ("-refund", "-refund"),
        ("NOT refund", "-refund"),
        ("NOT -refund", "refund"),
        ("NOT NOT refund", "refund"),
        (r#"-"no such""#, r#"-"no such""#),
        ("not refund", "not refund"),
        ("a - b", r#"a "-" b"#),
        ("--data", r#""--data""#),
        (r#"-"" a"#, "a"),
        // Alternatives.
        ("a OR b", "a OR b"),
        ("a or b", "a or b"),
        ("a AND b", "a b"),
        ("a b OR c", "(a b) OR c"),
        ("a (b OR c)", "a (b OR c)"),
        ("a (b c)", "a b c"),
        ("(a OR b) OR c", "a OR b OR c"),
        ("-(a OR b)", "-(a OR b)"),
        ("NOT(a OR b)", "-(a OR b)"),
        ("(a)OR(b)", "a OR b"),
        (r#"a "OR" b"#, r#"a "OR" b"#),
        ("() OR a", "a"),
        ("()", ""),
        // Qualifiers.
        ("status:error", "status:error"),
        ("Status:Error", "status:error"),
        ("status:404", "code:404"),
        ("status:>=500", "code:>=500"),
        ("code:5xx", "code:5xx"),
        ("code:5XX", "code:5xx"),
        ("code:500..599", "code:5xx"),
        ("code:>=500", "code:>=500"),
        ("code:>499", "code:>=500"),
        ("code:<400", "code:<=399"),
        ("code:<=399", "code:<=399"),
        ("code:=404", "code:404"),
        ("code:400..404", "code:400..404"),
        ("code:400..", "code:>=400"),
        ("code:..399", "code:<=399"),
        ("code:4xx..5xx", "code:400..599"),
        ("code:>4xx", "code:>=500"),
        ("code:(404 OR 5xx)", "code:(404 OR 5xx)"),
        ("code:404,5xx", "code:(404 OR 5xx)"),
        ("code:404,", "code:404"),
        ("code:(404,500 OR 503)", "code:(404 OR 500 OR 503)"),
        ("code:404 OR code:5xx", "code:(404 OR 5xx)"),
        ("code:(>=400 -404)", "code:>=400 -code:404"),
        ("-code:404", "-code:404"),
        ("method:post", "method:POST"),
        ("-method:(GET OR POST)", "-method:(GET OR POST)"),
        ("bot:\"Order status\"", "bot:\"Order status\""),
        (r#"bot:"a","b c",d"#, r#"bot:(a OR "b c" OR d)"#),
        (r#"bot:"Smith, John""#, r#"bot:"Smith, John""#),
        ("app:google_sheets", "app:google_sheets"),
        ("application:\"Google Sheets\"", "app:\"Google Sheets\""),
        ("source:inbox", "source:inbox"),
        ("source:\"bot flow\"", "source:bot_flow"),
        ("source:newer_kind", "source:newer_kind"),
        ("path:p1 node:n7 user:+49170", "path:p1 node:n7 user:+49170"),
        ("url:https://shop.example/a,b?c=(d)", "url:\"https://shop.example/a,b?c=(d)\""),
        ("url:/a,b", "url:/a,b"),
        ("host:shop.example:8443", "host:shop.example:8443"),
        ("duration:>2s", "duration:>2s"),
        ("duration:>=2s", "duration:>=2s"),
        ("duration:>2000ms", "duration:>2s"),
        ("duration:<1.5s", "duration:<=1499ms"),
        ("duration:<1m", "duration:<1m"),
        ("duration:500ms..2s", "duration:500ms..2s"),
        ("duration:90s", "duration:90s"),
        ("duration:120s", "duration:2m"),
        ("duration:0ms", "duration:0ms"),
        ("is:error is:success", "status:error status:success"),
        ("is:no_response", "is:no_response"),
        ("status:\"no response\"", "is:no_response"),
        ("is:script has:script_error", "is:script has:script_error"),
        ("id:0193573E-3B7C-7A56-8D25-2F64D6DC9A01", "id:0193573e-3b7c-7a56-8d25-2f64d6dc9a01"),
        // Where words are.
        ("in:response word", "in:response word"),
        ("in:response word other", "in:response word other"),
        ("in:Response \"two words\"", "in:response \"two words\""),
        ("in:response (a OR b) c", "in:response (a OR b) c"),
        ("in:headers -x", "-in:headers x"),
        ("-in:script x", "-in:script x"),
        ("in:url x", "url:x"),
        ("in:request 12:30", "in:request 12:30"),
        // Text that looks like a qualifier.
        ("https://shop.example/a", "https://shop.example/a"),
        ("wss://shop.example", "wss://shop.example"),
        ("12:30", "12:30"),
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
        (r#"{"id":7}"#, r#"{"id":7}"#),
        (r#"{"id": 7}"#, r#"{"id": 7}"#),
        (r#""id":7"#, r#""\"id\":7""#),
        (r#""error": "no such order""#, r#""\"error\":" "no such order""#),
        ("c3:x", "c3:x"),
        ("content-type:json", "content-type:json"),
        ("größe:7", "größe:7"),
        (":x", ":x"),
        ("TypeError: x is undefined", r#""TypeError:" x is undefined"#),
        ("map(x)", r#""map(x)""#),
        ("(f(x) OR b)", r#""f(x)" OR b"#),
        ("f( x", r#""f(" x"#),
        (r#"a"b"#, r#"a"b"#),
        // What is still being typed.
        (r#""never closed"#, r#""never closed""#),
        (r#"bot:"Order st"#, r#"bot:"Order st""#),
        ("(a OR b", "a OR b"),
        ("code:(404 OR", "code:404"),
        ("a OR", "a"),
        ("a OR ", "a"),
        ("a AND ", "a"),
        ("a NOT", "a"),
        ("a -", r#"a "-""#),
    ] {
        assert_eq!(printed(typed), understood, "{typed}");
    }
}

#[test]
fn what_a_qualifier_asks_for() {
    let code = |from, to| CodeRange::new(StatusCode(from), StatusCode(to)).unwrap();
    for (typed, test) in [
        ("status:error", FieldTest::Status(Outcome::Error)),
        ("is:success", FieldTest::Status(Outcome::Success)),
        ("code:5xx", FieldTest::Code(code(500, 599))),
        ("code:>=500", FieldTest::Code(code(500, 999))),
        ("method:c2e", FieldTest::Method(Method::C2e)),
        ("bot:Order", FieldTest::Bot(Words::new("Order"))),
        ("path:p1", FieldTest::Path(Words::new("p1"))),
        ("node:n7", FieldTest::Node(Words::new("n7"))),
        ("user:u9", FieldTest::User(Words::new("u9"))),
        ("app:c2e", FieldTest::Application(Words::new("c2e"))),
        ("source:Platform", FieldTest::Source(SourceKind::Platform)),
        ("duration:>2s", FieldTest::Duration(DurationRange::new(2_001, u64::MAX).unwrap())),
        ("duration:1.5s..1m", FieldTest::Duration(DurationRange::new(1_500, 60_000).unwrap())),
        ("is:script", FieldTest::IsScript),
        ("has:response_body", FieldTest::Has(Presence::ResponseBody)),
        ("id:00000000-0000-0000-0000-000000000007", FieldTest::Id(CallId::from_u128(7))),
    ] {
        assert_eq!(read(typed), Expression::Field(test), "{typed}");
    }
    assert_eq!(read("url:/a"), text_in(TextPart::Url, "/a"));
    assert_eq!(read("host:a"), text_in(TextPart::Host, "a"));
    assert_eq!(read("in:response a"), text_in(TextPart::Response, "a"));
    for field in Field::ALL.into_iter().filter(|field| *field != Field::In) {
        read(&format!("{}:{}", field.name(), field.example()));
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_offered_as_text() {
    for (typed, wrong, nearest, as_text, message) in [
        (
            "a foo:bar b",
            "foo",
            None,
            r#"a "foo:bar" b"#,
            "foo is not a field; the fields are status, code, method, bot, app, source, path, node, user, url, host, duration, is, has, in, id",
        ),
        ("statu:error", "statu", Some("status"), r#""statu:error""#, "statu is not a field; did you mean status:?"),
        ("-dur:>2s", "dur", Some("duration"), r#"-"dur:>2s""#, "dur is not a field; did you mean duration:?"),
        (
            "a:b",
            "a",
            None,
            r#""a:b""#,
            "a is not a field; the fields are status, code, method, bot, app, source, path, node, user, url, host, duration, is, has, in, id",
        ),
        (
            r#"nodee:"Look up" x"#,
            "nodee",
            Some("node"),
            r#""nodee:\"Look up\"" x"#,
            "nodee is not a field; did you mean node:?",
        ),
        ("(bott:(a OR b) c)", "bott", Some("bot"), r#"("bott:(a OR b)" c)"#, "bott is not a field; did you mean bot:?"),
        ("statu: error", "statu", Some("status"), r#""statu:" error"#, "statu is not a field; did you mean status:?"),
        (
            "é code:abc",
            "abc",
            None,
            r#"é "code:abc""#,
            "a response code is a number from 100 to 999, a class like 5xx, >=500, or a range like 400..404",
        ),
        (
            "code:(404 OR abc) x",
            "abc",
            None,
            r#""code:(404 OR abc)" x"#,
            "a response code is a number from 100 to 999, a class like 5xx, >=500, or a range like 400..404",
        ),
        ("code:>999", ">999", None, r#""code:>999""#, "no response code is >999"),
        ("code:500..400", "500..400", None, r#""code:500..400""#, "no response code is 500..400"),
        (
            "code:99",
            "99",
            None,
            r#""code:99""#,
            "a response code is a number from 100 to 999, a class like 5xx, >=500, or a range like 400..404",
        ),
        (
            "duration:5",
            "5",
            None,
            r#""duration:5""#,
            "a duration is a number with ms, s, m or h, like 500ms, >2s, or a range like 1s..2.5s",
        ),
        ("duration:<0ms", "<0ms", None, r#""duration:<0ms""#, "no duration is <0ms"),
        (
            "duration:0.0005s",
            "0.0005s",
            None,
            r#""duration:0.0005s""#,
            "a duration is a number with ms, s, m or h, like 500ms, >2s, or a range like 1s..2.5s",
        ),
        (
            "duration:99999999999999999h",
            "99999999999999999h",
            None,
            r#""duration:99999999999999999h""#,
            "a duration is a number with ms, s, m or h, like 500ms, >2s, or a range like 1s..2.5s",
        ),
        (
            "status:eror",
            "eror",
            None,
            r#""status:eror""#,
            "a response status is success, error or no_response; a response code is found by code:, like code:404",
        ),
        ("is:slow", "slow", None, r#""is:slow""#, "a call is success, error, no_response or script"),
        (
            "has:wings",
            "wings",
            None,
            r#""has:wings""#,
            "what a call can have is script_error, body, request_body, response_body, bot, user",
        ),
        ("id:7", "7", None, r#""id:7""#, "the id of a call is a UUID, like 0193573e-3b7c-7a56-8d25-2f64d6dc9a01"),
        (
            "in:nowhere x",
            "nowhere",
            None,
            r#""in:nowhere" x"#,
            "words can be looked for in url, request, response, headers, script, like in:response word",
        ),
        ("in:response", "in:response", None, r#""in:response""#, "in:response needs a word behind it"),
        ("in:response OR x", "in:response", None, r#""in:response" OR x"#, "in:response needs a word behind it"),
        (
            "in:response status:error",
            "status:",
            None,
            r#"in:response "status:error""#,
            "only words can stand behind in:, not status:",
        ),
        (
            "status: error",
            "status:",
            None,
            r#""status:" error"#,
            "status: needs a value right behind it, like status:error",
        ),
        ("code:404,,500", "", None, r#""code:404,,500""#, "code: needs a value here, like code:5xx"),
        (r#"bot:"" x"#, r#""""#, None, r#""bot:\"\"" x"#, "bot: needs a value here, like bot:\"Order status\""),
        ("bot:() x", "bot:()", None, r#""bot:()" x"#, "bot: needs a value between the parentheses"),
        ("a) b", ")", None, r#"a ")" b"#, "this parenthesis closes none; put it in quotes to search for it"),
        ("OR a", "OR", None, r#""OR" a"#, "OR stands between two terms; put it in quotes to search for it"),
        (
            "a AND OR b",
            "AND",
            None,
            r#"a "AND" OR b"#,
            "AND stands between two terms; put it in quotes to search for it",
        ),
        ("(a OR)", "OR", None, r#"(a "OR")"#, "OR stands between two terms; put it in quotes to search for it"),
        (
            "a NOT OR b",
            "NOT",
            None,
            r#"a "NOT" OR b"#,
            "NOT stands before a term, and here is none; put it in quotes to search for it",
        ),
    ] {
        let error = Search::parse(typed).expect_err(typed);
        assert_eq!(error.message, message, "{typed}");
        assert_eq!(&typed[error.position.clone()], wrong, "{typed}");
        assert_eq!(error.nearest, nearest, "{typed}");
        assert_eq!(error.as_text.as_deref(), Some(as_text), "{typed}");
        Search::parse(as_text).unwrap_or_else(|error| panic!("{as_text}: {error}"));
    }
}

#[test]
fn limits_have_errors_of_their_own() {
    let words = |count: usize| vec!["word"; count].join(" ");
    assert!(Search::parse(&words(MAX_TERMS)).is_ok());
    assert!(Search::parse(&format!("{} \"\"", words(MAX_TERMS))).is_ok());
    let codes = |count: u16| (100..100 + count).map(|code| code.to_string()).collect::<Vec<_>>().join(",");
    assert!(Search::parse(&format!("code:{}", codes(32))).is_ok());
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Search::parse(&nested(16)).is_ok());
    assert!(Search::parse(&"é".repeat(1_024)).is_ok());

    for (typed, message, position) in [
        (words(33), "too many words: at most 32 words and values can be searched for", 160..164),
        (format!("code:{}", codes(33)), "too many words: at most 32 words and values can be searched for", 133..136),
        (nested(17), "too many parentheses inside each other: at most 16", 16..17),
        (format!("bot:{}", nested(17)), "too many parentheses inside each other: at most 16", 20..21),
        ("(".repeat(2_048), "too many parentheses inside each other: at most 16", 16..17),
        ("é".repeat(1_025), "too long: at most 2048 bytes can be searched for", 2_048..2_050),
        (words(10_000), "too long: at most 2048 bytes can be searched for", 2_048..49_999),
    ] {
        let error = Search::parse(&typed).expect_err(message);
        assert_eq!((error.message.as_str(), error.position, error.as_text), (message, position, None));
    }
    // No limit is met by what excludes, however often.
    assert_eq!(printed(&"NOT ".repeat(500)), "");
    assert_eq!(printed(&format!("{}x", "NOT ".repeat(501))), "-x");
}

#[test]
fn what_an_index_can_be_asked_for() {
    let required = |typed: &str| {
        let search = Search::parse(typed).unwrap();
        search.required_words().into_iter().map(|words| words.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(required("a status:error in:response b url:/c -d (e OR f)"), ["a", "b", "/c"]);
    assert_eq!(required("a"), ["a"]);
    assert_eq!(required("a OR b"), Vec::<String>::new());
    assert_eq!(required(""), Vec::<String>::new());
}

#[test]
fn calls_without_a_response_are_asked_for_by_name() {
    for (typed, asks) in [
        ("is:no_response", true),
        ("status:error,no_response", true),
        ("-is:no_response", false),
        ("-(a -is:no_response)", true),
        ("no_response", false),
        ("status:error", false),
    ] {
        assert_eq!(Search::parse(typed).unwrap().asks_for_no_response(), asks, "{typed}");
    }
}
