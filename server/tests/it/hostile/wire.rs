//! What is no HTTP, or HTTP that contradicts itself, on real connections: answered with a refusal or a closed
//! connection, and never taken for something else.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use server::http::{ConnectionLimits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::mutate::{garbled, garbling};
use super::{besieged, everything, for_many, is_sound};
use crate::support::{TestServer, a_call};

/// Sends bytes and reads until the server closes. It may do so while it is still being written to.
async fn say(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(bytes).await;
    rest(stream).await
}

/// As [`say`], but nothing more will come: what waits for more is given up.
async fn say_and_end(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    rest(stream).await
}

async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const ALIVE: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// The statuses of the answers on a connection.
fn statuses(answer: &str) -> Vec<&str> {
    answer.split("HTTP/1.1 ").skip(1).filter_map(|answer| answer.get(..3)).collect()
}

async fn on_a_connection(server: &TestServer) -> (String, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let limits = ConnectionLimits { together: 64, head_within: Duration::from_secs(20) };
    tokio::spawn(serve(listener, server.routes(), limits, async {
        let _ = stopped.await;
    }));
    (address, stop)
}

fn posting(key: &str, headers: &str, body: &str) -> Vec<u8> {
    let head = format!("POST /api/v1/calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n{headers}\r\n");
    [head.as_bytes(), body.as_bytes()].concat()
}

#[tokio::test]
async fn contradictions_about_a_body_are_refused_and_nothing_is_smuggled() {
    let server = TestServer::start();
    let key = server.key("acme");
    let (address, _stop) = on_a_connection(&server).await;
    let call = a_call(1).json().to_string();
    let length = call.len();
    let smuggled = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let chunked = format!("{length:x}\r\n{call}\r\n0\r\n\r\n");
    let cases = [
        (
            "two lengths",
            format!("Content-Length: {length}\r\nContent-Length: {}\r\n", length + 40),
            format!("{call}{smuggled}"),
        ),
        ("two lengths in one", format!("Content-Length: {length}, {}\r\n", length + 1), call.clone()),
        ("no number", "Content-Length: many\r\n".to_owned(), call.clone()),
        ("a negative length", "Content-Length: -1\r\n".to_owned(), call.clone()),
        ("a huge length", "Content-Length: 99999999999999999999999\r\n".to_owned(), call.clone()),
        ("an unknown coding", "Transfer-Encoding: cow\r\n".to_owned(), chunked.clone()),
        ("chunked, but not at last", "Transfer-Encoding: chunked, gzip\r\n".to_owned(), chunked.clone()),
        ("no chunk", "Transfer-Encoding: chunked\r\n".to_owned(), format!("zz\r\n{call}")),
        (
            "a chunk larger than numbers",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            format!("fffffffffffffffff\r\n{call}"),
        ),
        ("a header of no name", format!(": x\r\nContent-Length: {length}\r\n"), call.clone()),
        ("a folded header", format!("X-A: b\r\n c\r\nContent-Length: {length}\r\n"), call.clone()),
    ];
    for (what, headers, body) in cases {
        let answer = say(&address, &posting(&key, &headers, &body)).await;
        assert_eq!(statuses(&answer), ["400"], "{what}: {answer}");
    }
    for (headers, body) in [
        (format!("Content-Length: {}\r\n", length + 10), call.clone()),
        ("Transfer-Encoding: chunked\r\n".to_owned(), format!("{:x}\r\n{call}", length + 9)),
        ("Transfer-Encoding: chunked\r\n".to_owned(), format!("{length:x}\r\n{call}")),
    ] {
        let answer = say_and_end(&address, &posting(&key, &headers, &body)).await;
        assert!(matches!(statuses(&answer)[..], [] | ["400"]), "{headers}: {answer}");
    }
    assert!(everything(&server.owner().await).await.unwrap().is_empty());
    // Chunked wins over a length beside it (RFC 9112, section 6.3), and what follows is not another request.
    let both = posting(&key, "Content-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n", &chunked);
    let answer = say(&address, &[both, smuggled.as_bytes().to_vec()].concat()).await;
    assert!(matches!(statuses(&answer)[..], ["200" | "400"]), "{answer}");
    is_sound(&server).await;
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let server = TestServer::start();
    let (address, _stop) = on_a_connection(&server).await;
    let long = "x".repeat(70_000);
    for beginning in [
        "\r\n\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /healthz HTTP/3.0\r\n\r\n",
        "GET\0/healthz HTTP/1.1\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}",
        &format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"),
        &format!("GET /healthz HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(1_000)),
        &format!("{long} /healthz HTTP/1.1\r\nHost: x\r\n\r\n"),
        "GET /healthz HTTP/1.1\r\nA\u{1}: b\r\n\r\n",
    ] {
        let answer = say_and_end(&address, beginning.as_bytes()).await;
        let statuses = statuses(&answer);
        let start: String = beginning.chars().take(40).collect();
        assert!(statuses.len() <= 1 && statuses.iter().all(|status| status.starts_with('4')), "{start:?}: {answer}");
    }
    let answer = say(&address, ALIVE).await;
    assert!(answer.ends_with("alive\n"), "{answer}");
}

#[test]
fn garbled_conversations_never_fail_the_server() {
    let runtime = besieged();
    let server = runtime.block_on(async { TestServer::start() });
    let owner = runtime.block_on(server.owner());
    let key = server.key("acme");
    let (address, _stop) = runtime.block_on(on_a_connection(&server));
    let call = a_call(1).json().to_string();
    let asking = format!("GET /api/v1/calls?q=order&limit=3 HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", owner.cookie);
    let sent = posting(&key, &format!("Content-Length: {}\r\n", call.len()), &call);
    let conversation = [sent, asking.clone().into_bytes(), asking.into_bytes()].concat();
    for_many(120, vec(garbling(), 1..4), |garblings| {
        runtime.block_on(async {
            let bytes = garbled(conversation.clone(), &garblings);
            let answer = say_and_end(&address, &bytes).await;
            for status in statuses(&answer) {
                prop_assert!(matches!(status.as_bytes().first(), Some(b'1'..=b'4')), "{}", answer);
            }
            let answer = say(&address, ALIVE).await;
            prop_assert!(answer.ends_with("alive\n"), "{}", answer);
            Ok(())
        })
    });
    runtime.block_on(async {
        let sane = posting(&key, &format!("Connection: close\r\nContent-Length: {}\r\n", call.len()), &call);
        let answer = say(&address, &sane).await;
        assert_eq!(statuses(&answer), ["200"], "{answer}");
        assert!(everything(&owner).await.unwrap().contains(&model::CallId::from_u128(1)));
        is_sound(&server).await;
    });
}
