//! Power cuts: the server runs on a folder whose every change is written down; then the folder is rebuilt as a cut at
//! many moments may have left it, and a new server must have what was acknowledged before the cut.

use std::path::PathBuf;
use std::sync::Arc;

use crate::Error;
use crate::calls::Sizes;
use crate::client::{Access, Sending};
use crate::disk::{Disk, Kind};
use crate::fail_points::judge;
use crate::journal::{Change, Journal};
use crate::ledger::{Posted, wrong_answer};
use crate::random::Dice;
use crate::report::Report;
use crate::server::{Server, Site};
use crate::shim::{self, Fault, Switch, Way};
use crate::stage::{ACCOUNTS, Stage};
use crate::verify::{Care, verify};

const SENDERS: usize = 2;
/// Batches of which every call is read and searched after a cut; all of them are looked for in the list.
const CLOSELY: usize = 6;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server's binary.
    pub binary: PathBuf,
    /// What chance follows from.
    pub seed: u64,
    /// How often the server runs on the folder: the first run is killed, the second asked to stop, and so on.
    pub runs: usize,
    /// Batches in each run.
    pub batches: usize,
    /// How long bodies are.
    pub sizes: Sizes,
    /// How often power is cut.
    pub cuts: usize,
    /// What is wrong with the disk besides.
    pub disk: DiskFault,
    /// Where to say how far it is; nowhere when absent.
    pub progress: Option<fn(&str)>,
}

/// What is wrong with a disk, beside that its power is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskFault {
    /// Nothing.
    None,
    /// Now and then it cannot make durable what was written, and says so. The system forgets what it could not write:
    /// trying again does not bring it back.
    FailsSyncs,
    /// It says that it made durable what it did not. Then calls must be found to be lost.
    ForgetsSyncs,
}

/// Runs the server, then cuts power.
pub fn run(options: &Options) -> Result<Report, Error> {
    let mut report = Report::new(match options.disk {
        DiskFault::None => format!("power cuts, seed {}", options.seed),
        DiskFault::FailsSyncs => format!("power cuts after failed syncs, seed {}", options.seed),
        DiskFault::ForgetsSyncs => format!("power cuts of a disk that lies, seed {}", options.seed),
    });
    let (stage, journal, ready) = record(options, &mut report)?;
    report.count("steps of the server", journal.steps().len() as u64);
    let syncs = journal.steps().iter().filter(|step| {
        matches!(step.change, Change::Synced { is_done: true, .. } | Change::FolderSynced { is_done: true, .. })
    });
    report.count("of these syncs", syncs.count() as u64);
    report.count("pages moved from logs into files", journal.pages_moved());
    for (kind, cuts) in [(Kind::Posix, options.cuts.div_ceil(2)), (Kind::Journalling, options.cuts / 2)] {
        let mut dice = Dice::new(options.seed, 10 + kind as u64);
        let moments = moments(&stage.ledger.all(), &journal, ready, cuts, &mut dice);
        replay(&stage, &journal, kind, &moments, &mut dice, options.progress, &mut report)?;
    }
    Ok(report)
}

/// Runs the server on a folder that is written down. Returns the moment from which on its accounts are open.
fn record(options: &Options, report: &mut Report) -> Result<(Stage, Journal, u64), Error> {
    let folder = tempfile::Builder::new().prefix("api-logs-power-").tempdir()?;
    let site = Site::new(&options.binary, folder.path())?;
    let mut journal = Journal::begin(&folder.path().canonicalize()?, &site.data)?;
    let accounts = open_accounts(&site, &mut journal)?;
    let ready = crate::ledger::monotonic_nanos();
    let switch = Switch::new(&folder.path().join("switch"))?;
    let stage = Stage::with_accounts(folder, site, accounts, options.seed, options.sizes);
    let mut dice = Dice::new(options.seed, 2);
    for run in 0..options.runs {
        let mut environment = journal.environment()?;
        environment.push(switch.variable());
        if options.disk == DiskFault::ForgetsSyncs {
            environment.push(("TORTURE_FORGET_SYNC".to_owned(), "1".to_owned()));
        }
        let server = stage.site.with_environment(environment).start()?;
        if options.disk == DiskFault::FailsSyncs {
            let first = dice.between(1, 3 * options.batches) as u64;
            let last = first + dice.between(0, 2) as u64;
            switch.arm(Fault { kind: shim::Kind::Sync, first, last, way: Way::Io })?;
        }
        send(&stage, &server, options, run, report)?;
        report.count("syncs that failed", switch.failed()?);
        switch.disarm()?;
        let is_killed = run % 2 == 0;
        if is_killed {
            server.kill()?;
        } else {
            server.stop()?;
        }
        journal.process_ended(is_killed)?;
    }
    report.count("calls acknowledged", stage.ledger.acknowledged_calls() as u64);
    Ok((stage, journal, ready))
}

/// Opens the accounts, one process after the other: the journal is a history.
fn open_accounts(site: &Site, journal: &mut Journal) -> Result<Arc<Vec<Access>>, Error> {
    let mut tokens = Vec::new();
    for account in ACCOUNTS {
        let key = site.with_environment(journal.environment()?).key(account)?;
        journal.process_ended(false)?;
        let token = site.with_environment(journal.environment()?).sign_in_token(account)?;
        journal.process_ended(false)?;
        tokens.push((account, key, token));
    }
    let server = site.with_environment(journal.environment()?).start()?;
    let visitor = server.client(Arc::default());
    let open = |(account, key, token): (&str, String, String)| {
        Ok(Access { account: account.to_owned(), key, cookie: visitor.sign_in(&token)? })
    };
    let accounts = tokens.into_iter().map(open).collect::<Result<Vec<_>, Error>>()?;
    server.kill()?;
    journal.process_ended(true)?;
    Ok(Arc::new(accounts))
}

fn send(stage: &Stage, server: &Server, options: &Options, run: usize, report: &mut Report) -> Result<(), Error> {
    let client = stage.client(server);
    let sent = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|number| {
                let client = client.clone();
                let mut dice = Dice::new(options.seed, (1_000 + run * 100 + number) as u64);
                scope.spawn(move || {
                    let mut report = Report::default();
                    for _ in 0..options.batches.div_ceil(SENDERS) {
                        let size = dice.between(1, 20);
                        let sent = stage.send_new(&client, dice.below(ACCOUNTS.len()), size, run)?;
                        report.count("batches", 1);
                        report.insist(!matches!(sent.sending, Sending::Broken(_)), || {
                            format!("a batch got no answer: {:?}", sent.sending)
                        });
                        if options.disk == DiskFault::FailsSyncs {
                            judge(&sent.sending, size, &mut report);
                        } else if let Some(fault) = wrong_answer(&sent.sending, None, size) {
                            report.fault(fault);
                        }
                    }
                    Ok::<_, Error>(report)
                })
            })
            .collect();
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

/// Before which steps power is cut: right after acknowledgements, and anywhere.
fn moments(posted: &[Posted], journal: &Journal, ready: u64, cuts: usize, dice: &mut Dice) -> Vec<usize> {
    let steps = journal.steps();
    let first = steps.partition_point(|step| step.began <= ready);
    let acknowledged: Vec<u64> =
        posted.iter().flat_map(|posted| posted.acknowledged.iter().flatten().copied()).collect();
    let mut moments: Vec<usize> = (0..cuts)
        .map(|_| match dice.pick(&acknowledged) {
            Some(at) if dice.one_in(2) => steps.partition_point(|step| step.began <= *at),
            _ => dice.between(first, steps.len().saturating_sub(1)),
        })
        .collect();
    moments.sort_unstable();
    moments
}

fn replay(
    stage: &Stage,
    journal: &Journal,
    kind: Kind,
    moments: &[usize],
    dice: &mut Dice,
    progress: Option<fn(&str)>,
    report: &mut Report,
) -> Result<(), Error> {
    let mut disk = Disk::new(kind);
    let mut cuts = 0;
    for (index, step) in journal.steps().iter().enumerate() {
        for _ in moments.iter().filter(|moment| **moment == index) {
            let faults_before = report.faults().len();
            if let Err(error) = cut(stage, &disk, step.began, dice, report) {
                report.fault(format!("after a cut the server could not be asked: {error}"));
            }
            if report.faults().len() > faults_before {
                report.note(format!("faults after the cut before step {index} of {kind:?}, {}", step.change.name()));
            }
            cuts += 1;
            if let Some(progress) = progress
                && cuts % 25 == 0
            {
                progress(&format!("{cuts} of {} cuts, {kind:?} disk, {} faults", moments.len(), report.faults().len()));
            }
        }
        disk.apply(&step.change, dice)?;
    }
    report.count(
        match kind {
            Kind::Posix => "cuts of a disk that promises what POSIX does",
            Kind::Journalling => "cuts of a disk with a journal",
        },
        cuts,
    );
    Ok(())
}

/// Cuts power, starts a new server on what is left, and looks for everything acknowledged before.
fn cut(stage: &Stage, disk: &Disk, at: u64, dice: &mut Dice, report: &mut Report) -> Result<(), Error> {
    let left = tempfile::Builder::new().prefix("cut-").tempdir_in(stage.folder.path())?;
    disk.cut(left.path(), dice)?;
    let site = stage.site.with_data(left.path());
    report.count("checks of all files", 1);
    if let Err(said) = site.check()? {
        report.fault(format!("check: {said}"));
    }
    let posted: Vec<Posted> = stage.ledger.all().into_iter().map(|posted| posted.as_of(at)).collect();
    let acknowledged: Vec<usize> = (0..posted.len())
        .filter(|number| posted.get(*number).is_some_and(|posted| posted.acknowledged_calls() > 0))
        .collect();
    let calls: usize = posted.iter().map(Posted::acknowledged_calls).sum();
    report.count("acknowledged calls looked for after cuts", calls as u64);
    let mut closely = dice.sample(&acknowledged, CLOSELY / 2);
    // The newest are in the greatest danger.
    closely.extend(acknowledged.iter().rev().take(CLOSELY / 2));
    closely.extend(dice.sample(&(0..posted.len()).collect::<Vec<_>>(), CLOSELY / 2));
    closely.sort_unstable();
    closely.dedup();
    let server = site.start()?;
    let client = stage.client(&server);
    verify(&client, &posted, &closely, Care { words: 3, is_every_call_read: true }, dice, report)?;
    server.kill()
}
