//! Numbers of things.

/// A number with thousands separated: `2,314`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with its noun: of one thing, or of several.
pub(super) fn counted(number: u64, [one, several]: [&str; 2]) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { several })
}

pub fn calls(number: u64) -> String {
    counted(number, super::list::CALLS)
}

pub fn errors(number: u64) -> String {
    counted(number, ["error", "errors"])
}

pub fn bytes(number: u64) -> String {
    counted(number, ["byte", "bytes"])
}

#[cfg(test)]
mod tests {
    use super::{calls, count};

    #[test]
    fn thousands_are_separated() {
        assert_eq!([0, 7, 999, 1_000, 12_345, 1_234_567].map(count), ["0", "7", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn one_is_singular() {
        assert_eq!([1, 0, 2_314].map(calls), ["1 call", "0 calls", "2,314 calls"]);
    }
}
