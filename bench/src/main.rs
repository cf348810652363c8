//! How fast a server takes calls in and answers for them, measured from outside, over HTTP.
//!
//! It starts the release build on an empty folder, loads it with calls as bots make them, asks what the page asks, starts
//! it anew, and asks again while calls come in steadily. Then the engines that one could have taken instead get the same
//! calls and the same questions. All batches are made and packed before the clock runs, so that only sending and the
//! server's work are timed; they still share the machine's processors.

#![expect(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]

mod answer;
mod ask;
mod calls;
mod client;
mod folder;
mod machine;
mod measure;
mod options;
mod peers;
mod questions;
mod report;
mod run;
mod send;
mod server;
mod spool;
mod table;
mod targets;

use std::io::Write;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use model::Timestamp;

use crate::machine::Machine;
use crate::options::Options;
use crate::report::Report;

type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    match measure_all(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure_all(options: &Options) -> Result<(), Error> {
    if !options.server.is_file() {
        return Err(format!("there is no {}; `make build` makes it", options.server.display()).into());
    }
    folder::clear_away(&options.work)?;
    let machine = Machine::this(&options.work)?;
    let mut report =
        Report { at: now(), machine, batch: options.batch, connections: options.connections, runs: Vec::new() };
    say(&report.head());
    for part in options.parts() {
        let run = run::run(options, part)?;
        say(&run.markdown());
        report.runs.push(run);
        // After each part: an hour's figures are not lost when the next part fails.
        let path = report.write(&options.results)?;
        say(&format!("written to {}\n", path.display()));
    }
    Ok(())
}

/// The system's time.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn say(text: &str) {
    // A closed pipe is no reason to stop measuring.
    let _ = writeln!(std::io::stdout(), "{text}");
}
