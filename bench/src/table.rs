//! Tables in Markdown that read well in a terminal too.

/// A table: its first row is the head, and its columns but the first are to the right.
pub struct Table(Vec<Vec<String>>);

impl Table {
    /// A table with this head.
    pub fn new(head: Vec<String>) -> Self {
        Self(vec![head])
    }

    /// Adds a row; what it lacks of the head's length stays empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.0.push(cells);
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let columns = self.0.first().map_or(0, Vec::len);
        let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| self.0.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or(0).max(3))
            .collect();
        let line = |row: &[String]| {
            let cells = widths.iter().enumerate().map(|(column, width)| match column {
                0 => format!("{:<width$}", cell(row, column)),
                _ => format!("{:>width$}", cell(row, column)),
            });
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = widths.iter().enumerate().map(|(column, width)| match column {
            0 => "-".repeat(width + 2),
            _ => format!("{}:", "-".repeat(width + 1)),
        });
        let rule = format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
        let mut lines = self.0.iter().map(|row| line(row));
        let head = lines.next().unwrap_or_default();
        head + &rule + &lines.collect::<String>()
    }
}

/// Milliseconds as people compare them: three digits that mean something.
pub fn millis(millis: f64) -> String {
    match millis {
        _ if millis < 10.0 => format!("{millis:.2}"),
        _ if millis < 100.0 => format!("{millis:.1}"),
        _ => whole(millis),
    }
}

/// A whole number with its thousands apart.
pub fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut table = Table::new(words("question p50 p99"));
        table.row(words("newest 1.25 1,250"));
        table.row(words("Krüger"));
        assert_eq!(
            table.markdown(),
            "| question |  p50 |   p99 |\n\
             |----------|-----:|------:|\n\
             | newest   | 1.25 | 1,250 |\n\
             | Krüger   |      |       |\n"
        );
    }

    #[test]
    fn numbers_are_short_and_readable() {
        assert_eq!([0.123, 9.994, 10.04, 99.94, 1_234.5].map(millis), ["0.12", "9.99", "10.0", "99.9", "1,234"]);
        assert_eq!([0.0, 999.0, 1_000.0, 1_234_567.0].map(whole), ["0", "999", "1,000", "1,234,567"]);
    }
}
