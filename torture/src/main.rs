//! The long runs: `make torture`. Prints a table for each test and ends with a verdict.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use torture::calls::Sizes;
use torture::power::DiskFault;
use torture::report::Report;
use torture::{Error, fail_points, kill, overload, power, small_disk};

/// Try to make a server lose calls, give wrong answers or fall over.
#[derive(Parser)]
struct Options {
    /// What to try; everything when nothing is named.
    #[arg(value_enum)]
    tests: Vec<Test>,
    /// The server.
    #[arg(long, default_value = "target/release/api-logs")]
    server: PathBuf,
    /// How often the kill loop kills.
    #[arg(long, default_value_t = 1_000)]
    cycles: usize,
    /// How often power is cut.
    #[arg(long, default_value_t = 400)]
    cuts: usize,
    /// How many steps on files fail; the story has more than a thousand ways to fail.
    #[arg(long, default_value_t = 500)]
    points: usize,
    /// What chance follows from; another seed tries other things.
    #[arg(long)]
    seed: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Test {
    /// Kill the process at any moment.
    Kill,
    /// Cut power at any moment.
    Power,
    /// Let every step on files fail, and fill a small disk.
    Disk,
    /// Send more than it can take, and be rude.
    Overload,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let seed = options.seed.unwrap_or_else(|| torture::ledger::monotonic_nanos() % 1_000_000_007);
    let tests = if options.tests.is_empty() { Test::value_variants().to_vec() } else { options.tests.clone() };
    say(&format!("{} with seed {seed}", options.server.display()));
    let mut is_clean = true;
    for test in tests {
        let started = Instant::now();
        match run(test, &options, seed) {
            Ok(reports) => {
                for report in reports {
                    is_clean &= report.is_clean();
                    say(&report.to_string());
                }
            }
            Err(error) => {
                is_clean = false;
                say(&format!("{test:?} could not be finished: {error}"));
            }
        }
        say(&format!("({test:?} took {} s)\n", started.elapsed().as_secs()));
    }
    say(if is_clean { "verdict: nothing was lost" } else { "verdict: FAILED, see the faults above" });
    if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(test: Test, options: &Options, seed: u64) -> Result<Vec<Report>, Error> {
    let binary = options.server.clone();
    Ok(match test {
        Test::Kill => vec![kill::run(&kill::Options {
            binary,
            cycles: options.cycles,
            cycles_of_a_folder: 25,
            seed,
            progress: Some(say),
        })?],
        Test::Power => {
            let cut = |disk, batches, sizes, cuts| {
                let (binary, progress) = (binary.clone(), Some(say as fn(&str)));
                power::run(&power::Options { binary, seed, runs: 4, batches, sizes, cuts, disk, progress })
            };
            let some = options.cuts / 8;
            vec![
                cut(DiskFault::None, 100, Sizes::Mixed, options.cuts - 2 * some)?,
                // Enough for SQLite to move its log into the file while calls come in.
                cut(DiskFault::None, 100, Sizes::OneFile(8_000), some)?,
                cut(DiskFault::FailsSyncs, 100, Sizes::Mixed, some)?,
            ]
        }
        Test::Disk => vec![
            fail_points::run(&fail_points::Options {
                binary: binary.clone(),
                seed,
                points: options.points,
                progress: Some(say),
            })?,
            small_disk::run(&small_disk::Options { binary, seed })?,
        ],
        Test::Overload => overload::run(&overload::Options { binary, seed, seconds: 6, clients: 200 })?,
    })
}

fn say(text: &str) {
    // A closed pipe is no reason to stop.
    let _ = writeln!(std::io::stdout(), "{text}");
}
