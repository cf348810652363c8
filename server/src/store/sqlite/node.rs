//! The newest success of a node: what a failing call is compared with.
//!
//! One success of each node outlives the time for which successes are kept, so that a failing call, which is kept
//! longer, does not lose what it is compared with: the newest of those whose time has run out. Which one that is does
//! not depend on whether the file of its day is still there; where it is not, [`super::kept`] has it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::{Call, CallId, Timestamp};
use rusqlite::Connection;

use super::columns::{Column, Record};
use super::find::{self, Position, id_of};
use super::kept::Kept;
use super::question::{Gaps, Part, Question};
use super::reader::Reader;
use super::runs;
use super::segment::{Half, SegmentKey};
use super::terms::{Term, Terms};
use super::text::read_call;
use crate::store::{LastSuccess, StoreError, StoredCall};

/// A node of a bot. Its name may change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeKey {
    /// The bot's id; empty where a call has none.
    pub bot: String,
    /// The node's id.
    pub node: String,
}

impl NodeKey {
    /// The node that made a call, where one did.
    pub fn of(call: &Call) -> Option<Self> {
        let node = call.source.node.as_ref()?.id.clone();
        let bot = call.bot.as_ref().map(|bot| bot.id.clone()).unwrap_or_default();
        Some(Self { bot, node })
    }
}

/// The newest success of the node of a call, before it.
pub fn last_success(question: &Question, kept: &Kept, id: CallId) -> Result<LastSuccess, StoreError> {
    let Some(StoredCall { call, .. }) = find::one(question, id)? else { return Ok(LastSuccess::NoCall) };
    let Some(node) = NodeKey::of(&call) else { return Ok(LastSuccess::NoNode) };
    let before = find::position(&call);
    let mut gaps = Gaps::default();
    let mut successes = question.parts()?;
    successes.retain(|part| part.key.half == Half::Ok);
    if let Some((_, stored)) = newest_in(question, &successes, &node, Some(before), &mut gaps)? {
        return Ok(LastSuccess::Found { stored: Box::new(stored), is_kept_beyond_retention: false });
    }
    // Files first: one that goes meanwhile is in what is kept before it is gone.
    let in_files = newest_in(question, &outlived_parts(question)?, &node, None, &mut gaps)?;
    let failures_since = question.scope.kept_since(&Half::Err.outcome(), question.now).millis();
    let in_kept = kept.get(question.scope.slot(), &node)?.filter(|((millis, _), _)| *millis >= failures_since);
    if gaps.is_partial() {
        // It may stand in the file that cannot be read: then it is not right to say that there is none.
        return Err(StoreError::Unreadable("a day's file cannot be read".to_owned()));
    }
    let outlived = in_files.into_iter().chain(in_kept).max_by_key(|(position, _)| *position);
    Ok(match outlived {
        Some((position, stored)) if position < before => {
            LastSuccess::Found { stored: Box::new(stored), is_kept_beyond_retention: true }
        }
        _ => LastSuccess::None,
    })
}

/// The times whose successes are no longer kept by themselves, though failing calls still are, newest first.
fn outlived_parts(question: &Question) -> Result<Vec<Part>, StoreError> {
    let kept_since = |half: Half| question.scope.kept_since(&half.outcome(), question.now).millis();
    let (from, to) = (kept_since(Half::Err), kept_since(Half::Ok));
    let parts = question.segments()?.into_iter().rev().filter(|key| key.half == Half::Ok);
    let parts = parts.map(|key| Part { key, from: from.max(key.start()), to: to.min(key.end()) });
    Ok(parts.filter(|part| part.from < part.to).collect())
}

/// The newest success of a node in the first of some parts that has one, before a place.
fn newest_in(
    question: &Question,
    parts: &[Part],
    node: &NodeKey,
    before: Option<Position>,
    gaps: &mut Gaps,
) -> Result<Option<(Position, StoredCall)>, StoreError> {
    for part in parts {
        let to = before.map_or(part.to, |(millis, _)| part.to.min(millis.saturating_add(1)));
        let part = Part { to, ..*part };
        if part.from >= part.to {
            continue;
        }
        let answer = question.read(part.key, |reader| {
            let newest = newest_in_file(reader, question.scope.slot(), &part, node, before)?;
            newest.map(|(position, row)| Ok((position, read_call(reader, row)?))).transpose()
        });
        let found = gaps.pass(part.key, answer)?.flatten();
        if gaps.is_partial() {
            return Ok(None);
        }
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn newest_in_file(
    reader: &Reader,
    slot: u32,
    part: &Part,
    node: &NodeKey,
    before: Option<Position>,
) -> Result<Option<(Position, i64)>, StoreError> {
    let node = NodeInFile::new(reader, node);
    let (first, last) = part.times();
    let mut places = runs::places(&reader.connection, slot, part)?;
    places.sort_by_key(|place| std::cmp::Reverse(place.last_time));
    let mut matching = Vec::new();
    let mut newest_before = None;
    for place in places {
        if newest_before > Some(place.last_time) {
            break;
        }
        runs::visit(&reader.connection, place, |run| {
            for record in run.records() {
                let time = record.get(Column::Time);
                if node.made(&record) && (first..=last).contains(&time) {
                    matching.push((time, record.row(slot)));
                    // At the last moment the ids decide, so that another run may have it.
                    if before.is_none() || time < last {
                        newest_before = newest_before.max(Some(time));
                    }
                }
            }
            Ok(())
        })?;
    }
    matching.sort_unstable_by_key(|(time, _)| std::cmp::Reverse(*time));
    for moment in matching.chunk_by(|(one, _), (other, _)| one == other) {
        let mut newest = None;
        for (time, row) in moment {
            let position = (part.key.start() + i64::from(*time), id_of(&reader.connection, *row)?);
            if before.is_none_or(|before| position < before) {
                newest = newest.max(Some((position, *row)));
            }
        }
        if newest.is_some() {
            return Ok(newest);
        }
    }
    Ok(None)
}

/// When a node first failed, after one place in the list and up to another.
pub fn first_failure(
    question: &Question,
    node: &NodeKey,
    after: Position,
    until: Position,
) -> Result<Option<Timestamp>, StoreError> {
    let mut gaps = Gaps::default();
    let mut failures = question.parts()?;
    failures.retain(|part| part.key.half == Half::Err);
    // From the oldest on.
    for part in failures.into_iter().rev() {
        let part = Part { from: part.from.max(after.0), to: part.to.min(until.0.saturating_add(1)), ..part };
        if part.from >= part.to {
            continue;
        }
        let answer = question.read(part.key, |reader| {
            first_in_file(reader, question.scope.slot(), &part, &NodeInFile::new(reader, node), after, until)
        });
        let found = gaps.pass(part.key, answer)?.flatten();
        // What an unreadable day held may have been earlier.
        if found.is_some() || gaps.is_partial() {
            return Ok(found.filter(|_| !gaps.is_partial()).map(Timestamp::from_millis));
        }
    }
    Ok(None)
}

fn first_in_file(
    reader: &Reader,
    slot: u32,
    part: &Part,
    node: &NodeInFile,
    after: Position,
    until: Position,
) -> Result<Option<i64>, StoreError> {
    let mut first: Option<i64> = None;
    for place in runs::places(&reader.connection, slot, part)? {
        runs::visit(&reader.connection, place, |run| {
            for record in run.records().filter(|record| node.made(record)) {
                let millis = part.key.start() + i64::from(record.get(Column::Time));
                let is_earlier = (part.from..part.to).contains(&millis) && first.is_none_or(|first| millis < first);
                // Of calls of one moment the ids decide.
                let is_between = is_earlier && {
                    let at_a_border = millis == after.0 || millis == until.0;
                    let id = if at_a_border { id_of(&reader.connection, record.row(slot))? } else { [0; 16] };
                    !at_a_border || (after < (millis, id) && (millis, id) <= until)
                };
                if is_between {
                    first = Some(millis);
                }
            }
            Ok(())
        })?;
    }
    Ok(first)
}

/// The numbers that a file has for a node and its bot.
struct NodeInFile {
    sources: Vec<bool>,
    bots: Vec<bool>,
}

impl NodeInFile {
    fn new(reader: &Reader, node: &NodeKey) -> Self {
        let is_source = |term: &Term| matches!(term, Term::Source(source) if source.node.as_ref().is_some_and(|has| has.id == node.node));
        let is_bot = |term: &Term| matches!(term, Term::Bot(bot) if bot.id == node.bot);
        Self {
            sources: reader.terms.tabulate(false, is_source),
            bots: reader.terms.tabulate(node.bot.is_empty(), is_bot),
        }
    }

    /// Whether the node made a call.
    fn made(&self, record: &Record) -> bool {
        let holds = |table: &[bool], number: u32| {
            usize::try_from(number).ok().and_then(|number| table.get(number)).copied().unwrap_or_default()
        };
        holds(&self.sources, record.get(Column::Source)) && holds(&self.bots, record.get(Column::Bot))
    }
}

/// The newest call of a node in a file.
pub struct NewestOfNode {
    /// The account's slot.
    pub slot: u32,
    /// The node.
    pub node: NodeKey,
    /// Where the call stands in the list.
    pub position: Position,
    /// Where it is in the file.
    pub row: i64,
}

/// The newest call of every node of every account in a file.
pub fn newest_of_every_node(
    connection: &Connection,
    terms: &Terms,
    key: SegmentKey,
) -> Result<Vec<NewestOfNode>, StoreError> {
    let mut by_terms: HashMap<(u32, u32, u32), (u32, i64)> = HashMap::new();
    runs::each(connection, |slot, run| {
        for record in run.records() {
            let call = (record.get(Column::Time), record.row(slot));
            match by_terms.entry((slot, record.get(Column::Bot), record.get(Column::Source))) {
                Entry::Vacant(place) => drop(place.insert(call)),
                Entry::Occupied(mut newest) => {
                    let (time, row) = *newest.get();
                    // Of calls of one moment the ids decide.
                    if call.0 > time || (call.0 == time && id_of(connection, call.1)? > id_of(connection, row)?) {
                        newest.insert(call);
                    }
                }
            }
        }
        Ok(())
    })?;
    // A node may have had several names.
    let mut by_node: HashMap<(u32, NodeKey), (Position, i64)> = HashMap::new();
    for ((slot, bot, source), (time, row)) in by_terms {
        let Some(Term::Source(source)) = terms.get(source) else { continue };
        let Some(node) = source.node.as_ref().map(|node| node.id.clone()) else { continue };
        let bot = match terms.get(bot) {
            Some(Term::Bot(bot)) => bot.id.clone(),
            _ => String::new(),
        };
        let call = ((key.start() + i64::from(time), id_of(connection, row)?), row);
        let newest = by_node.entry((slot, NodeKey { bot, node })).or_insert(call);
        *newest = (*newest).max(call);
    }
    let newest = by_node.into_iter();
    Ok(newest.map(|((slot, node), (position, row))| NewestOfNode { slot, node, position, row }).collect())
}
