//! The binary: started, stopped and killed, with a data folder that outlives it.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use crate::Error;
use crate::client::{Access, Client};

const READY_WITHIN: Duration = Duration::from_mins(1);
const STOPPED_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// A binary with a data folder, and what its processes find around them.
#[derive(Clone, Debug)]
pub struct Site {
    binary: PathBuf,
    /// The data folder.
    pub data: PathBuf,
    log: PathBuf,
    environment: Vec<(String, String)>,
}

impl Site {
    /// A site whose data folder and log are in a folder of their own.
    pub fn new(binary: &Path, folder: &Path) -> Result<Self, Error> {
        if !binary.is_file() {
            return Err(format!("there is no {}; `make build` makes it", binary.display()).into());
        }
        let binary = binary.canonicalize()?;
        fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        Ok(Self { binary, data: folder.join("data"), log: folder.join("server.log"), environment: Vec::new() })
    }

    /// The same site with another data folder.
    #[must_use]
    pub fn with_data(&self, data: &Path) -> Self {
        Self { data: data.to_path_buf(), ..self.clone() }
    }

    /// The same site, its processes with these variables.
    #[must_use]
    pub fn with_environment(&self, environment: Vec<(String, String)>) -> Self {
        Self { environment, ..self.clone() }
    }

    /// Starts the server and waits until it answers.
    pub fn start(&self) -> Result<Server, Error> {
        let mut server = self.spawn()?;
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Starts the server and does not wait.
    pub fn spawn(&self) -> Result<Server, Error> {
        // Free a moment ago; nobody else on this machine is likely to take it before the server does.
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string();
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = self.command(&["serve", "--listen", &address]);
        let process = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        Ok(Server { process, address, site: self.clone() })
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        command
            .args(words)
            .arg("--data")
            .arg(&self.data)
            .env("API_LOGS_LOG", "warn")
            .env("API_LOGS_LEAST_FREE_BYTES", "0")
            .envs(environment);
        command
    }

    /// Runs another command of the binary to its end.
    pub fn run(&self, words: &[&str]) -> Result<Output, Error> {
        Ok(self.command(words).stdin(Stdio::null()).output()?)
    }

    fn ask(&self, words: &[&str]) -> Result<String, Error> {
        let output = self.run(words)?;
        if !output.status.success() {
            return Err(format!("{} failed: {}", words.join(" "), String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// An ingest key for an account, which is made where there is none.
    pub fn key(&self, account: &str) -> Result<String, Error> {
        self.ask(&["key", "create", "--account", account])
    }

    /// The token of a sign-in link for the owner of an account.
    pub fn sign_in_token(&self, account: &str) -> Result<String, Error> {
        let link = self.ask(&["sign-in", "--account", account, "--role", "owner"])?;
        let token = link.rsplit_once("token=").map(|(_, token)| token.trim().to_owned());
        Ok(token.ok_or_else(|| format!("no link in what sign-in printed: {link}"))?)
    }

    /// Accounts with a key and an owner who is signed in at a server of this site.
    pub fn open_accounts(&self, server: &Server, names: &[&str]) -> Result<Arc<Vec<Access>>, Error> {
        let visitor = server.client(Arc::default());
        let open = |name: &&str| {
            let key = self.key(name)?;
            let cookie = visitor.sign_in(&self.sign_in_token(name)?)?;
            Ok(Access { account: (*name).to_owned(), key, cookie })
        };
        Ok(Arc::new(names.iter().map(open).collect::<Result<_, Error>>()?))
    }

    /// The end of the log of its servers.
    pub fn last_words(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        let end = log.get(log.len().saturating_sub(2_000)..).unwrap_or_default();
        String::from_utf8_lossy(end).into_owned()
    }

    /// Runs `check`: what it printed where it found faults or could not look.
    pub fn check(&self) -> Result<Result<(), String>, Error> {
        let output = self.run(&["check"])?;
        let said = [output.stdout, output.stderr].concat();
        Ok(if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&said).trim().to_owned()) })
    }
}

/// A server process; killed when this is dropped.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: String,
    site: Site,
}

impl Server {
    /// Speaks to it.
    pub fn client(&self, accounts: Arc<Vec<Access>>) -> Client {
        Client::new(&self.address, accounts)
    }

    /// Returns when it answers; an error when it ended before.
    pub fn wait_until_ready(&mut self) -> Result<(), Error> {
        let client = self.client(Arc::default());
        let started = Instant::now();
        while started.elapsed() < READY_WITHIN {
            if let Some(status) = self.ended()? {
                return Err(format!("the server ended at its start ({status}): {}", self.site.last_words()).into());
            }
            if client.is_alive() {
                return Ok(());
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Err(format!("the server was not ready in time: {}", self.site.last_words()).into())
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>, Error> {
        Ok(self.process.try_wait()?)
    }

    /// The memory that it has in use, in bytes.
    pub fn memory_bytes(&self) -> Result<u64, Error> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1_024)
    }

    /// Ends it at once, whatever it is doing, as `kill -9` does.
    pub fn kill(mut self) -> Result<(), Error> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Asks it to stop, and does not wait.
    pub fn ask_to_stop(&self) -> Result<(), Error> {
        let process = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw).ok_or("not a process id")?;
        Ok(rustix::process::kill_process(process, Signal::TERM)?)
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) -> Result<(), Error> {
        self.ask_to_stop()?;
        let asked = Instant::now();
        while asked.elapsed() < STOPPED_WITHIN {
            match self.ended()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => {
                    return Err(format!("the server stopped with {status}: {}", self.site.last_words()).into());
                }
                None => std::thread::sleep(LOOK_EVERY),
            }
        }
        Err("the server did not stop when it was asked to".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `kill` and `stop` there is nothing left to end, and both calls say so.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
