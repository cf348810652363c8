//! Whole calls: every text of one, and the secrets that are known exactly.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use model::{Agent, Call, EndUser, Failure, FailureKind, RawJson, Script, ScriptError};

use super::super::{Rules, Secrets};
use super::{CONTACTS, RULES, a_call, answered, headers, hide, kept, real, redacted};

fn with_request_headers(call: Call, pairs: &[(&str, &str)]) -> Call {
    let mut call = call;
    call.request.as_mut().unwrap().headers = headers(pairs);
    call
}

#[test]
fn what_a_provider_echoes_is_hidden_wherever_it_stands() {
    let secret = "k/1+ey\"x?q r";
    let encoded = "k%2F1%2Bey%22x%3Fq%20r";
    let echoes = [
        secret.to_owned(),
        encoded.to_owned(),
        encoded.to_lowercase(),
        encoded.replace("%20", "+"),
        r#"k/1+ey\"x?q r"#.to_owned(),
        r#"k\/1+ey\"x?q r"#.to_owned(),
        STANDARD.encode(secret),
        STANDARD.encode(format!("a:{secret}")),
        STANDARD.encode(format!("ab:{secret}:c")),
        URL_SAFE_NO_PAD.encode(format!("abc:{secret}")),
        // What serializers make of it, each in its way.
        r"k/1\u002Bey\u0022x?q r".to_owned(),
        r"k\u002f1\u002bey\u0022x\u003fq\u0020r".to_owned(),
        r#"k\u002f1+ey\\\"x?q r"#.to_owned(),
        "k/1%2Bey%22x?q r".to_owned(),
        "%6b%2F1%2bey%22x%3fq%20%72".to_owned(),
        "k%252F1%252Bey%2522x%253Fq%2520r".to_owned(),
        "k/1+ey&quot;x?q r".to_owned(),
        "k&#x2F;1&#43;ey&#34;x&#63;q&#32;r".to_owned(),
    ];
    for echo in &echoes {
        let body = format!("You sent <{echo}> twice: <{echo}>");
        let call = with_request_headers(answered(&[("x-echo", echo)], &body), &[("X-Api-Key", secret)]);
        let once = redacted(call, RULES);
        assert_eq!(kept(&once), "You sent <[redacted:credentials]> twice: <[redacted:credentials]>", "{echo}");
        let response = once.call().response.as_ref().unwrap();
        assert_eq!(response.headers[0].1, "[redacted:credentials]");
        assert_eq!(redacted(once.call().clone(), RULES).call(), once.call());
    }
}

#[test]
fn a_credential_that_looks_escaped_is_found_as_it_is_and_escaped() {
    for (secret, echoes) in [
        (r"pass\new-word\u0041", [r"pass\new-word\u0041", r"pass\\new-word\\u0041", "pass%5Cnew-word%5Cu0041"]),
        ("k%20ey&amp;12", ["k%20ey&amp;12", "k%2520ey%26amp%3B12", r"k\u002520ey\u0026amp;12"]),
    ] {
        for echo in echoes {
            let call = with_request_headers(answered(&[], &format!("no <{echo}>")), &[("X-Api-Key", secret)]);
            assert_eq!(kept(&redacted(call, RULES)), "no <[redacted:credentials]>", "{echo}");
        }
    }
}

#[test]
fn credentials_are_known_from_headers_addresses_and_fields() {
    let basic = format!("Basic {}", STANDARD.encode("someone@example.com:pass-word-only"));
    let key_as_user = format!("Basic {}", STANDARD.encode("letters-of-a-key:X"));
    for (name, value, echo) in [
        ("Authorization", "Bearer onlylettersinit", "onlylettersinit"),
        ("Authorization", "rawcredential", "rawcredential"),
        ("Authorization", basic.as_str(), "pass-word-only"),
        ("Authorization", key_as_user.as_str(), "letters-of-a-key"),
        ("Authorization", "Token token=\"qwertyuiopasdfgh\"", "qwertyuiopasdfgh"),
        ("Cookie", "theme=dark; sid=q1w2e3r4t5z6u7i8", "q1w2e3r4t5z6u7i8"),
    ] {
        let call = with_request_headers(answered(&[], &format!("no {echo} here")), &[(name, value)]);
        assert_eq!(kept(&redacted(call, RULES)), "no [redacted:credentials] here", "{name}: {value}");
    }
    for (url, body, echo) in [
        ("https://user:plainletters@h/", "", "plainletters"),
        ("https://plainletters@h/", "", "plainletters"),
        ("https://h/?api_key=plain%20letters", "", "plain letters"),
        ("https://h/", "{\"client_secret\":\"s3cretvalue\"}", "s3cretvalue"),
        ("https://h/", "client_secret=s3cret%2Bvalue", "s3cret+value"),
    ] {
        let mut call = answered(&[], &format!("no {echo} here"));
        let request = call.request.as_mut().unwrap();
        request.url = url.to_owned();
        request.body = Some(body.to_owned());
        assert_eq!(kept(&redacted(call, RULES)), "no [redacted:credentials] here", "{url} {body}");
    }
}

#[test]
fn words_under_the_name_of_a_secret_stay_words_elsewhere() {
    let body = r#"{"password":"required","token":"customers","text":"required customers, dark mode, redacted"}"#;
    let call = with_request_headers(
        answered(&[], body),
        &[("Cookie", "theme=dark mode"), ("X-Api-Key", "short"), ("X-Token", "redacted")],
    );
    assert_eq!(
        kept(&redacted(call, RULES)),
        r#"{"password":"[redacted:password]","token":"[redacted:token]","text":"required customers, dark mode, redacted"}"#
    );
}

#[test]
fn exact_secrets_may_be_handed_in() {
    let mut secrets = Secrets::default();
    secrets.insert("of the connection");
    secrets.insert("tiny");
    let once = super::super::redact(answered(&[], "tiny, of the connection"), secrets, RULES);
    assert_eq!(kept(&once), "tiny, [redacted:credentials]");
    assert_eq!(once.redactions().len(), 1);
}

#[test]
fn every_text_of_a_call_is_read() {
    let key = real("sk~_live_0123456789abcdef");
    let call = Call {
        user: Some(EndUser { id: Some(format!("u-{key}")), name: Some(format!("Asha {key}")) }),
        conversation_id: Some(format!("c {key}")),
        failure: Some(Failure { kind: FailureKind::Unknown, message: format!("refused {key}") }),
        script: Some(Script {
            source: Some(format!("use('{key}')")),
            before: RawJson::new(format!("{{\"a\":\"{key}\"}}")).unwrap(),
            after: RawJson::new(format!("[\"{key}\"]")).unwrap(),
            error: Some(ScriptError { message: format!("not {key}"), line: None, column: None }),
            result: RawJson::new(format!("\"{key}\"")).unwrap(),
        }),
        source: model::Source {
            agent: Some(Agent { name: Some(key.clone()), email: Some(key.clone()) }),
            ..a_call().source
        },
        ..a_call()
    };
    let once = redacted(call, RULES);
    let text = serde_json::to_string(once.call()).unwrap();
    assert!(!text.contains("0123456789abcdef"), "{text}");
    assert_eq!(text.matches("[redacted:api_key]").count(), 11, "{text}");
    assert_eq!(once.redactions()[0].count, 11);
}

#[test]
fn variables_stay_json() {
    let call = |json: &str| Call {
        request: None,
        response: None,
        script: Some(Script {
            source: None,
            before: RawJson::new(json.to_owned()).unwrap(),
            after: RawJson::default(),
            error: None,
            result: RawJson::default(),
        }),
        ..a_call()
    };
    for (json, expected) in [
        (r#"{"n":4111111111111111,"pin":1234}"#, r#"{"n":"[redacted:card]","pin":"[redacted:secret]"}"#),
        ("4111111111111111", "\"[redacted:card]\""),
        (r#"{"a":{"token":[1,"x",null]}}"#, r#"{"a":{"token":["[redacted:token]","[redacted:token]",null]}}"#),
        ("null", "null"),
    ] {
        let once = redacted(call(json), RULES);
        assert_eq!(once.call().script.as_ref().unwrap().before.as_str(), expected);
    }
}

#[test]
fn ids_that_look_like_cards_stay_and_contacts_go_where_asked_for() {
    let call = || Call {
        user: Some(EndUser { id: Some("4111111111111111".to_owned()), name: Some("a@b.io".to_owned()) }),
        conversation_id: Some("whatsapp:+4915112345678".to_owned()),
        source: model::Source {
            agent: Some(Agent { name: None, email: Some("ravi@example.com".to_owned()) }),
            ..a_call().source
        },
        ..a_call()
    };
    let once = redacted(call(), RULES);
    assert_eq!(*once.call(), call());
    let hidden = redacted(call(), Rules { contacts: Some(CONTACTS), ..RULES });
    let user = hidden.call().user.as_ref().unwrap();
    assert_eq!((user.id.as_deref(), user.name.as_deref()), (Some("4111111111111111"), Some("[redacted:email]")));
    assert_eq!(hidden.call().conversation_id.as_deref(), Some("whatsapp:[redacted:phone id da83ccb5a83669b2]"));
    let agent = hidden.call().source.agent.as_ref().unwrap();
    assert_eq!(agent.email.as_deref(), Some("[redacted:email id e535efbf4b4ae459]"));
}

#[test]
fn json_that_says_it_is_a_form_is_read_as_both() {
    let call = answered(&[("Content-Type", "application/x-www-form-urlencoded")], r#"{"password":"x","a":"b=c"}"#);
    assert_eq!(kept(&redacted(call, RULES)), r#"{"password":"[redacted:password]","a":"b=c"}"#);
    assert_eq!(hide(super::super::text::redact, ""), "");
}
