//! What is odd about requests, and what is not.

use model::{FindingKind, Method, Request};

use crate::diagnosis::findings;

fn a_request(url: &str) -> Request {
    Request { method: Method::Post, url: url.to_owned(), headers: vec![], body: None, encoding: None }
}

fn found(request: &Request) -> Vec<(FindingKind, String, String, String)> {
    findings::of(Some(request)).into_iter().map(|found| (found.kind, found.part, found.name, found.text)).collect()
}

fn one(kind: FindingKind, part: &str, name: &str, text: &str) -> Vec<(FindingKind, String, String, String)> {
    vec![(kind, part.to_owned(), name.to_owned(), text.to_owned())]
}

#[test]
fn addresses_with_holes_are_noticed() {
    use FindingKind::{DoubledSlash, Empty, NoValue, Unresolved};
    for (url, expected) in [
        ("https://shop.example/orders/{{order.id}}", one(Unresolved, "request.url", "", "{{order.id}}")),
        ("https://shop.example/orders/%7B%7Border.id%7D%7D/items", one(Unresolved, "request.url", "", "{{order.id}}")),
        ("https://{{host}}/orders", one(Unresolved, "request.url", "", "{{host}}")),
        ("https://shop.example/orders//items", one(DoubledSlash, "request.url", "", "/orders//items")),
        ("https://shop.example/orders/undefined", one(NoValue, "request.url", "", "undefined")),
        ("https://shop.example/orders?id=null&page=1", one(NoValue, "request.query", "id", "null")),
        ("https://shop.example/orders?id=&page=1", one(Empty, "request.query", "id", "")),
        ("https://shop.example/orders?q=%7B%7Bname%7D%7D", one(Unresolved, "request.query", "q", "{{name}}")),
        (
            "https://crm.example/query?q=SELECT+Id+FROM+Contact+WHERE+Email%3D%27null%27",
            one(NoValue, "request.query", "q", "'null'"),
        ),
    ] {
        assert_eq!(found(&a_request(url)), expected, "{url}");
    }
    for url in [
        "https://shop.example/",
        "https://shop.example/orders/",
        "https://shop.example/orders//",
        "https://shop.example?next=https://other.example//x",
        "https://shop.example/nullable/undefined-behaviour?note=annulled&a={b}",
        "https://shop.example/orders?{\"a\":{\"b\":1}}",
        "",
        "/relative/path",
    ] {
        assert_eq!(found(&a_request(url)), vec![], "{url}");
    }
}

#[test]
fn headers_and_bodies_with_holes_are_noticed() {
    use FindingKind::{Empty, NoValue, Unresolved};
    let header = |name: &str, value: &str| Request {
        headers: vec![(name.to_owned(), value.to_owned())],
        ..a_request("https://shop.example/")
    };
    for (name, value, expected) in [
        ("Authorization", "Bearer undefined", one(NoValue, "request.headers", "Authorization", "undefined")),
        ("Authorization", "Bearer ", one(Empty, "request.headers", "Authorization", "")),
        ("x-tenant", "{{tenant}}", one(Unresolved, "request.headers", "x-tenant", "{{tenant}}")),
        ("origin", "null", vec![]),
        ("authorization", "Bearer [redacted:authorization]", vec![]),
    ] {
        assert_eq!(found(&header(name, value)), expected, "{name}: {value}");
    }
    let body = |content_type: &str, body: &str| Request {
        body: Some(body.to_owned()),
        ..header("content-type", content_type)
    };
    for (content_type, text, expected) in [
        ("application/json", r#"{"a":{"b":[1,"{{x}}"]}}"#, one(Unresolved, "request.body", "/a/b/1", "{{x}}")),
        (
            "application/json",
            r#"{"to":"undefined","note":null,"empty":""}"#,
            one(NoValue, "request.body", "/to", "undefined"),
        ),
        ("application/json", r#"{"text":"null hypothesis","nested":{"a":{"b":{}}}}"#, vec![]),
        ("application/x-www-form-urlencoded", "To=&Body=hi", one(Empty, "request.body", "To", "")),
        ("text/xml", "<id>{{customer.id}}</id>", one(Unresolved, "request.body", "", "{{customer.id}}")),
        ("text/plain", "null", vec![]),
    ] {
        assert_eq!(found(&body(content_type, text)), expected, "{text}");
    }
}

#[test]
fn a_finding_says_where_and_on_which_line() {
    let request =
        Request { body: Some(r#"{"a":1,"list":[{"x":"{{y}}"}]}"#.to_owned()), ..a_request("https://shop.example/") };
    let finding = &findings::of(Some(&request))[0];
    assert_eq!(finding.line, Some(5));
    assert_eq!(finding.sentence, "The variable {{y}} in /list/0/x in the body was not filled in.");
}

#[test]
fn of_many_the_first_are_told() {
    let values = (0..500).map(|number| format!("\"k{number}\":\"null\"")).collect::<Vec<_>>().join(",");
    let request = Request { body: Some(format!("{{{values}}}")), ..a_request("https://shop.example/") };
    assert_eq!(findings::of(Some(&request)).len(), 20);
}
