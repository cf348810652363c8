//! What the command line says.

use std::path::PathBuf;

use clap::Parser;

/// Measure how fast a server takes calls in and answers for them.
#[derive(Parser)]
pub struct Options {
    /// How many calls to load, evenly spread over six days; several numbers with commas between them give a table each.
    #[arg(long, value_delimiter = ',')]
    calls: Vec<usize>,
    /// Of how many accounts; of twenty, the largest has more than a quarter of the calls.
    #[arg(long, value_delimiter = ',')]
    accounts: Vec<usize>,
    /// Calls in a batch.
    #[arg(long, default_value_t = 500)]
    pub batch: usize,
    /// Batches on their way at the same time.
    #[arg(long, default_value_t = 4)]
    pub connections: usize,
    /// Calls per second of the steady stream, beside which questions are asked.
    #[arg(long, default_value_t = 1_000)]
    pub rate: usize,
    /// How long the steady stream lasts, in seconds.
    #[arg(long, default_value_t = 30)]
    pub seconds: usize,
    /// How often each question is asked.
    #[arg(long, default_value_t = 100)]
    pub repeat: usize,
    /// After so many seconds a question is not asked again; the table then says how often it was.
    #[arg(long, default_value_t = 60)]
    pub patience: u64,
    /// What the made-up calls follow from; another seed gives other calls.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The server to start.
    #[arg(long, default_value = "target/release/api-logs")]
    pub server: PathBuf,
    /// The folder in which everything is built up and removed again; its disk is what is measured.
    #[arg(long, default_value = "/var/tmp")]
    pub work: PathBuf,
    /// The Python that has the packages of bench/peers/requirements.txt; without one no peer is measured.
    #[arg(long)]
    pub python: Option<PathBuf>,
    /// Measure the peers with every load, not just with those that take minutes.
    #[arg(long)]
    compare_all: bool,
    /// The folder for the results.
    #[arg(long, default_value = "bench/results")]
    pub results: PathBuf,
}

/// One load, and one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its calls.
    pub calls: usize,
    /// Their accounts.
    pub accounts: usize,
    /// Whether the peers answer for the same calls.
    pub is_compared: bool,
}

/// PostgreSQL takes some seven minutes to take a million calls in.
const COMPARED_UP_TO: usize = 100_000;
const ACCOUNTS: usize = 20;
/// What is measured when nothing is said: two sizes, and the one account that holds everything.
const USUAL: [(usize, usize); 3] = [(100_000, ACCOUNTS), (1_000_000, ACCOUNTS), (1_000_000, 1)];

impl Options {
    /// What is to be measured, in order.
    pub fn parts(&self) -> Vec<Part> {
        let shapes = match (self.calls.as_slice(), self.accounts.as_slice()) {
            ([], []) => USUAL.to_vec(),
            (calls, []) => calls.iter().map(|calls| (*calls, ACCOUNTS)).collect(),
            ([], accounts) => accounts.iter().map(|accounts| (1_000_000, *accounts)).collect(),
            (calls, accounts) => {
                accounts.iter().flat_map(|accounts| calls.iter().map(move |calls| (*calls, *accounts))).collect()
            }
        };
        let part = |(calls, accounts): (usize, usize)| Part {
            calls,
            accounts: accounts.max(1),
            is_compared: self.compare_all || calls <= COMPARED_UP_TO,
        };
        shapes.into_iter().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(arguments: &str) -> Vec<(usize, usize, bool)> {
        let options = Options::parse_from(std::iter::once("bench").chain(arguments.split_whitespace()));
        options.parts().into_iter().map(|part| (part.calls, part.accounts, part.is_compared)).collect()
    }

    #[test]
    fn what_is_not_said_is_usual() {
        assert_eq!(parts(""), [(100_000, 20, true), (1_000_000, 20, false), (1_000_000, 1, false)]);
        assert_eq!(parts("--calls 10000000"), [(10_000_000, 20, false)]);
        assert_eq!(parts("--accounts 1"), [(1_000_000, 1, false)]);
        assert_eq!(parts("--calls 50,200000 --accounts 2 --compare-all"), [(50, 2, true), (200_000, 2, true)]);
    }
}
