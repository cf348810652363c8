//! What a filter offers: the values that occur with their counts, those people expect even where none occurs, and those
//! that are set. Pure.

use model::answer::FacetLists;
use model::{Application, Facet, Method, Outcome, StatusCode};

use super::filters::Named;
use crate::format::status::{class_word, code_word};

/// One value a filter offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterOption {
    /// As the URL has it.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// Calls that pass every other filter; `None` while they are being counted.
    pub count: Option<u64>,
    /// Whether it is a part of the option before it: a code of a class.
    pub is_part: bool,
}

/// What a filter offers. `no_response` is the number of calls without a response, listed or not.
pub fn options(facet: Facet, counted: Option<&FacetLists>, named: &Named, no_response: u64) -> Vec<FilterOption> {
    let mut options: Vec<_> = counted
        .map(|counted| counted.get(facet))
        .unwrap_or_default()
        .iter()
        .map(|value| option(&value.value, &value.label, Some(value.count)))
        .collect();
    let none = counted.map(|_| 0);
    let expected: Vec<(String, String)> = match facet {
        Facet::Status => Outcome::KNOWN.iter().map(|known| words(known.as_str(), known.label())).collect(),
        Facet::Method => [Method::Get, Method::Post, Method::Put, Method::Delete, Method::C2e]
            .iter()
            .map(|known| words(known.as_str(), known.as_str()))
            .collect(),
        Facet::Application => Application::KNOWN.iter().map(|known| words(known.as_str(), known.label())).collect(),
        Facet::Code | Facet::Bot | Facet::Source => Vec::new(),
    };
    let set = named.include.iter().chain(&named.exclude).map(|value| (value.clone(), value.clone()));
    for (value, label) in expected.into_iter().chain(set) {
        if !options.iter().any(|option| option.value == value) {
            options.push(option(&value, &label, none));
        }
    }
    match facet {
        Facet::Status => order_outcomes(&mut options, no_response),
        Facet::Code => options = by_class(options),
        _ => {}
    }
    options
}

/// Moves what is set to the front; done when the list is opened, so that nothing moves under the pointer.
pub fn set_first(options: &mut Vec<FilterOption>, named: &Named) {
    let is_set = |option: &FilterOption| named.include.contains(&option.value) || named.exclude.contains(&option.value);
    let (set, rest): (Vec<_>, Vec<_>) = std::mem::take(options).into_iter().partition(is_set);
    options.extend(set.into_iter().chain(rest));
}

fn option(value: &str, label: &str, count: Option<u64>) -> FilterOption {
    FilterOption { value: value.to_owned(), label: label.to_owned(), count, is_part: false }
}

fn words(value: &str, label: &str) -> (String, String) {
    (value.to_owned(), label.to_owned())
}

/// Success, Error, No response; the last is counted even where it is not listed.
fn order_outcomes(options: &mut [FilterOption], no_response: u64) {
    for (place, known) in Outcome::KNOWN.iter().enumerate() {
        if let Some(index) = options.iter().position(|option| option.value == known.as_str()) {
            options.swap(place, index);
        }
    }
    for option in options.iter_mut().filter(|option| option.value == Outcome::NoResponse.as_str()) {
        option.count = option.count.map(|count| count.max(no_response));
    }
}

/// Codes under their classes; a class is the sum of its codes.
fn by_class(options: Vec<FilterOption>) -> Vec<FilterOption> {
    let class_of =
        |option: &FilterOption| option.value.bytes().next().map(|digit| u16::from(digit.saturating_sub(b'0')));
    let occurs = |class: u16| options.iter().any(|option| class_of(option) == Some(class));
    let mut grouped = Vec::new();
    for class in (1..=9).filter(|class| matches!(class, 2 | 4 | 5) || occurs(*class)) {
        let (codes, _): (Vec<_>, Vec<_>) = options
            .iter()
            .cloned()
            .partition(|option| class_of(option) == Some(class) && !option.value.ends_with("xx"));
        let count = codes.iter().map(|code| code.count).sum::<Option<u64>>();
        let label = format!("{class}xx {}", class_word(class));
        grouped.push(FilterOption { value: format!("{class}xx"), label, count, is_part: false });
        grouped.extend(codes.into_iter().map(|code| FilterOption {
            label: code_label(&code.value),
            is_part: true,
            ..code
        }));
    }
    grouped
}

fn code_label(value: &str) -> String {
    let word = value.parse().map(|code| code_word(StatusCode(code))).unwrap_or_default();
    format!("{value} {word}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{FilterOption, options, set_first};
    use crate::state::filters::Named;
    use model::answer::FacetLists;
    use model::{Facet, FacetValue};

    fn counted(value: &str, count: u64) -> FacetValue {
        FacetValue { value: value.to_owned(), label: value.to_owned(), count }
    }

    fn shown(options: &[FilterOption]) -> Vec<(String, Option<u64>)> {
        options.iter().map(|option| (option.label.clone(), option.count)).collect()
    }

    #[test]
    fn a_class_is_the_sum_of_its_codes() {
        let lists =
            FacetLists { code: vec![counted("200", 7), counted("404", 3), counted("401", 2)], ..FacetLists::default() };
        let named = Named { include: vec!["503".to_owned(), "4xx".to_owned()], exclude: vec![] };
        assert_eq!(
            shown(&options(Facet::Code, Some(&lists), &named, 0)),
            [
                ("2xx OK".to_owned(), Some(7)),
                ("200 OK".to_owned(), Some(7)),
                ("4xx Rejected".to_owned(), Some(5)),
                ("404 Not found".to_owned(), Some(3)),
                ("401 Refused".to_owned(), Some(2)),
                ("5xx Failed".to_owned(), Some(0)),
                ("503 Unavailable".to_owned(), Some(0)),
            ]
        );
    }

    #[test]
    fn what_people_expect_stays_with_zero() {
        let lists = FacetLists { method: vec![counted("POST", 5), counted("PATCH", 1)], ..FacetLists::default() };
        let offered = options(Facet::Method, Some(&lists), &Named::default(), 0);
        assert_eq!(
            shown(&offered),
            [("POST", 5), ("PATCH", 1), ("GET", 0), ("PUT", 0), ("DELETE", 0), ("C2E", 0)]
                .map(|(label, count)| (label.to_owned(), Some(count)))
        );
    }

    #[test]
    fn calls_without_a_response_are_counted_where_they_are_not_listed() {
        let lists = FacetLists { status: vec![counted("error", 4), counted("success", 2)], ..FacetLists::default() };
        let offered = options(Facet::Status, Some(&lists), &Named::default(), 12);
        let values: Vec<_> = offered.iter().map(|option| (option.value.as_str(), option.count)).collect();
        assert_eq!(values, [("success", Some(2)), ("error", Some(4)), ("no_response", Some(12))]);
    }

    #[test]
    fn nothing_is_counted_yet() {
        let named = Named { include: vec![], exclude: vec!["b9".to_owned()] };
        assert_eq!(shown(&options(Facet::Bot, None, &named, 0)), [("b9".to_owned(), None)]);
    }

    #[test]
    fn what_is_set_comes_first() {
        let lists =
            FacetLists { bot: vec![counted("a", 9), counted("b", 5), counted("c", 1)], ..FacetLists::default() };
        let named = Named { include: vec!["c".to_owned()], exclude: vec!["b".to_owned()] };
        let mut offered = options(Facet::Bot, Some(&lists), &named, 0);
        set_first(&mut offered, &named);
        assert_eq!(offered.iter().map(|option| option.value.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    }
}
