//! What was measured, for people and for programs.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use model::Timestamp;
use serde::Serialize;

use crate::Error;
use crate::ask::Answered;
use crate::measure::Times;
use crate::send::Sent;

/// Everything that was measured.
#[derive(Serialize)]
pub struct Report {
    /// When.
    pub at: Timestamp,
    /// On what.
    pub machine: Machine,
    /// The calls that were loaded.
    pub calls: usize,
    /// Their accounts.
    pub accounts: usize,
    /// Their size on average, before packing.
    pub bytes_per_call: usize,
    /// Calls in a batch.
    pub batch: usize,
    /// Batches on their way at the same time.
    pub connections: usize,
    /// How batches were packed.
    pub encoding: &'static str,
    /// The load, as fast as it was taken.
    pub load: Sent,
    /// Loaded calls for each second of processor time that the server used.
    pub calls_per_cpu_second: Option<f64>,
    /// The steady stream.
    pub steady: Option<Sent>,
    /// The data folder after the server stopped.
    pub disk_bytes: Option<u64>,
    /// The same for each call in it. Files that were just begun weigh more than full ones: compare equal loads only.
    pub disk_bytes_per_call: Option<f64>,
    /// The server's memory at the end.
    pub memory_bytes: Option<u64>,
    /// The questions.
    pub questions: Vec<Answered>,
}

/// The machine.
#[derive(Serialize)]
pub struct Machine {
    /// Processors that may be used.
    pub processors: usize,
    /// How many processes wanted one in the last minute, when measuring ended; above `processors` the figures suffer.
    pub load_average: Option<f64>,
}

impl Machine {
    /// This one, now.
    pub fn this() -> Self {
        let load_average = fs::read_to_string("/proc/loadavg").ok();
        Self {
            processors: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            load_average: load_average.and_then(|text| text.split(' ').next().and_then(|number| number.parse().ok())),
        }
    }
}

impl Report {
    /// As tables.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "\n{} calls of {} bytes, {} accounts, batches of {} in {}, {} connections, {} processors (load average {})\n\n",
            self.calls,
            self.bytes_per_call,
            self.accounts,
            self.batch,
            self.encoding,
            self.connections,
            self.machine.processors,
            self.machine.load_average.map_or("unknown".to_owned(), |load| format!("{load:.1}")),
        );
        text.push_str("| taking calls in | |\n|---|---:|\n");
        let mut row = |name: &str, value: String| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {name} | {value} |");
        };
        row("durable calls per second", format!("{:.0}", self.load.calls_per_second));
        if let Some(calls) = self.calls_per_cpu_second {
            row("durable calls per second of one processor", format!("{calls:.0}"));
        }
        row("acknowledged, full speed", acknowledged(&self.load.acknowledged));
        if let Some(steady) = &self.steady {
            row(
                &format!("acknowledged at {:.0} calls per second", steady.calls_per_second),
                acknowledged(&steady.acknowledged),
            );
        }
        if let Some((all, each)) = self.disk_bytes.zip(self.disk_bytes_per_call) {
            row("disk after the stop", format!("{} MB, {each:.0} bytes a call", all / 1_000_000));
        }
        if let Some(bytes) = self.memory_bytes {
            row("memory of the server at the end", format!("{} MB", bytes / 1_000_000));
        }
        text.push_str("\n| question | median ms | p95 ms | p99 ms |\n|---|---:|---:|---:|\n");
        for Answered { question, times } in &self.questions {
            let _ =
                writeln!(text, "| {question} | {:.1} | {:.1} | {:.1} |", times.median_ms, times.p95_ms, times.p99_ms);
        }
        text
    }

    /// Writes `<date>.json` into the folder, over an earlier one of the same day.
    pub fn write(&self, folder: &Path) -> Result<PathBuf, Error> {
        let date: String = self.at.to_string().chars().take(10).collect();
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{date}.json"));
        fs::write(&path, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(path)
    }
}

fn acknowledged(times: &Times) -> String {
    format!("{:.0} ms median, {:.0} ms p99", times.median_ms, times.p99_ms)
}
