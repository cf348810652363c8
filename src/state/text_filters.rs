//! Qualifiers of the search text that say what a filter could say: its button shows them as set, and an edit of it takes
//! them over, so that text and filter never speak of the same thing twice. Pure.

use model::search::{Expression, FieldTest};
use model::{Application, CodeFilter, Facet, Facets, LogQuery};

use super::filters::{self, Edit, Named};

/// The query with the qualifiers of a filter out of the text and in the filter, as far as both find the same calls.
/// Facets tell which bots a part of a name means.
pub fn with_taken_over(query: &LogQuery, facet: Facet, facets: Option<&Facets>) -> LogQuery {
    let mut taken = query.clone();
    let Ok(search) = query.search() else { return taken };
    let terms = match search.expression() {
        Expression::All(terms) => terms.as_slice(),
        only => std::slice::from_ref(only),
    };
    let mut rest = Vec::new();
    for term in terms {
        let (asked, edit) = match term {
            Expression::Not(excluded) => (&**excluded, Edit::ToggleExcluded),
            asked => (asked, Edit::Toggle),
        };
        let named = Named::of(&taken, facet);
        // A second qualifier of the same field narrows the first; values of a filter widen each other.
        let is_free = edit == Edit::ToggleExcluded || named.include.is_empty();
        match values(asked, facet, facets).filter(|_| is_free) {
            Some(values) => {
                for value in values.iter().filter(|value| named.standing(value) == filters::Standing::Unset) {
                    filters::edit(&mut taken, facet, value, edit);
                }
            }
            None => rest.push(term.clone()),
        }
    }
    if rest.len() < terms.len() {
        taken.text = Expression::all(rest).to_string();
    }
    taken
}

/// The values of a filter that find the same calls as a part of the text.
fn values(asked: &Expression, facet: Facet, facets: Option<&Facets>) -> Option<Vec<String>> {
    let test = match asked {
        Expression::Any(alternatives) => {
            let lists = alternatives.iter().map(|asked| values(asked, facet, facets));
            return lists.collect::<Option<Vec<_>>>().map(|lists| lists.concat());
        }
        Expression::Field(test) => test,
        _ => return None,
    };
    let value = match (test, facet) {
        (FieldTest::Status(outcome), Facet::Status) => outcome.to_string(),
        (FieldTest::Code(range), Facet::Code) => {
            Some(range.to_string()).filter(|code| code.parse::<CodeFilter>().is_ok())?
        }
        (FieldTest::Method(method), Facet::Method) => method.to_string(),
        (FieldTest::Source(kind), Facet::Source) => kind.to_string(),
        (FieldTest::Application(words), Facet::Application) => {
            Application::KNOWN.iter().find(|known| words.name_application(known))?.to_string()
        }
        (FieldTest::Bot(words), Facet::Bot) => {
            let bots = facets?.facets.bot.iter().filter(|bot| words.name(&bot.value, &bot.label));
            return Some(bots.map(|bot| bot.value.clone()).collect()).filter(|bots: &Vec<_>| !bots.is_empty());
        }
        _ => return None,
    };
    Some(vec![value])
}

#[cfg(test)]
mod tests {
    use super::with_taken_over;
    use model::{Facet, FacetValue, Facets, LogQuery};

    fn taken_over(query_string: &str, facet: Facet) -> String {
        let mut facets = Facets::default();
        for (value, label) in [("b1", "Sales"), ("b2", "Sales abroad"), ("b3", "Orders")] {
            facets.facets.bot.push(FacetValue { value: value.to_owned(), label: label.to_owned(), count: 1 });
        }
        let parsed = LogQuery::parse(query_string);
        with_taken_over(&parsed.query, facet, Some(&facets)).to_query_string()
    }

    #[test]
    fn what_a_filter_could_say_goes_there() {
        for (query_string, facet, taken) in [
            ("q=status:error refund", Facet::Status, "q=refund&status=error"),
            ("q=code:404,5xx", Facet::Code, "code=404,5xx"),
            ("q=-code:(404 OR 5xx) x", Facet::Code, "q=x&code=-404,-5xx"),
            ("q=-method:get -method:POST", Facet::Method, "method=-GET,-POST"),
            ("q=app:\"Google Sheets\"", Facet::Application, "application=google_sheets"),
            ("q=source:inbox", Facet::Source, "source=inbox"),
            ("q=bot:sales", Facet::Bot, "bot=b1,b2"),
            ("q=bot:b3 refund", Facet::Bot, "q=refund&bot=b3"),
            ("q=is:success&code=404", Facet::Status, "status=success&code=404"),
            ("q=-code:404&code=-500", Facet::Code, "code=-500,-404"),
        ] {
            assert_eq!(taken_over(query_string, facet), taken.replace(' ', "%20"), "{query_string}");
        }
    }

    #[test]
    fn the_rest_stays_in_the_text() {
        for (query_string, facet) in [
            ("q=refund", Facet::Status),
            ("q=status:error", Facet::Code),
            ("q=code:%3E%3D500", Facet::Code),
            ("q=app:my_own_crm", Facet::Application),
            ("q=bot:nobody", Facet::Bot),
            ("q=code:404%20OR%20refund", Facet::Code),
            ("q=statu:error", Facet::Status),
            // Both must hold: together in the filter either would do.
            ("q=code:404&code=5xx", Facet::Code),
        ] {
            assert_eq!(taken_over(query_string, facet), query_string, "{query_string}");
        }
        assert_eq!(taken_over("q=code:404%20code:4xx", Facet::Code), "q=code:4xx&code=404");
    }
}
