//! The numbers of calls, packed by column: what filters, facets and the histogram read.
//!
//! A run of calls is one blob. Each column holds the differences to its smallest value, in as many bytes as the largest
//! difference needs (none where all values are alike), so that a call takes some 14 bytes and a million of them are
//! gone through in milliseconds. A checksum stands at the end.

use super::row::{BUCKET_MILLIS, first_row};

/// What is known of a call as numbers, in the order of the blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Column {
    /// Milliseconds since the midnight at which the file's day begins.
    Time,
    /// The sequence in its bucket, the last part of its row's number.
    Sequence,
    /// The outcome, and whether it is a run of a script: [`Record::outcome`], [`Record::is_script`].
    Kind,
    /// The response code; 0 where there is none.
    Code,
    /// The number of a term; 0 where there is none. So the next four.
    Method,
    Application,
    Bot,
    Source,
    /// The number of an end user; 0 where there is none.
    User,
    /// Milliseconds and one; 0 where it is not known.
    Duration,
}

impl Column {
    const ALL: [Self; COLUMNS] = [
        Self::Time,
        Self::Sequence,
        Self::Kind,
        Self::Code,
        Self::Method,
        Self::Application,
        Self::Bot,
        Self::Source,
        Self::User,
        Self::Duration,
    ];
}

const COLUMNS: usize = 10;
const SCRIPT: u32 = 4;

/// The numbers of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record([u32; COLUMNS]);

impl Record {
    /// One of the numbers.
    pub fn get(&self, column: Column) -> u32 {
        self.0.get(column as usize).copied().unwrap_or_default()
    }

    /// The record with one of its numbers set.
    #[must_use]
    pub fn with(mut self, column: Column, value: u32) -> Self {
        if let Some(place) = self.0.get_mut(column as usize) {
            *place = value;
        }
        self
    }

    /// The record with what [`Column::Kind`] says.
    #[must_use]
    pub fn of_kind(self, outcome: u32, is_script: bool) -> Self {
        self.with(Column::Kind, outcome | if is_script { SCRIPT } else { 0 })
    }

    /// The number of the outcome in a kind.
    pub const fn outcome(kind: u32) -> u32 {
        kind & !SCRIPT
    }

    /// Whether a kind is that of a script.
    pub const fn is_script(kind: u32) -> bool {
        kind & SCRIPT != 0
    }

    /// How many kinds there are.
    pub const KINDS: u32 = 2 * SCRIPT;

    /// The number of the call's row.
    pub fn row(&self, slot: u32) -> i64 {
        row_at(slot, self.get(Column::Time), self.get(Column::Sequence))
    }
}

/// The number of the row of a call.
pub fn row_at(slot: u32, time: u32, sequence: u32) -> i64 {
    first_row(slot, i64::from(time) / BUCKET_MILLIS) + i64::from(sequence)
}

/// Packs calls.
pub fn pack(records: &[Record]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(64 + records.len() * 16);
    packed.extend(u32::try_from(records.len()).unwrap_or(u32::MAX).to_le_bytes());
    for column in Column::ALL {
        let values = || records.iter().map(|record| record.get(column));
        let (least, most) = values().fold((u32::MAX, 0), |(least, most), value| (least.min(value), most.max(value)));
        let least = least.min(most);
        let width = width_of(most - least);
        packed.push(width);
        packed.extend(least.to_le_bytes());
        for value in values() {
            let bytes = (value - least).to_le_bytes();
            packed.extend(bytes.get(..usize::from(width)).unwrap_or_default());
        }
    }
    packed.extend(crc32fast::hash(&packed).to_le_bytes());
    packed
}

const fn width_of(difference: u32) -> u8 {
    match difference {
        0 => 0,
        1..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}

/// Why a blob is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the packed columns are damaged")]
pub struct Damaged;

/// One column of a run, still packed.
#[derive(Clone, Copy, Debug)]
struct PackedColumn<'a> {
    least: u32,
    width: u8,
    differences: &'a [u8],
}

/// A run of calls, still packed.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    length: usize,
    columns: [PackedColumn<'a>; COLUMNS],
}

impl<'a> Run<'a> {
    /// Looks at a blob.
    pub fn read(packed: &'a [u8]) -> Result<Self, Damaged> {
        let (content, checksum) = packed.split_last_chunk::<4>().ok_or(Damaged)?;
        if crc32fast::hash(content) != u32::from_le_bytes(*checksum) {
            return Err(Damaged);
        }
        let (length, mut rest) = content.split_first_chunk::<4>().ok_or(Damaged)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Damaged)?;
        let mut columns = [PackedColumn { least: 0, width: 0, differences: &[] }; COLUMNS];
        for column in &mut columns {
            let (&width, after) = rest.split_first().ok_or(Damaged)?;
            let (least, after) = after.split_first_chunk::<4>().ok_or(Damaged)?;
            let bytes = length.checked_mul(usize::from(width)).ok_or(Damaged)?;
            let (differences, after) = after.split_at_checked(bytes).ok_or(Damaged)?;
            if !matches!(width, 0 | 1 | 2 | 4) {
                return Err(Damaged);
            }
            *column = PackedColumn { least: u32::from_le_bytes(*least), width, differences };
            rest = after;
        }
        if rest.is_empty() { Ok(Self { length, columns }) } else { Err(Damaged) }
    }

    /// How many calls it has.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Puts the values of a column into a buffer, in order.
    pub fn unpack(&self, column: Column, values: &mut Vec<u32>) {
        values.clear();
        let Some(PackedColumn { least, width, differences }) = self.columns.get(column as usize).copied() else {
            return;
        };
        match width {
            0 => values.resize(self.length, least),
            1 => values.extend(differences.iter().map(|byte| least.wrapping_add(u32::from(*byte)))),
            2 => values.extend(
                differences.as_chunks().0.iter().map(|bytes| least.wrapping_add(u32::from(u16::from_le_bytes(*bytes)))),
            ),
            _ => values
                .extend(differences.as_chunks().0.iter().map(|bytes| least.wrapping_add(u32::from_le_bytes(*bytes)))),
        }
    }

    /// The values of a column where they are all alike.
    pub fn constant(&self, column: Column) -> Option<u32> {
        self.columns.get(column as usize).filter(|column| column.width == 0).map(|column| column.least)
    }

    /// One call of it.
    pub fn record(&self, index: usize) -> Record {
        let mut record = Record::default();
        for (value, column) in record.0.iter_mut().zip(&self.columns) {
            let width = usize::from(column.width);
            let mut bytes = [0; 4];
            let difference = column.differences.get(index * width..(index + 1) * width).unwrap_or_default();
            bytes.iter_mut().zip(difference).for_each(|(byte, from)| *byte = *from);
            *value = column.least.wrapping_add(u32::from_le_bytes(bytes));
        }
        record
    }

    /// All calls of it.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        (0..self.length).map(|index| self.record(index))
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Column, Damaged, Record, Run, pack};
    use proptest::prelude::*;

    fn records() -> impl Strategy<Value = Vec<Record>> {
        let value = prop_oneof![Just(0), 0_u32..200, 0_u32..70_000, any::<u32>()];
        let widths = proptest::collection::vec(value, COLUMNS);
        (widths, 0_usize..300).prop_flat_map(|(most, length)| {
            let record = most.into_iter().map(|most| 0..=most).collect::<Vec<_>>();
            let record = record.prop_map(|values| Record(values.try_into().unwrap()));
            proptest::collection::vec(record, length)
        })
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read_again(records in records()) {
            let packed = pack(&records);
            let run = Run::read(&packed).unwrap();
            prop_assert_eq!(run.len(), records.len());
            prop_assert_eq!(run.records().collect::<Vec<_>>(), records.clone());
            let mut values = vec![7];
            for column in Column::ALL {
                run.unpack(column, &mut values);
                prop_assert_eq!(&values, &records.iter().map(|record| record.get(column)).collect::<Vec<_>>());
            }
        }

        #[test]
        fn a_flipped_bit_is_noticed(records in records(), place: prop::sample::Index, bit in 0_u8..8) {
            let mut packed = pack(&records);
            let place = place.index(packed.len());
            packed[place] ^= 1 << bit;
            prop_assert_eq!(Run::read(&packed).err(), Some(Damaged));
        }

        #[test]
        fn anything_else_is_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Run::read(&bytes).is_err());
        }
    }

    #[test]
    fn calls_like_those_of_bots_take_few_bytes() {
        let records: Vec<Record> = (0..4_096)
            .map(|number| {
                Record::default()
                    .with(Column::Time, 30_000_000 + number * 21)
                    .with(Column::Sequence, number)
                    .of_kind(0, false)
                    .with(Column::Code, 200 + number % 5)
                    .with(Column::Method, 1 + number % 3)
                    .with(Column::Application, 4)
                    .with(Column::Bot, 7 + number % 12)
                    .with(Column::Source, 40 + number % 50)
                    .with(Column::User, number * 7 % 40_000)
                    .with(Column::Duration, 40 + number % 900)
            })
            .collect();
        assert!(pack(&records).len() < 4_096 * 15, "{}", pack(&records).len());
    }
}
