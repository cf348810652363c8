//! Into a part of the time, and back out to the time before.

use leptos::prelude::*;
use model::TimeRange;

use super::url::UrlState;

/// Steps that are remembered; whoever goes further in goes out by the browser's way back.
const MOST_STEPS: usize = 50;

/// A step: the time before it, and the time it led to.
type Step = (TimeRange, TimeRange);

/// The steps into a part of the time.
#[derive(Clone, Copy)]
pub struct Zoom {
    url: UrlState,
    steps: StoredValue<Vec<Step>>,
}

impl Zoom {
    /// No step yet.
    pub fn new(url: UrlState) -> Self {
        Self { url, steps: StoredValue::new(Vec::new()) }
    }

    /// The present time.
    pub fn range(self) -> TimeRange {
        self.url.query().with(|query| query.range)
    }

    /// Looks at a part of the present time.
    pub fn into(self, part: TimeRange) {
        let before = untrack(|| self.range());
        if part == before {
            return;
        }
        self.steps.update_value(|steps| {
            if steps.len() == MOST_STEPS {
                steps.remove(0);
            }
            steps.push((before, part));
        });
        self.url.edit(|query| query.range = part);
    }

    /// Whether there is a way out.
    pub fn can_go_out(self) -> bool {
        self.steps.with_value(|steps| outside(steps, self.range()).is_some())
    }

    /// Looks at the time before, or at a longer one around the present one.
    pub fn out(self) {
        let present = untrack(|| self.range());
        if let Some(before) = self.steps.with_value(|steps| outside(steps, present)) {
            self.url.edit(|query| query.range = before);
        }
    }
}

/// The time from which the last step led to the present one. Of one that a link led to, everything that is kept.
fn outside(steps: &[Step], present: TimeRange) -> Option<TimeRange> {
    let step = steps.iter().rev().find(|(_, part)| *part == present);
    let from_link = matches!(present, TimeRange::Between { .. }).then_some(TimeRange::All);
    step.map(|(before, _)| *before).or(from_link)
}

#[cfg(test)]
mod tests {
    use super::outside;
    use model::{LogQuery, TimeRange};

    #[test]
    fn the_way_out_is_the_way_in() {
        let range = |query_string: &str| LogQuery::parse(query_string).query.range;
        let (week, day) = (range("last=7d"), range("from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z"));
        let hour = range("from=2026-11-20T09:00:00Z&to=2026-11-20T10:00:00Z");
        let steps = [(week, day), (day, hour)];
        assert_eq!(outside(&steps, hour), Some(day));
        assert_eq!(outside(&steps, day), Some(week));
        assert_eq!(outside(&steps, week), None);
        // Back has led out meanwhile, and another step in again.
        assert_eq!(outside(&[(week, day), (day, hour), (week, hour)], hour), Some(week));
        assert_eq!(outside(&[], hour), Some(TimeRange::All));
    }
}
