//! A request as a curl command that a POSIX shell runs and that "import cURL" nodes read.

use base64::Engine;
use model::{Method, Request};

/// Headers that curl sets itself, rightly for what it sends.
const LEFT_TO_CURL: [&str; 4] = ["host", "content-length", "connection", "transfer-encoding"];

/// Where the command takes a body from that was not kept.
const BODY_FILE: &str = "body.bin";

/// What curl may speak where a URL does not say it: whoever made the call may have named a file of whoever pastes it.
const HTTP_ONLY: &str = "--proto =http,https";

/// The command, one argument a line; `None` where there is no URL to call, as for C2E. A body that was not kept, because
/// it is not text, or that was erased, is taken from a file.
pub fn command(request: &Request, is_omitted: bool) -> Option<String> {
    if request.url.trim().is_empty() || request.method == Method::C2e {
        return None;
    }
    let mut arguments = Vec::new();
    let url = quote(&request.url);
    arguments.push(if request.url.starts_with('-') { format!("--url {url}") } else { url });
    if !is_http(&request.url) {
        arguments.push(HTTP_ONLY.to_owned());
    }
    if request.url.contains(['[', ']', '{', '}']) {
        arguments.push("--globoff".to_owned());
    }
    let has_text = request.body.as_deref().is_some_and(|body| !body.is_empty());
    let has_body = has_text || is_omitted;
    match &request.method {
        Method::Head => arguments.push("--head".to_owned()),
        Method::Get if !has_body => {}
        method => arguments.push(format!("-X {}", quote_if_needed(method.as_str()))),
    }
    let mut has_content_type = false;
    for (name, value) in &request.headers {
        let lower = name.to_ascii_lowercase();
        // A body that is kept as text is not compressed any more. What is no name of a header means other things to
        // curl: `@file` reads one.
        if LEFT_TO_CURL.contains(&lower.as_str()) || (lower == "content-encoding" && has_text) || !is_header_name(name)
        {
            continue;
        }
        has_content_type |= lower == "content-type";
        if lower == "accept-encoding" {
            arguments.push("--compressed".to_owned());
        } else if value.trim().is_empty() {
            // `Name:` would take the header away; `Name;` sends it without a value.
            arguments.push(format!("-H {}", quote(&format!("{name};"))));
        } else {
            // A line of its own would be a header of its own.
            let value = value.replace(['\r', '\n', '\0'], " ");
            arguments.push(format!("-H {}", quote(&format!("{name}: {value}"))));
        }
    }
    if has_body && !has_content_type {
        // Without this curl would say that the body is a form.
        arguments.push("-H 'Content-Type:'".to_owned());
    }
    if is_omitted {
        arguments.push(format!("--data-binary @{BODY_FILE}"));
    }
    let Some(body) = request.body.as_deref().filter(|body| !body.is_empty()) else {
        return Some(joined("", &arguments));
    };
    if body.contains('\0') {
        // No argument of a command can hold a zero byte.
        let encoded = base64::engine::general_purpose::STANDARD.encode(body);
        arguments.push("--data-binary @-".to_owned());
        return Some(joined(&piped(&encoded), &arguments));
    }
    arguments.push(format!("--data-raw {}", quote(body)));
    Some(joined("", &arguments))
}

fn joined(before: &str, arguments: &[String]) -> String {
    format!("{before}curl {}", arguments.join(" \\\n  "))
}

fn is_http(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(scheme, _)| ["http", "https"].iter().any(|ours| scheme.eq_ignore_ascii_case(ours)))
}

/// RFC 9110, 5.1: a name is a token.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Bytes that no shell argument can hold come through a pipe.
fn piped(base64: &str) -> String {
    format!("printf %s {} | base64 -d | ", quote(base64))
}

/// Single quotes keep everything as it is, newlines and all, but the single quote itself.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn quote_if_needed(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain { text.to_owned() } else { quote(text) }
}

#[cfg(test)]
mod tests {
    use super::command;
    use model::{Method, Request};

    fn a_request() -> Request {
        Request {
            method: Method::Get,
            url: "https://example.com/orders?id=7".to_owned(),
            headers: vec![],
            body: Some(String::new()),
            encoding: None,
        }
    }

    fn with_body(body: &str) -> Request {
        Request {
            method: Method::Post,
            headers: vec![("Content-Type".to_owned(), "text/plain".to_owned())],
            body: Some(body.to_owned()),
            ..a_request()
        }
    }

    #[test]
    fn a_get_is_only_its_url_and_headers() {
        let request = Request {
            headers: [("Host", "example.com"), ("Accept", "*/*"), ("Accept-Encoding", "gzip"), ("X-Empty", "")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            ..a_request()
        };
        insta::assert_snapshot!(command(&request, false).unwrap(), @r"
        curl 'https://example.com/orders?id=7' \
          -H 'Accept: */*' \
          --compressed \
          -H 'X-Empty;'
        ");
    }

    #[test]
    fn quotes_and_newlines_stay_what_they_are() {
        insta::assert_snapshot!(command(&with_body("it's \"$HOME\" \\ `x`\né 日本 !"), false).unwrap(), @r#"
        curl 'https://example.com/orders?id=7' \
          -X POST \
          -H 'Content-Type: text/plain' \
          --data-raw 'it'\''s "$HOME" \ `x`
        é 日本 !'
        "#);
    }

    #[test]
    fn bytes_that_no_argument_can_hold_come_through_a_pipe() {
        insta::assert_snapshot!(command(&with_body("a\0b"), false).unwrap(), @r"
        printf %s 'YQBi' | base64 -d | curl 'https://example.com/orders?id=7' \
          -X POST \
          -H 'Content-Type: text/plain' \
          --data-binary @-
        ");
    }

    #[test]
    fn a_body_that_was_not_kept_comes_from_a_file() {
        let headers = [("Content-Type", "image/png"), ("Content-Encoding", "gzip")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = Request { method: Method::Put, headers: headers.clone(), body: None, ..a_request() };
        insta::assert_snapshot!(command(&request, true).unwrap(), @r"
        curl 'https://example.com/orders?id=7' \
          -X PUT \
          -H 'Content-Type: image/png' \
          -H 'Content-Encoding: gzip' \
          --data-binary @body.bin
        ");
        // What is kept as text is sent as text.
        let request = Request { headers, ..with_body("x") };
        insta::assert_snapshot!(command(&request, false).unwrap(), @r"
        curl 'https://example.com/orders?id=7' \
          -X POST \
          -H 'Content-Type: image/png' \
          --data-raw 'x'
        ");
    }

    #[test]
    fn odd_requests_stay_safe() {
        let request = Request {
            method: Method::from("GE'T"),
            url: "-o/etc/passwd?[redacted:token]".to_owned(),
            headers: [("@/etc/passwd", "x"), ("two words", "x"), ("X-Two", "a\r\nHost: evil")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
            body: Some("@/etc/passwd".to_owned()),
            ..a_request()
        };
        insta::assert_snapshot!(command(&request, false).unwrap(), @r"
        curl --url '-o/etc/passwd?[redacted:token]' \
          --proto =http,https \
          --globoff \
          -X 'GE'\''T' \
          -H 'X-Two: a  Host: evil' \
          -H 'Content-Type:' \
          --data-raw '@/etc/passwd'
        ");
        assert_eq!(command(&Request { method: Method::C2e, ..a_request() }, false), None);
        assert_eq!(command(&Request { url: String::new(), ..a_request() }, false), None);
    }
}
