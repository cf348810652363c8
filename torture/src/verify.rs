//! Looks for everything that was sent: in the list, whole, and by its words.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::Error;
use crate::calls::holds;
use crate::client::Client;
use crate::ledger::{Posted, places};
use crate::random::Dice;
use crate::report::Report;

/// How thoroughly is looked.
#[derive(Clone, Copy, Debug)]
pub struct Care {
    /// Calls that are searched for by their own word, on top of the word of their batch.
    pub words: usize,
    /// Whether every call of a batch is read whole, or some of each.
    pub is_every_call_read: bool,
}

/// Compares what a server answers with what was sent: all batches in the list, those of `numbers` closely.
pub fn verify(
    client: &Client,
    posted: &[Posted],
    numbers: &[usize],
    care: Care,
    dice: &mut Dice,
    report: &mut Report,
) -> Result<(), Error> {
    for account in 0..client.accounts.len() {
        let present = verify_list(client, posted, account, report)?;
        let of_account: Vec<(usize, &Posted)> = numbers
            .iter()
            .filter_map(|number| Some((*number, posted.get(*number)?)))
            .filter(|(_, posted)| posted.batch.account == account)
            .collect();
        for (_, posted) in &of_account {
            verify_batch(client, posted, &present, care, dice, report)?;
        }
        let calls = of_account
            .iter()
            .flat_map(|(_, posted)| posted.batch.calls.iter().enumerate().map(move |call| (posted, call)));
        let calls: Vec<_> =
            calls.filter(|(posted, (place, _))| posted.is_acknowledged(*place)).map(|(_, (_, call))| call).collect();
        for call in dice.sample(&calls, care.words) {
            let found = client.list(account, &format!("q={}", call.word))?;
            report.count("words of one call searched", 1);
            report.insist(found.notices.is_empty(), || format!("a search was partial: {:?}", found.notices));
            report.insist(found.ids == [call.id.clone()], || {
                format!("the word {} of call {} finds {:?}", call.word, call.id, found.ids)
            });
        }
    }
    Ok(())
}

/// The whole list: everything acknowledged once, nothing twice, nothing that was never sent. Returns the ids in it.
fn verify_list(
    client: &Client,
    posted: &[Posted],
    account: usize,
    report: &mut Report,
) -> Result<HashSet<String>, Error> {
    let listing = client.list(account, "")?;
    report.count("rows listed", listing.ids.len() as u64);
    report.insist(listing.notices.is_empty(), || format!("a list was partial: {:?}", listing.notices));
    let (total, is_exact) = listing.total;
    report.insist(!is_exact || total == listing.ids.len() as u64, || {
        format!("the list says {total} calls and holds {}", listing.ids.len())
    });
    let mut times: HashMap<&str, usize> = HashMap::new();
    for id in &listing.ids {
        *times.entry(id).or_default() += 1;
    }
    let places = places(posted, account);
    for (id, times) in &times {
        report.insist(*times == 1, || format!("call {id} is listed {times} times"));
        report.insist(places.contains_key(id), || format!("call {id} is listed and was never sent"));
    }
    for (id, (number, place)) in &places {
        let is_acknowledged = posted.get(*number).is_some_and(|posted| posted.is_acknowledged(*place));
        report.insist(!is_acknowledged || times.contains_key(id), || {
            format!("LOST: call {id} was acknowledged and is not listed")
        });
    }
    Ok(listing.ids.into_iter().collect())
}

/// One batch: found by its word as far as it is listed, and whole.
fn verify_batch(
    client: &Client,
    posted: &Posted,
    present: &HashSet<String>,
    care: Care,
    dice: &mut Dice,
    report: &mut Report,
) -> Result<(), Error> {
    let batch = &posted.batch;
    let account = batch.account;
    let listed: HashSet<&str> =
        batch.calls.iter().map(|call| call.id.as_str()).filter(|id| present.contains(*id)).collect();
    let acknowledged = posted.acknowledged_calls();
    report.count("calls without an answer, kept", listed.len().saturating_sub(acknowledged) as u64);
    report.count("calls without an answer, absent", (batch.calls.len() - listed.len()) as u64);
    let found = client.list(account, &format!("q={}", batch.word))?;
    report.count("words of a batch searched", 1);
    report.insist(found.notices.is_empty(), || format!("a search was partial: {:?}", found.notices));
    report.insist(found.ids.len() == listed.len() && found.ids.iter().all(|id| listed.contains(id.as_str())), || {
        format!("the word {} finds {} calls of {} that are listed", batch.word, found.ids.len(), listed.len())
    });
    let every: Vec<usize> = (0..batch.calls.len()).collect();
    let read = if care.is_every_call_read { every } else { dice.sample(&every, 2) };
    for call in read.into_iter().filter_map(|place| batch.calls.get(place)) {
        match client.detail(account, &call.id)? {
            Some(detail) => {
                report.count("calls read whole", 1);
                report.insist(listed.contains(call.id.as_str()), || {
                    format!("call {} can be read and is not listed", call.id)
                });
                report.insist(holds(&detail, &call.json), || {
                    format!("call {} is not what was sent: {detail} instead of {}", call.id, call.json)
                });
                for mark in ["redactions", "truncated"] {
                    let is_unmarked = detail.get(mark).and_then(Value::as_array).is_none_or(Vec::is_empty);
                    report.insist(is_unmarked, || format!("call {} came back with {mark}", call.id));
                }
            }
            None => report.insist(!listed.contains(call.id.as_str()), || {
                format!("call {} is listed and cannot be read", call.id)
            }),
        }
    }
    Ok(())
}
