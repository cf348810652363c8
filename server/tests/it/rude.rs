//! Clients that dawdle, send more than there is memory for, or come too many at once.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use futures_util::stream::{self, StreamExt};
use serde_json::json;
use server::http::{ConnectionLimits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::support::{TestServer, a_call};

/// The beginning of a request with calls, and then what a stream says.
fn sending(
    key: &str,
    pieces: impl stream::Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static,
) -> Request<Body> {
    let request = Request::post("/api/v1/calls").header("authorization", format!("Bearer {key}"));
    request.body(Body::from_stream(pieces)).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_given_up() {
    let server = TestServer::start();
    let key = server.key("acme");
    let first = stream::iter([Ok(Bytes::from_static(b"[{\"id\": "))]);
    let answer = server.send(sending(&key, first.chain(stream::pending()))).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::REQUEST_TIMEOUT, "too_slow"));
    // A byte a second keeps a connection busy, and is no reason to wait longer.
    let dripping = stream::repeat(()).then(|()| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(Bytes::from_static(b" "))
    });
    let began = tokio::time::Instant::now();
    let answer = server.send(sending(&key, dripping)).await;
    assert_eq!(answer.code(), "too_slow");
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_slow_line_is_no_reason_to_give_up() {
    let server = TestServer::start();
    let key = server.key("acme");
    let call = a_call(1).with_body(&"x".repeat(400 << 10)).json().to_string().into_bytes();
    let pieces: Vec<Bytes> = call.chunks(80 << 10).map(Bytes::copy_from_slice).collect();
    let slowly = stream::iter(pieces).then(|piece| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(piece)
    });
    let answer = server.send(sending(&key, slowly)).await;
    assert_eq!(answer.json()["accepted"], 1, "{}", answer.json());
}

#[tokio::test]
async fn what_does_not_fit_into_memory_is_told_to_come_again() {
    let server = TestServer::start().with_memory(1 << 20);
    let key = server.key("acme");
    let large = a_call(1).with_body(&"x".repeat(400 << 10)).json().to_string().into_bytes();
    let packed = zstd::encode_all(&large[..], 3).unwrap();
    for (body, encoding) in [(large, None), (packed, Some("zstd"))] {
        let answer = server.post_bytes(&key, body, encoding).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_busy"));
        assert_eq!(answer.headers["retry-after"], "1");
    }
    // It was given back: what fits is taken.
    for number in 2..20 {
        let answer = server.post(&key, &json!([a_call(number).with_body(&"x".repeat(100 << 10)).json()])).await;
        assert_eq!(answer.json()["accepted"], 1, "{}", answer.json());
    }
}

/// A server on connections with limits; stops when what is returned is dropped.
async fn on_connections(server: &TestServer, limits: ConnectionLimits) -> (String, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(serve(listener, server.routes(), limits, async {
        let _ = stopped.await;
    }));
    (address, stop)
}

async fn say(address: &str, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

async fn read_to_end(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

const ALIVE: &str = "GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let server = TestServer::start();
    let limits = ConnectionLimits { together: 8, head_within: Duration::from_millis(50) };
    let (address, _stop) = on_connections(&server, limits).await;
    for beginning in ["", "GET /healthz HT", "GET /healthz HTTP/1.1\r\nHost: "] {
        assert_eq!(read_to_end(say(&address, beginning).await).await, "", "{beginning:?}");
    }
    // So is one that has been answered and says nothing more.
    let kept = say(&address, "GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n").await;
    assert!(read_to_end(kept).await.ends_with("alive\n"));
}

#[tokio::test]
async fn too_many_connections_are_turned_away_and_come_in_when_others_have_gone() {
    let server = TestServer::start();
    let limits = ConnectionLimits { together: 2, head_within: Duration::from_mins(1) };
    let (address, _stop) = on_connections(&server, limits).await;
    let first = say(&address, "GET").await;
    let second = say(&address, "GET").await;
    let answer = read_to_end(say(&address, ALIVE).await).await;
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: 1\r\n"), "{answer}");
    assert!(answer.contains("\"code\":\"too_many_connections\""), "{answer}");
    drop(first);
    // The server has to see first that it is gone.
    while !read_to_end(say(&address, ALIVE).await).await.starts_with("HTTP/1.1 200 ") {}
    drop(second);
}

#[tokio::test]
async fn a_head_larger_than_any_that_is_meant_is_refused() {
    let server = TestServer::start();
    let limits = ConnectionLimits { together: 8, head_within: Duration::from_mins(1) };
    let (address, _stop) = on_connections(&server, limits).await;
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let large = format!("GET /healthz HTTP/1.1\r\nHost: here\r\nX-Large: {}\r\n\r\n", "x".repeat(1 << 20));
    // The server may close while it is still being written.
    let _ = stream.write_all(large.as_bytes()).await;
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 431");
}
