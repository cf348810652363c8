//! Failing disks: in a short, fixed story every step of the server on its files fails once, or fails from then on until
//! the disk is well again.
//!
//! Whatever fails: the process stays up and answers, says 200 of nothing that is not durable, tells to come again when
//! it has no room, takes everything as soon as the disk is well, and has lost nothing.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Error;
use crate::calls::Sizes;
use crate::client::{Client, Sending};
use crate::random::Dice;
use crate::report::Report;
use crate::server::{Server, Site};
use crate::shim::{self, Fault, Kind, Switch, Way};
use crate::stage::{ACCOUNTS, Stage};
use crate::verify::Care;

/// The batches of the story.
const BATCHES: [usize; 3] = [12, 5, 20];
/// When the disk is well again, everything has to be taken within this time.
const RECOVERED_WITHIN: Duration = Duration::from_secs(5);
const TRY_EVERY: Duration = Duration::from_millis(20);
/// Codes with which calls may be turned away while the disk fails.
const ROOM_CODES: [&str; 2] = ["no_room", "day_unwritable"];

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server's binary.
    pub binary: PathBuf,
    /// What chance follows from.
    pub seed: u64,
    /// How many fail points at most; the story has several hundred, and each can fail in several ways.
    pub points: usize,
    /// Where to say how far it is; nowhere when absent.
    pub progress: Option<fn(&str)>,
}

/// A step that fails.
#[derive(Clone, Copy, Debug)]
struct Point {
    fault: Fault,
    /// Whether it fails while the server starts, or while it takes calls in.
    is_at_start: bool,
}

/// Lets every step fail, or as many as are asked for.
pub fn run(options: &Options) -> Result<Report, Error> {
    let mut report = Report::new(format!("failing disks, seed {}", options.seed));
    let template = Template::make(&options.binary)?;
    let all = points(&template, options, &mut report)?;
    let chosen = Dice::new(options.seed, 1).sample(&all, options.points);
    for (number, point) in chosen.iter().enumerate() {
        let faults_before = report.faults().len();
        if let Err(error) = template.stage(options.seed, number).and_then(|stage| try_point(stage, *point, &mut report))
        {
            report.fault(format!("the story could not be played to its end: {error}"));
        }
        if report.faults().len() > faults_before {
            report.note(format!("faults with {point:?}"));
        }
        report.count("fail points tried", 1);
        if let Some(progress) = options.progress
            && (number + 1) % 50 == 0
        {
            progress(&format!("{} of {} fail points, {} faults", number + 1, chosen.len(), report.faults().len()));
        }
    }
    Ok(report)
}

/// A data folder with its accounts and nothing else, to begin stories from.
struct Template {
    stage: Stage,
    binary: PathBuf,
}

impl Template {
    fn make(binary: &Path) -> Result<Self, Error> {
        let (stage, server) = Stage::begin(binary, 0, Sizes::Mixed)?;
        server.stop()?;
        Ok(Self { stage, binary: binary.to_path_buf() })
    }

    /// A new stage with a switch.
    fn stage(&self, seed: u64, number: usize) -> Result<(Stage, Switch), Error> {
        let folder = tempfile::Builder::new().prefix("api-logs-failing-").tempdir()?;
        let site = Site::new(&self.binary, folder.path())?;
        copy(&self.stage.site.data, &site.data)?;
        let switch = Switch::new(&folder.path().join("switch"))?;
        let mut environment = shim::environment(&site.data)?;
        environment.push(switch.variable());
        let site = site.with_environment(environment);
        let accounts = std::sync::Arc::clone(&self.stage.accounts);
        Ok((Stage::with_accounts(folder, site, accounts, seed + number as u64, Sizes::Mixed), switch))
    }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Plays the story without faults for each kind of step, counts the steps, and makes a point of each.
fn points(template: &Template, options: &Options, report: &mut Report) -> Result<Vec<Point>, Error> {
    let mut points = Vec::new();
    for kind in Kind::ALL {
        let (stage, switch) = template.stage(options.seed, 0)?;
        switch.count(kind)?;
        let server = stage.site.start()?;
        let at_start = switch.counted()?;
        switch.count(kind)?;
        let mut dice = Dice::new(options.seed, 2);
        let client = stage.client(&server);
        for (number, size) in BATCHES.into_iter().enumerate() {
            let sent = stage.send_new(&client, number % ACCOUNTS.len(), size, 0)?;
            report.insist(sent.sending.keeps(size), || format!("without faults a batch got {:?}", sent.sending));
            client.list(number % ACCOUNTS.len(), "")?;
        }
        let in_story = switch.counted()?;
        report.count("steps of the story", at_start + in_story);
        server.kill()?;
        for (steps, is_at_start) in [(at_start, true), (in_story, false)] {
            for first in 1..=steps {
                let ways: &[Way] = match kind {
                    Kind::Write => &[Way::Io, Way::NoRoom, Way::ShortWrite, Way::TornWrite],
                    Kind::Sync | Kind::Open => &[Way::Io],
                    Kind::Resize | Kind::Name => &[Way::Io, Way::NoRoom],
                };
                let way = dice.pick(ways).copied().unwrap_or(Way::Io);
                for last in [first, u64::MAX] {
                    points.push(Point { fault: Fault { kind, first, last, way }, is_at_start });
                }
            }
        }
    }
    report.count("fail points there are", points.len() as u64);
    Ok(points)
}

fn try_point((stage, switch): (Stage, Switch), point: Point, report: &mut Report) -> Result<(), Error> {
    if point.is_at_start {
        switch.arm(point.fault)?;
    }
    let mut server = stage.site.spawn()?;
    match server.wait_until_ready() {
        Ok(()) => {}
        Err(error) if point.is_at_start => {
            // It may refuse to start, in words and not by a panic.
            let code = server.ended()?.and_then(|status| status.code());
            report.insist(code == Some(1), || format!("a failing start ended with {code:?}: {error}"));
            report.count("starts refused", 1);
            switch.disarm()?;
            server = stage.site.start()?;
        }
        Err(error) => return Err(error),
    }
    if !point.is_at_start {
        switch.arm(point.fault)?;
    }
    let client = stage.client(&server);
    for (number, size) in BATCHES.into_iter().enumerate() {
        let sent = stage.send_new(&client, number % ACCOUNTS.len(), size, 0)?;
        judge(&sent.sending, size, report);
        look(&stage, &client, number % ACCOUNTS.len(), report)?;
    }
    report.count("steps that failed", switch.failed()?);
    switch.disarm()?;
    recover(&stage, &client, report)?;
    let mut dice = Dice::new(1, 1);
    let care = Care { words: 3, is_every_call_read: true };
    stage.verify(&client, |_| true, care, &mut dice, report)?;
    end(&stage, server, report)?;
    let server = stage.site.start()?;
    stage.verify(&stage.client(&server), |_| true, care, &mut dice, report)?;
    server.kill()
}

fn end(stage: &Stage, mut server: Server, report: &mut Report) -> Result<(), Error> {
    if let Some(status) = server.ended()? {
        report.fault(format!("the process ended with {status}: {}", stage.site.last_words()));
    } else {
        server.stop()?;
    }
    stage.check(report)
}

/// Judges an answer of a server whose disk fails.
pub(crate) fn judge(sending: &Sending, size: usize, report: &mut Report) {
    match sending {
        Sending::Answered { accepted, duplicates, rejected } => {
            report.count(if rejected.is_empty() { "batches taken" } else { "batches taken in part" }, 1);
            report.insist(accepted + duplicates + rejected.len() == size, || {
                format!("the answer does not add up: {sending:?}")
            });
            report.insist(rejected.iter().all(|(_, code)| ROOM_CODES.contains(&code.as_str())), || {
                format!("calls were rejected as if they were wrong: {rejected:?}")
            });
        }
        Sending::Refused { status, code, retry_after } => {
            report.count("batches told to come again", 1);
            report.insist(matches!(status, 503 | 507) && !code.is_empty() && retry_after.is_some(), || {
                format!("a batch was refused with {status} {code:?}, Retry-After {retry_after:?}")
            });
        }
        Sending::Broken(error) => report.fault(format!("a batch got no answer: {error}")),
    }
}

/// Asks for the list while the disk fails: all that is acknowledged, or word that it is not all, or a problem.
pub(crate) fn look(stage: &Stage, client: &Client, account: usize, report: &mut Report) -> Result<(), Error> {
    let answer = client.ask(account, "calls?limit=200&no_response=true")?;
    if answer.status != 200 {
        report.count("lists refused", 1);
        report.insist(answer.status == 503 && !answer.code().is_empty(), || {
            format!("a list was refused with {}: {}", answer.status, answer.json)
        });
        return Ok(());
    }
    // The disk may fail again on one of the next pages.
    let Ok(listing) = client.list(account, "") else {
        report.count("lists refused", 1);
        return Ok(());
    };
    if !listing.notices.is_empty() {
        report.count("lists that say they are partial", 1);
        return Ok(());
    }
    report.count("lists", 1);
    let listed: HashSet<String> = listing.ids.into_iter().collect();
    for posted in stage.ledger.all().iter().filter(|posted| posted.batch.account == account) {
        for (place, call) in posted.batch.calls.iter().enumerate() {
            report.insist(!posted.is_acknowledged(place) || listed.contains(&call.id), || {
                format!("a list that says it is whole lacks the acknowledged call {}", call.id)
            });
        }
    }
    Ok(())
}

/// The disk is well: what was turned away is taken now.
pub(crate) fn recover(stage: &Stage, client: &Client, report: &mut Report) -> Result<(), Error> {
    let began = Instant::now();
    let mut dice = Dice::new(2, 2);
    while let Some(sent) = stage.send_again(client, false, 0, &mut dice) {
        if sent.sending.keeps(sent.calls) {
            report.count("batches taken afterwards", 1);
            continue;
        }
        if began.elapsed() > RECOVERED_WITHIN {
            let words = stage.site.last_words();
            return Err(format!("it does not recover: {:?}; its log ends with {words}", sent.sending).into());
        }
        std::thread::sleep(TRY_EVERY);
    }
    report.at_most("ms to recover, at most", u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    Ok(())
}
