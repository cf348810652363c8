//! The beginning of a text that others wrote, where all of it would be too long.

/// A text of at most so many characters, with an ellipsis where it was cut.
pub fn excerpt(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn only_what_is_too_long_is_cut() {
        assert_eq!(["", "four", "fours", "äöüß!"].map(|text| excerpt(text, 4)), ["", "four", "four…", "äöüß…"]);
    }
}
