//! The word that was probably meant.

/// The nearest of the known words, where one is near enough to be meant: a slip or two away, or begun and not ended.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters = word.chars().count();
    known
        .into_iter()
        .filter_map(|known| {
            let is_begun = letters >= 3 && known.starts_with(word);
            let distance = if is_begun { 0 } else { distance(word, known) };
            // Of a short word, two other letters leave nothing.
            let allowed = (known.len() / 2).min(2);
            (distance <= allowed).then_some((distance, known))
        })
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein distance between two short words.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (line, a) in left.chars().take(32).enumerate() {
        let mut diagonal = line;
        let mut previous = line + 1;
        for (b, cell) in right.chars().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal + usize::from(a != b);
            diagonal = *cell;
            previous = substituted.min(diagonal + 1).min(previous + 1);
            *cell = previous;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["status", "code", "app", "id", "duration", "q"];
        for (word, meant) in [
            ("statsu", Some("status")),
            ("stat", Some("status")),
            ("dur", Some("duration")),
            ("codes", Some("code")),
            ("ap", Some("app")),
            ("i", Some("id")),
            ("at", None),
            ("foo", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
