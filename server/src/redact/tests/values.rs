//! Values that give themselves away, and those that only look like it.

use super::super::{contact, number, text, value};
use super::{check, check_unchanged, hide_contacts, real};

#[test]
fn tokens_behind_their_scheme_are_hidden() {
    check(
        text::redact,
        &[
            ("got Bearer abc12345678 from", "got Bearer [redacted:authorization] from"),
            ("BEARER  a.b-c_d~~e1/f+g==", "BEARER  [redacted:authorization]"),
            ("curl -H 'Authorization: Bearer q1w2e3r4t5'", "curl -H 'Authorization: Bearer [redacted:authorization]'"),
            ("Authorization: Token q1w2e3r4t5\n", "Authorization: Token [redacted:authorization]\n"),
            ("said Basic dXNlcjpodW50ZXIy.", "said Basic [redacted:authorization]."),
            ("u=Bearer%20abc12345678&x", "u=Bearer%20[redacted:authorization]&x"),
        ],
    );
    check_unchanged(
        text::redact,
        &[
            "bearer authentication is required",
            "Bearer token is missing",
            "the bearer of this letter, basic training programmes",
            "WWW-Authenticate: Bearer realm=\"example\", error_description=\"expired\"",
            "a forbearer abc12345678",
        ],
    );
}

#[test]
fn json_web_tokens_lose_their_signature_alone() {
    let token = "ey~JhbGciOiJIUzI1NiJ9.ey~JzdWIiOiI3In0.c2lnbmF0dXJl";
    let without = "ey~JhbGciOiJIUzI1NiJ9.ey~JzdWIiOiI3In0.[redacted:signature]";
    check(
        text::redact,
        &[
            (token, without),
            (&format!("\"{token}\","), &format!("\"{without}\",")),
            (&format!("jwt%3D{token}%26x"), &format!("jwt%3D{without}%26x")),
            (&format!("the end: {token}."), &format!("the end: {without}.")),
            // Encrypted ones have five parts.
            ("ey~JhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn", "ey~JhbGciOiJkaXIifQ..[redacted:signature]"),
            ("ey~JhbGciOiJub25lIn0.ey~JzdWIiOiI3In0.", "ey~JhbGciOiJub25lIn0.ey~JzdWIiOiI3In0."),
        ],
    );
    check_unchanged(text::redact, &["eyJustAWord and more.", "heyJude.was.here", "eyJ.a.b"]);
}

#[test]
fn keys_are_known_by_how_they_begin() {
    for (key, kind) in [
        ("sk~_live_|4eC39HqLyjWDarjtT1zdp7dc", "api_key"),
        ("sk~_test_|4eC39HqLyjWDarjtT1zdp7dc", "api_key"),
        ("rk~_live_|4eC39HqLyjWDarjtT1zdp7dc", "api_key"),
        ("wh~sec_|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "secret"),
        ("gh~p_|16C7e42F292c6912E7710c838347Ae178B4a", "token"),
        ("gh~o_|16C7e42F292c6912E7710c838347Ae178B4a", "token"),
        ("gh~s_|16C7e42F292c6912E7710c838347Ae178B4a", "token"),
        ("github~_pat_|11AAAAAAA0abcdefghijkl_mnopqrstuvwxyz0123456789", "token"),
        ("gl~pat-|20CharactersLongKey1", "token"),
        ("np~m_|abcdefghijklmnopqrstuvwxyz0123456789", "token"),
        ("xo~xb-|123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx", "token"),
        ("xo~xp-|1234567890-0987654321", "token"),
        ("xa~pp-|1-A012-345-abcdef", "token"),
        ("AK~IA|IOSFODNN7EXAMPLE", "api_key"),
        ("AS~IA|IOSFODNN7EXAMPLE", "api_key"),
        ("AI~za|SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe", "api_key"),
        ("ya~29.|a0AfH6SMBx7Q2abcdef-ghi_jkl", "token"),
        ("1~//0|gabcdefghijklmnopqrstuvwxyz0123456789-_", "token"),
        ("GOC~SPX-|abcdefghijklmnopqrstuvwx", "secret"),
        ("EA~A|CEdEose0cBA1234567890abcdefghijklmnopqrstuvwxyzABCDEFGH", "token"),
        ("SG~.|ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf09kqeF8tAmbihYzrnopKc1s5cr", "api_key"),
        ("ke~y-|3ax6xnjp29jd6fds4gc373sgvjxteol0", "api_key"),
        ("xkey~sib-|0123456789abcdef0123456789abcdef-abc", "api_key"),
        ("pat-~na1-|01234567-89ab-cdef-0123-456789abcdef", "token"),
        ("shp~at_|0123456789abcdef0123456789abcdef", "token"),
        ("sq0~atp-|0123456789abcdefghijkl", "token"),
        ("FLWS~ECK-|0123456789abcdef-X", "api_key"),
        ("sk-~ant-|api03-0123456789abcdef", "api_key"),
        ("sk-~proj-|0123456789abcdefABCD", "api_key"),
        ("h~f_|abcdefghijklmnopqrstuvwxyz0123456789", "api_key"),
        ("secre~t_|abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "secret"),
        ("PM~AK-|0123456789abcdef01234567-0123456789", "api_key"),
        ("do~p_v1_|0123456789abcdef0123456789abcdef", "token"),
        ("hv~s.|CAESIJ0123456789abcdefghijkl", "token"),
        ("10~00.|0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef", "token"),
        ("00~Dx0000000asdf!|AQ4AQFzLg9xYh1234567890.abc_DEF", "session"),
    ] {
        let (prefix, _) = key.split_once('|').unwrap();
        let whole = key.replace('|', "");
        let hidden = format!("{prefix}[redacted:{kind}]");
        check(
            value::redact,
            &[
                (&whole, &hidden),
                (&format!("key \"{whole}\", used"), &format!("key \"{hidden}\", used")),
                (&format!("https://h/{whole}/x"), &format!("https://h/{hidden}/x")),
                (&format!("a%20{whole}"), &format!("a%20{hidden}")),
            ],
        );
        check_unchanged(value::redact, &[&format!("x{whole}"), prefix]);
    }
}

#[test]
fn words_are_no_keys() {
    check_unchanged(
        text::redact,
        &[
            "pk_live_4eC39HqLyjWDarjtT1zdp7dc is public",
            "task-management-for-everybody-and-more-of-it",
            "sk-loading-spinner-with-a-very-long-name-indeed",
            "the AKIA prefix, an EAA member, SG. Dynamo, key-value stores",
            "ghp_ and github_pat_ are prefixes",
            "0015g00000Xyz12 and 00D5g000004abcd are ids of Salesforce",
            "https://h/robots.txt and /bot and /bottle/12:30",
            "https://discord.com/api/webhooks/ is where they are",
            "https://example.com:8443/a@b and mailto://",
        ],
    );
}

#[test]
fn private_keys_are_hidden_whole() {
    check(
        text::redact,
        &[
            (
                "-----BEGIN RSA PRIV~ATE KEY-----\nMIIE\n-----END RSA PRIV~ATE KEY-----\nrest",
                "[redacted:private_key]\nrest",
            ),
            (
                r#"{"k":"a -----BEGIN PRIV~ATE KEY-----\nMII\/E\n-----END PRIV~ATE KEY-----\n","n":1}"#,
                r#"{"k":"a [redacted:private_key]\n","n":1}"#,
            ),
            (
                "k = \"-----BEGIN PRIV~ATE KEY-----\\n\" +\n  \"MIIE\\n\" + '-----END PRIV~ATE KEY-----';",
                "k = \"[redacted:private_key]';",
            ),
            (
                "[\"-----BEGIN PRIV~ATE KEY-----\",\"MIIE\",\"-----END PRIV~ATE KEY-----\"]",
                "[\"[redacted:private_key]\"]",
            ),
            (
                "{\"a\":\"-----BEGIN PRIV~ATE KEY-----\",\"b\":{\"c\":\"-----END PRIV~ATE KEY-----\"}}",
                "{\"a\":\"-----BEGIN PRIV~ATE KEY-----\",\"b\":{\"c\":\"-----END PRIV~ATE KEY-----\"}}",
            ),
            ("x -----BEGIN OPENSSH PRIV~ATE KEY-----\nb3BlbnNzaC1r", "x [redacted:private_key]"),
            ("\"-----BEGIN PRIV~ATE KEY-----cut\",\"n\"", "\"[redacted:private_key]\",\"n\""),
        ],
    );
    check_unchanged(
        text::redact,
        &[
            "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----",
        ],
    );
}

#[test]
fn names_stand_before_values_in_every_notation() {
    check(
        text::redact,
        &[
            ("const apiKey = 'k1 x';", "const apiKey = '[redacted:api_key]';"),
            ("let password = \"p\\\"q\"; next", "let password = \"[redacted:password]\"; next"),
            ("headers = { 'x-api-key': `abc` }", "headers = { 'x-api-key': `[redacted:api_key]` }"),
            ("{'client_secret': 's', 'n': 1}", "{'client_secret': '[redacted:secret]', 'n': 1}"),
            ("secret => \"s\"", "secret => \"[redacted:secret]\""),
            ("password: hunter2", "password: [redacted:password]"),
            ("Server=db;User=sa;Password=p;", "Server=db;User=sa;Password=[redacted:password];"),
            ("invalid api_key=abc1234, try again", "invalid api_key=[redacted:api_key], try again"),
            ("GET /x?token=abc HTTP/1.1", "GET /x?token=[redacted:token] HTTP/1.1"),
            ("see https://h/?a=1&amp;key=k&amp;b=2", "see https://h/?a=1&amp;key=[redacted:api_key]&amp;b=2"),
            (
                "to=https%3A%2F%2Fh%2F%3Faccess_token%3Dabc%26b%3D2",
                "to=https%3A%2F%2Fh%2F%3Faccess_token%3D[redacted:token]%26b%3D2",
            ),
            ("{\\\\\\\"token\\\\\\\":\\\\\\\"abc\\\\\\\"}", "{\\\\\\\"token\\\\\\\":\\\\\\\"[redacted:token]\\\\\\\"}"),
            // Quotes that do not pair hide nothing.
            ("5\" disk, {\"password\":\"x\"}", "5\" disk, {\"password\":\"[redacted:password]\"}"),
            ("Cookie: sid=abc; theme=dark\r\nHost: h", "Cookie: [redacted:cookie]\r\nHost: h"),
            ("clone https://me:hunter2@git.example/x.git", "clone https://[redacted:credentials]@git.example/x.git"),
        ],
    );
    check_unchanged(
        text::redact,
        &[
            "the password: required",
            "var token = getToken(); password = user.password;",
            "token={{user.token}}",
            "Invalid token: expected 3 segments",
            "[redacted:token]: abc12345",
            "{\"max_tokens\": 4096, \"token_type\": \"Bearer\"}",
            "class=\"token comment\" id=\"x1\"",
            "the secretary: \"Ms Moneypenny\"",
        ],
    );
}

#[test]
fn card_numbers_are_hidden() {
    check(
        number::redact,
        &[
            ("paid with 4111111111111111.", "paid with [redacted:card]."),
            ("4111 1111 1111 1111 12/27", "[redacted:card] 12/27"),
            ("5500-0055-5555-5559", "[redacted:card]"),
            ("2223003122003222", "[redacted:card]"),
            ("378282246310005 and 3782 822463 10005", "[redacted:card] and [redacted:card]"),
            ("30569309025904; 3056 930902 5904", "[redacted:card]; [redacted:card]"),
            ("6011111111111117,3530111333300000", "[redacted:card],[redacted:card]"),
            ("6205500000000000004", "[redacted:card]"),
            ("{\"cardNumber\":\"6759649826438453\"}", "{\"cardNumber\":\"[redacted:card]\"}"),
            ("?pan=4222222222222", "?pan=[redacted:card]"),
            ("https://pay.example/cards/4111111111111111/refund", "https://pay.example/cards/[redacted:card]/refund"),
            ("<Number>4111111111111111</Number>", "<Number>[redacted:card]</Number>"),
            ("{\"id\":\"4111 1111 1111 1111\"}", "{\"id\":\"[redacted:card]\"}"),
        ],
    );
}

#[test]
fn other_long_numbers_stay() {
    check_unchanged(
        number::redact,
        &[
            // The check digit is wrong.
            "4111111111111112 and 4111 1111 1111 1112",
            // No scheme gives them out: moments, ids, article numbers, a serial number of a phone.
            "1700000000000 1700000000000000 1700000000000000000",
            "4006381333931, 9780306406157, 490154203237518",
            // Something touches them.
            "x4111111111111111 INV-4111111111111111 4111111111111111-2 4111111111111111x 4111111111111111_1 0.4111111111111111 4111111111111111.5",
            "41111111111111111111",
            // They stand under another name.
            "{\"id\":\"4111111111111111\",\"order_id\": 4111111111111111, \"sender\":{\"id\":\"4111111111111111\"}}",
            "https://graph.facebook.com/v19.0/4111111111111111/messages",
            "order 4111111111111111, psid=4111111111111111&timestamp=4111111111111111",
            "<OrderNumber>4111111111111111</OrderNumber>",
        ],
    );
}

#[test]
fn ibans_are_hidden() {
    check(
        number::redact,
        &[
            ("to DE89370400440532013000 today", "to [redacted:iban] today"),
            ("GB29 NWBK 6016 1331 9268 19", "[redacted:iban]"),
            ("\"NO9386011117947\"", "\"[redacted:iban]\""),
            ("MT84MALT011000012345MTLCAST001S", "[redacted:iban]"),
            ("FR14 2004 1010 0505 0001 3M02 606.", "[redacted:iban]."),
        ],
    );
    check_unchanged(
        number::redact,
        &[
            "DE89370400440532013001",
            "XX89370400440532013000",
            "DE8937040044053201300",
            "DE893704004405320130001",
            "ADE89370400440532013000",
            "de89370400440532013000",
            "DE89  3704 0044 0532 0130 00",
        ],
    );
}

#[test]
fn contacts_are_hidden_where_that_is_asked_for() {
    for (text, expected) in [
        ("ask asha.verma+bot@example.co.uk.", "ask [redacted:email]."),
        ("{\"to\":[\"a@b.io\",\"müller@bücher.de\"]}", "{\"to\":[\"[redacted:email]\",\"[redacted:email]\"]}"),
        ("{\"a@b.io\":{\"n\":1}}", "{\"[redacted:email]\":{\"n\":1}}"),
        ("https://h/u/a%40b.io/x?mail=c%40d.org", "https://h/u/[redacted:email]/x?mail=[redacted:email]"),
        ("call +49 (30) 1234-5678 or +919876543210", "call [redacted:phone] or [redacted:phone]"),
        ("to=%2B4915112345678&x=1", "to=[redacted:phone]&x=1"),
        (
            "{\"phone\":491511234567,\"email\":\"asha\",\"n\":12345678}",
            "{\"phone\":\"[redacted:phone]\",\"email\":\"[redacted:email]\",\"n\":12345678}",
        ),
        ("{\"email\":{\"subject\":\"hello\"}}", "{\"email\":{\"subject\":\"hello\"}}"),
    ] {
        assert_eq!(hide_contacts(text::redact, text), expected);
        assert_eq!(hide_contacts(text::redact, expected), expected, "twice");
        assert_eq!(super::hide(text::redact, text), text, "where it is not asked for");
    }
    for text in [
        "@mention and a@b, a@b.c1, user@localhost",
        "2026-11-23T10:00:00+00:00, 1e+10, a+12345678, ++12345678, +1234567, +1234567890123456",
        "C++11 and 100% @ 5",
    ] {
        assert_eq!(hide_contacts(contact::redact, text), text);
    }
    assert_eq!(real("a~b"), "ab");
}
