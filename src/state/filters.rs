//! One filter of the query by its name and its values as words: what a list of checkboxes edits. Pure.

use std::str::FromStr;

use model::{Choice, Facet, LogQuery};

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
        fn words<T: ToString>(choice: &Choice<T>) -> Named {
            let words = |values: &[T]| values.iter().map(ToString::to_string).collect();
            Named { include: words(&choice.include), exclude: words(&choice.exclude) }
        }
        match facet {
            Facet::Status => words(&query.status),
            Facet::Method => words(&query.method),
            Facet::Code => words(&query.code),
            Facet::Bot => words(&query.bot),
            Facet::Application => words(&query.application),
            Facet::Source => words(&query.source),
        }
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
            (0, excluded) => Some(format!("{excluded} excluded")),
            (included, 0) => Some(format!("{included} chosen")),
            (included, excluded) => Some(format!("{included} chosen, {excluded} excluded")),
        }
    }
}

/// Does something with a value of a filter. A word that is no value of it changes nothing.
pub fn edit(query: &mut LogQuery, facet: Facet, value: &str, edit: Edit) {
    match facet {
        Facet::Status => apply(&mut query.status, value, edit),
        Facet::Method => apply(&mut query.method, value, edit),
        Facet::Code => apply(&mut query.code, value, edit),
        Facet::Bot => apply(&mut query.bot, value, edit),
        Facet::Application => apply(&mut query.application, value, edit),
        Facet::Source => apply(&mut query.source, value, edit),
    }
}

/// Takes every value out of a filter.
pub fn clear(query: &mut LogQuery, facet: Facet) {
    match facet {
        Facet::Status => query.status = Choice::default(),
        Facet::Method => query.method = Choice::default(),
        Facet::Code => query.code = Choice::default(),
        Facet::Bot => query.bot = Choice::default(),
        Facet::Application => query.application = Choice::default(),
        Facet::Source => query.source = Choice::default(),
    }
}

fn apply<T: FromStr + PartialEq>(choice: &mut Choice<T>, word: &str, edit: Edit) {
    let Ok(value) = word.parse() else {
        return;
    };
    match edit {
        Edit::Toggle => choice.toggle(value),
        Edit::ToggleExcluded => choice.toggle_excluded(value),
        Edit::Only => *choice = Choice::only(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, Named, Standing, clear, edit};
    use model::{Facet, LogQuery};

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
    fn what_is_no_value_changes_nothing() {
        let mut query = LogQuery::default();
        edit(&mut query, Facet::Code, "teapot", Edit::Toggle);
        assert_eq!(query, LogQuery::default());
    }
}
