//! Connections: how many there may be at once, and how long they may say nothing.
//!
//! HTTP/1.1 only. Browsers speak HTTP/2 where TLS ends, which is in front of this server.

use std::io::{Error, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// The store's files, the log and what else is open beside connections.
const OTHER_FILES: u64 = 600;
/// Connections at once where the system allows more open files than that.
const MOST: u64 = 8_192;
/// Fewer make no server.
const LEAST: u64 = 32;
/// A head has to come within this time, and so does the next one on a connection that is kept. Longer than proxies in
/// front keep their connections, so that it is they who close them.
const HEAD_WITHIN: Duration = Duration::from_secs(75);
/// Connections that are being told that there are too many; beyond them they are just closed.
const TURNED_AWAY: usize = 64;
const TURN_AWAY_WITHIN: Duration = Duration::from_secs(2);
/// After the system could not give a connection; it may be able to when others have closed.
const AGAIN_AFTER: Duration = Duration::from_millis(100);

/// How many connections there may be, and how slow.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// At once.
    pub together: usize,
    /// From the beginning, or the end of the answer before, to the end of a head.
    pub head_within: Duration,
}

impl ConnectionLimits {
    /// What this process can have, after it has asked the system for as many open files as it may.
    pub fn of_this_process() -> Self {
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current != limit.maximum
            && setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).is_ok()
        {
            limit.current = limit.maximum;
        }
        let files = limit.current.unwrap_or(u64::MAX);
        let together = files.saturating_sub(OTHER_FILES).clamp(LEAST, MOST);
        Self { together: usize::try_from(together).unwrap_or(usize::MAX), head_within: HEAD_WITHIN }
    }
}

/// Serves until it is stopped and the last request that came before is answered.
pub async fn serve(listener: TcpListener, routes: Router, limits: ConnectionLimits, stop: impl Future<Output = ()>) {
    let seats = Arc::new(Semaphore::new(limits.together));
    let turned_away = Arc::new(Semaphore::new(TURNED_AWAY));
    let open = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_within);
    let mut stop = pin!(stop);
    let mut was_full = false;
    loop {
        let stream = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) if is_of_one_connection(&error) => continue,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(AGAIN_AFTER).await;
                    continue;
                }
            },
        };
        let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
            if !was_full {
                tracing::warn!(together = limits.together, "there are as many connections as there may be");
            }
            was_full = true;
            if let Ok(seat) = Arc::clone(&turned_away).try_acquire_owned() {
                tokio::spawn(async move {
                    // Whoever does not listen is closed.
                    let _ = tokio::time::timeout(TURN_AWAY_WITHIN, turn_away(stream)).await;
                    drop(seat);
                });
            }
            continue;
        };
        was_full = false;
        // Answers are small and whole: nothing is gained by waiting for more.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes.clone()));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop(seat);
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// Whether only this one connection failed.
fn is_of_one_connection(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// Says that there are too many, and reads what comes meanwhile: an answer is lost where its connection is reset.
async fn turn_away(mut stream: TcpStream) -> Result<(), Error> {
    let problem = serde_json::json!({
        "type": "about:blank",
        "status": 503,
        "code": "too_many_connections",
        "title": "The server has too many connections",
        "detail": "Try again in a moment.",
    })
    .to_string();
    let head = format!(
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n\
         content-type: application/problem+json\r\ncontent-length: {}\r\n\r\n",
        problem.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(problem.as_bytes()).await?;
    stream.shutdown().await?;
    let mut forgotten = [0; 4_096];
    while stream.read(&mut forgotten).await? > 0 {}
    Ok(())
}
