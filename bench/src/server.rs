//! The server under measurement: the release binary, started on a folder of its own.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Error;
use crate::client::{Client, agent};

const START_WITHIN: Duration = Duration::from_mins(2);
const STOP_WITHIN: Duration = Duration::from_mins(2);
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// The clock ticks of /proc/PID/stat in a second: fixed for user space on Linux (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// A running server; it ends when this is dropped.
pub struct Server {
    /// Its address.
    pub base: String,
    /// When its process was started.
    pub started: Instant,
    /// How long it took from then until it was ready.
    pub ready_after: Duration,
    process: Child,
}

impl Server {
    /// Starts the binary on a data folder and waits until it is ready.
    pub fn start(binary: &Path, data: &Path) -> Result<Self, Error> {
        // Free a moment ago; nobody else on this machine is likely to take it before the server does.
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string();
        let log_path = log_of(data);
        let log = File::create(&log_path)?;
        let started = Instant::now();
        let process = Command::new(binary)
            .args(["serve", "--listen", &address, "--data"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut server = Self { base: format!("http://{address}"), started, ready_after: Duration::ZERO, process };
        server.wait_until_ready(&log_path)?;
        server.ready_after = started.elapsed();
        Ok(server)
    }

    fn wait_until_ready(&mut self, log: &Path) -> Result<(), Error> {
        let agent = agent();
        let url = format!("{}/readyz", self.base);
        while self.started.elapsed() < START_WITHIN {
            if let Some(status) = self.process.try_wait()? {
                let log = fs::read_to_string(log).unwrap_or_default();
                return Err(format!("the server stopped at once ({status}):\n{log}").into());
            }
            if agent.get(&url).call().is_ok_and(|response| response.status().is_success()) {
                return Ok(());
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Err("the server did not get ready".into())
    }

    /// The processor time that the server has used, in seconds.
    pub fn cpu_seconds(&self) -> Result<f64, Error> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        ticks(&stat).map(|ticks| ticks / TICKS_PER_SECOND).ok_or_else(|| "no times in /proc/PID/stat".into())
    }

    /// The memory that the server has in use, in bytes.
    pub fn memory_bytes(&self) -> Result<f64, Error> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes: Option<f64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kilobytes.map(|kilobytes| kilobytes * 1_024.0).ok_or_else(|| "no VmRSS in /proc/PID/status".into())
    }

    /// Asks the server to stop and waits until it has.
    pub fn stop(mut self) -> Result<(), Error> {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        let asked = Instant::now();
        while asked.elapsed() < STOP_WITHIN {
            if let Some(status) = self.process.try_wait()? {
                return if status.success() { Ok(()) } else { Err(format!("the server stopped with {status}").into()) };
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Err("the server did not stop when it was asked to".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `stop` there is nothing left to end, and both calls say so.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Makes the accounts of a data folder with an ingest key each, and signs in as the first one's owner.
pub fn sign_up(binary: &Path, data: &Path, accounts: usize, base: &str) -> Result<Client, Error> {
    let keys = (0..accounts)
        .map(|account| ask_binary(binary, data, &["key", "create", "--account", &account_id(account)]))
        .collect::<Result<_, _>>()?;
    let link = ask_binary(binary, data, &["sign-in", "--account", &account_id(0), "--role", "owner"])?;
    // The link names the address of the settings; the server listens on another one.
    let path = link.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
    let path = path.ok_or_else(|| format!("not a sign-in link: {link}"))?;
    Client::new(base, keys, &format!("{base}/{path}"))
}

/// What the server prints lies beside its data: it does not count as stored.
fn log_of(data: &Path) -> PathBuf {
    data.with_extension("log")
}

fn account_id(account: usize) -> String {
    format!("bench-{:02}", account + 1)
}

/// Runs a command of the binary and takes what it prints.
fn ask_binary(binary: &Path, data: &Path, arguments: &[&str]) -> Result<String, Error> {
    let output = Command::new(binary).args(arguments).arg("--data").arg(data).output()?;
    if !output.status.success() {
        return Err(format!("{} failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// User and system time of /proc/PID/stat. The second field is the name in brackets and may hold anything; the times
/// are fields 14 and 15.
fn ticks(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let stat = "42 (a) b (c)) S 1 42 42 0 -1 4194304 100 0 0 0 700 30 0 0 20 0 4 0 1000 1 1";
        assert_eq!(ticks(stat), Some(730.0));
        assert_eq!(ticks("42 (a) S 1"), None);
    }
}
