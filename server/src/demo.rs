//! The demo account: what a first run shows, made up but true to life.
//!
//! Twelve bots of a company with many trades talk to every application for thirty days. Each node makes the same kind
//! of call again and again, by day more than by night; some calls go wrong in the ways that calls do, now and then
//! many at once, and one Google account withdrew its access a few hours ago. Secrets stand in the calls as a platform
//! sends them, so that what hides them has something to do. Nothing here is drawn from an operating system's
//! randomness: the same `now` gives the same calls.
//!
//! `plan` has the vocabulary, `bots`, `exchanges`, `people` and `incidents` what is said in it; `conversation` turns a
//! path taken once into calls, and this file decides which paths are taken when.

mod bots;
mod conversation;
mod exchanges;
mod facts;
mod incidents;
mod keeping;
mod people;
mod plan;
mod random;
mod rhythm;

#[cfg(test)]
mod tests;

use model::{Bot, Call, CallId, Timestamp};

use self::bots::BOTS;
use self::conversation::Run;
use self::incidents::INCIDENTS;
use self::keeping::Keeping;
use self::plan::{Act, BotPlan, PathPlan};
use self::random::{Random, seed, seed_of};
use self::rhythm::{DAY, HOUR};

/// The bots, by id, to which the demo's Supervisor was invited.
pub const SUPERVISOR_BOTS: [&str; 3] = ["bot-orders", "bot-returns", "bot-leads"];

/// Every way of going wrong is shown at least once within this time before today: six days and today are less than
/// the seven for which everything is kept.
const SHOWN_WITHIN: i64 = 6 * DAY;
/// The hour (UTC) of what runs once a night.
const NIGHT_HOUR: i64 = 3;

/// The bots of the account.
pub fn bots() -> Vec<Bot> {
    BOTS.into_iter()
        .filter(|bot| !bot.id.is_empty())
        .map(|bot| Bot { id: bot.id.to_owned(), name: bot.name.to_owned() })
        .collect()
}

/// The calls of the account as seen at a time, oldest first: some six thousand, each over by then and still kept.
pub fn calls(now: Timestamp) -> Vec<Call> {
    let keeping = Keeping::at(now);
    let runs = everyday(&keeping).chain(nightly(now)).chain(under_incidents(now)).chain(every_fault_once(now));
    let mut calls: Vec<Call> = runs.flat_map(|run| run.calls(&keeping)).collect();
    calls.sort_by_key(|call| (call.timestamp, call.id));
    calls
}

/// A UUID of version 8 (RFC 9562, section 5.8) from two numbers.
fn call_id(run: u64, step: u64) -> CallId {
    let high = u128::from(seed(&[run, step, 3]));
    let low = u128::from(seed(&[run, step, 4]));
    let without_marks = (high << 64 | low) & !(0xf << 76) & !(0b11 << 62);
    CallId::from_u128(without_marks | 8 << 76 | 0b10 << 62)
}

/// What people and machines start by themselves. It follows from the hour, not from `now`: an hour later the account
/// has the same calls and an hour's more.
fn everyday(keeping: &Keeping) -> impl Iterator<Item = Run> {
    let hours = keeping.oldest().millis().div_euclid(HOUR)..=keeping.now().millis().div_euclid(HOUR);
    hours.flat_map(|hour| BOTS.into_iter().flat_map(move |bot| runs_of_hour(bot, hour)))
}

fn runs_of_hour(bot: &'static BotPlan, hour: i64) -> impl Iterator<Item = Run> {
    let start = Timestamp::from_millis(hour * HOUR);
    let hour_seed = seed(&[seed_of(bot.id), hour.unsigned_abs()]);
    let mut random = Random::new(hour_seed);
    let count = (bot.rhythm.expected_per_mille(start, bot.per_day) + random.below(1_000)) / 1_000;
    (0..count).filter_map(move |number| {
        let path = usual_path(bot, &mut random)?;
        let started = start.plus_millis(millis(random.below(HOUR.unsigned_abs())));
        Some(Run { bot, path, started, seed: seed(&[hour_seed, number]), forced: None })
    })
}

/// One of the bot's paths, by their shares.
fn usual_path(bot: &'static BotPlan, random: &mut Random) -> Option<&'static PathPlan> {
    let mut number = random.below(bot.paths.iter().map(|path| path.share).sum());
    bot.paths.iter().find(|path| {
        let is_taken = number < path.share;
        number = number.saturating_sub(path.share);
        is_taken
    })
}

/// What runs once, in the last night.
fn nightly(now: Timestamp) -> impl Iterator<Item = Run> {
    let night = now.minus_millis(NIGHT_HOUR * HOUR + HOUR / 2).millis().div_euclid(DAY) * DAY + NIGHT_HOUR * HOUR;
    let paths = BOTS.into_iter().flat_map(|bot| bot.paths.iter().map(move |path| (bot, path)));
    paths.filter(|(_, path)| path.share == 0).map(move |(bot, path)| Run {
        bot,
        path,
        started: Timestamp::from_millis(night),
        seed: seed(&[seed_of(path.id), night.unsigned_abs()]),
        forced: None,
    })
}

/// People try again while something is down.
fn under_incidents(now: Timestamp) -> impl Iterator<Item = Run> {
    INCIDENTS.iter().flat_map(move |incident| {
        let (begin, end) = incident.bounds(now);
        let length = (end.millis() - begin.millis()).unsigned_abs();
        let place = BOTS
            .iter()
            .find(|bot| bot.id == incident.path.0)
            .and_then(|bot| bot.paths.iter().find(|path| path.id == incident.path.1).map(|path| (bot, path)));
        place.into_iter().flat_map(move |(bot, path)| {
            (0..incident.attempts).map(move |number| {
                let seed = seed(&[begin.millis().unsigned_abs(), seed_of(path.id), number]);
                let started = begin.plus_millis(millis(Random::new(seed).below(length)));
                Run { bot, path, started, seed, forced: None }
            })
        })
    })
}

/// Every fault of every node, once; they follow from the day.
fn every_fault_once(now: Timestamp) -> impl Iterator<Item = Run> {
    let today = Timestamp::from_millis(now.millis().div_euclid(DAY) * DAY);
    let paths = BOTS.into_iter().flat_map(|bot| bot.paths.iter().map(move |path| (bot, path)));
    let nodes = paths.flat_map(|(bot, path)| path.nodes.iter().enumerate().map(move |node| (bot, path, node)));
    nodes.flat_map(move |(bot, path, (index, node))| {
        let faults = match node.act {
            Act::Call(exchange) => exchange.faults.len(),
            Act::Run(script) => script.faults.len(),
        };
        (0..faults).map(move |fault| {
            let seed = seed(&[today.millis().unsigned_abs(), seed_of(path.id), index as u64, fault as u64]);
            Run { bot, path, started: usual_time(bot, seed, today), seed, forced: Some((index, fault)) }
        })
    })
}

/// A time in the days before today at which people do talk to the bot.
fn usual_time(bot: &BotPlan, seed: u64, today: Timestamp) -> Timestamp {
    const TRIES: usize = 32;
    let mut random = Random::new(seed);
    let mut time = || today.minus_millis(HOUR + millis(random.below((SHOWN_WITHIN - HOUR).unsigned_abs())));
    let candidates: Vec<Timestamp> = (0..TRIES).map(|_| time()).collect();
    let busyness = |time: Timestamp| bot.rhythm.expected_per_mille(time, 1_000);
    // Of a few, the first that is busy enough: not always the peak, hardly ever the night.
    let peak = candidates.iter().map(|time| busyness(*time)).max().unwrap_or(0);
    candidates.into_iter().find(|time| busyness(*time) * 5 >= peak * 2).unwrap_or(today)
}

fn millis(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}
