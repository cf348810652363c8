//! Damage: one bit of a stored file turned, a page emptied, an end cut off.
//!
//! `check` has to tell. What it does not tell of must change no answer at all. And a server over damaged files stays up,
//! and answers what is right, or that something is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::Error;
use crate::calls::Sizes;
use crate::client::{Client, notices};
use crate::pages::{self, Live};
use crate::random::Dice;
use crate::report::Report;
use crate::stage::{ACCOUNTS, Stage};

/// Batches that are stored before the damage.
const BATCHES: usize = 14;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server's binary.
    pub binary: PathBuf,
    /// What chance follows from.
    pub seed: u64,
    /// How often something is damaged.
    pub damages: usize,
    /// Of that, one in so many is shown to a server as well, though `check` has told.
    pub served_one_in: usize,
    /// Where to say how far it is; nowhere when absent.
    pub progress: Option<fn(&str)>,
}

#[derive(Clone, Debug)]
struct Damage {
    file: PathBuf,
    live: Live,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Bit { at: usize, mask: u8 },
    EmptyPage,
    CutOff,
}

/// By table: how often it was damaged, what `check` told, and what a server then said.
#[derive(Default)]
struct Tally {
    damaged: u64,
    told: u64,
    untold_and_harmless: u64,
    untold_and_wrong: u64,
    served: u64,
    wrong_though_told: u64,
}

/// Damages a store again and again, each time one thing.
pub fn run(options: &Options) -> Result<Report, Error> {
    let mut report = Report::new(format!("damaged files, seed {}", options.seed));
    let mut dice = Dice::new(options.seed, 3);
    let (stage, server) = Stage::begin(&options.binary, options.seed, Sizes::Mixed)?;
    for number in 0..BATCHES {
        let size = dice.between(5, 20);
        let sent = stage.send_new(&stage.client(&server), number % ACCOUNTS.len(), size, 0)?;
        report.insist(sent.sending.keeps(size), || format!("a batch got {:?}", sent.sending));
    }
    server.stop()?;
    stage.check(&mut report)?;
    let server = stage.site.start()?;
    let right = whole_answers(&stage, &stage.client(&server))?;
    server.stop()?;
    report.count("answers compared", right.len() as u64);
    let places = places(&stage.site.data)?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for number in 0..options.damages {
        let damage = roll(&places, &mut dice)?;
        let tally = tallies.entry(damage.live.table.clone()).or_default();
        let is_served = dice.one_in(options.served_one_in);
        if let Err(error) = try_damage(&stage, &damage, &right, is_served, tally, &mut report) {
            report.fault(format!("with {damage:?}: {error}"));
        }
        if let Some(progress) = options.progress
            && (number + 1) % 50 == 0
        {
            progress(&format!("{} of {} damages, {} faults", number + 1, options.damages, report.faults().len()));
        }
    }
    for (table, tally) in &tallies {
        report.note(format!(
            "{table}: {} damaged, {} told by check, {} untold and harmless, {} untold and wrong; {} served, {} of them wrong",
            tally.damaged, tally.told, tally.untold_and_harmless, tally.untold_and_wrong, tally.served, tally.wrong_though_told
        ));
    }
    Ok(report)
}

/// All that can be damaged, by file and table: every table is damaged as often as any other, however small it is.
type Places = Vec<(PathBuf, Vec<Vec<Live>>)>;

fn places(data: &Path) -> Result<Places, Error> {
    let mut places = Vec::new();
    for entry in fs::read_dir(data.join("calls"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "db") {
            let mut by_table: BTreeMap<String, Vec<Live>> = BTreeMap::new();
            for live in pages::live(&path)? {
                by_table.entry(live.table.clone()).or_default().push(live);
            }
            places.push((path, by_table.into_values().collect()));
        }
    }
    places.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(places)
}

fn roll(places: &Places, dice: &mut Dice) -> Result<Damage, Error> {
    let (file, tables) = dice.pick(places).ok_or("there are no files")?;
    let table = dice.pick(tables).ok_or("a file has no tables")?;
    let bytes: usize = table.iter().map(|live| live.bytes.len()).sum();
    let mut nth = dice.below(bytes);
    let live = table.iter().find(|live| {
        let is_here = nth < live.bytes.len();
        if !is_here {
            nth -= live.bytes.len();
        }
        is_here
    });
    let live = live.ok_or("a table has no bytes")?.clone();
    let sort = match dice.below(12) {
        0 => Sort::EmptyPage,
        1 => Sort::CutOff,
        _ => Sort::Bit { at: live.bytes.start + nth, mask: 1 << dice.below(8) },
    };
    Ok(Damage { file: file.clone(), live, sort })
}

fn try_damage(
    stage: &Stage,
    damage: &Damage,
    right: &BTreeMap<String, Value>,
    is_served: bool,
    tally: &mut Tally,
    report: &mut Report,
) -> Result<(), Error> {
    let whole = fs::read(&damage.file)?;
    let mut damaged = whole.clone();
    match damage.sort {
        Sort::Bit { at, mask } => *damaged.get_mut(at).ok_or("a byte lies beyond the end")? ^= mask,
        Sort::EmptyPage => damaged
            .get_mut(damage.live.page..damage.live.page + damage.live.page_bytes)
            .ok_or("a page lies beyond the end")?
            .fill(0),
        Sort::CutOff => damaged.truncate(damage.live.page),
    }
    fs::write(&damage.file, &damaged)?;
    tally.damaged += 1;
    report.count("damages", 1);
    let is_told = stage.site.check()?.is_err();
    if is_told {
        tally.told += 1;
        report.count("told by check", 1);
    }
    if !is_told || is_served {
        let wrong = serve_damaged(stage, right, report)?;
        tally.served += 1;
        match (is_told, wrong.first()) {
            (false, None) => {
                tally.untold_and_harmless += 1;
                report.count("untold by check, and no answer is other", 1);
            }
            (false, Some(first)) => {
                tally.untold_and_wrong += 1;
                report.fault(format!(
                    "check tells nothing of {damage:?}, and {} answers are wrong: {first}",
                    wrong.len()
                ));
            }
            (true, None) => {}
            (true, Some(first)) => {
                tally.wrong_though_told += 1;
                report.count("told by check, and a server answers wrongly all the same", 1);
                report.note(format!("wrong on a server: {damage:?}: {first}"));
            }
        }
    }
    // A server may have written to other files, and may have left a log beside this one.
    restore(&damage.file, &whole)
}

fn restore(file: &Path, whole: &[u8]) -> Result<(), Error> {
    for suffix in ["-wal", "-shm"] {
        let beside = PathBuf::from(format!("{}{suffix}", file.display()));
        if beside.exists() {
            fs::remove_file(beside)?;
        }
    }
    Ok(fs::write(file, whole)?)
}

/// Starts a server over damaged files and compares its answers; what it says of missing days is no wrong answer.
fn serve_damaged(stage: &Stage, right: &BTreeMap<String, Value>, report: &mut Report) -> Result<Vec<String>, Error> {
    report.count("damages served", 1);
    let mut server = stage.site.start()?;
    let said = answers(stage, &stage.client(&server))?;
    if let Some(status) = server.ended()? {
        return Err(format!("the process ended with {status}: {}", stage.site.last_words()).into());
    }
    server.kill()?;
    let mut wrong = Vec::new();
    for (question, answer) in &said {
        let expected = right.get(question).unwrap_or(&Value::Null);
        if answer == &Value::from(TOLD) {
            report.count("answers that say what is missing", 1);
            continue;
        }
        let is_uncounted = is_uncounted(answer, expected);
        match difference(answer, expected, is_uncounted) {
            None => report.count(
                if is_uncounted { "answers as before, but for an unfinished count" } else { "answers as before" },
                1,
            ),
            Some(difference) => {
                report.count("wrong answers", 1);
                wrong.push(format!("{question}: {difference}"));
            }
        }
    }
    Ok(wrong)
}

/// What stands for an answer that says that it is not all.
const TOLD: &str = "told";

/// Whether a list says that it holds at least so many calls, which is right, where they were counted before: on a busy
/// machine the time for counting runs out, damage or not.
fn is_uncounted(answer: &Value, expected: &Value) -> bool {
    let total = |answer: &Value| {
        let total = answer.get("total")?;
        Some((total.get("count")?.as_u64()?, total.get("exact")?.as_bool()?))
    };
    matches!((total(answer), total(expected)), (Some((least, false)), Some((count, true))) if least <= count)
}

/// The first place at which an answer is other than expected.
fn difference(answer: &Value, expected: &Value, is_uncounted: bool) -> Option<String> {
    match (answer, expected) {
        (Value::Object(answer), Value::Object(expected)) => {
            let names: BTreeSet<&String> = answer.keys().chain(expected.keys()).collect();
            let names = names.into_iter().filter(|name| !(is_uncounted && *name == "total"));
            names.into_iter().find_map(|name| {
                let of = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                difference(&of(answer), &of(expected), false).map(|rest| format!("/{name}{rest}"))
            })
        }
        (Value::Array(answer), Value::Array(expected)) if answer.len() == expected.len() => {
            answer.iter().zip(expected).enumerate().find_map(|(index, (answer, expected))| {
                difference(answer, expected, false).map(|rest| format!("/{index}{rest}"))
            })
        }
        (Value::Array(answer), Value::Array(expected)) => {
            Some(format!(" has {} instead of {}", answer.len(), expected.len()))
        }
        _ if answer == expected => None,
        _ => Some(format!(" is {answer} instead of {expected}")),
    }
}

/// Asks until every answer is whole: on a busy machine some are not at first.
fn whole_answers(stage: &Stage, client: &Client) -> Result<BTreeMap<String, Value>, Error> {
    for _ in 0..20 {
        let answers = answers(stage, client)?;
        let is_counted = |answer: &Value| answer.pointer("/total/exact") != Some(&Value::Bool(false));
        if answers.values().all(|answer| answer != &Value::from(TOLD) && is_counted(answer)) {
            return Ok(answers);
        }
    }
    Err("the machine is too busy for the server to answer whole".into())
}

/// Everything that can be asked about what was sent, by question; `told` where an answer says that it is not all.
fn answers(stage: &Stage, client: &Client) -> Result<BTreeMap<String, Value>, Error> {
    let mut answers = BTreeMap::new();
    let mut questions = Vec::new();
    for account in 0..ACCOUNTS.len() {
        questions.push((account, "calls?limit=200&no_response=true".to_owned()));
        questions.push((account, "calls/facets?no_response=true".to_owned()));
    }
    for posted in stage.ledger.all() {
        let account = posted.batch.account;
        questions.push((account, format!("calls?limit=200&no_response=true&q={}", posted.batch.word)));
        questions.extend(posted.batch.calls.iter().map(|call| (account, format!("calls/{}", call.id))));
    }
    for (account, question) in questions {
        let answer = client.ask(account, &question)?;
        let is_told = answer.status == 503 && !answer.code().is_empty() || !notices(&answer.json).is_empty();
        let mut json = if is_told { Value::from(TOLD) } else { answer.json };
        if let Value::Object(fields) = &mut json {
            // Cursors and the reference of a problem are other each time.
            for field in ["before", "after", "request_id"] {
                fields.remove(field);
            }
        }
        answers.insert(format!("{account} {question}"), json);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{difference, is_uncounted};

    #[test]
    fn a_total_that_was_not_counted_to_the_end_is_told_from_a_wrong_one() {
        let expected = json!({"items": [{"id": 1}], "total": {"count": 7, "exact": true}});
        let with_total =
            |count: u64, exact: bool| json!({"items": [{"id": 1}], "total": {"count": count, "exact": exact}});
        for (answer, uncounted, wrong) in [
            (expected.clone(), false, None),
            (with_total(5, false), true, None),
            (with_total(8, false), false, Some("/total/count is 8 instead of 7")),
            (with_total(5, true), false, Some("/total/count is 5 instead of 7")),
        ] {
            assert_eq!(is_uncounted(&answer, &expected), uncounted, "{answer}");
            assert_eq!(difference(&answer, &expected, uncounted).as_deref(), wrong, "{answer}");
        }
        let fewer = json!({"items": [], "total": {"count": 5, "exact": false}});
        assert_eq!(difference(&fewer, &expected, true).as_deref(), Some("/items has 0 instead of 1"));
        assert_eq!(difference(&json!(7), &expected, false).map(|text| text.contains("instead of")), Some(true));
    }
}
