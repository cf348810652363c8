//! Overload and rude clients: more calls than can be taken, bodies that never end, bombs, connections that wait.
//!
//! The server says that it is too busy and for how long, stays within its memory, answers the others meanwhile, loses
//! nothing that it acknowledged, and is itself again within seconds.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::Error;
use crate::calls::Sizes;
use crate::client::{Client, Sending};
use crate::random::Dice;
use crate::report::Report;
use crate::rude::{self, Rudeness};
use crate::server::Server;
use crate::stage::{ACCOUNTS, Stage};
use crate::verify::Care;

/// The most memory that the process may use, whatever is sent: 256 MiB for requests, which are estimated, as much again
/// for what the estimate misses, and what the system's allocator and the store keep.
const MEMORY_BOUND: u64 = 1 << 30;
/// Others get their answer within this time while somebody is rude.
const OTHERS_WITHIN: Duration = Duration::from_secs(5);
/// After the overload.
const RECOVERED_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Senders that send as fast as they can, against the few whose calls can be taken.
const SENDERS: usize = 120;
const BATCH: usize = 150;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server's binary.
    pub binary: PathBuf,
    /// What chance follows from.
    pub seed: u64,
    /// How long the senders overrun the server.
    pub seconds: u64,
    /// How many rude clients there are at once of each kind.
    pub clients: usize,
}

/// Overruns a server, and is rude to it in every way.
pub fn run(options: &Options) -> Result<Vec<Report>, Error> {
    // A thousand connections need as many files, on this side too.
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })?;
    let (stage, mut server) = Stage::begin(&options.binary, options.seed, Sizes::About(3_000))?;
    let mut reports = vec![overrun(&stage, &mut server, options)?];
    for rudeness in Rudeness::ALL {
        reports.push(be_rude(&stage, &mut server, rudeness, options.clients)?);
    }
    let mut report = Report::new("after all of it");
    let care = Care { words: 10, is_every_call_read: false };
    stage.verify(&stage.client(&server), |_| true, care, &mut Dice::new(options.seed, 1), &mut report)?;
    report.at_most("MiB of memory at the end", server.memory_bytes()? >> 20);
    server.stop()?;
    stage.check(&mut report)?;
    reports.push(report);
    Ok(reports)
}

/// Watches a server while something is done to it: its memory, and whether others are answered.
fn watched<T>(
    stage: &Stage,
    server: &mut Server,
    report: &mut Report,
    work: impl FnOnce(&Client) -> Result<T, Error>,
) -> Result<T, Error> {
    let is_over = AtomicBool::new(false);
    let client = stage.client(server);
    let outcome = std::thread::scope(|scope| {
        let (server, is_over, watcher) = (&*server, &is_over, client.clone());
        let watching = scope.spawn(move || watch(server, &watcher, is_over));
        let outcome = work(&client);
        is_over.store(true, Ordering::SeqCst);
        report.absorb(watching.join().map_err(|_| "the watcher stopped")??);
        outcome
    })?;
    if let Some(status) = server.ended()? {
        report.fault(format!("the process ended with {status}: {}", stage.site.last_words()));
    }
    let memory = report.counted("MiB of memory, at most");
    report.insist(memory <= MEMORY_BOUND >> 20, || {
        format!("it used {memory} MiB of memory and may use {}", MEMORY_BOUND >> 20)
    });
    Ok(outcome)
}

fn watch(server: &Server, client: &Client, is_over: &AtomicBool) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut next_question = Instant::now();
    while !is_over.load(Ordering::SeqCst) {
        report.at_most("MiB of memory, at most", server.memory_bytes()? >> 20);
        if Instant::now() >= next_question {
            let asked = Instant::now();
            let answer = client.ask(0, "calls?limit=20");
            let took = asked.elapsed();
            report.count("questions of others", 1);
            report
                .at_most("ms until others are answered, at most", u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
            report.insist(took <= OTHERS_WITHIN, || format!("somebody else waited {took:?} for an answer"));
            match answer {
                Ok(answer) => report.insist(answer.status == 200 || answer.retry_after.is_some(), || {
                    format!("somebody else was refused with {}", answer.status)
                }),
                Err(error) => report.fault(format!("somebody else got no answer: {error}")),
            }
            next_question = asked + Duration::from_millis(200);
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(report)
}

/// Senders that come again at once, whatever they are told.
fn overrun(stage: &Stage, server: &mut Server, options: &Options) -> Result<Report, Error> {
    let mut report = Report::new(format!("overload, seed {}", options.seed));
    for number in 0..SENDERS {
        stage.make(number % ACCOUNTS.len(), BATCH)?;
    }
    let (offered, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
    watched(stage, server, &mut report, |client| {
        let until = Instant::now() + Duration::from_secs(options.seconds);
        std::thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS)
                .map(|number| {
                    let dice = Dice::new(options.seed, 100 + number as u64);
                    let (client, offered, taken) = (client.clone(), &offered, &taken);
                    scope.spawn(move || overrun_once(stage, &client, dice, until, offered, taken))
                })
                .collect();
            let mut sent = Report::default();
            for sender in senders {
                sent.absorb(sender.join().map_err(|_| "a sender stopped")?);
            }
            Ok(sent)
        })
    })
    .map(|sent| report.absorb(sent))?;
    report.count("calls offered", offered.load(Ordering::SeqCst) as u64);
    report.count("calls taken", taken.load(Ordering::SeqCst) as u64);
    let began = Instant::now();
    let sent = stage.send_new(&stage.client(server), 0, 20, 1)?;
    report.insist(sent.sending.keeps(20) && began.elapsed() <= RECOVERED_WITHIN, || {
        format!("after the overload a batch got {:?} after {:?}", sent.sending, began.elapsed())
    });
    report.at_most("ms to recover", u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    Ok(report)
}

fn overrun_once(
    stage: &Stage,
    client: &Client,
    mut dice: Dice,
    until: Instant,
    offered: &AtomicUsize,
    taken: &AtomicUsize,
) -> Report {
    let mut report = Report::default();
    while Instant::now() < until {
        // When all that was made is taken, what is there already comes once more: that is work as well.
        let again = stage.send_again(client, false, 1, &mut dice);
        let Some(sent) = again.or_else(|| stage.send_again(client, true, 1, &mut dice)) else { continue };
        offered.fetch_add(sent.calls, Ordering::SeqCst);
        match &sent.sending {
            sending if sending.keeps(sent.calls) => {
                taken.fetch_add(sent.calls, Ordering::SeqCst);
                report.count("batches answered", 1);
            }
            Sending::Refused { status: 429 | 503, retry_after: Some(_), .. } => {
                report.count("batches told to come again", 1);
            }
            other => report.fault(format!("a batch got {other:?}")),
        }
    }
    report
}

fn be_rude(stage: &Stage, server: &mut Server, rudeness: Rudeness, clients: usize) -> Result<Report, Error> {
    let mut report = Report::new(rudeness.title());
    let address = server.address.clone();
    let key = stage.accounts.first().ok_or("there is no account")?.key.clone();
    let cookie = stage.accounts.first().ok_or("there is no account")?.cookie.clone();
    let outcome = watched(stage, server, &mut report, |_| rude::be(rudeness, &address, &key, &cookie, clients))?;
    report.absorb(outcome);
    let began = Instant::now();
    let sent = stage.send_new(&stage.client(server), 0, 20, 1)?;
    report.insist(sent.sending.keeps(20) && began.elapsed() <= RECOVERED_WITHIN, || {
        format!("afterwards a batch got {:?} after {:?}", sent.sending, began.elapsed())
    });
    Ok(report)
}
