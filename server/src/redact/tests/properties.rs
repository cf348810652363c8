//! What holds for every text: redacting twice changes nothing, a planted secret is gone, JSON stays JSON, and no text
//! takes more time than its length explains.
//!
//! A failing case is shrunk and printed with the seed that makes it again (`cc ...`, kept under
//! `proptest-regressions/`).

use std::time::{Duration, Instant};

use model::{Call, RawJson, Script};
use proptest::prelude::*;

use super::super::text::Rule;
use super::super::{Rules, form, multipart, text, url};
use super::{CONTACTS, Hidden, RULES, a_call, answered, headers, hide, hide_contacts, kept, real, redacted};

/// Pieces from which hostile texts are made: what the rules look for, whole, in parts and side by side.
const PIECES: [&str; 92] = [
    "\"",
    "'",
    "`",
    "\\",
    "\\\"",
    "\\\\\"",
    "\\u0022",
    "\\n",
    "\\u00e9",
    "\\ud83d",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "=",
    "=>",
    "&",
    "?",
    "#",
    ";",
    "%",
    "%3D",
    "%26",
    "%22",
    "%2B",
    "%40",
    "+",
    "/",
    "://",
    ".",
    "-",
    "--",
    "_",
    "@",
    " ",
    "\n",
    "\r\n",
    "<",
    ">",
    "</",
    "/>",
    "<![CDATA[",
    "]]>",
    "&quot;",
    "password",
    "token",
    "access_token",
    "api_key",
    "\"secret\":",
    "Authorization",
    "Cookie:",
    "email",
    "name=\"",
    "value=\"",
    "\"name\":\"token\",\"value\":",
    "<token>",
    "</token>",
    "Bearer ",
    "Basic ",
    "bearer+",
    "eyJhbGciOi",
    "eyJ",
    ".eyJzdWIi.",
    "sk~_live_0123456789",
    "gh~p_0123456789abcdef",
    "xox~b-0123456789",
    "AK~IAIOSFODNN7EXAMPLE",
    "SG~.0123456789abcdef.0123456789abcdef",
    "00D",
    "1~//0",
    "/bot1234567:",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "4111",
    "4111111111111111",
    "4111 1111 1111 1111",
    "DE89370400440532013000",
    "DE89 3704",
    "+4915112345678",
    "a@b.io",
    "user:pass@host",
    "[redacted:token]",
    "[redacted:authorization, ends x7Q2]",
    "[redacted:",
    "[file \"a\": 5 bytes]",
    "--X-1\r\n",
    "Content-Disposition: form-data; name=\"token\"\r\n\r\n",
    "é",
    "日本",
    "\u{0}",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(real),
        1 => "[a-zA-Z0-9]{1,24}",
        1 => ".{0,6}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// JSON with secret and harmless keys, nested, escaped.
fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        hostile().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "-?(0|[1-9][0-9]{0,19})",
        Just("4111111111111111".to_owned()),
        Just("null".to_owned()),
        Just("\"[redacted:token]\"".to_owned()),
        Just(r#""{\"secret\":\"x\",\"u\":\"https://a:b@c/?key=1\"}""#.to_owned()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = proptest::sample::select(&["token", "name", "value", "api_key", "credentials", "id", "email"][..]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|values| format!("[{}]", values.join(", "))),
            proptest::collection::vec((key, inner), 0..4).prop_map(|pairs| {
                let pairs: Vec<_> = pairs.iter().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
                format!("{{{}}}", pairs.join(","))
            }),
        ]
    })
}

/// A place in a call where a secret is told by a name, or by what stands around it.
const PLACES: [&str; 24] = [
    "{\"access_token\": \"@\"}",
    "{\"a\":{\"credentials\":[{\"x\":\"@\"}]}}",
    "{\"s\":\"{\\\"password\\\":\\\"@\\\"}\"}",
    "{\"s\":\"{\\\"t\\\":\\\"{\\\\\\\"password\\\\\\\":\\\\\\\"@\\\\\\\"}\\\"}\"}",
    "[{\"name\":\"api_key\",\"value\":\"@\"}]",
    "{\"url\":\"https://u:@@h/x\"}",
    "{\"url\":\"https:\\/\\/h\\/?sig=@\"}",
    "grant_type=x&client_secret=@&y=1",
    "payload=%7B%22token%22%3A%22@%22%7D&y=1",
    "<a><password>@</password></a>",
    "<a><n:Token><![CDATA[@]]></n:Token></a>",
    "<a secret='@'/>",
    "<input name=\"csrf_token\" type=\"hidden\" value=\"@\">",
    "const apiKey = '@';",
    "url = `https://h/?key=@`",
    "{'client_secret': '@'}",
    "Authorization: Bearer a1b2c3d4@",
    "curl -H \"X-Api-Key: a1b2c3@\" https://h",
    "Cookie: sid=@; theme=dark",
    "https://u:@@h/?x=1",
    "https://h/cb#access_token=@&x=1",
    "https://h/?to=https%3A%2F%2Fi%2F%3Fapi_key%3D@",
    "-----BEGIN PRIVATE KEY-----\n@\n-----END PRIVATE KEY-----",
    "ghp_0123456789abcdef@",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn redacting_twice_changes_nothing(text in prop_oneof![3 => hostile(), 1 => json_text(), 1 => ".{0,200}"]) {
        for rule in [text::redact as Rule, form::redact, url::redact] {
            let once = hide(rule, &text);
            prop_assert_eq!(hide(rule, &once), once.clone(), "of {:?}", text);
            let once = hide_contacts(rule, &text);
            prop_assert_eq!(hide_contacts(rule, &once), once.clone(), "of {:?}, with contacts", text);
        }
    }

    #[test]
    fn redacting_a_call_twice_changes_nothing(body in hostile(), url in hostile(), value in hostile(), kind in 0..4_usize) {
        let types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=X-1", "text/html"];
        let mut call = answered(&[("content-type", types[kind]), ("x-note", &value)], &body);
        let request = call.request.as_mut().unwrap();
        request.url = url;
        request.headers = headers(&[("Authorization", &value), ("Cookie", &value), ("X-Api-Key", &value)]);
        for contacts in [None, Some(CONTACTS)] {
            let rules = Rules { contacts, ..RULES };
            let once = redacted(call.clone(), rules);
            let twice = redacted(once.call().clone(), rules);
            prop_assert_eq!(twice.call(), once.call());
        }
    }

    #[test]
    fn a_planted_secret_is_gone(
        secret in "[a-zA-Z]{3}[0-9][a-zA-Z0-9]{8,36}",
        place in proptest::sample::select(&PLACES[..]),
        before in hostile(),
        body_limit in prop_oneof![Just(1 << 20), 1_024..3_000_usize],
        filler in 0..5_000_usize,
        is_alone in any::<bool>(),
    ) {
        // What stands before on the same line may make the place part of something else.
        let before = if is_alone { String::new() } else { format!("{}\n\"\n", before.replace(['\\', '`', '<', '&', '%'], "")) };
        prop_assume!(before.matches('"').count() % 2 == 0 && !before.contains("-----"));
        let text = format!("{before}{}{}", place.replacen('@', &secret, 1), " x".repeat(filler));
        let call = answered(&[], &text);
        let once = redacted(call, Rules { body_limit, ..RULES });
        prop_assert!(!kept(&once).contains(&secret), "{}", kept(&once));
    }

    #[test]
    fn a_secret_that_was_sent_is_gone_from_every_text(secret in "[ -~]{8,40}", around in hostile()) {
        prop_assume!(secret.trim() == secret && secret.len() >= 8 && !"[redacted:authorization, ends ".contains(&secret));
        let mut call = answered(&[("x-echo", &format!("{around} {secret}"))], &format!("{around} {secret} {around}"));
        let request = call.request.as_mut().unwrap();
        request.headers = headers(&[("X-Api-Key", &secret)]);
        request.url = format!("https://h/{secret}");
        let once = redacted(call, RULES);
        let json = serde_json::to_value(once.call()).unwrap();
        let texts = [&json["request"]["url"], &json["response"]["body"], &json["response"]["headers"][0][1]];
        for text in texts {
            prop_assert!(!text.as_str().unwrap().contains(&secret), "{}", text);
        }
    }

    #[test]
    fn redacted_variables_stay_json(text in json_text(), hides_contacts: bool) {
        let script = Script {
            source: None,
            before: RawJson::new(text.clone()).unwrap(),
            after: RawJson::default(),
            error: None,
            result: RawJson::default(),
        };
        let once = redacted(Call { script: Some(script), ..a_call() }, Rules { contacts: hides_contacts.then_some(CONTACTS), ..RULES });
        let before = once.call().script.as_ref().unwrap().before.as_str().to_owned();
        // What was no text before is none afterwards: the structure survived.
        let is_text = |json: &str| json.starts_with('"');
        prop_assert!(is_text(&before) == is_text(&text) || before == "\"[redacted:card]\"", "{} of {}", before, text);
    }

    #[test]
    fn parts_of_any_form_cause_no_panic(body in hostile()) {
        let bytes = body.as_bytes();
        if let Some(boundary) = multipart::boundary(&headers(&[("content-type", "multipart/mixed; boundary=X-1")]), bytes) {
            let text = multipart::without_files(bytes, &boundary);
            multipart::redact(&text, &boundary, &mut Hidden::new(super::Secrets::default(), Some(CONTACTS)));
        }
    }
}

/// A quadratic rule takes minutes for a quarter of a mebibyte; a linear one, unoptimised and on a busy machine, less
/// than a second.
const AT_MOST: Duration = Duration::from_secs(20);

#[test]
fn no_text_takes_more_time_than_its_length_explains() {
    const SIZE: usize = 1 << 18;
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_objects = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let escapes = |depth: u32| "\\".repeat(2_usize.pow(depth) - 1) + "\"";
    let nested: String = (0..12).map(escapes).collect();
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(SIZE));
    let long_of_escapes = format!("{{\"a\":\"{}\"}}", "\\n".repeat(SIZE / 2));
    let mut texts = vec![deep, deep_objects, nested, long, long_of_escapes];
    texts.extend(PIECES.iter().map(|piece| real(piece).repeat(SIZE / piece.len())));
    for pair in [
        "password=\"",
        "password='",
        "token=",
        "token: ",
        "token=token",
        "\"token\":\\\"",
        "bearer ",
        "basic+",
        "eyJ.eyJ.",
        "a@a.",
        "%40a",
        "://a@",
        "<token",
        "<token>",
        "<token><![CDATA[",
        "sk-",
        "00D-",
        "key-",
        "/bot1",
        "4111 ",
        "1 ",
        "DE89 ",
        "-----BEGIN PRIVATE KEY----- ",
        "name=\"token\" ",
        "{\"token\":[",
        "[redacted:",
        "&token=%25",
        "https://h/?a=%2525",
        "authorization: a ",
        "+1 (",
        "\"a\":\"\\\"\",",
    ] {
        texts.push(pair.repeat(SIZE / pair.len()));
    }
    for text in &texts {
        let began = Instant::now();
        redacted(answered(&[], text), Rules { contacts: Some(CONTACTS), ..RULES });
        let beginning: String = text.chars().take(60).collect();
        assert!(began.elapsed() < AT_MOST, "{:?} for {beginning:?}...", began.elapsed());
    }
}
