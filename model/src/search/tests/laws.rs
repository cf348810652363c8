//! What holds of every search, and of every call.

use proptest::prelude::*;

use super::generate::{call, expression, outcome, part, typed, words};
use crate::fold::fold;
use crate::search::{Expression, MAX_BYTES, MAX_TERMS, Search, TextPart};
use crate::{Application, Call, LogQuery, Method, Outcome, SearchedText, SourceKind, Timestamp};

fn holds(expression: Expression, call: &Call) -> bool {
    Search::from(expression).matches(call)
}

fn now() -> Timestamp {
    Timestamp::from_millis(2_000_000)
}

proptest! {
    #[test]
    fn every_expression_is_read_as_it_is_printed(expression in expression()) {
        let printed = expression.to_string();
        prop_assume!(printed.len() <= MAX_BYTES);
        let read = Search::parse(&printed);
        prop_assert_eq!(read.as_ref().map(Search::expression), Ok(&expression), "{}", printed);
    }

    #[test]
    fn what_is_read_is_printed_and_read_again(typed in prop_oneof![typed(), ".*"]) {
        if let Ok(search) = Search::parse(&typed) {
            let printed = search.to_string();
            prop_assert_eq!(Search::parse(&printed), Ok(search), "{}", printed);
        }
    }

    #[test]
    fn an_error_names_a_place_and_its_text_leads_on(typed in prop_oneof![typed(), ".*"]) {
        let mut typed = typed;
        // Each step takes one wrong part out of the way, so that they come to an end.
        for _ in 0..64 {
            let Err(error) = Search::parse(&typed) else { return Ok(()) };
            prop_assert!(typed.get(error.position.clone()).is_some(), "{} {:?}", typed, error);
            let Some(as_text) = error.as_text else {
                // A limit: quoting a part of it helps nobody.
                prop_assert!(error.message.contains("at most"), "{} {:?}", typed, error.message);
                return Ok(());
            };
            if let Err(next) = Search::parse(&as_text) {
                prop_assert!(next.position.start > error.position.start || next.message.contains("at most"), "{} {}", typed, as_text);
            }
            typed = as_text;
        }
        prop_assert!(false, "no end: {}", typed);
    }

    #[test]
    fn quoted_words_are_text_whatever_they_are(words in ".*") {
        let quoted = format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
        prop_assume!(quoted.len() <= MAX_BYTES);
        let expected = if words.trim().is_empty() { Expression::default() } else { Expression::text(&words) };
        prop_assert_eq!(Search::parse(&quoted), Ok(Search::from(expected)));
    }

    #[test]
    fn not_is_the_opposite(expression in expression(), call in call()) {
        prop_assert_eq!(holds(expression.clone().negated(), &call), !holds(expression.clone(), &call));
        prop_assert_eq!(expression.clone().negated().negated(), expression);
    }

    #[test]
    fn all_narrows_and_any_widens(one in expression(), other in expression(), call in call()) {
        let (is_one, is_other) = (holds(one.clone(), &call), holds(other.clone(), &call));
        prop_assert_eq!(holds(Expression::all([one.clone(), other.clone()]), &call), is_one && is_other);
        prop_assert_eq!(holds(Expression::any([one, other]), &call), is_one || is_other);
    }

    #[test]
    fn de_morgan(one in expression(), other in expression(), call in call()) {
        let neither = Expression::any([one.clone(), other.clone()]).negated();
        let both_not = Expression::all([one.clone().negated(), other.clone().negated()]);
        prop_assert_eq!(holds(neither, &call), holds(both_not, &call));
        let not_both = Expression::all([one.clone(), other.clone()]).negated();
        let one_not = Expression::any([one.negated(), other.negated()]);
        prop_assert_eq!(holds(not_both, &call), holds(one_not, &call));
    }

    #[test]
    fn typing_more_words_finds_no_more(before in typed(), after in words(), call in call()) {
        let quoted = format!("\"{}\"", after.replace('\\', "\\\\").replace('"', "\\\""));
        let (Ok(wide), Ok(narrow)) = (Search::parse(&before), Search::parse(&format!("({before}) {quoted}"))) else {
            return Ok(());
        };
        prop_assert!(!narrow.matches(&call) || wide.matches(&call));
    }

    #[test]
    fn every_part_is_a_part_of_the_whole(call in call(), part in part(), start in 0_usize..64, length in 0_usize..8) {
        let searched = SearchedText::of(&call);
        for text in searched.part(part) {
            prop_assert!(searched.anywhere().contains(text));
            let needle: String = text.chars().skip(start).take(length).collect();
            prop_assert!(searched.holds(&needle, part) && searched.holds(&needle, TextPart::Anywhere));
        }
    }

    #[test]
    fn parts_hold_what_they_are_named_for(call in call()) {
        let searched = SearchedText::of(&call);
        let holds = |text: &str, part| searched.holds(&fold(text), part);
        if let Some(request) = &call.request {
            prop_assert!(holds(&request.url, TextPart::Url) && holds(&request.url, TextPart::Request));
            prop_assert!(holds(request.body.as_deref().unwrap_or_default(), TextPart::Request));
            for (name, value) in &request.headers {
                let header = format!("{name}: {value}");
                prop_assert!(holds(&header, TextPart::Headers) && holds(&header, TextPart::Request));
            }
        }
        if let Some(response) = &call.response {
            prop_assert!(holds(response.body.as_deref().unwrap_or_default(), TextPart::Response));
            for (name, value) in &response.headers {
                let header = format!("{name}: {value}");
                prop_assert!(holds(&header, TextPart::Headers) && holds(&header, TextPart::Response));
            }
        }
        if let Some(script) = &call.script {
            prop_assert!(holds(script.after.as_str(), TextPart::Script));
        }
        // What a call has not, no words are in.
        for (is_there, part) in [
            (call.request.is_some(), TextPart::Url),
            (call.request.is_some(), TextPart::Request),
            (call.response.is_some(), TextPart::Response),
            (call.script.is_some(), TextPart::Script),
        ] {
            prop_assert!(is_there || !searched.holds("a", part));
        }
    }

    #[test]
    fn chips_find_what_the_same_qualifiers_find(
        mut call in call(),
        (parameter, qualifier, value) in prop_oneof![
            outcome().prop_map(|outcome| ("status", "status", outcome.to_string())),
            prop::sample::select(vec!["404", "200", "4xx", "5xx", "399"]).prop_map(|code| ("code", "code", code.to_owned())),
            prop::sample::select(Method::KNOWN).prop_map(|method| ("method", "method", method.to_string())),
            prop::sample::select(SourceKind::KNOWN).prop_map(|kind| ("source", "source", kind.to_string())),
            prop::sample::select(Application::KNOWN).prop_map(|application| ("application", "app", application.to_string())),
        ],
        is_excluded: bool,
    ) {
        if let Application::Other(_) = call.application {
            // A word that is no application of ours may be the name of one.
            call.application = Application::Zendesk;
        }
        let sign = if is_excluded { "-" } else { "" };
        let by_chip = LogQuery::parse(&format!("{parameter}={sign}{value}&no_response=true"));
        let by_text = LogQuery::parse(&format!("q={sign}{qualifier}:{value}&no_response=true"));
        prop_assert!(by_chip.issues.is_empty() && by_text.issues.is_empty());
        if parameter == "status" && !is_excluded && call.outcome() == Outcome::NoResponse {
            // The status filter leaves these calls to the switch beside it, which lists them here.
            prop_assert!(by_chip.query.matches(&call, now()));
            return Ok(());
        }
        prop_assert_eq!(by_chip.query.matches(&call, now()), by_text.query.matches(&call, now()), "{}:{}", qualifier, value);
    }

    #[test]
    fn calls_without_a_response_are_left_out_until_asked_for(call in call()) {
        let finds = |query: &str| LogQuery::parse(query).query.matches(&call, now());
        let is_unanswered = call.outcome() == Outcome::NoResponse;
        prop_assert_eq!(finds(""), !is_unanswered);
        prop_assert!(finds("no_response=true"));
        prop_assert_eq!(finds("q=is:no_response"), is_unanswered);
        prop_assert_eq!(finds("status=no_response"), is_unanswered);
        prop_assert_eq!(finds("q=-is:no_response%26no_response=true"), false);
        prop_assert_eq!(finds("q=-is:no_response&no_response=true"), !is_unanswered);
    }

    #[test]
    fn a_search_survives_its_url(typed in typed()) {
        let query = LogQuery { text: typed.trim().to_owned(), ..LogQuery::default() };
        let parsed = LogQuery::parse(&query.to_query_string());
        prop_assert_eq!(parsed.issues.is_empty(), query.search().is_ok());
        prop_assert_eq!(parsed.query, query);
    }

    #[test]
    fn no_search_has_more_terms_than_it_may(count in 0_usize..100) {
        let typed = vec!["a"; count].join(" OR ");
        prop_assert_eq!(Search::parse(&typed).is_ok(), count <= MAX_TERMS);
    }
}
