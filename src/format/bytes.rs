//! Sizes.

/// A size in the unit people expect, decimal as browsers show it: `812 B`, `4.2 kB`, `1.1 MB`.
pub fn bytes(size: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match UNITS.iter().find(|(_, unit)| size >= *unit) {
        Some((name, unit)) => {
            let tenths = (size * 10 + unit / 2) / unit;
            if tenths >= 1_000 {
                format!("{} {name}", tenths / 10)
            } else {
                format!("{}.{} {name}", tenths / 10, tenths % 10)
            }
        }
        None => format!("{size} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_have_one_decimal_at_most() {
        let sizes = [0, 812, 999, 1_000, 4_240, 104_000, 1_100_000, 2_500_000_000];
        assert_eq!(sizes.map(bytes), ["0 B", "812 B", "999 B", "1.0 kB", "4.2 kB", "104 kB", "1.1 MB", "2.5 GB"]);
    }
}
