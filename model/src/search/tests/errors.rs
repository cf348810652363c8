//! What is refused: why, where, and what is offered instead.

use super::printed;
use crate::search::{Field, MAX_TERMS, Search};

/// A search, its wrong part, the field that was probably meant, and the search with the wrong part as text.
type Example = (&'static str, &'static str, Option<&'static str>, &'static str);

fn refused(message: &str, examples: &[Example]) {
    for (typed, wrong, nearest, as_text) in examples {
        let error = Search::parse(typed).expect_err(typed);
        assert_eq!(error.message, message, "{typed}");
        assert_eq!(&typed[error.position.clone()], *wrong, "{typed}");
        assert_eq!(error.nearest, *nearest, "{typed}");
        assert_eq!(error.as_text.as_deref(), Some(*as_text), "{typed}");
        Search::parse(as_text).unwrap_or_else(|error| panic!("{as_text}: {error}"));
    }
}

#[test]
fn an_unknown_field_is_named_with_the_nearest() {
    let fields = Field::ALL.map(Field::name).join(", ");
    refused(
        &format!("foo is not a field; the fields are {fields}"),
        &[("a foo:bar b", "foo", None, r#"a "foo:bar" b"#), (r#"foo:"a b":c"#, "foo", None, r#""foo:\"a b\"" :c"#)],
    );
    refused(&format!("a is not a field; the fields are {fields}"), &[("a:b", "a", None, r#""a:b""#)]);
    refused(
        "statu is not a field; did you mean status:?",
        &[
            ("statu:error", "statu", Some("status"), r#""statu:error""#),
            ("statu: error", "statu", Some("status"), r#""statu:" error"#),
        ],
    );
    refused("dur is not a field; did you mean duration:?", &[("-dur:>2s", "dur", Some("duration"), r#"-"dur:>2s""#)]);
    refused(
        "bott is not a field; did you mean bot:?",
        &[
            (r#"bott:"Look up" x"#, "bott", Some("bot"), r#""bott:\"Look up\"" x"#),
            ("(bott:(a OR b) c)", "bott", Some("bot"), r#"("bott:(a OR b)" c)"#),
        ],
    );
}

#[test]
fn a_value_that_is_none_of_its_field_is_named() {
    refused(
        "a response code is a number from 100 to 999, a class like 5xx, >=500, or a range like 400..404",
        &[
            ("é code:abc", "abc", None, r#"é "code:abc""#),
            ("code:(404 OR abc) x", "abc", None, r#""code:(404 OR abc)" x"#),
            ("code:99", "99", None, r#""code:99""#),
            ("code:..", "..", None, r#""code:..""#),
        ],
    );
    refused("no response code is >999", &[("code:>999", ">999", None, r#""code:>999""#)]);
    refused("no response code is 500..400", &[("code:500..400", "500..400", None, r#""code:500..400""#)]);
    refused(
        "a duration is a number with ms, s, m or h, like 500ms, >2s, or a range like 1s..2.5s",
        &[
            ("duration:5", "5", None, r#""duration:5""#),
            ("duration:0.0005s", "0.0005s", None, r#""duration:0.0005s""#),
            ("duration:99999999999999999h", "99999999999999999h", None, r#""duration:99999999999999999h""#),
        ],
    );
    refused("no duration is <0ms", &[("duration:<0ms", "<0ms", None, r#""duration:<0ms""#)]);
    refused(
        "a response status is success, error or no_response; a response code is found by code:, like code:404",
        &[("status:eror", "eror", None, r#""status:eror""#)],
    );
    refused("a call is success, error, no_response or script", &[("is:slow", "slow", None, r#""is:slow""#)]);
    refused(
        "what a call can have is script_error, body, request_body, response_body, bot, user",
        &[("has:wings", "wings", None, r#""has:wings""#)],
    );
    refused(
        "the id of a call is a UUID, like 0193573e-3b7c-7a56-8d25-2f64d6dc9a01",
        &[("id:7", "7", None, r#""id:7""#)],
    );
}

#[test]
fn a_value_that_is_missing_is_named() {
    refused(
        "status: needs a value right behind it, like status:error",
        &[("status: error", "status:", None, r#""status:" error"#), ("status:", "status:", None, r#""status:""#)],
    );
    refused("code: needs a value here, like code:5xx", &[("code:404,,500", "", None, r#""code:404,,500""#)]);
    refused("bot: needs a value here, like bot:\"Order status\"", &[(r#"bot:"" x"#, r#""""#, None, r#""bot:\"\"" x"#)]);
    refused("bot: needs a value between the parentheses", &[("bot:() x", "bot:()", None, r#""bot:()" x"#)]);
}

#[test]
fn in_needs_a_part_and_words() {
    refused(
        "words can be looked for in url, request, response, headers, script, like in:response word",
        &[("in:nowhere x", "nowhere", None, r#""in:nowhere" x"#)],
    );
    refused(
        "in:response needs a word behind it",
        &[
            ("in:response", "in:response", None, r#""in:response""#),
            ("in:response OR x", "in:response", None, r#""in:response" OR x"#),
        ],
    );
    refused(
        "only words can stand behind in:, not status:",
        &[("in:response status:error", "status:", None, r#"in:response "status:error""#)],
    );
}

#[test]
fn operators_and_parentheses_that_belong_to_nothing_are_named() {
    refused(
        "this parenthesis closes none; put it in quotes to search for it",
        &[("a) b", ")", None, r#"a ")" b"#), ("-)", ")", None, r#"- ")""#)],
    );
    refused(
        "OR stands between two terms; put it in quotes to search for it",
        &[
            ("OR a", "OR", None, r#""OR" a"#),
            ("a OR OR b", "OR", None, r#"a OR "OR" b"#),
            ("(a OR)", "OR", None, r#"(a "OR")"#),
        ],
    );
    refused(
        "AND stands between two terms; put it in quotes to search for it",
        &[("a AND OR b", "AND", None, r#"a "AND" OR b"#), ("(AND)", "AND", None, r#"("AND")"#)],
    );
    refused(
        "NOT stands before a term, and here is none; put it in quotes to search for it",
        &[("a NOT OR b", "NOT", None, r#"a "NOT" OR b"#)],
    );
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
