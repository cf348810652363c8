//! The engines that one could have taken instead: each is given the same calls and asked the same questions, by
//! `bench/peers/peers.py`, which answers with times and with what was found.

mod rows;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::answer::Answer;
use crate::ask::{Asked, Asker, Place};
use crate::folder::Folder;
use crate::measure::Times;
use crate::options::Options;
use crate::questions::{Kind, QUESTIONS, Question, ROWS};
use crate::spool::Spool;

const SCRIPT: &str = "bench/peers/peers.py";
/// The peers, as the script and as people call them.
pub const PEERS: [(&str, &str); 2] = [("postgresql", "PostgreSQL"), ("clickhouse", "ClickHouse")];

/// What came of measuring a peer.
#[derive(Debug, Serialize)]
pub struct Peer {
    /// Its name, with its version where it ran.
    pub name: String,
    /// What was measured, or why nothing was.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// See [`Peer`].
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The figures.
    Measured(Figures),
    /// Why there are none.
    NotMeasured(String),
}

/// A peer's figures.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// How it was set up, in a sentence.
    pub setup: String,
    /// Durable calls per second.
    pub calls_per_second: f64,
    /// The same for each second of processor time that it used.
    pub calls_per_cpu_second: f64,
    /// Bytes on disk per call.
    pub disk_bytes_per_call: f64,
    /// The questions that it was asked.
    pub questions: Vec<PeerAsked>,
}

/// How long a peer took for a question.
#[derive(Debug, Serialize)]
pub struct PeerAsked {
    /// The question, in words.
    pub question: String,
    /// The first time.
    pub first_ms: f64,
    /// The times after that.
    #[serde(flatten)]
    pub times: Times,
    /// Whether it answered as the server did; where the server's answer is not whole, whether it begins the same.
    pub is_same: bool,
}

/// What the script is told.
#[derive(Serialize)]
struct Job<'a> {
    folder: &'a Path,
    rows: Vec<String>,
    columns: &'static [&'static str],
    calls: usize,
    batch: usize,
    connections: usize,
    repeat: usize,
    patience: u64,
    limit: &'static str,
    deep: &'a Place,
    ids: &'a [String],
    questions: Vec<JobQuestion<'a>>,
}

#[derive(Serialize)]
struct JobQuestion<'a> {
    #[serde(flatten)]
    question: &'a Question,
    bucket_ms: Option<u64>,
}

/// What the script tells.
#[derive(Deserialize)]
struct Told {
    name: String,
    setup: String,
    seconds: f64,
    cpu_seconds: f64,
    disk_bytes: f64,
    questions: Vec<ToldQuestion>,
}

#[derive(Deserialize)]
struct ToldQuestion {
    name: String,
    first_ms: f64,
    times_ms: Vec<f64>,
    answer: Answer,
}

/// Measures all peers.
pub fn measure(
    options: &Options,
    folder: &Folder,
    spool: &Spool,
    asker: &Asker<'_>,
    ours: &[Asked],
) -> Result<Vec<Peer>, Error> {
    let not_measured =
        |name: &str, reason: &str| Peer { name: name.to_owned(), outcome: Outcome::NotMeasured(reason.to_owned()) };
    let Some(python) = &options.python else {
        return Ok(PEERS.iter().map(|(_, name)| not_measured(name, "no Python was named (--python)")).collect());
    };
    let questions = QUESTIONS.iter().zip(ours).filter(|(question, _)| question.kind != Kind::View);
    let job = Job {
        folder: folder.path(),
        rows: rows::write(&folder.path().join("rows"), spool)?,
        columns: &rows::COLUMNS,
        calls: spool.calls,
        batch: options.batch,
        connections: options.connections,
        repeat: options.repeat,
        patience: options.patience,
        limit: ROWS,
        deep: &asker.deep,
        ids: &asker.ids,
        questions: questions
            .map(|(question, asked)| JobQuestion { question, bucket_ms: asked.answer.bucket_ms })
            .collect(),
    };
    let path = folder.path().join("job.json");
    fs::write(&path, serde_json::to_string(&job)?)?;
    let peer = |(script_name, name): &(&str, &str)| match run(python, script_name, &path) {
        Ok(told) => Peer { name: told.name.clone(), outcome: Outcome::Measured(figures(told, spool.calls, ours)) },
        Err(reason) => not_measured(name, &reason.to_string()),
    };
    Ok(PEERS.iter().map(peer).collect())
}

fn run(python: &Path, peer: &str, job: &Path) -> Result<Told, Error> {
    let output = Command::new(python).arg("-B").arg(SCRIPT).arg(peer).arg(job).output();
    let output = output.map_err(|error| format!("{} cannot be run: {error}", python.display()))?;
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout)?);
    }
    // The last line says what was wrong; what stands before it is the way there.
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.trim().lines().last().unwrap_or("it ended without a word").to_owned().into())
}

fn figures(told: Told, calls: usize, ours: &[Asked]) -> Figures {
    let asked = |question: ToldQuestion| {
        let same = ours.iter().find(|asked| asked.question == question.name).is_some_and(|asked| {
            if asked.partial { asked.answer.begins(&question.answer) } else { asked.answer == question.answer }
        });
        let times = Times::of_millis(question.times_ms);
        PeerAsked { question: question.name, first_ms: question.first_ms, times, is_same: same }
    };
    Figures {
        setup: told.setup,
        calls_per_second: calls as f64 / told.seconds,
        calls_per_cpu_second: calls as f64 / told.cpu_seconds,
        disk_bytes_per_call: told.disk_bytes / calls as f64,
        questions: told.questions.into_iter().map(asked).collect(),
    }
}
