//! One filter of the query by its name and its values as words: what a list of checkboxes edits. Pure.

use crate::words;
use model::query::push_parameter;
use model::{Choice, Facet, Facets, LogQuery, ParsedQuery, TextFilter};

/// What is done with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Include it, or take it out where it was included.
    Toggle,
    /// Exclude it, or take it out where it was excluded.
    ToggleExcluded,
    /// Include it and nothing else.
    Only,
}

/// How a value stands in a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not named.
    Unset,
    /// Included.
    Included,
    /// Excluded.
    Excluded,
}

/// The values that a filter names, as words: included and excluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Any of these.
    pub include: Vec<String>,
    /// None of these.
    pub exclude: Vec<String>,
}

impl Named {
    /// The values that a filter of a query names.
    pub fn of(query: &LogQuery, facet: Facet) -> Self {
        let Choice { include, exclude } = words(query, facet);
        Self { include, exclude }
    }

    /// How a value stands.
    pub fn standing(&self, value: &str) -> Standing {
        if self.include.iter().any(|included| included == value) {
            Standing::Included
        } else if self.exclude.iter().any(|excluded| excluded == value) {
            Standing::Excluded
        } else {
            Standing::Unset
        }
    }

    /// How many values are named: included ones, or else excluded ones as a negative number.
    pub fn badge(&self) -> Option<String> {
        match (self.include.len(), self.exclude.len()) {
            (0, 0) => None,
            (0, excluded) => Some(format!("\u{2212}{excluded}")),
            (included, 0) => Some(included.to_string()),
            (included, excluded) => Some(format!("{included} \u{2212}{excluded}")),
        }
    }

    /// The same in words, for names that are read out.
    pub fn badge_in_words(&self) -> Option<String> {
        match (self.include.len(), self.exclude.len()) {
            (0, 0) => None,
            (0, excluded) => Some(words::filters::excluded(excluded)),
            (included, 0) => Some(words::filters::chosen(included)),
            (included, excluded) => Some(words::filters::chosen_and_excluded(included, excluded)),
        }
    }
}

/// The values of a filter as words.
fn words(query: &LogQuery, facet: Facet) -> Choice<String> {
    let list = match facet {
        Facet::Status => query.status.to_string(),
        Facet::Method => query.method.to_string(),
        Facet::Code => query.code.to_string(),
        Facet::Bot => query.bot.to_string(),
        Facet::Application => query.application.to_string(),
        Facet::Source => query.source.to_string(),
    };
    Choice::of_words(&list)
}

/// Does something with a value of a filter. A word that is no value of it changes nothing.
pub fn edit(query: &mut LogQuery, facet: Facet, value: &str, edit: Edit) {
    let mut choice = words(query, facet);
    let value = value.to_owned();
    match edit {
        Edit::Toggle => choice.toggle(value),
        Edit::ToggleExcluded => choice.toggle_excluded(value),
        Edit::Only => choice = Choice::only(value),
    }
    set(query, facet, &choice);
}

/// Takes every value out of a filter.
pub fn clear(query: &mut LogQuery, facet: Facet) {
    set(query, facet, &Choice::default());
}

/// Sets the values of a filter from words, as an address would: code for every filter's own type of value would be twice
/// as much.
fn set(query: &mut LogQuery, facet: Facet, choice: &Choice<String>) {
    let mut address = String::new();
    push_parameter(&mut address, facet.parameter(), &choice.to_string());
    let ParsedQuery { query: read, issues } = LogQuery::parse(&address);
    if issues.is_empty() {
        match facet {
            Facet::Status => query.status = read.status,
            Facet::Method => query.method = read.method,
            Facet::Code => query.code = read.code,
            Facet::Bot => query.bot = read.bot,
            Facet::Application => query.application = read.application,
            Facet::Source => query.source = read.source,
        }
    }
}

/// The query with what its text says of a filter in the filter, as the server has read the text. Where that is of another
/// text, the query as it is.
pub fn with_text_taken_over(query: &LogQuery, facet: Facet, counted: Option<&Facets>) -> LogQuery {
    let mut taken = query.clone();
    let said = counted.filter(|counted| counted.text == query.text.trim());
    let said = said.and_then(|counted| counted.text_filters.iter().find(|said| said.facet == facet.parameter()));
    if let Some(TextFilter { include, exclude, rest, .. }) = said {
        taken.text.clone_from(rest);
        for (values, done) in [(include, Edit::Toggle), (exclude, Edit::ToggleExcluded)] {
            for value in values {
                if Named::of(&taken, facet).standing(value) == Standing::Unset {
                    edit(&mut taken, facet, value, done);
                }
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::{Edit, Named, Standing, clear, edit, with_text_taken_over};
    use model::{Facet, Facets, LogQuery, TextFilter};

    #[test]
    fn every_filter_is_edited_by_its_words() {
        for (facet, value, other) in [
            (Facet::Status, "error", "success"),
            (Facet::Method, "POST", "C2E"),
            (Facet::Code, "5xx", "404"),
            (Facet::Bot, "b-1", "b-2"),
            (Facet::Application, "google_sheets", "something_new"),
            (Facet::Source, "inbox", "bot_flow"),
        ] {
            let mut query = LogQuery::default();
            edit(&mut query, facet, value, Edit::Toggle);
            edit(&mut query, facet, other, Edit::ToggleExcluded);
            let named = Named::of(&query, facet);
            assert_eq!((named.standing(value), named.standing(other)), (Standing::Included, Standing::Excluded));
            assert_eq!(named.badge().as_deref(), Some("1 \u{2212}1"));

            edit(&mut query, facet, other, Edit::Only);
            assert_eq!(Named::of(&query, facet), Named { include: vec![other.to_owned()], exclude: vec![] });
            edit(&mut query, facet, other, Edit::Toggle);
            assert_eq!(query, LogQuery::default());

            edit(&mut query, facet, value, Edit::ToggleExcluded);
            clear(&mut query, facet);
            assert_eq!(query, LogQuery::default());
        }
    }

    #[test]
    fn what_the_text_says_of_a_filter_is_taken_over() {
        let query = LogQuery::parse("q=status:error refund&method=GET").query;
        let said = TextFilter {
            facet: "status".to_owned(),
            include: vec!["error".to_owned()],
            exclude: vec!["no_response".to_owned()],
            rest: "refund".to_owned(),
        };
        let facets = Facets { text: "status:error refund".to_owned(), text_filters: vec![said], ..Facets::default() };
        let taken = |query, facet| with_text_taken_over(query, facet, Some(&facets)).to_query_string();
        assert_eq!(taken(&query, Facet::Status), "q=refund&status=error,-no_response&method=GET");
        assert_eq!(taken(&query, Facet::Method), query.to_query_string());
        let other = LogQuery::parse("q=status:success").query;
        assert_eq!(taken(&other, Facet::Status), "q=status:success");
    }

    #[test]
    fn what_is_no_value_changes_nothing() {
        let mut query = LogQuery::default();
        edit(&mut query, Facet::Code, "teapot", Edit::Toggle);
        assert_eq!(query, LogQuery::default());
    }
}
