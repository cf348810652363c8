//! Clients that do not behave.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::Error;
use crate::calls::gzip;
use crate::report::Report;

/// Clients that dawdle are closed within this time.
const CLOSED_WITHIN: Duration = Duration::from_mins(1);
/// How long clients that dawdle stay before they give up by themselves, when nobody waits for the server to close them.
const STAY: Duration = Duration::from_secs(3);
const BODY: usize = 31 << 20;

/// Ways to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rudeness {
    /// Connections that say nothing.
    Idle,
    /// Headers that come a byte at a time.
    SlowHead,
    /// Bodies that come a byte at a time.
    SlowBody,
    /// The largest bodies there may be, all at once, that stop just before their end.
    LargeBodies,
    /// A small body that unpacks to a large one.
    Bomb,
    /// A header of a megabyte.
    LargeHead,
    /// A question of ten thousand words.
    ManyWords,
    /// Many questions at once that have to be searched for.
    ManyQuestions,
}

impl Rudeness {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Idle,
        Self::SlowHead,
        Self::SlowBody,
        Self::LargeBodies,
        Self::Bomb,
        Self::LargeHead,
        Self::ManyWords,
        Self::ManyQuestions,
    ];

    /// What is done, for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Idle => "connections that say nothing",
            Self::SlowHead => "headers a byte at a time",
            Self::SlowBody => "bodies a byte at a time",
            Self::LargeBodies => "large bodies, all at once",
            Self::Bomb => "bombs",
            Self::LargeHead => "headers of a megabyte",
            Self::ManyWords => "questions of ten thousand words",
            Self::ManyQuestions => "many questions at once",
        }
    }
}

/// Misbehaves towards a server.
pub fn be(rudeness: Rudeness, address: &str, key: &str, cookie: &str, clients: usize) -> Result<Report, Error> {
    let mut report = Report::default();
    let post = |length: usize, encoding: &str| {
        format!(
            "POST /api/v1/calls HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
             Content-Length: {length}\r\n{encoding}\r\n"
        )
    };
    let get = |path: &str, more: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n{more}Connection: close\r\n\r\n")
    };
    match rudeness {
        Rudeness::Idle => dawdle(address, clients * 4, "", &mut report)?,
        Rudeness::SlowHead => dawdle(address, clients, "GET /readyz HTTP/1.1\r\nHost: ", &mut report)?,
        Rudeness::SlowBody => dawdle(address, clients, &post(1_000_000, ""), &mut report)?,
        Rudeness::LargeBodies => {
            let head = post(BODY + 1, "");
            let body = vec![b' '; BODY];
            let count = clients.min(48);
            at_once(address, count, &[head.as_bytes(), &body], &mut report);
        }
        Rudeness::Bomb => {
            let bomb = gzip(&vec![b' '; 256 << 20])?;
            let head = post(bomb.len(), "Content-Encoding: gzip\r\n");
            refused(address, clients.min(24), &[head.as_bytes(), &bomb], &[413, 429, 503], &mut report)?;
        }
        Rudeness::LargeHead => {
            let head = get("/readyz", &format!("X-Large: {}\r\n", "x".repeat(1 << 20)));
            refused(address, clients.min(24), &[head.as_bytes()], &[431], &mut report)?;
        }
        Rudeness::ManyWords => {
            let words = (0..10_000).map(|number| format!("w{number}")).collect::<Vec<_>>().join("+");
            let head = get(&format!("/api/v1/calls?q={words}"), "");
            refused(address, clients.min(24), &[head.as_bytes()], &[400, 413, 414, 422, 431], &mut report)?;
        }
        Rudeness::ManyQuestions => {
            // Two letters are in every call, and no index knows them.
            let head = get("/api/v1/calls?q=zzq+shipped&no_response=true", "");
            refused(address, clients, &[head.as_bytes()], &[200, 429, 503], &mut report)?;
        }
    }
    Ok(report)
}

/// Opens connections, begins something on each, and goes on a byte at a time until the server closes them or it has
/// been long enough.
fn dawdle(address: &str, clients: usize, begin: &str, report: &mut Report) -> Result<(), Error> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        match TcpStream::connect(address) {
            Ok(mut connection) => {
                connection.set_nonblocking(true)?;
                // What is refused at once is refused.
                let _ = connection.write_all(begin.as_bytes());
                connections.push(connection);
            }
            Err(_) => report.count("connections refused", 1),
        }
    }
    report.count("connections opened", connections.len() as u64);
    let opened_at = Instant::now();
    let mut closed = 0;
    while !connections.is_empty() && opened_at.elapsed() < STAY {
        connections.retain_mut(|connection| {
            let is_open = (begin.is_empty() || !is_broken(connection.write(b"x"))) && !is_closed(connection);
            closed += u64::from(!is_open);
            is_open
        });
        std::thread::sleep(Duration::from_millis(200));
    }
    report.count("closed by the server meanwhile", closed);
    Ok(())
}

fn is_broken(written: std::io::Result<usize>) -> bool {
    written.is_err_and(|error| error.kind() != ErrorKind::WouldBlock)
}

fn is_closed(connection: &mut TcpStream) -> bool {
    let mut bytes = [0; 4_096];
    loop {
        match connection.read(&mut bytes) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != ErrorKind::WouldBlock,
        }
    }
}

/// Sends the same on many connections at once and leaves them open for a while.
fn at_once(address: &str, clients: usize, pieces: &[&[u8]], report: &mut Report) {
    let send = || {
        let mut connection = TcpStream::connect(address)?;
        connection.set_write_timeout(Some(CLOSED_WITHIN))?;
        for piece in pieces {
            connection.write_all(piece)?;
        }
        std::thread::sleep(STAY);
        Ok::<_, std::io::Error>(())
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(send)).collect();
        for client in clients {
            let is_sent = client.join().is_ok_and(|sent| sent.is_ok());
            report.count(if is_sent { "sent" } else { "broken off by the server" }, 1);
        }
    });
}

/// Sends the same on many connections at once and expects certain statuses, or the end of the connection.
fn refused(
    address: &str,
    clients: usize,
    pieces: &[&[u8]],
    statuses: &[u16],
    report: &mut Report,
) -> Result<(), Error> {
    let answers = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(move || status(address, pieces))).collect();
        clients.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    for answer in answers {
        match answer.map_err(|_| "a client stopped")? {
            Some(status) if statuses.contains(&status) => report.count("answers", 1),
            Some(status) => report.fault(format!("it was answered with {status}, not with one of {statuses:?}")),
            None => report.count("connections ended without an answer", 1),
        }
    }
    report.insist(report.counted("answers") > 0, || "nobody got an answer".to_owned());
    Ok(())
}

fn status(address: &str, pieces: &[&[u8]]) -> Option<u16> {
    let mut connection = TcpStream::connect(address).ok()?;
    connection.set_read_timeout(Some(CLOSED_WITHIN)).ok()?;
    connection.set_write_timeout(Some(CLOSED_WITHIN)).ok()?;
    for piece in pieces {
        // The server may answer and close before it has read everything.
        if connection.write_all(piece).is_err() {
            break;
        }
    }
    let mut answer = [0; 12];
    connection.read_exact(&mut answer).ok()?;
    std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()
}
