//! What has names and values: headers, parameters, forms; and addresses, which have segments.

use std::collections::HashMap;

use model::Headers;

use super::part::Part;
use super::volatile::{is_volatile_header, is_volatile_segment};

/// A URL without its query, and its query.
pub fn address_and_query(url: &str) -> (&str, &str) {
    let url = url.split('#').next().unwrap_or(url);
    url.split_once('?').unwrap_or((url, ""))
}

/// Names and values of a query or a form.
pub fn parsed(pairs: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(pairs.as_bytes()).into_owned().collect()
}

/// Compares addresses segment by segment.
pub fn compare_addresses(part: &mut Part, was: &str, now: &str) {
    if was == now {
        return;
    }
    let segments = |address: &str| address.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (was_segments, now_segments) = (segments(was), segments(now));
    let differing: Vec<_> = was_segments.iter().zip(&now_segments).filter(|(was, now)| was != now).collect();
    let is_volatile =
        was_segments.len() == now_segments.len() && differing.iter().all(|(was, now)| is_volatile_segment(was, now));
    if is_volatile {
        for _ in differing {
            part.ignore();
        }
    } else {
        part.add("", Some(was), Some(now));
    }
}

/// Compares values by their names; where a name comes several times, the first with the first, and so on.
pub fn compare_pairs(part: &mut Part, was: &[(String, String)], now: &[(String, String)]) {
    each(was, now, |name, was, now| part.compare(name, was, now));
}

/// Compares headers by their names, in any case.
pub fn compare_headers(part: &mut Part, was: &Headers, now: &Headers) {
    let lower = |headers: &Headers| -> Vec<(String, String)> {
        headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect()
    };
    each(&lower(was), &lower(now), |name, was, now| {
        if was != now && is_volatile_header(name) {
            part.ignore();
        } else {
            part.compare(name, was, now);
        }
    });
}

/// Visits the names of both sides, those of the newer call first.
fn each(was: &[(String, String)], now: &[(String, String)], mut visit: impl FnMut(&str, Option<&str>, Option<&str>)) {
    let was = numbered(was);
    let now = numbered(now);
    let before: HashMap<(&str, usize), &str> = was.iter().copied().collect();
    let after: HashMap<(&str, usize), &str> = now.iter().copied().collect();
    for (place, value) in &now {
        visit(place.0, before.get(place).copied(), Some(value));
    }
    for (place, value) in was.iter().filter(|(place, _)| !after.contains_key(place)) {
        visit(place.0, Some(value), None);
    }
}

/// Names with how often each came before.
fn numbered(pairs: &[(String, String)]) -> Vec<((&str, usize), &str)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    pairs
        .iter()
        .map(|(name, value)| {
            let count = counts.entry(name).or_default();
            *count += 1;
            ((name.as_str(), *count), value.as_str())
        })
        .collect()
}
