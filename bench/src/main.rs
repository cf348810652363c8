//! How fast a server takes calls in and answers for them, measured from outside, over HTTP.
//!
//! It starts the release build on an empty folder, loads it with calls as bots make them, then asks what the page asks,
//! and stops it. All batches are made and packed before the clock runs, so that only sending and the server's work are
//! timed; they still share the machine's cores.

#![expect(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]

mod ask;
mod load;
mod measure;
mod report;
mod send;
mod server;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use model::Timestamp;

use crate::load::{Encoding, Load};
use crate::report::{Machine, Report};
use crate::server::{Target, TestServer};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Measure how fast a server takes calls in and answers for them.
#[derive(Parser)]
struct Options {
    /// How many calls to load, evenly spread over six days.
    #[arg(long, default_value_t = 100_000)]
    calls: usize,
    /// Of how many accounts; the largest has more than a quarter of the calls.
    #[arg(long, default_value_t = 20)]
    accounts: usize,
    /// Calls in a batch.
    #[arg(long, default_value_t = 500)]
    batch: usize,
    /// Batches on their way at the same time.
    #[arg(long, default_value_t = 4)]
    connections: usize,
    /// How batches are packed.
    #[arg(long, value_enum, default_value_t = Encoding::Zstd)]
    encoding: Encoding,
    /// Calls per second of the steady stream after the load; 0 leaves it out.
    #[arg(long, default_value_t = 1_000)]
    rate: usize,
    /// How long the steady stream lasts, in seconds.
    #[arg(long, default_value_t = 20)]
    seconds: usize,
    /// How often each question is asked.
    #[arg(long, default_value_t = 100)]
    repeat: usize,
    /// What the made-up calls follow from; another seed gives other calls.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The server to start.
    #[arg(long, default_value = "target/release/api-logs")]
    server: PathBuf,
    /// The folder for its data, which is kept; without it one is made and removed.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Measure a server that runs already instead of starting one.
    #[arg(long, requires_all = ["key", "sign_in"])]
    url: Option<String>,
    /// An ingest key of that server; give several for several accounts.
    #[arg(long)]
    key: Vec<String>,
    /// A sign-in link of that server, for the account of the first key.
    #[arg(long)]
    sign_in: Option<String>,
    /// The folder for the results.
    #[arg(long, default_value = "bench/results")]
    results: PathBuf,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Error> {
    let started = match (&options.url, &options.sign_in) {
        (None, _) | (_, None) => Some(TestServer::start(&options.server, options.data.as_deref(), options.accounts)?),
        _ => None,
    };
    let target = match (&started, &options.url, &options.sign_in) {
        (Some(server), ..) => server.target()?,
        (None, Some(url), Some(link)) => Target::of(url, options.key.clone(), link)?,
        (None, ..) => return Err("a running server needs --url, --key and --sign-in".into()),
    };

    say("making calls ...");
    let now = now();
    let load = Load::make(options, target.keys.len(), now)?;
    say(&format!("loading {} calls of {} bytes on average ...", load.calls, load.bytes / load.calls.max(1)));
    let before = started.as_ref().and_then(TestServer::cpu_seconds);
    let loaded = send::as_fast_as_taken(&target, &load, options.connections)?;
    let cpu_seconds =
        started.as_ref().and_then(TestServer::cpu_seconds).zip(before).map(|(after, before)| after - before);

    let steady = if options.rate > 0 {
        say(&format!("sending {} calls per second for {} seconds ...", options.rate, options.seconds));
        Some(send::steadily(&target, options)?)
    } else {
        None
    };

    say("asking ...");
    let questions = ask::everything(&target, options.repeat)?;
    let memory_bytes = started.as_ref().and_then(TestServer::memory_bytes);
    let disk_bytes = started.map(TestServer::stop).transpose()?;
    let stored = load.calls + steady.as_ref().map_or(0, |steady| steady.calls);

    let report = Report {
        at: now,
        machine: Machine::this(),
        calls: load.calls,
        accounts: target.keys.len(),
        bytes_per_call: load.bytes / load.calls.max(1),
        batch: options.batch,
        connections: options.connections,
        encoding: options.encoding.name(),
        calls_per_cpu_second: cpu_seconds.map(|seconds| load.calls as f64 / seconds.max(0.01)),
        load: loaded,
        steady,
        disk_bytes,
        disk_bytes_per_call: disk_bytes.map(|bytes| bytes as f64 / stored.max(1) as f64),
        memory_bytes,
        questions,
    };
    say(&report.markdown());
    let path = report.write(&options.results)?;
    say(&format!("written to {}", path.display()));
    Ok(())
}

/// The system's time.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn say(text: &str) {
    // A closed pipe is no reason to stop measuring.
    let _ = writeln!(std::io::stdout(), "{text}");
}
