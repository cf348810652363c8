//! The server under measurement: one that is started here on a folder of its own, or one that runs already.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ureq::Agent;

use crate::Error;

const START_WITHIN: Duration = Duration::from_mins(1);
const STOP_WITHIN: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// The clock ticks of /proc/PID/stat in a second: fixed for user space on Linux (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// Where to send calls and questions.
pub struct Target {
    /// The HTTP client; each thread that uses it has a connection of its own.
    pub agent: Agent,
    /// An ingest key for every account.
    pub keys: Vec<String>,
    /// The session of somebody who sees all calls of the first account, as a cookie.
    pub cookie: String,
    base: String,
}

impl Target {
    /// A server at an address; uses the sign-in link up.
    pub fn of(base: &str, keys: Vec<String>, sign_in_link: &str) -> Result<Self, Error> {
        let agent = agent();
        let response = agent.get(sign_in_link).call()?;
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie
            .and_then(|cookie| cookie.split(';').next())
            .ok_or_else(|| format!("the sign-in link began no session: {}", response.status()))?
            .to_owned();
        Ok(Self { agent, keys, cookie, base: base.trim_end_matches('/').to_owned() })
    }

    /// The address of a route of the API.
    pub fn at(&self, route: &str) -> String {
        format!("{}/api/v1/{route}", self.base)
    }
}

fn agent() -> Agent {
    // Redirects would hide the cookie of the sign-in link; statuses are judged where they are expected.
    let config = Agent::config_builder().max_redirects(0).max_redirects_will_error(false).http_status_as_error(false);
    config.max_idle_connections_per_host(64).build().new_agent()
}

/// A server that was started here, and is stopped when this is dropped.
pub struct TestServer {
    binary: PathBuf,
    data: PathBuf,
    is_data_kept: bool,
    base: String,
    accounts: usize,
    keys: Vec<String>,
    process: Child,
}

impl TestServer {
    /// Starts the server on a folder, or on a new one, and waits until it answers.
    pub fn start(binary: &Path, data: Option<&Path>, accounts: usize) -> Result<Self, Error> {
        if !binary.is_file() {
            return Err(format!("there is no {}; `make build` makes it", binary.display()).into());
        }
        let is_data_kept = data.is_some();
        let data = data.map_or_else(
            || std::env::temp_dir().join(format!("api-logs-bench-{}", std::process::id())),
            Path::to_path_buf,
        );
        fs::create_dir_all(&data)?;
        let keys = (0..accounts)
            .map(|account| ask_binary(binary, &data, &["key", "create", "--account", &account_id(account)]))
            .collect::<Result<_, _>>()?;
        // Free a moment ago; nobody else on this machine is likely to take it before the server does.
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string();
        let log = File::create(data.join("bench-server.log"))?;
        let process = Command::new(binary)
            .args(["serve", "--listen", &address, "--data"])
            .arg(&data)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let binary = binary.to_path_buf();
        let mut server =
            Self { binary, data, is_data_kept, base: format!("http://{address}"), accounts, keys, process };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&mut self) -> Result<(), Error> {
        let agent = agent();
        let url = format!("{}/readyz", self.base);
        let started = Instant::now();
        while started.elapsed() < START_WITHIN {
            if let Some(status) = self.process.try_wait()? {
                let log = fs::read_to_string(self.data.join("bench-server.log")).unwrap_or_default();
                return Err(format!("the server stopped at once ({status}):\n{log}").into());
            }
            if agent.get(&url).call().is_ok_and(|response| response.status().is_success()) {
                return Ok(());
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Err("the server did not get ready".into())
    }

    /// Where to send calls and questions: as the first account's owner.
    pub fn target(&self) -> Result<Target, Error> {
        let first = account_id(0);
        let link = ask_binary(&self.binary, &self.data, &["sign-in", "--account", &first, "--role", "owner"])?;
        if self.keys.len() != self.accounts {
            return Err("not every account got a key".into());
        }
        Target::of(&self.base, self.keys.clone(), &link)
    }

    /// The processor time that the server has used, in seconds; unknown where there is no `/proc`.
    pub fn cpu_seconds(&self) -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        // The second field is the name in brackets and may hold anything; utime and stime are fields 14 and 15.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let user: f64 = fields.next()?.parse().ok()?;
        let system: f64 = fields.next()?.parse().ok()?;
        Some((user + system) / TICKS_PER_SECOND)
    }

    /// The memory that the server has in use, in bytes; unknown where there is no `/proc`.
    pub fn memory_bytes(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kilobytes * 1_024)
    }

    /// Asks the server to stop, waits until it has, and says how many bytes it leaves in the data folder.
    pub fn stop(mut self) -> Result<u64, Error> {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        let started = Instant::now();
        while started.elapsed() < STOP_WITHIN {
            if let Some(status) = self.process.try_wait()? {
                if !status.success() {
                    return Err(format!("the server stopped with {status}").into());
                }
                return Ok(size_of(&self.data));
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Err("the server did not stop when it was asked to".into())
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // After `stop` there is nothing left to end, and both calls say so.
        let _ = self.process.kill();
        let _ = self.process.wait();
        if !self.is_data_kept {
            let _ = fs::remove_dir_all(&self.data);
        }
    }
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

fn size_of(folder: &Path) -> u64 {
    let Ok(files) = fs::read_dir(folder) else { return 0 };
    let size = |file: fs::DirEntry| match file.metadata() {
        Ok(metadata) if metadata.is_dir() => size_of(&file.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    };
    files.flatten().map(size).sum()
}
