//! Headers, addresses, JSON, forms and XML: what is hidden for its name.

use super::super::{form, header, json, text, url, xml};
use super::{Hidden, check, check_unchanged, real};

#[test]
fn headers_keep_what_helps_and_hide_the_rest() {
    for (name, value, expected) in [
        ("Authorization", "Bearer ya29.a0AfH6SMBx7Q2", "Bearer [redacted:authorization, ends x7Q2]"),
        ("authorization", "Basic dXNlcjpwYXNzd29yZA==", "Basic [redacted:authorization]"),
        ("Authorization", "short", "[redacted:authorization]"),
        ("Authorization", "Token 0123456789abcdef", "Token [redacted:authorization, ends cdef]"),
        ("Proxy-Authorization", "Digest username=\"a\", response=\"1f2e\"", "Digest [redacted:authorization]"),
        ("Cookie", "a=1; session=abc", "a=[redacted:cookie]; session=[redacted:cookie]"),
        ("Set-Cookie", "sid=abc; Path=/; HttpOnly", "sid=[redacted:cookie]; Path=/; HttpOnly"),
        ("X-Api-Key", "k", "[redacted:api_key]"),
        ("X-Twilio-Signature", "abcdefghijklmnop", "[redacted:signature, ends mnop]"),
        ("X-Hub-Signature-256", "sha256=0123456789abcdef", "[redacted:signature, ends cdef]"),
        ("X-Shopify-Access-Token", "shp~at_0123456789abcdef", "[redacted:token, ends cdef]"),
        ("Ocp-Apim-Subscription-Key", "0123456789abcdef", "[redacted:api_key, ends cdef]"),
        ("Content-Type", "application/json", "application/json"),
        (
            "WWW-Authenticate",
            "Bearer realm=\"x\", error=\"invalid_token\"",
            "Bearer realm=\"x\", error=\"invalid_token\"",
        ),
        ("Location", "https://a/?access_token=t&x=1", "https://a/?access_token=[redacted:token]&x=1"),
        (
            "Link",
            "<https://a/?page=2&sig=abc>; rel=\"next\"",
            "<https://a/?page=2&sig=[redacted:signature]>; rel=\"next\"",
        ),
        ("Referer", "https://u:p@a/x", "https://[redacted:credentials]@a/x"),
        ("X-Debug", "used sk~_live_51Hq8ZZ12aa", "used sk_live_[redacted:api_key]"),
        ("X-Request-Id", "4111111111111111", "4111111111111111"),
    ] {
        let mut hidden = Hidden::default();
        let once = header::redact(name, &real(value), &mut hidden);
        assert_eq!(once, real(expected), "{name}");
        assert_eq!(header::redact(name, &once, &mut hidden), once, "twice, {name}");
    }
}

#[test]
fn urls_hide_credentials_and_secret_parameters() {
    check(
        url::redact,
        &[
            ("https://user:pass@host/a?b=1", "https://[redacted:credentials]@host/a?b=1"),
            ("https://token@host", "https://[redacted:credentials]@host"),
            ("https://h/?key=AIza&q=key%3D1", "https://h/?key=[redacted:api_key]&q=key%3D1"),
            (
                "https://h/?access%5Ftoken=t#id_token=u",
                "https://h/?access%5Ftoken=[redacted:token]#id_token=[redacted:token]",
            ),
            ("https://h/list?pageToken=next", "https://h/list?pageToken=next"),
            ("https://h/cb#/done?access_token=t&x=1", "https://h/cb#/done?access_token=[redacted:token]&x=1"),
            ("https://h/x;jsessionid=0A1B2C?y=1", "https://h/x;jsessionid=[redacted:session]?y=1"),
            (
                "https://h/go?to=https%3A%2F%2Fi%2F%3Fapi_key%3Dabc%26y%3D2&z=1",
                "https://h/go?to=https%3A%2F%2Fi%2F%3Fapi_key%3D[redacted:api_key]%26y%3D2&z=1",
            ),
            (
                "https://h/?payload=%7B%22password%22%3A%22x%22%7D",
                "https://h/?payload=%7B%22password%22%3A%22[redacted:password]%22%7D",
            ),
            (
                "https://h/oauth?grant_type=authorization_code&code=4%2F0Adeu",
                "https://h/oauth?grant_type=authorization_code&code=[redacted:token]",
            ),
            ("https://h/promo?code=SPRING", "https://h/promo?code=SPRING"),
            (
                "https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage",
                "https://api.telegram.org/bot110201543:[redacted:token]/sendMessage",
            ),
            (
                "https://hooks.sl~ack.com/services/T0000/B0000/XXXXXXXXXXXX",
                "https://hooks.slack.com/services/T0000/B0000/[redacted:token]",
            ),
            (
                "https://discord.com/api/webhooks/8101/aBcDeFgHiJkLmNoPqRsTuV",
                "https://discord.com/api/webhooks/8101/[redacted:token]",
            ),
            ("https://h/v1/sk~_test_0123456789ab/x", "https://h/v1/sk_test_[redacted:api_key]/x"),
            ("no url at all", "no url at all"),
            ("/relative?token=abc", "/relative?token=[redacted:token]"),
        ],
    );
}

#[test]
fn json_is_searched_by_key_however_broken_it_is() {
    check(
        json::redact,
        &[
            (r#"{"password": "a\"b", "n": 1}"#, r#"{"password": "[redacted:password]", "n": 1}"#),
            (r#"{"client_secret":12345678901234567890,"n":1}"#, r#"{"client_secret":"[redacted:secret]","n":1}"#),
            (
                r#"{"credentials":{"a":["x",1],"b":null},"c":"y"}"#,
                r#"{"credentials":{"a":["[redacted:secret]","[redacted:secret]"],"b":null},"c":"y"}"#,
            ),
            (r#"{"access_token":"cut o"#, r#"{"access_token":"[redacted:token]"#),
            (r#"{"access_token":"cut in an escape\"#, r#"{"access_token":"[redacted:token]"#),
            (
                r#"{"nextPageToken":"p","max_tokens":7,"token":""}"#,
                r#"{"nextPageToken":"p","max_tokens":7,"token":""}"#,
            ),
            (
                r#"{"token":null,"secret":true,"pin":-1.5e3}"#,
                r#"{"token":null,"secret":true,"pin":"[redacted:secret]"}"#,
            ),
            (r#"{"payload":"{\"api_key\":\"k\"}"}"#, r#"{"payload":"{\"api_key\":\"[redacted:api_key]\"}"}"#),
            (
                r#"{"a":"{\"b\":\"{\\\"token\\\":\\\"t\\\"}\"}"}"#,
                r#"{"a":"{\"b\":\"{\\\"token\\\":\\\"[redacted:token]\\\"}\"}"}"#,
            ),
            (
                r#"{"url":"https:\/\/u:p@h\/?sig=s"}"#,
                r#"{"url":"https://[redacted:credentials]@h/?sig=[redacted:signature]"}"#,
            ),
            (r#"{"pass\u0077ord":"x"}"#, r#"{"pass\u0077ord":"[redacted:password]"}"#),
            (r#"{"x":"\u00e9 Bearer abc12345678"}"#, r#"{"x":"é Bearer [redacted:authorization]"}"#),
            (
                r#"[{"name":"X-Api-Key","value":"k1"},{"name":"Accept","value":"*/*"}]"#,
                r#"[{"name":"X-Api-Key","value":"[redacted:api_key]"},{"name":"Accept","value":"*/*"}]"#,
            ),
            (
                r#"{"key":"password","type":"text","value":"hunter2"}"#,
                r#"{"key":"password","type":"text","value":"[redacted:password]"}"#,
            ),
            (
                r#"{"card":4111111111111111,"id":4111111111111111}"#,
                r#"{"card":"[redacted:card]","id":4111111111111111}"#,
            ),
            ("plain, text", "plain, text"),
            (r#"<script>var c = {"apiKey": 'x'}"#, r#"<script>var c = {"apiKey": 'x'}"#),
            (r#"{"password" : [redacted"#, r#"{"password" : [redacted"#),
        ],
    );
    check_unchanged(
        json::redact,
        &[
            r#"{"password":"[redacted:password]","t":"[redacted:token, ends x7Q2]"}"#,
            r#"{"big":123456789012345678901234567890,"e":1e400,"dup":1,"dup":2}"#,
            "\u{feff}{\"a\": \"é\\u00e9 \\ud83d\"}",
        ],
    );
    // What is not one of our marks is a value, whatever it begins with.
    check(json::redact, &[(r#"{"password":"[redacted:x]hunter2"}"#, r#"{"password":"[redacted:password]"}"#)]);
}

#[test]
fn forms_are_hidden_by_name() {
    check(
        form::redact,
        &[
            (
                "grant_type=refresh_token&refresh_token=r&client_secret=s",
                "grant_type=refresh_token&refresh_token=[redacted:token]&client_secret=[redacted:secret]",
            ),
            ("user%5Bpassword%5D=x&user%5Bname%5D=y", "user%5Bpassword%5D=[redacted:password]&user%5Bname%5D=y"),
            ("a=1&token=&b", "a=1&token=&b"),
            ("card=4111+1111+1111+1111&n=1", "card=[redacted:card]&n=1"),
            ("q=say+Bearer+abc12345678&n=1", "q=say+Bearer+[redacted:authorization]&n=1"),
        ],
    );
}

#[test]
fn xml_is_searched_by_the_names_of_its_elements() {
    check(
        xml::redact,
        &[
            (
                "<a:Body><acc:Password x='1'>p&amp;q</acc:Password><Name>n</Name></a:Body>",
                "<a:Body><acc:Password x='1'>[redacted:password]</acc:Password><Name>n</Name></a:Body>",
            ),
            ("<token/><token></token><secret><b>x</b></secret>", "<token/><token></token><secret><b>x</b></secret>"),
            (
                "<r><password><![CDATA[a<b]]></password></r>",
                "<r><password><![CDATA[[redacted:password]]]></password></r>",
            ),
            ("<apiKey>cut of", "<apiKey>[redacted:api_key]"),
            ("1 < 2 and </p> 3 > 2", "1 < 2 and </p> 3 > 2"),
            ("Send <token> as you got it, \"x\" </p>", "Send <token> as you got it, \"x\" </p>"),
        ],
    );
    check(
        text::redact,
        &[
            ("<user name='a' password='x y' id='1'/>", "<user name='a' password='[redacted:password]' id='1'/>"),
            (
                "<input type=\"hidden\" name=\"csrf_token\" value=\"abc\">",
                "<input type=\"hidden\" name=\"csrf_token\" value=\"[redacted:token]\">",
            ),
            (
                "<meta name=\"csrf-token\" content=\"q1w2\" />",
                "<meta name=\"csrf-token\" content=\"[redacted:token]\" />",
            ),
            ("<input type=\"password\" value=\"x\">", "<input type=\"password\" value=\"[redacted:password]\">"),
            (
                "<div data-state=\"{&quot;apiKey&quot;:&quot;k1&quot;}\">",
                "<div data-state=\"{&quot;apiKey&quot;:&quot;[redacted:api_key]&quot;}\">",
            ),
        ],
    );
}
