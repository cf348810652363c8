//! What is set, as chips: each a part of the query in few words that can be taken out by itself. Pure.

use model::{Application, Facet, Facets, LogQuery, Outcome, SourceKind, TimeRange};

use super::filters::{self, Named};
use crate::format::time::{self, Zone};
use crate::words;

/// A part of the query that a chip takes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The included values of a filter.
    Included(Facet),
    /// The excluded values of a filter.
    Excluded(Facet),
    /// End users.
    User,
    /// The range.
    Range,
    /// That calls without a response are listed.
    NoResponse,
}

/// One chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it takes out.
    pub part: Part,
    /// `bot:`, `-app:`; empty where the words stand for themselves.
    pub field: String,
    /// The values.
    pub words: String,
}

impl Chip {
    /// Field and values in one.
    pub fn text(&self) -> String {
        format!("{}{}", self.field, self.words)
    }

    /// Whether it excludes.
    pub fn is_excluding(&self) -> bool {
        self.field.starts_with('-')
    }
}

/// The chips of a query. Facets give the bots their names.
pub fn chips(query: &LogQuery, facets: Option<&Facets>, zone: Zone) -> Vec<Chip> {
    let mut chips = Vec::new();
    for facet in Facet::ALL {
        let named = Named::of(query, facet);
        for (values, part, sign) in
            [(named.include, Part::Included(facet), ""), (named.exclude, Part::Excluded(facet), "-")]
        {
            if !values.is_empty() {
                let words: Vec<_> = values.iter().map(|value| label(facet, value, facets)).collect();
                chips.push(Chip { part, field: format!("{sign}{}:", field(facet)), words: words.join(", ") });
            }
        }
    }
    let users = |values: &[String], sign: &str| Chip {
        part: Part::User,
        field: format!("{sign}user:"),
        words: values.join(", "),
    };
    if !query.user.include.is_empty() {
        chips.push(users(&query.user.include, ""));
    }
    if !query.user.exclude.is_empty() {
        chips.push(users(&query.user.exclude, "-"));
    }
    if query.range != TimeRange::All {
        chips.push(Chip { part: Part::Range, field: String::new(), words: range(query.range, zone) });
    }
    if query.no_response {
        chips.push(Chip {
            part: Part::NoResponse,
            field: String::new(),
            words: words::filters::WITH_NO_RESPONSE.to_owned(),
        });
    }
    chips
}

/// Takes a part out.
pub fn take_out(query: &mut LogQuery, part: Part) {
    match part {
        Part::Included(facet) => {
            for value in Named::of(query, facet).include {
                filters::edit(query, facet, &value, filters::Edit::Toggle);
            }
        }
        Part::Excluded(facet) => {
            for value in Named::of(query, facet).exclude {
                filters::edit(query, facet, &value, filters::Edit::ToggleExcluded);
            }
        }
        Part::User => query.user = model::Choice::default(),
        Part::Range => query.range = TimeRange::All,
        Part::NoResponse => query.no_response = false,
    }
}

/// A range in words: `Last 7 days`, `12 Nov 2026`, `12 Nov 2026, 09:30 to 14 Nov 2026, 10:00`.
pub fn range(range: TimeRange, zone: Zone) -> String {
    let time = |at| time::date_and_time(at, zone);
    match range {
        TimeRange::Last(span) => {
            let (amount, unit) = time::amount(u64::try_from(span.millis()).unwrap_or_default());
            words::time::last(amount, unit)
        }
        TimeRange::Between { from: Some(from), to: Some(to) } if zone.begins_day(from) && zone.begins_day(to) => {
            let (first, last) = (time::date(from, zone), time::date(to.minus_millis(1), zone));
            if first == last { first } else { words::time::from_to(&first, &last) }
        }
        TimeRange::Between { from: Some(from), to: Some(to) } => words::time::from_to(&time(from), &time(to)),
        TimeRange::Between { from: Some(from), to: None } => words::time::from(&time(from)),
        TimeRange::Between { from: None, to: Some(to) } => words::time::up_to(&time(to)),
        TimeRange::All | TimeRange::Between { from: None, to: None } => words::time::ALL_KEPT.to_owned(),
    }
}

/// The name of a value for people.
pub fn label(facet: Facet, value: &str, facets: Option<&Facets>) -> String {
    let counted = facets.and_then(|facets| facets.facets.get(facet).iter().find(|counted| counted.value == value));
    match facet {
        Facet::Status => Outcome::from(value).label().to_owned(),
        Facet::Application => Application::from(value).label().to_owned(),
        Facet::Source => SourceKind::from(value).label().to_owned(),
        Facet::Bot => counted.map_or(value, |counted| counted.label.as_str()).to_owned(),
        Facet::Method | Facet::Code => value.to_owned(),
    }
}

/// The name of a filter in a chip.
const fn field(facet: Facet) -> &'static str {
    match facet {
        Facet::Status => "status",
        Facet::Method => "method",
        Facet::Code => "code",
        Facet::Bot => "bot",
        Facet::Application => "app",
        Facet::Source => "source",
    }
}

#[cfg(test)]
mod tests {
    use super::{chips, take_out};
    use crate::format::time::Zone;
    use model::{Facets, LogQuery};

    #[test]
    fn everything_that_is_set_has_a_chip_and_can_be_taken_out() {
        let parsed = LogQuery::parse(
            "status=error&method=-GET&code=5xx,404&bot=b1&application=google_sheets&source=inbox&user=asha&last=7d&no_response=true",
        );
        assert_eq!(parsed.issues, vec![]);
        let mut query = parsed.query;
        let mut facets = Facets::default();
        facets.facets.bot.push(model::FacetValue { value: "b1".to_owned(), label: "Sales".to_owned(), count: 3 });
        let shown = chips(&query, Some(&facets), Zone::UTC);
        let texts: Vec<_> = shown.iter().map(super::Chip::text).collect();
        assert_eq!(
            texts,
            [
                "status:Error",
                "-method:GET",
                "code:5xx, 404",
                "bot:Sales",
                "app:Google Sheets",
                "source:Conversations Inbox",
                "user:asha",
                "Last 7 days",
                "with no response"
            ]
        );
        for chip in shown {
            take_out(&mut query, chip.part);
        }
        assert_eq!(query, LogQuery::default());
    }

    #[test]
    fn ranges_in_words() {
        for (query_string, words) in [
            ("last=15m", "Last 15 minutes"),
            ("last=1h", "Last hour"),
            ("last=24h", "Last 24 hours"),
            ("last=1d", "Last 24 hours"),
            ("last=30d", "Last 30 days"),
            ("from=2026-11-12T09:30:00Z", "From 12 Nov 2026, 09:30"),
            ("from=2026-11-12T09:30:05Z", "From 12 Nov 2026, 09:30:05"),
            ("from=2026-11-12T00:00:00Z&to=2026-11-13T00:00:00Z", "12 Nov 2026"),
            ("from=2026-11-12T00:00:00Z&to=2026-11-14T00:00:00Z", "12 Nov 2026 to 13 Nov 2026"),
            ("from=2026-11-12T00:00:00Z&to=2026-11-14T10:00:00Z", "12 Nov 2026, 00:00 to 14 Nov 2026, 10:00"),
        ] {
            assert_eq!(super::range(LogQuery::parse(query_string).query.range, Zone::UTC), words);
        }
    }
}
