//! The last searches of a person in this browser, the last one first.

use crate::browser::storage;

/// More than this nobody looks through.
const MOST: usize = 10;

/// The searches under a key, a line each.
pub fn kept(key: &str) -> String {
    storage::get(key).unwrap_or_default()
}

/// Remembers a search as the last one.
pub fn remember(key: &str, search: &str) {
    if !search.trim().is_empty() {
        storage::set(key, Some(&with(&kept(key), search.trim())));
    }
}

/// Forgets a search.
pub fn forget(key: &str, search: &str) {
    storage::set(key, Some(&without(&kept(key), search, MOST)));
}

/// What is kept, with a search in front of the others.
fn with(kept: &str, search: &str) -> String {
    format!("{search}\n{}", without(kept, search, MOST - 1))
}

/// What is kept without a search, and no more of the others than so many.
fn without(kept: &str, search: &str, most: usize) -> String {
    let mut others = String::new();
    for other in kept.lines().filter(|other| *other != search).take(most) {
        others.push_str(other);
        others.push('\n');
    }
    others
}

#[cfg(test)]
mod tests {
    use super::{MOST, with, without};

    #[test]
    fn the_last_ten_are_kept_each_once() {
        let mut kept = String::new();
        for number in 0..12 {
            kept = with(&kept, &format!("search {number}"));
        }
        kept = with(&kept, "search 5");
        let searches: Vec<_> = kept.lines().collect();
        assert_eq!((searches.len(), searches[0], searches[1]), (10, "search 5", "search 11"));
        assert_eq!(searches.iter().filter(|known| **known == "search 5").count(), 1);
        assert_eq!(searches.last(), Some(&"search 2"));
        assert_eq!(without(&with("a\nb\n", "c"), "a", MOST), "c\nb\n");
    }
}
