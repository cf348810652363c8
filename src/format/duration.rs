//! How long things took.

/// From here on a call counts as slow and is marked in the list.
pub const SLOW_MILLIS: u64 = 5_000;

/// A duration as precise as it is useful: `184 ms`, `1.2 s`, `2 min 5 s`.
pub fn duration(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} ms"),
        1_000..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn the_unit_follows_the_length() {
        assert_eq!(
            [0, 184, 999, 1_000, 1_250, 59_999, 60_000, 125_000].map(duration),
            ["0 ms", "184 ms", "999 ms", "1.0 s", "1.2 s", "59.9 s", "1 min 0 s", "2 min 5 s"]
        );
    }
}
