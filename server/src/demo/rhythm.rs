//! When people talk to a bot: the hours of a day, the days of a week.

use model::Timestamp;

/// An hour in milliseconds.
pub const HOUR: i64 = 3_600_000;
/// A day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// The rhythm of a bot's conversations.
#[derive(Clone, Copy)]
pub enum Rhythm {
    /// Working hours, hardly ever at the weekend.
    Office,
    /// All day, most in the evening, more at the weekend.
    Leisure,
    /// Lunch and dinner, most on Fridays and Saturdays.
    Table,
    /// Day and night alike: machines start these.
    Steady,
}

impl Rhythm {
    /// Shares of the hours of a day (UTC) in thousandths, and of the days of a week, Monday first, in hundredths.
    const fn shares(self) -> ([u64; 24], [u64; 7]) {
        match self {
            Self::Office => (
                [4, 3, 3, 3, 6, 14, 38, 78, 104, 108, 100, 84, 72, 88, 92, 82, 58, 28, 14, 8, 5, 4, 2, 2],
                [122, 118, 112, 108, 98, 26, 14],
            ),
            Self::Leisure => (
                [12, 8, 6, 5, 8, 16, 30, 42, 48, 52, 54, 58, 56, 52, 50, 54, 62, 70, 78, 80, 68, 46, 28, 17],
                [92, 90, 92, 94, 102, 120, 110],
            ),
            Self::Table => (
                [4, 2, 1, 1, 1, 2, 6, 16, 38, 64, 88, 92, 66, 38, 36, 58, 96, 122, 110, 78, 42, 22, 11, 6],
                [52, 64, 84, 102, 158, 166, 74],
            ),
            Self::Steady => ([42; 24], [104, 104, 104, 104, 104, 90, 90]),
        }
    }

    /// How many thousandths of a conversation to expect in the hour that begins then.
    pub fn expected_per_mille(self, hour_start: Timestamp, per_day: u64) -> u64 {
        let (hours, days) = self.shares();
        let hour = hour_start.millis().rem_euclid(DAY) / HOUR;
        // 1970-01-01 was a Thursday, the day with index 3.
        let weekday = (hour_start.millis().div_euclid(DAY) + 3).rem_euclid(7);
        let share =
            |shares: &[u64], index: i64| usize::try_from(index).ok().and_then(|index| shares.get(index).copied());
        per_day * share(&hours, hour).unwrap_or(0) * share(&days, weekday).unwrap_or(0) / 100
    }
}
