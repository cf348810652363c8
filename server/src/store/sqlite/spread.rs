//! Over what the calls that a query finds are spread: bots, nodes, end users, and the time between the first and the
//! last of them.

use std::collections::{BTreeMap, HashMap};

use model::{Bot, EndUser, Timestamp};

use super::columns::{Column, Run};
use super::filter::{FileFilter, Misses};
use super::question::{Gaps, Part, Question};
use super::reader::Reader;
use super::sift::{Checks, sift};
use super::terms::{Term, end_user};
use crate::store::{BotNode, Spread, StoreError};

/// More end users are not told apart: each costs a look into a table.
const MOST_USERS: usize = 10_000;

/// Counts of one file, by the numbers it has for things.
#[derive(Default)]
struct FileCounts {
    by_place: HashMap<(u32, u32), u64>,
    by_user: HashMap<u32, u64>,
    times: Option<(u32, u32)>,
    calls: u64,
}

impl FileCounts {
    fn add(&mut self, run: &Run<'_>, misses: &[Misses]) {
        for (index, _) in misses.iter().enumerate().filter(|(_, misses)| misses.is_none()) {
            let record = run.record(index);
            let time = record.get(Column::Time);
            self.calls += 1;
            *self.by_place.entry((record.get(Column::Bot), record.get(Column::Source))).or_default() += 1;
            *self.by_user.entry(record.get(Column::User)).or_default() += 1;
            self.times = Some(self.times.map_or((time, time), |(first, last)| (first.min(time), last.max(time))));
        }
    }
}

/// Counts of all files. Files come newest first, so the first name of a thing is its newest.
#[derive(Default)]
struct Counts {
    bots: BTreeMap<String, (Bot, u64)>,
    nodes: BTreeMap<(String, String), (BotNode, u64)>,
    /// By id, or else by name.
    users: BTreeMap<Option<String>, (EndUser, u64)>,
    times: Option<(i64, i64)>,
    calls: u64,
    has_more_users: bool,
}

/// Over what they are spread.
pub fn spread(question: &Question) -> Result<Spread, StoreError> {
    let mut gaps = Gaps::default();
    let mut counts = Counts::default();
    let mut checks = Checks::for_counts(question);
    for part in question.parts_with_answers()? {
        let answer = question.read(part.key, |reader| {
            let mut of_file = FileCounts::default();
            let filter = FileFilter::new(question, reader)?;
            let is_whole = sift(question, reader, &filter, &part, &mut checks, Misses::is_none, |run, misses| {
                of_file.add(run, misses);
            })?;
            counts.collect(&of_file, reader, &part)?;
            Ok(is_whole)
        });
        if !gaps.pass_whole(part.key, answer)? {
            break;
        }
    }
    gaps.note_estimates(&checks);
    let partial = gaps.is_partial() || counts.has_more_users;
    Ok(Spread {
        calls: counts.calls,
        first: counts.times.map(|(first, _)| Timestamp::from_millis(first)),
        last: counts.times.map(|(_, last)| Timestamp::from_millis(last)),
        bots: largest_first(counts.bots.into_values()),
        nodes: largest_first(counts.nodes.into_values()),
        users: largest_first(counts.users.into_values()),
        partial,
        notices: gaps.notices(question),
    })
}

impl Counts {
    fn collect(&mut self, of_file: &FileCounts, reader: &Reader, part: &Part) -> Result<(), StoreError> {
        self.calls += of_file.calls;
        if let Some((first, last)) = of_file.times {
            let (first, last) = (part.key.start() + i64::from(first), part.key.start() + i64::from(last));
            self.times = Some(self.times.map_or((first, last), |(least, most)| (least.min(first), most.max(last))));
        }
        // The highest number is the newest name, so it comes first.
        let mut places: Vec<_> = of_file.by_place.iter().collect();
        places.sort_unstable_by_key(|(numbers, _)| std::cmp::Reverse(**numbers));
        for ((bot, source), count) in places {
            let bot = match reader.terms.get(*bot) {
                Some(Term::Bot(bot)) => Some(bot.clone()),
                _ => None,
            };
            if let Some(bot) = &bot {
                self.bots.entry(bot.id.clone()).or_insert_with(|| (bot.clone(), 0)).1 += count;
            }
            if let Some(Term::Source(source)) = reader.terms.get(*source)
                && let Some(node) = &source.node
            {
                let key = (bot.as_ref().map(|bot| bot.id.clone()).unwrap_or_default(), node.id.clone());
                self.nodes.entry(key).or_insert_with(|| (BotNode { bot, source: source.clone() }, 0)).1 += count;
            }
        }
        // Zero is nobody.
        let mut users: Vec<_> = of_file.by_user.iter().filter(|(number, _)| **number != 0).collect();
        users.sort_unstable_by_key(|(number, _)| std::cmp::Reverse(**number));
        for (user, count) in users {
            if self.users.len() >= MOST_USERS {
                self.has_more_users = true;
                break;
            }
            let user = end_user(&reader.connection, *user)?;
            let key = user.id.clone().or_else(|| user.name.clone());
            self.users.entry(key).or_insert_with(|| (user, 0)).1 += count;
        }
        Ok(())
    }
}

fn largest_first<T>(all: impl Iterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut all: Vec<(T, u64)> = all.collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}
