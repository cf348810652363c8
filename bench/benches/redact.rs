//! How fast secrets are hidden: `cargo bench --package bench --bench redact`.
//!
//! Bodies as APIs answer them, each in a call with the headers of one, redacted again and again on one thread. The
//! best of many rounds is printed: the machine's other work makes a round slower, nothing makes one faster.

#![expect(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]

use std::fmt::Write as _;
use std::io::Write;
use std::time::{Duration, Instant};

use model::{Application, Call, CallId, Headers, Method, Request, Response, Source, SourceKind, StatusCode, Timestamp};
use server::redact::{ContactKey, Rules, Secrets, redact};

const ROUNDS: usize = 400;
/// A round is short, so that one of them is left alone by everything else, and long enough for the clock.
const BYTES_OF_A_ROUND: usize = 128 << 10;

fn main() {
    let bodies = [
        ("JSON, 1.5 kB", "application/json", order(4)),
        ("JSON, 1 MB", "application/json", format!("[{}]", [order(4).as_str(); 680].join(","))),
        ("JSON with secrets, 1.5 kB", "application/json", session()),
        ("form, 1.5 kB", "application/x-www-form-urlencoded", form()),
        ("HTML, 60 kB", "text/html; charset=utf-8", html()),
    ];
    // `cargo bench` says so to every benchmark.
    let wanted = std::env::args().skip(1).find(|argument| argument != "--bench").unwrap_or_default();
    for (name, content_type, body) in bodies.into_iter().filter(|(name, ..)| name.contains(&wanted)) {
        for contacts in [None, Some(ContactKey::new([7; 32]))] {
            let rules = Rules { body_limit: 1 << 20, contacts };
            let what = if contacts.is_some() { "with contacts" } else { "secrets alone" };
            let best = best_round(&call(content_type, &body), rules);
            say(&format!("{name:26} {what:14} {:7.0} MB/s", best / 1e6));
        }
    }
}

/// Bytes of bodies a second, in the best round.
fn best_round(call: &Call, rules: Rules) -> f64 {
    let bytes = call.response.as_ref().and_then(|response| response.body.as_ref()).map_or(0, String::len);
    let calls = BYTES_OF_A_ROUND.div_ceil(bytes.max(1));
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        // Copying the calls is the sender's work, not the redactor's.
        let round: Vec<Call> = vec![call.clone(); calls];
        let mut done = Vec::with_capacity(calls);
        let began = Instant::now();
        for call in round {
            let known = Secrets::of(&call);
            done.push(redact(call, known, rules));
        }
        best = best.min(began.elapsed());
    }
    (bytes * calls) as f64 / best.as_secs_f64()
}

fn call(content_type: &str, body: &str) -> Call {
    let headers = |pairs: &[(&str, &str)]| -> Headers {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    Call {
        id: CallId::from_u128(7),
        timestamp: Timestamp::from_millis(0),
        duration_ms: Some(231),
        bot: None,
        source: Source { kind: SourceKind::Platform, path: None, node: None, agent: None },
        user: None,
        conversation_id: None,
        connection_id: None,
        application: Application::JsonApi,
        request: Some(Request {
            method: Method::Get,
            url: "https://shop.example/v2/orders?customer=8123&expand=lines,parcels&limit=20".to_owned(),
            headers: headers(&[
                ("accept", "application/json"),
                ("authorization", "Bearer 5f1d7a84db00d2fce00b31a7fc73224f"),
                ("user-agent", "bot-platform/4.2"),
            ]),
            body: Some(String::new()),
            encoding: None,
        }),
        response: Some(Response {
            status: StatusCode(200),
            headers: headers(&[
                ("content-type", content_type),
                ("date", "Mon, 23 Nov 2026 10:00:00 GMT"),
                ("x-request-id", "3f9b6c1e-2d54-4f5e-9f0a-0f6f1a0f5f3b"),
            ]),
            body: Some(body.to_owned()),
            encoding: None,
        }),
        failure: None,
        script: None,
    }
}

/// An order as a shop answers it, about 1.5 kB.
fn order(lines: usize) -> String {
    let line = |number: usize| {
        format!(
            "{{\"id\":{},\"sku\":\"NW-{}\",\"title\":\"Wanderrucksack 28 L, moosgrün\",\"quantity\":{},\"price\":\"{}.90\",\
             \"currency\":\"EUR\",\"image\":\"https://media.shop.example/products/{}/main.webp\"}}",
            8_812_345_670 + number,
            1_180 + number,
            number + 1,
            40 + number,
            10_000 + number
        )
    };
    format!(
        "{{\"id\":5512345678901,\"number\":\"#4711\",\"created_at\":\"2026-11-23T10:24:07.318Z\",\"updated_at_ms\":1795429447318,\
         \"customer\":{{\"id\":8123,\"name\":\"Zoë Krüger\",\"email\":\"zoe@example.com\",\"phone\":\"+4915112345678\",\
         \"tags\":[\"loyal\",\"newsletter\"]}},\"shipping\":{{\"street\":\"Hauptstraße 7\",\"city\":\"Nürnberg\",\
         \"zip\":\"90402\",\"carrier\":\"parcel\",\"tracking\":\"00340434161094042557\",\"eta\":\"2026-11-25\"}},\
         \"status\":\"shipped\",\"note\":\"Please ring twice.\\nThe neighbour takes it, too.\",\"lines\":[{}],\
         \"links\":{{\"self\":\"https://shop.example/v2/orders/5512345678901\",\"next\":null}}}}",
        (0..lines).map(line).collect::<Vec<_>>().join(",")
    )
}

/// The same with what signing in answers.
fn session() -> String {
    order(3).replace(
        "\"status\":\"shipped\"",
        "\"session\":{\"access_token\":\"b1946ac92492d2347c6235b4d2611184\",\"token_type\":\"Bearer\",\"expires_in\":3600},\
         \"card\":\"4111 1111 1111 1111\",\"debug\":\"sent with Bearer 5f1d7a84db00d2fce00b31a7fc73224f\"",
    )
}

fn form() -> String {
    let fields: Vec<String> = (0..24)
        .map(|number| format!("field_{number}=The+quick+brown+fox+%26+the+dog+{number}&order%5Bid%5D=81234567{number}"))
        .collect();
    fields.join("&")
}

fn html() -> String {
    let mut page =
        "<!doctype html><html><head><title>Orders</title><link rel=\"stylesheet\" href=\"/a.css\"></head><body>"
            .to_owned();
    for number in 0..400 {
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "<tr class=\"row row-{number}\"><td><a href=\"https://shop.example/orders/{number}?tab=1\">Order {number}</a></td>\
             <td>It's on its way &ndash; \"tomorrow\"</td></tr>"
        );
    }
    page + "</body></html>"
}

fn say(line: &str) {
    // A closed pipe is no reason to stop measuring.
    let _ = writeln!(std::io::stdout(), "{line}");
}
