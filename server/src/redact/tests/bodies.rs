//! Bodies: in parts, compressed, not text, too long.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::{Call, Omission, Response, Truncation};

use super::super::{READ_TIMES, Rules};
use super::{RULES, answered, kept, real, redacted};

const FORM: &str = "multipart/form-data; boundary=\"X-1\"";

fn in_parts(parts: &[(&str, &str)]) -> String {
    let parts: Vec<String> =
        parts.iter().map(|(head, content)| format!("--X-1\r\n{head}\r\n\r\n{content}\r\n")).collect();
    format!("{}--X-1--\r\n", parts.concat())
}

#[test]
fn parts_are_hidden_by_name_and_files_told_by_their_facts() {
    let body = in_parts(&[
        ("Content-Disposition: form-data; name=\"api_key\"", "k\r\n1"),
        ("Content-Disposition: form-data; name=\"note\"", "use sk~_live_0123456789ab"),
        (
            "Content-Disposition: form-data; name=\"file\"; filename=\"ID card.png\"\r\nContent-Type: image/png",
            "\u{1}PNG\r\n--X- and more",
        ),
        ("content-disposition: form-data; name=\"doc\"; filename=\"a.txt\"", "plain"),
    ]);
    let expected = in_parts(&[
        ("Content-Disposition: form-data; name=\"api_key\"", "[redacted:api_key]"),
        ("Content-Disposition: form-data; name=\"note\"", "use sk_live_[redacted:api_key]"),
        (
            "Content-Disposition: form-data; name=\"file\"; filename=\"ID card.png\"\r\nContent-Type: image/png",
            "[file \"ID card.png\": image/png, 19 bytes]",
        ),
        ("content-disposition: form-data; name=\"doc\"; filename=\"a.txt\"", "[file \"a.txt\": 5 bytes]"),
    ]);
    for headers in [&[("content-type", FORM)][..], &[]] {
        let once = redacted(answered(headers, &real(&body)), RULES);
        assert_eq!(kept(&once), expected);
        assert_eq!(kept(&redacted(once.call().clone(), RULES)), expected);
    }
}

#[test]
fn parts_that_are_no_text_are_read_where_the_body_comes_as_base64() {
    let bytes = [
        b"--X-1\nContent-Disposition: form-data; name=\"password\"\n\np\n--X-1\nContent-Type: application/pdf\n\n%PDF"
            .as_slice(),
        &[0xff, 0xfe, 0, 1],
        b"\n--X-1--",
    ]
    .concat();
    let once = redacted(in_base64(&[("content-type", FORM)], &bytes), RULES);
    assert_eq!(
        kept(&once),
        "--X-1\nContent-Disposition: form-data; name=\"password\"\n\n[redacted:password]\n--X-1\nContent-Type: \
         application/pdf\n\n[file: application/pdf, 8 bytes]\n--X-1--"
    );
    let cut = bytes.get(..bytes.len() - 12).unwrap();
    assert!(kept(&redacted(in_base64(&[("content-type", FORM)], cut), RULES)).ends_with(" bytes or more]"));
}

fn in_base64(headers: &[(&str, &str)], bytes: &[u8]) -> Call {
    let mut call = answered(headers, &STANDARD.encode(bytes));
    let response: &mut Response = call.response.as_mut().unwrap();
    response.encoding = Some("base64".to_owned());
    call
}

#[test]
fn text_in_base64_is_read_as_text() {
    let call = in_base64(&[], br#"{"password":"p"}"#);
    let once = redacted(call, RULES);
    assert_eq!(kept(&once), r#"{"password":"[redacted:password]"}"#);
    assert_eq!(once.call().response.as_ref().unwrap().encoding, None);
}

#[test]
fn compressed_text_is_read_as_text_within_bounds() {
    let json = format!(r#"{{"password":"p","filler":"{}"}}"#, "abc ".repeat(50));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(json.as_bytes()).unwrap();
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    deflate.write_all(json.as_bytes()).unwrap();
    for packed in [gzip.finish().unwrap(), zstd::encode_all(json.as_bytes(), 3).unwrap(), deflate.finish().unwrap()] {
        let once = redacted(in_base64(&[("Content-Encoding", "deflate")], &packed), RULES);
        assert!(kept(&once).starts_with(r#"{"password":"[redacted:password]""#), "{}", kept(&once));
    }
    let bomb = zstd::encode_all(&vec![b' '; 8 << 20][..], 3).unwrap();
    let once = redacted(in_base64(&[("content-type", "application/json")], &bomb), RULES);
    let bytes = u64::try_from(bomb.len()).unwrap();
    assert_eq!(once.omitted(), [omission(Some("application/json"), bytes)]);
}

fn omission(media_type: Option<&str>, bytes: u64) -> Omission {
    Omission { part: "response.body".to_owned(), media_type: media_type.map(str::to_owned), bytes }
}

#[test]
fn what_is_no_text_is_not_kept() {
    for (call, expected) in [
        (
            in_base64(&[("Content-Type", "Image/PNG; q=1")], &[0x89, 0x50, 0x4e, 0x47, 0]),
            omission(Some("image/png"), 5),
        ),
        (in_base64(&[], &[0, 1, 2]), omission(None, 3)),
        (in_base64(&[("content-type", "application/pdf")], b"%PDF-1.4 plain"), omission(Some("application/pdf"), 14)),
        (
            answered(&[("content-type", "application/octet-stream")], "abc"),
            omission(Some("application/octet-stream"), 3),
        ),
        (answered(&[("content-type", "application/zip")], "PK\u{3}\u{4}"), omission(Some("application/zip"), 4)),
        (answered(&[("content-type", "image/jpeg")], "/9j/4AAQ"), omission(Some("image/jpeg"), 8)),
    ] {
        let once = redacted(call, RULES);
        assert_eq!(once.omitted(), [expected]);
        assert_eq!(kept(&once), "(none)");
        assert_eq!(once.truncated(), []);
        assert_eq!(once.call().response.as_ref().unwrap().encoding, None);
    }
    // Says that it is base64 and is not.
    let mut call = answered(&[], "not base64 !");
    call.response.as_mut().unwrap().encoding = Some("base64".to_owned());
    assert_eq!(redacted(call, RULES).omitted().len(), 1);
}

#[test]
fn what_is_text_is_kept_whatever_its_type() {
    for (content_type, body) in [
        ("image/svg+xml", "<svg/>"),
        ("application/octet-stream", "{\"error\":\"no such file\"}"),
        ("image/png", "<html>503</html>"),
        ("application/vnd.api+json", "{}"),
        ("application/x-www-form-urlencoded", "a=b"),
        ("application/graphql", "{ me }"),
        ("text/plain", "\u{1}\u{2}"),
        ("", "x"),
        ("image/png", ""),
    ] {
        let once = redacted(answered(&[("content-type", content_type)], body), RULES);
        assert_eq!((kept(&once), once.omitted()), (body, &[][..]), "{content_type}");
    }
}

#[test]
fn bodies_are_cut_after_they_are_redacted() {
    let body = format!(r#"{{"token":"{}","tail":"ééé"}}"#, "s".repeat(100));
    let once = redacted(answered(&[], &body), Rules { body_limit: 40, ..RULES });
    assert_eq!(kept(&once), r#"{"token":"[redacted:token]","tail":"éé"#);
    assert_eq!(once.truncated(), [Truncation { part: "response.body".to_owned(), original_bytes: 128 }]);
    assert_eq!(once.redactions()[0].kind, "token");
    // A mark is kept whole or not at all.
    let once = redacted(answered(&[], r#"{"token":"abc","tail":"more"}"#), Rules { body_limit: 20, ..RULES });
    assert_eq!(kept(&once), r#"{"token":""#);
    // What becomes short enough by it is not cut.
    let once = redacted(answered(&[], &body), Rules { body_limit: 64, ..RULES });
    assert_eq!(once.truncated(), []);
}

#[test]
fn of_a_long_body_only_so_much_is_read_and_no_secret_is_split() {
    const LIMIT: usize = 2_048;
    let rules = Rules { body_limit: LIMIT, ..RULES };
    let secrets = ["4111 1111 1111 1111", "sk~_live_0123456789abcdef", "DE89 3704 0044 0532 0130 00"].map(real);
    // Secrets that shrink what stands before, so that the place where reading stops comes into what is kept.
    let shrinking = format!("{{\"password\":\"{}\"}} ", "p".repeat(LIMIT * READ_TIMES - 1_200));
    for secret in &secrets {
        for place in 0..secret.len() + 40 {
            let filler = " ".repeat(LIMIT * READ_TIMES - shrinking.len() - place);
            let body = format!("{shrinking}{filler}{secret}{}", " more".repeat(10_000));
            let once = redacted(answered(&[], &body), rules);
            assert!(kept(&once).len() <= LIMIT);
            let beginning = secret.get(..8).unwrap();
            assert!(!kept(&once).contains(beginning), "{}", kept(&once));
            assert_eq!(once.truncated()[0].original_bytes, u64::try_from(body.len()).unwrap());
        }
    }
    let once = redacted(answered(&[], &"é".repeat(LIMIT * 4)), rules);
    assert_eq!(kept(&once).len(), LIMIT);
}
