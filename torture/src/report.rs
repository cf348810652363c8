//! What a test counted, and what it found wrong.

use std::fmt;

/// Faults that are spelled out; more of the same kind tell nothing new.
const SHOWN: usize = 20;

/// The outcome of one test.
#[derive(Clone, Debug, Default)]
pub struct Report {
    title: String,
    counts: Vec<(&'static str, u64)>,
    notes: Vec<String>,
    faults: Vec<String>,
}

impl Report {
    /// Nothing counted yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Counts what has a name; the table is in the order in which names came first.
    pub fn count(&mut self, name: &'static str, more: u64) {
        match self.counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += more,
            None => self.counts.push((name, more)),
        }
    }

    /// Keeps the largest value of a name.
    pub fn at_most(&mut self, name: &'static str, value: u64) {
        match self.counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, largest)) => *largest = value.max(*largest),
            None => self.counts.push((name, value)),
        }
    }

    /// What was counted under a name.
    pub fn counted(&self, name: &str) -> u64 {
        self.counts.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count)
    }

    /// Something the reader should know.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Something that is wrong.
    pub fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    /// Something that is wrong unless it holds.
    pub fn insist(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.fault(fault());
        }
    }

    /// Everything that is wrong.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// Takes over what another test counted and found.
    pub fn absorb(&mut self, other: Self) {
        for (name, count) in other.counts {
            self.count(name, count);
        }
        self.notes.extend(other.notes);
        self.faults.extend(other.faults);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.title)?;
        for (name, count) in &self.counts {
            writeln!(formatter, "  {count:>9}  {name}")?;
        }
        for note in &self.notes {
            writeln!(formatter, "  note: {note}")?;
        }
        for fault in self.faults.iter().take(SHOWN) {
            writeln!(formatter, "  FAULT: {fault}")?;
        }
        match self.faults.len() {
            0 => writeln!(formatter, "  as it should be"),
            faults if faults > SHOWN => writeln!(formatter, "  {faults} faults, the first {SHOWN} shown"),
            faults => writeln!(formatter, "  {faults} faults"),
        }
    }
}
