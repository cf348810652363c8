//! What the search text says that a filter could say as well, so that a page shows its filters as set by the text, and an
//! edit of a filter takes over what the text said of it.

use model::search::{Expression, FieldTest};
use model::{Application, CodeFilter, Facet, Facets, LogQuery, TextFilter};

/// The facets of a query with what its text says of each filter. The bots that are counted tell which of them a part of a
/// name means.
pub fn with_text_filters(mut facets: Facets, query: &LogQuery) -> Facets {
    let said = Facet::ALL.into_iter().filter_map(|facet| text_filter(query, facet, &facets));
    let said: Vec<TextFilter> = said.collect();
    if !said.is_empty() {
        query.text.clone_into(&mut facets.text);
        facets.text_filters = said;
    }
    facets
}

/// What the text says of one filter; `None` where that is nothing.
fn text_filter(query: &LogQuery, facet: Facet, facets: &Facets) -> Option<TextFilter> {
    let search = query.search().ok()?;
    let terms = match search.expression() {
        Expression::All(terms) => terms.as_slice(),
        only => std::slice::from_ref(only),
    };
    let has_values = match facet {
        Facet::Status => !query.status.include.is_empty(),
        Facet::Method => !query.method.include.is_empty(),
        Facet::Code => !query.code.include.is_empty(),
        Facet::Bot => !query.bot.include.is_empty(),
        Facet::Application => !query.application.include.is_empty(),
        Facet::Source => !query.source.include.is_empty(),
    };
    let mut said = TextFilter { facet: facet.parameter().to_owned(), ..TextFilter::default() };
    let mut rest = Vec::new();
    for term in terms {
        let (asked, is_excluded) = match term {
            Expression::Not(excluded) => (&**excluded, true),
            asked => (asked, false),
        };
        // A second qualifier of the same field narrows the first; values of a filter widen each other.
        let is_free = is_excluded || (!has_values && said.include.is_empty());
        match values(asked, facet, facets).filter(|_| is_free) {
            Some(values) if is_excluded => said.exclude.extend(values),
            Some(values) => said.include.extend(values),
            None => rest.push(term.clone()),
        }
    }
    // A filter cannot both ask for a value and exclude it.
    let is_contradictory = said.include.iter().any(|value| said.exclude.contains(value));
    if rest.len() == terms.len() || is_contradictory {
        return None;
    }
    said.rest = Expression::all(rest).to_string();
    Some(said)
}

/// The values of a filter that find the same calls as a part of the text.
fn values(asked: &Expression, facet: Facet, facets: &Facets) -> Option<Vec<String>> {
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
            let bots = facets.facets.bot.iter().filter(|bot| words.name(&bot.value, &bot.label));
            return Some(bots.map(|bot| bot.value.clone()).collect()).filter(|bots: &Vec<_>| !bots.is_empty());
        }
        _ => return None,
    };
    Some(vec![value])
}

#[cfg(test)]
mod tests {
    use model::{Facet, FacetValue, Facets, LogQuery};

    use super::text_filter;

    /// What is said of a filter: its values, the excluded ones with a minus, and the rest of the text.
    fn said(query_string: &str, facet: Facet) -> Option<(String, String)> {
        let mut facets = Facets::default();
        for (value, label) in [("b1", "Sales"), ("b2", "Sales abroad"), ("b3", "Orders")] {
            facets.facets.bot.push(FacetValue { value: value.to_owned(), label: label.to_owned(), count: 1 });
        }
        let parsed = LogQuery::parse(query_string);
        let said = text_filter(&parsed.query, facet, &facets)?;
        let excluded = said.exclude.iter().map(|value| format!("-{value}"));
        Some((said.include.iter().cloned().chain(excluded).collect::<Vec<_>>().join(","), said.rest))
    }

    #[test]
    fn what_a_filter_could_say_is_said_of_it() {
        for (query_string, facet, values, rest) in [
            ("q=status:error refund", Facet::Status, "error", "refund"),
            ("q=code:404,5xx", Facet::Code, "404,5xx", ""),
            ("q=-code:(404 OR 5xx) x", Facet::Code, "-404,-5xx", "x"),
            ("q=-method:get -method:POST", Facet::Method, "-GET,-POST", ""),
            ("q=app:\"Google Sheets\"", Facet::Application, "google_sheets", ""),
            ("q=source:inbox", Facet::Source, "inbox", ""),
            ("q=bot:sales", Facet::Bot, "b1,b2", ""),
            ("q=bot:b3 refund", Facet::Bot, "b3", "refund"),
            ("q=is:success&code=404", Facet::Status, "success", ""),
            ("q=-code:404&code=500", Facet::Code, "-404", ""),
            ("q=code:404 code:4xx", Facet::Code, "404", "code:4xx"),
        ] {
            assert_eq!(said(query_string, facet), Some((values.to_owned(), rest.to_owned())), "{query_string}");
        }
    }

    #[test]
    fn the_rest_stays_in_the_text() {
        for (query_string, facet) in [
            ("q=refund", Facet::Status),
            ("q=status:error", Facet::Code),
            ("q=code:>=500", Facet::Code),
            ("q=app:my_own_crm", Facet::Application),
            ("q=bot:nobody", Facet::Bot),
            ("q=code:404 OR refund", Facet::Code),
            ("q=statu:error", Facet::Status),
            ("q=code:404 -code:404", Facet::Code),
            // Both must hold: together in the filter either would do.
            ("q=code:404&code=5xx", Facet::Code),
        ] {
            assert_eq!(said(query_string, facet), None, "{query_string}");
        }
    }
}
