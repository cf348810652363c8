//! The log of the real server: what is in it, and what is never.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value;

/// A server that runs, and its log.
struct Running {
    process: Child,
    log: BufReader<ChildStderr>,
    address: String,
    _data: tempfile::TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Running {
    fn start(environment: &[(&str, &str)]) -> Self {
        Self::over(tempfile::tempdir().unwrap(), environment)
    }

    fn over(data: tempfile::TempDir, environment: &[(&str, &str)]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_api-logs"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(process.stderr.take().unwrap());
        let mut running = Self { process, log, address: String::new(), _data: data };
        let serving = running.lines_until("address").pop().unwrap();
        let address = serving.split("127.0.0.1:").nth(1).unwrap();
        let port: String = address.chars().take_while(char::is_ascii_digit).collect();
        running.address = format!("127.0.0.1:{port}");
        running
    }

    /// The lines up to the one that says something.
    fn lines_until(&mut self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.log.read_line(&mut line).unwrap(), 0, "the log ended: {lines:?}");
            lines.push(line);
            if lines.last().unwrap().contains(text) {
                return lines;
            }
        }
    }

    fn send(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(stream, "{head}\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

#[test]
fn every_line_of_a_request_is_json_with_its_name_and_without_what_it_said() {
    let mut server = Running::start(&[("API_LOGS_LOG", "debug"), ("API_LOGS_LOG_FORMAT", "json")]);
    let answer = server.send(
        "POST /api/v1/calls?needle=in-the-query HTTP/1.1\r\nAuthorization: Bearer alk_needle-in-the-key\r\n\
         Cookie: api_logs=needle-in-the-cookie\r\nX-Request-Id: named-by-the-test",
        "[\"needle in the body\"]",
    );
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("\"request_id\":\"named-by-the-test\""), "{answer}");
    let lines = server.lines_until("\"answered\"");
    assert!(!lines.concat().contains("needle"), "{lines:?}");
    let lines: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_request: Vec<&Value> =
        lines.iter().filter(|line| line["span"]["request_id"] == "named-by-the-test").collect();
    let said: Vec<(&str, &str)> =
        of_request.iter().map(|line| (line["level"].as_str().unwrap(), line["message"].as_str().unwrap())).collect();
    assert_eq!(said, [("DEBUG", "a request was refused"), ("INFO", "answered")]);
    assert_eq!((&of_request[0]["code"], &of_request[0]["status"]), (&"invalid_key".into(), &401.into()));
    let answered = of_request[1];
    assert_eq!((&answered["method"], &answered["path"]), (&"POST".into(), &"/api/v1/calls".into()));
    assert!(answered["millis"].is_u64() && answered["timestamp"].is_string(), "{answered}");
}

#[test]
fn an_error_is_said_once_with_its_name_whatever_else_is_logged() {
    let environment = [
        ("API_LOGS_LOG", "error,server::cli=info"),
        ("API_LOGS_LOG_FORMAT", "json"),
        // More than any disk has: the server is never ready.
        ("API_LOGS_LEAST_FREE_BYTES", "9000000000000000000"),
    ];
    let data = tempfile::tempdir().unwrap();
    let key = Command::new(env!("CARGO_BIN_EXE_api-logs"))
        .args(["key", "create", "--account", "acme", "--data"])
        .arg(data.path())
        .output()
        .unwrap();
    let key = String::from_utf8(key.stdout).unwrap();
    let mut server = Running::over(data, &environment);
    let body = crate::support::a_call(1);
    let now = server::clock::Clock::System.now().to_string();
    let head =
        format!("POST /api/v1/calls HTTP/1.1\r\nAuthorization: Bearer {}\r\nX-Request-Id: one-of-two", key.trim());
    let answer = server.send(&head, &body.at(&now).json().to_string());
    assert!(answer.starts_with("HTTP/1.1 507"), "{answer}");
    server.send("GET /readyz HTTP/1.1\r\nX-Request-Id: two-of-two", "");
    let lines = server.lines_until("two-of-two");
    assert_eq!(lines.len(), 2, "{lines:?}");
    let first: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!((&first["message"], &first["code"]), (&"a request failed".into(), &"disk_almost_full".into()));
    assert_eq!((&first["level"], &first["span"]["request_id"]), (&"ERROR".into(), &"one-of-two".into()));
    assert!(first["cause"].as_str().unwrap().contains("least_free_bytes"), "{first}");
}

#[test]
fn the_log_is_for_people_where_the_settings_say_so() {
    let mut server = Running::start(&[("API_LOGS_LOG", "info"), ("API_LOGS_LOG_FORMAT", "text")]);
    server.send("GET /api/v1/session?needle HTTP/1.1\r\nX-Request-Id: named-by-the-test", "");
    let line = server.lines_until("answered").pop().unwrap();
    assert!(
        line.contains("request{request_id=\"named-by-the-test\"}: answered method=GET path=\"/api/v1/session\""),
        "{line}"
    );
    assert!(!line.contains('\u{1b}') && !line.contains("needle"), "{line}");
}
