//! Examples of searches: a file beside the page, so that who does not ask for them does not wait for them.

use super::ApiError;
use super::client::{self, Asked};

/// Some examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPart {
    /// What they show.
    pub title: String,
    /// Searches, each with what it finds.
    pub examples: Vec<(String, String)>,
}

/// Asks for the examples.
pub fn parts(then: impl FnOnce(Result<Vec<HelpPart>, ApiError>) + 'static) {
    let asked = Asked { url: "search-help.json".to_owned(), ..Asked::default() };
    client::ask(asked, Box::new(move |answer| then(client::body(answer))));
}

#[cfg(test)]
mod tests {
    use super::HelpPart;
    use crate::api::answers::read;
    use model::Search;
    use model::search::Field;

    #[test]
    fn every_example_can_be_run_and_every_field_has_one() {
        let parts: Vec<HelpPart> = read(include_str!("../../public/search-help.json")).unwrap();
        let examples: Vec<String> =
            parts.iter().flat_map(|part| &part.examples).map(|(example, _)| example.clone()).collect();
        for example in &examples {
            assert!(!Search::parse(example).unwrap().is_empty(), "{example}");
        }
        for field in Field::ALL {
            assert!(examples.iter().any(|example| example.contains(&format!("{}:", field.name()))), "{field:?}");
        }
    }
}
