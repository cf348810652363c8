//! The language by examples; what is refused is in `errors`, what holds of every search in `laws`.

mod errors;
mod generate;
mod laws;

use super::{CodeRange, DurationRange, Expression, Field, FieldTest, Presence, Search, TextPart, Words};
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

/// Checks what is typed against how it is understood, as the printer says it.
fn understood(examples: &[(&str, &str)]) {
    for (typed, understood) in examples {
        assert_eq!(printed(typed), *understood, "{typed}");
    }
}

#[test]
fn words_and_quoted_words() {
    understood(&[
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
    ]);
}

#[test]
fn what_excludes() {
    understood(&[
        ("-refund", "-refund"),
        ("NOT refund", "-refund"),
        ("NOT -refund", "refund"),
        ("NOT NOT refund", "refund"),
        (r#"-"no such""#, r#"-"no such""#),
        ("not refund", "not refund"),
        ("a - b", r#"a "-" b"#),
        ("--data", r#""--data""#),
        (r#"-"" a"#, "a"),
    ]);
}

#[test]
fn alternatives_and_parentheses() {
    understood(&[
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
    ]);
}

#[test]
fn qualifiers() {
    understood(&[
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
    ]);
}

#[test]
fn where_words_are() {
    understood(&[
        ("in:response word", "in:response word"),
        ("in:response word other", "in:response word other"),
        ("in:Response \"two words\"", "in:response \"two words\""),
        ("in:response (a OR b) c", "in:response (a OR b) c"),
        ("in:headers -x", "-in:headers x"),
        ("-in:script x", "-in:script x"),
        ("in:url x", "url:x"),
        ("in:request 12:30", "in:request 12:30"),
    ]);
}

#[test]
fn text_that_looks_like_a_qualifier() {
    understood(&[
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
    ]);
}

#[test]
fn what_is_still_being_typed() {
    understood(&[
        (r#""never closed"#, r#""never closed""#),
        (r#"bot:"Order st"#, r#"bot:"Order st""#),
        ("(a OR b", "a OR b"),
        ("code:(404 OR", "code:404"),
        ("a OR", "a"),
        ("a OR ", "a"),
        ("a AND ", "a"),
        ("a NOT", "a"),
        ("a -", r#"a "-""#),
    ]);
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
