//! The command `serve` stops in time, whatever lasts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A server as people run it, ended with the test.
struct Served {
    child: Child,
    address: String,
    data: tempfile::TempDir,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve() -> Served {
    let data = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_api-logs"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .env_remove("API_LOGS_LISTEN")
        .env("API_LOGS_LOG", "info")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let address = loop {
        let line: Value = serde_json::from_str(&log.next().unwrap().unwrap()).unwrap();
        if let Some(address) = line["address"].as_str() {
            break address.to_owned();
        }
    };
    // What it says later must not fill the pipe.
    std::thread::spawn(move || log.for_each(drop));
    Served { child, address, data }
}

fn ask(address: &str, path: &str, cookie: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n").unwrap();
    stream
}

fn read_until(stream: &mut TcpStream, text: &str) -> String {
    let mut read = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&read).contains(text) {
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&read));
        read.push(byte[0]);
    }
    String::from_utf8(read).unwrap()
}

#[test]
fn a_server_with_open_streams_stops_at_once() {
    let mut served = serve();
    let link = Command::new(env!("CARGO_BIN_EXE_api-logs"))
        .args(["sign-in", "--account", "acme", "--role", "owner", "--data"])
        .arg(served.data.path())
        .env_remove("API_LOGS_LISTEN")
        .output()
        .unwrap();
    let link = String::from_utf8(link.stdout).unwrap();
    let path = &link.trim()[link.find("/sign-in").unwrap()..];
    let signed_in = read_until(&mut ask(&served.address, path, ""), "\r\n\r\n");
    let cookie = signed_in.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let mut streams: Vec<TcpStream> =
        (0..3).map(|_| ask(&served.address, "/api/v1/calls/tail?last=1h", cookie)).collect();
    for stream in &mut streams {
        assert!(read_until(stream, ": live").starts_with("HTTP/1.1 200"));
    }
    let began = Instant::now();
    let asked = Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    for stream in &mut streams {
        read_until(stream, "event: end\n");
    }
    assert!(served.child.wait().unwrap().success());
    // Well before the ten seconds after which it would have cut them off.
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}
