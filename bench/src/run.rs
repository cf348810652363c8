//! One part from its empty folder to its figures.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::ask::{Asked, Asker};
use crate::client::Client;
use crate::folder::{Folder, size_of};
use crate::measure::{Times, milliseconds};
use crate::options::{Options, Part};
use crate::peers::{self, Peer};
use crate::questions::{QUESTIONS, ROWS};
use crate::send::{self, Sent};
use crate::server::{Server, sign_up};
use crate::spool::Spool;
use crate::targets::{Aim, Judged};
use crate::{Error, now, say};

/// What was measured of one part.
#[derive(Serialize)]
pub struct Run {
    /// The calls that were loaded.
    pub calls: usize,
    /// Their accounts.
    pub accounts: usize,
    /// The calls of the first one, which the questions are about.
    pub calls_of_first: usize,
    /// A call's size on average, before packing.
    pub bytes_per_call: usize,
    /// The load, as fast as it was taken.
    pub load: Sent,
    /// Loaded calls for each second of processor time that the server used.
    pub calls_per_cpu_second: f64,
    /// The server's memory after the load, in MB.
    pub memory_after_load_mb: f64,
    /// The server's memory after the questions, in MB.
    pub memory_after_questions_mb: f64,
    /// The questions, asked while nothing else was going on.
    pub questions: Vec<Asked>,
    /// The data folder after the server stopped, for each call in it.
    pub disk_bytes_per_call: f64,
    /// From the start of the process on that folder until it was ready.
    pub ready_ms: f64,
    /// From the same start until the first page was answered.
    pub first_page_ms: f64,
    /// The steady stream.
    pub steady: Sent,
    /// The questions that were asked beside it, all together.
    pub asked_meanwhile: Times,
    /// The peers; empty where they were not to be measured.
    pub peers: Vec<Peer>,
    /// The figures that have a target.
    pub targets: Vec<Judged>,
}

/// The names of the figures that are no question's, as the tables have them.
pub mod figure {
    /// [`super::Run::calls_per_cpu_second`].
    pub const OF_ONE_PROCESSOR: &str = "durable calls/s of one processor";
    /// [`super::Run::steady`].
    pub const ACKNOWLEDGED: &str = "acknowledged while asked, p99 ms";
    /// [`super::Run::disk_bytes_per_call`].
    pub const DISK: &str = "disk, bytes a call";
    /// [`super::Run::memory_after_load_mb`].
    pub const MEMORY_LOADED: &str = "memory after the load, MB";
    /// [`super::Run::memory_after_questions_mb`].
    pub const MEMORY_ASKED: &str = "memory after the questions, MB";
    /// [`super::Run::ready_ms`].
    pub const READY: &str = "start until ready, ms";
}

impl Run {
    /// Holds the figures against the targets.
    pub fn judge(&mut self) {
        let figures = [
            (figure::OF_ONE_PROCESSOR, self.calls_per_cpu_second, Aim::TakenIn),
            (figure::ACKNOWLEDGED, self.steady.acknowledged.p99_ms, Aim::Acknowledged),
            (figure::DISK, self.disk_bytes_per_call, Aim::Disk),
            (figure::MEMORY_LOADED, self.memory_after_load_mb, Aim::Memory),
            (figure::MEMORY_ASKED, self.memory_after_questions_mb, Aim::Memory),
            (figure::READY, self.ready_ms, Aim::Start),
        ];
        let questions = QUESTIONS.iter().zip(&self.questions);
        let questions =
            questions.filter_map(|(question, asked)| Some((question.name, asked.times.p99_ms, question.aim?)));
        let all = figures.into_iter().chain(questions);
        self.targets = all.filter_map(|(figure, value, aim)| Judged::new(figure, value, aim, self.calls)).collect();
    }
}

/// Measures one part.
pub fn run(options: &Options, part: Part) -> Result<Run, Error> {
    let folder = Folder::new(&options.work)?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;

    say(&format!("making {} calls of {} accounts ...", part.calls, part.accounts));
    let spool = Spool::make(folder.path(), options, part, now())?;
    let server = Server::start(&options.server, &data)?;
    let client = sign_up(&options.server, &data, part.accounts, &server.base)?;

    say(&format!("loading them, {} bytes on average ...", spool.bytes / spool.calls.max(1)));
    let cpu_before = server.cpu_seconds()?;
    let load = send::as_fast_as_taken(&client, &spool, options.connections)?;
    let cpu_seconds = server.cpu_seconds()? - cpu_before;
    let memory_after_load_mb = server.memory_bytes()? / 1e6;

    say("asking ...");
    let asker = Asker::new(&client)?;
    let questions = asker.everything(options)?;
    let memory_after_questions_mb = server.memory_bytes()? / 1e6;
    let Asker { deep, ids, .. } = asker;
    server.stop()?;
    let disk_bytes = size_of(&data);

    say(&format!("starting anew, then sending {} calls per second while asking ...", options.rate));
    let server = Server::start(&options.server, &data)?;
    let client = client.at(&server.base);
    client.get("calls", &[("limit", ROWS)])?;
    let first_page = server.started.elapsed();
    let asker = Asker::resume(&client, deep, ids);
    let (steady, asked_meanwhile) = steadily_while_asked(&client, &asker, options)?;
    let ready_after = server.ready_after;
    server.stop()?;
    // The peers get the machine for themselves, and the disk of this one.
    std::fs::remove_dir_all(&data)?;

    let peers = if part.is_compared {
        say("measuring the peers ...");
        peers::measure(options, &folder, &spool, &asker, &questions)?
    } else {
        Vec::new()
    };
    let mut run = Run {
        calls: spool.calls,
        accounts: part.accounts,
        calls_of_first: spool.calls_of_first,
        bytes_per_call: spool.bytes / spool.calls.max(1),
        calls_per_cpu_second: load.calls as f64 / cpu_seconds.max(0.01),
        load,
        memory_after_load_mb,
        memory_after_questions_mb,
        questions,
        disk_bytes_per_call: disk_bytes as f64 / spool.calls as f64,
        ready_ms: milliseconds(ready_after),
        first_page_ms: milliseconds(first_page),
        steady,
        asked_meanwhile,
        peers,
        targets: Vec::new(),
    };
    run.judge();
    Ok(run)
}

fn steadily_while_asked(client: &Client, asker: &Asker<'_>, options: &Options) -> Result<(Sent, Times), Error> {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| asker.until(&is_over));
        let sent = send::steadily(client, options);
        is_over.store(true, Ordering::Relaxed);
        let meanwhile = asking.join().map_err(|_| "an asker stopped")??;
        Ok((sent?, meanwhile))
    })
}
