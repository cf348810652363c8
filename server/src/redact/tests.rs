use model::{
    Application, Call, CallId, Method, RawJson, Request, Response, Script, Source, SourceKind, StatusCode, Timestamp,
};
use proptest::prelude::*;

use super::{Hidden, form, header, json, redact, url, xml};

fn a_call() -> Call {
    Call {
        id: CallId::from_u128(7),
        timestamp: Timestamp::from_millis(0),
        duration_ms: None,
        bot: None,
        source: Source { kind: SourceKind::Platform, path: None, node: None, agent: None },
        user: None,
        conversation_id: None,
        connection_id: None,
        application: Application::JsonApi,
        request: None,
        response: None,
        failure: None,
        script: None,
    }
}

fn hide(redact: fn(&str, &mut Hidden) -> String, text: &str) -> String {
    redact(text, &mut Hidden::default())
}

#[test]
fn headers_keep_what_helps_and_hide_the_rest() {
    for (name, value, expected) in [
        ("Authorization", "Bearer ya29.a0AfH6SMBx7Q2", "Bearer [redacted:authorization, ends x7Q2]"),
        ("authorization", "Basic dXNlcjpwYXNzd29yZA==", "Basic [redacted:authorization]"),
        ("Authorization", "short", "[redacted:authorization]"),
        ("Cookie", "a=1; session=abc", "a=[redacted:cookie]; session=[redacted:cookie]"),
        ("Set-Cookie", "sid=abc; Path=/; HttpOnly", "sid=[redacted:cookie]; Path=/; HttpOnly"),
        ("X-Api-Key", "k", "[redacted:api_key]"),
        ("X-Twilio-Signature", "abcdefghijklmnop", "[redacted:signature, ends mnop]"),
        ("Content-Type", "application/json", "application/json"),
        ("Location", "https://a/?access_token=t&x=1", "https://a/?access_token=[redacted:token]&x=1"),
    ] {
        assert_eq!(header::redact(name, value, &mut Hidden::default()), expected, "{name}");
    }
}

#[test]
fn urls_hide_credentials_and_secret_parameters() {
    for (text, expected) in [
        ("https://user:pass@host/a?b=1", "https://[redacted:credentials]@host/a?b=1"),
        ("https://h/?key=AIza&q=key%3D1", "https://h/?key=[redacted:api_key]&q=key%3D1"),
        (
            "https://h/?access%5Ftoken=t#id_token=u",
            "https://h/?access%5Ftoken=[redacted:token]#id_token=[redacted:token]",
        ),
        ("https://h/list?pageToken=next", "https://h/list?pageToken=next"),
        ("no url at all", "no url at all"),
    ] {
        assert_eq!(hide(url::redact, text), expected);
    }
}

#[test]
fn json_is_searched_by_key_however_broken_it_is() {
    for (text, expected) in [
        (r#"{"password": "a\"b", "n": 1}"#, r#"{"password": "[redacted:password]", "n": 1}"#),
        (r#"{"client_secret":12345678901234567890,"n":1}"#, r#"{"client_secret":"[redacted:secret]","n":1}"#),
        (
            r#"{"credentials":{"a":["x",1],"b":null},"c":"y"}"#,
            r#"{"credentials":{"a":["[redacted:secret]","[redacted:secret]"],"b":null},"c":"y"}"#,
        ),
        (r#"{"access_token":"cut o"#, r#"{"access_token":"[redacted:token]"#),
        (r#"{"nextPageToken":"p","max_tokens":7,"token":""}"#, r#"{"nextPageToken":"p","max_tokens":7,"token":""}"#),
        (r#"{"payload":"{\"api_key\":\"k\"}"}"#, r#"{"payload":"{\"api_key\":\"[redacted:api_key]\"}"}"#),
        (r#"{"url":"https://h/?sig=s"}"#, r#"{"url":"https://h/?sig=[redacted:signature]"}"#),
        ("plain, text", "plain, text"),
        (r#"<script>var c = {"apiKey": 'x'}"#, r#"<script>var c = {"apiKey": 'x'}"#),
    ] {
        assert_eq!(hide(json::redact, text), expected);
    }
}

#[test]
fn forms_are_hidden_by_name() {
    assert_eq!(
        hide(form::redact, "grant_type=refresh_token&refresh_token=r&client_secret=s"),
        "grant_type=refresh_token&refresh_token=[redacted:token]&client_secret=[redacted:secret]"
    );
}

#[test]
fn xml_is_searched_by_the_names_of_its_elements() {
    for (text, expected) in [
        (
            "<a:Body><acc:Password x='1'>p&amp;q</acc:Password><Name>n</Name></a:Body>",
            "<a:Body><acc:Password x='1'>[redacted:password]</acc:Password><Name>n</Name></a:Body>",
        ),
        ("<token/><token></token><secret><b>x</b></secret>", "<token/><token></token><secret><b>x</b></secret>"),
        ("<apiKey>cut of", "<apiKey>cut of"),
        ("1 < 2 and </p> 3 > 2", "1 < 2 and </p> 3 > 2"),
        ("</p><access_token>cut of", "</p><access_token>[redacted:token]"),
    ] {
        assert_eq!(hide(xml::redact, text), expected);
    }
}

#[test]
fn bodies_are_cut_after_they_are_redacted() {
    let call = Call {
        response: Some(Response {
            status: StatusCode(200),
            headers: vec![],
            body: Some(format!(r#"{{"token":"{}","tail":"ééé"}}"#, "s".repeat(100))),
            encoding: None,
        }),
        ..a_call()
    };
    let redacted = redact(call, 40);
    let body = redacted.call().response.as_ref().and_then(|response| response.body.clone()).unwrap();
    assert_eq!(body, r#"{"token":"[redacted:token]","tail":"éé"#);
    assert_eq!(redacted.truncated().len(), 1);
    assert_eq!(redacted.truncated()[0].original_bytes, 44);
    assert_eq!(redacted.redactions()[0].kind, "token");
}

#[test]
fn text_in_base64_is_read_as_text() {
    use base64::Engine;
    let body = base64::engine::general_purpose::STANDARD.encode(r#"{"password":"p"}"#);
    let request = Request {
        method: Method::Post,
        url: String::new(),
        headers: vec![],
        body: Some(body),
        encoding: Some("base64".to_owned()),
    };
    let redacted = redact(Call { request: Some(request), ..a_call() }, 1 << 20);
    let request = redacted.call().request.as_ref().unwrap();
    assert_eq!(request.body.as_deref(), Some(r#"{"password":"[redacted:password]"}"#));
    assert_eq!(request.encoding, None);
}

/// JSON-like texts with secret and harmless keys, nested, escaped and cut off.
fn messy_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z\\\\\"\n é]{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        "-?[0-9]{1,20}",
        Just("null".to_owned()),
        Just("\"[redacted:token]\"".to_owned()),
        Just(r#""{\"secret\":\"x\",\"u\":\"https://a:b@c/?key=1\"}""#.to_owned()),
    ];
    let value = leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop_oneof![Just("token"), Just("name"), Just("api_key"), Just("credentials")];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|values| format!("[{}]", values.join(", "))),
            proptest::collection::vec((key, inner), 0..4).prop_map(|pairs| {
                let pairs: Vec<_> = pairs.iter().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
                format!("{{{}}}", pairs.join(","))
            }),
        ]
    });
    (value, 0_usize..400).prop_map(|(text, length)| text.chars().take(length).collect())
}

proptest! {
    #[test]
    fn redacting_json_twice_changes_nothing(text in messy_json()) {
        let once = hide(json::redact, &text);
        prop_assert_eq!(hide(json::redact, &once), once);
    }

    #[test]
    fn redacting_any_text_twice_changes_nothing(text in ".{0,200}") {
        for redact in [json::redact, url::redact, url::redact_within, form::redact, xml::redact] {
            let once = hide(redact, &text);
            prop_assert_eq!(hide(redact, &once), once);
        }
    }

    #[test]
    fn a_secret_under_a_secret_key_is_gone(secret in "[A-Za-z0-9]{12,40}", before in "[a-z {}\\[\\],:\"]{0,20}") {
        let text = format!("{before},{{\"access_token\": \"{secret}\"}}");
        let redacted = hide(json::redact, &text);
        // An odd number of quotes before makes the key part of a string: then it is no key.
        prop_assume!(before.matches('"').count() % 2 == 0);
        prop_assert!(!redacted.contains(&secret), "{redacted}");
    }

    #[test]
    fn redacted_variables_stay_json(text in messy_json()) {
        prop_assume!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        let script = Script {
            source: None,
            before: RawJson::new(text.clone()).unwrap(),
            after: RawJson::default(),
            error: None,
            result: RawJson::default(),
        };
        let redacted = redact(Call { script: Some(script), ..a_call() }, 1 << 20);
        let before = &redacted.call().script.as_ref().unwrap().before;
        prop_assert_eq!(before.is_null(), text.trim() == "null");
    }
}
