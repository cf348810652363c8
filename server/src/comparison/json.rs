//! JSON by path.

use std::collections::HashMap;

use super::part::Part;
use crate::json::{self, Kind, Limits, Member, Value, join};

/// How far bodies are read.
const LIMITS: Limits = Limits { depth: 64, items: 2_000, values: 20_000 };

/// Compares texts: by path where both are JSON, else as they are.
pub fn compare_texts(part: &mut Part, was: &str, now: &str) {
    if was == now {
        return;
    }
    let (Some(was_json), Some(now_json)) = (json::read(was, LIMITS), json::read(now, LIMITS)) else {
        part.compare("", Some(was), Some(now));
        return;
    };
    part.is_partial |= !(was_json.is_whole && now_json.is_whole);
    compare(part, "", &was_json.root, &now_json.root);
}

fn compare(part: &mut Part, pointer: &str, was: &Value<'_>, now: &Value<'_>) {
    match (&was.kind, &now.kind) {
        (Kind::Object(was), Kind::Object(now)) => compare_members(part, pointer, was, now),
        (Kind::List(was), Kind::List(now)) => {
            if was.len() != now.len() {
                part.add(pointer, Some(&items(was.len())), Some(&items(now.len())));
            }
            for (index, (was, now)) in was.iter().zip(now).enumerate() {
                compare(part, &join(pointer, &index.to_string()), was, now);
            }
        }
        (Kind::Text | Kind::Plain, Kind::Text | Kind::Plain) => {
            // 7 and "7" are told apart.
            if was.kind == now.kind {
                part.compare(pointer, Some(&was.text()), Some(&now.text()));
            } else {
                part.add(pointer, Some(was.raw), Some(now.raw));
            }
        }
        _ if was.raw == now.raw => {}
        _ => part.add(pointer, Some(was.raw), Some(now.raw)),
    }
}

/// Those of the newer call first.
fn compare_members(part: &mut Part, pointer: &str, was: &[Member<'_>], now: &[Member<'_>]) {
    let by_name = |members: &[Member<'_>]| -> HashMap<String, usize> {
        // The first of equal names stands for all.
        members.iter().enumerate().rev().map(|(index, member)| (member.name.clone(), index)).collect()
    };
    let (before, after) = (by_name(was), by_name(now));
    for member in now {
        let pointer = join(pointer, &member.name);
        match before.get(&member.name).and_then(|index| was.get(*index)) {
            Some(earlier) => compare(part, &pointer, &earlier.value, &member.value),
            None => part.add(&pointer, None, Some(member.value.raw)),
        }
    }
    for member in was.iter().filter(|member| !after.contains_key(&member.name)) {
        part.add(&join(pointer, &member.name), Some(member.value.raw), None);
    }
}

fn items(count: usize) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{count} items") }
}
