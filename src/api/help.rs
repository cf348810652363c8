//! Examples of searches: a file beside the page, so that who does not ask for them does not wait for them.

use model::Suggestion;

use super::ApiError;
use super::client::{self, Asked};

/// Asks for the examples, each with what it finds; the first of several that belong together has a label.
pub fn examples(then: impl FnOnce(Result<Vec<Suggestion>, ApiError>) + 'static) {
    let asked = Asked { url: "search-help.json".to_owned(), ..Asked::default() };
    client::ask(asked, Box::new(move |answer| then(client::body(answer))));
}

#[cfg(test)]
mod tests {
    use crate::api::answers::read;
    use model::search::Field;
    use model::{Search, Suggestion};

    #[test]
    fn every_example_can_be_run_and_every_field_has_one() {
        let examples: Vec<Suggestion> = read(include_str!("../../public/search-help.json")).unwrap();
        assert!(!examples[0].label.is_empty());
        for example in &examples {
            assert!(!Search::parse(&example.text).unwrap().is_empty() && !example.about.is_empty(), "{example:?}");
        }
        for field in Field::ALL {
            let name = format!("{}:", field.name());
            assert!(examples.iter().any(|example| example.text.contains(&name)), "{field:?}");
        }
    }
}
