//! The kill loop: senders send, the process is killed at any moment and started again, and everything it acknowledged
//! must be there.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::Error;
use crate::calls::Sizes;
use crate::client::{Client, Sending};
use crate::ledger::{Standing, wrong_answer};
use crate::random::Dice;
use crate::report::Report;
use crate::server::Server;
use crate::stage::{ACCOUNTS, Stage};
use crate::verify::Care;

const SENDERS: usize = 3;
/// Between two kills, from readiness.
const KILL_AFTER_MILLIS: (usize, usize) = (5, 500);
/// A check of all files, every so many cycles.
const CHECK_EVERY: usize = 20;
/// Senders pause between batches, so that a data folder does not grow faster than it can be looked through.
const PAUSE_MILLIS: usize = 25;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server's binary.
    pub binary: PathBuf,
    /// How many kills.
    pub cycles: usize,
    /// Kills of one data folder; then everything in it is read once more, and a new one begins.
    pub cycles_of_a_folder: usize,
    /// What chance follows from.
    pub seed: u64,
    /// Where to say how far it is; nowhere when absent.
    pub progress: Option<fn(&str)>,
}

/// Runs the kill loop.
pub fn run(options: &Options) -> Result<Report, Error> {
    let mut report = Report::new(format!("kill loop, seed {}", options.seed));
    let started = Instant::now();
    let mut cycle = 0;
    while cycle < options.cycles {
        let until = options.cycles.min(cycle + options.cycles_of_a_folder);
        run_folder(options, cycle..until, &mut report)?;
        cycle = until;
        if let Some(progress) = options.progress {
            progress(&format!(
                "{cycle} of {} kills, {} calls acknowledged, {} faults, {} s",
                options.cycles,
                report.counted("calls acknowledged"),
                report.faults().len(),
                started.elapsed().as_secs()
            ));
        }
    }
    Ok(report)
}

/// The life of one data folder.
fn run_folder(options: &Options, cycles: std::ops::Range<usize>, report: &mut Report) -> Result<(), Error> {
    let dice = |cycle: usize, purpose: usize| Dice::new(options.seed, (cycle * 1_000 + purpose) as u64);
    let (stage, server) = Stage::begin(&options.binary, dice(cycles.start, 0).number(), Sizes::Mixed)?;
    server.kill()?;
    let care = |words| Care { words, is_every_call_read: true };
    for cycle in cycles.clone() {
        let mut dice = dice(cycle, 1);
        let mut server = stage.site.spawn()?;
        if dice.one_in(12) {
            // Some die while they start.
            std::thread::sleep(Duration::from_millis(dice.between(0, 60) as u64));
            server.kill()?;
            report.count("kills during the start", 1);
            server = stage.site.spawn()?;
        }
        server.wait_until_ready()?;
        // What the cycle before left is looked at before anything new comes.
        stage.verify(&stage.client(&server), |posted| posted.cycle + 1 == cycle, care(4), &mut dice, report)?;
        send_until_killed(&stage, server, options.seed, cycle, &mut dice, report)?;
        report.count("kills", 1);
        if (cycle + 1) % CHECK_EVERY == 0 {
            stage.check(report)?;
        }
    }
    let server = stage.site.start()?;
    stage.verify(&stage.client(&server), |_| true, care(50), &mut dice(cycles.end, 2), report)?;
    server.stop()?;
    stage.check(report)?;
    let posted = stage.ledger.all();
    report.count("batches", posted.len() as u64);
    report.count("calls sent", posted.iter().map(|posted| posted.batch.calls.len() as u64).sum());
    report.count("calls acknowledged", stage.ledger.acknowledged_calls() as u64);
    Ok(())
}

fn send_until_killed(
    stage: &Stage,
    server: Server,
    seed: u64,
    cycle: usize,
    dice: &mut Dice,
    report: &mut Report,
) -> Result<(), Error> {
    let client = stage.client(&server);
    let is_over = AtomicBool::new(false);
    let (first, last) = KILL_AFTER_MILLIS;
    let sent = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|number| {
                let dice = Dice::new(seed, (cycle * 1_000 + 100 + number) as u64);
                let (client, is_over) = (client.clone(), &is_over);
                scope.spawn(move || send(stage, &client, cycle, dice, is_over))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(dice.between(first, last) as u64));
        if dice.one_in(10) {
            // Some die while they stop.
            server.ask_to_stop()?;
            std::thread::sleep(Duration::from_millis(dice.between(0, 40) as u64));
            report.count("kills during the stop", 1);
        }
        server.kill()?;
        is_over.store(true, Ordering::SeqCst);
        let mut sent = Vec::new();
        for sender in senders {
            sent.push(sender.join().map_err(|_| "a sender stopped")??);
        }
        Ok::<_, Error>(sent)
    })?;
    for sent in sent {
        report.absorb(sent);
    }
    Ok(())
}

/// One sender: new batches, batches that nobody knows the fate of, and now and then one that is there already.
fn send(stage: &Stage, client: &Client, cycle: usize, mut dice: Dice, is_over: &AtomicBool) -> Result<Report, Error> {
    let mut report = Report::default();
    while !is_over.load(Ordering::SeqCst) {
        let again = match dice.below(10) {
            0 => stage.send_again(client, true, cycle, &mut dice),
            1..=4 => stage.send_again(client, false, cycle, &mut dice),
            _ => None,
        };
        let sent = if let Some(sent) = again {
            sent
        } else {
            let size = if dice.one_in(15) { dice.between(60, 150) } else { dice.between(1, 20) };
            stage.send_new(client, dice.below(ACCOUNTS.len()), size, cycle)?
        };
        report.count(
            match (sent.before, &sent.sending) {
                (_, Sending::Broken(_)) => "batches cut off by a kill",
                (_, Sending::Refused { .. }) => "batches turned away for a while",
                (None, _) => "new batches answered",
                (Some(Standing::Acknowledged), _) => "batches answered once more",
                (Some(_), _) => "batches answered on another attempt",
            },
            1,
        );
        if let Some(fault) = wrong_answer(&sent.sending, sent.before, sent.calls) {
            report.fault(fault);
        }
        std::thread::sleep(Duration::from_millis(dice.between(0, PAUSE_MILLIS) as u64));
    }
    Ok(report)
}
