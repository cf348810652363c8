//! How what is being typed into the search box may go on: fields, and the values that calls have.

use model::search::{Field, Presence, TextPart, Typing};
use model::{Application, LogQuery, Method, Outcome, SourceKind, Suggestion, Suggestions, search};

use crate::accounts::AccountScope;
use crate::store::{CallStore, StoreError, Values};

/// How a text goes on at a place of it, for calls of a filter; the search of the filter is what else the text says.
pub async fn suggestions(
    calls: &dyn CallStore,
    scope: &AccountScope,
    filter: LogQuery,
    text: &str,
    place: usize,
) -> Result<Suggestions, StoreError> {
    let typing = Typing::at(text, place).filter(|_| text.len() <= search::MAX_BYTES);
    let Some(typing) = typing else { return Ok(Suggestions::default()) };
    let (items, partial) = match typing.value_of {
        None => (fields(&typing.letters), false),
        Some(field) => {
            // Whoever asks for an outcome lists those calls, too.
            let lists_no_response = filter.no_response || matches!(field, Field::Status | Field::Is);
            let query = LogQuery { text: typing.rest(text), no_response: lists_no_response, ..filter };
            let found = calls.values(scope, &query, field, &typing.letters).await?;
            (values(field, &typing.letters, &found), found.is_partial)
        }
    };
    let complete = |item: Suggestion| Suggestion { text: typing.completed(text, &item.text), ..item };
    Ok(Suggestions {
        start: typing.replaced.start,
        end: typing.replaced.end,
        items: items.into_iter().map(complete).collect(),
        partial,
    })
}

/// The fields whose names begin like this.
fn fields(letters: &str) -> Vec<Suggestion> {
    let letters = letters.to_ascii_lowercase();
    let is_begun = |field: &Field| {
        field.name().starts_with(&letters) || (*field == Field::Application && "application".starts_with(&letters))
    };
    let suggestion = |field: Field| {
        let name = format!("{}:", field.name());
        Suggestion { text: name.clone(), label: name, about: field.about().to_owned(), count: None }
    };
    Field::ALL.into_iter().filter(is_begun).map(suggestion).collect()
}

/// The values that calls have, and behind them those that everybody may expect.
fn values(field: Field, letters: &str, found: &Values) -> Vec<Suggestion> {
    let mut items: Vec<Suggestion> =
        found.values.iter().map(|value| suggestion(field, &value.value, &value.label, Some(value.count))).collect();
    let letters = letters.to_ascii_lowercase();
    let none = (is_counted(field) && !found.is_partial).then_some(0);
    for (word, label) in expected(field) {
        let is_begun = word.to_ascii_lowercase().starts_with(&letters);
        let item = suggestion(field, word, label, none);
        if is_begun && !items.iter().any(|known| known.text == item.text) {
            items.push(item);
        }
    }
    items.truncate(Values::MOST);
    items
}

fn suggestion(field: Field, value: &str, label: &str, count: Option<u64>) -> Suggestion {
    let is_word = matches!(field, Field::Bot | Field::Path | Field::Node | Field::User | Field::Url | Field::Host);
    let about = if is_word || value.eq_ignore_ascii_case(label) { "" } else { label };
    Suggestion { text: field.typed(value), label: value.to_owned(), about: about.to_owned(), count }
}

const fn is_counted(field: Field) -> bool {
    !matches!(field, Field::Duration | Field::Has | Field::In | Field::Id)
}

/// Values that a field may have even where no call has them, with what they mean.
fn expected(field: Field) -> Vec<(&'static str, &'static str)> {
    let outcomes = || Outcome::KNOWN.iter().map(|outcome| (outcome.as_str(), outcome.label()));
    match field {
        Field::Status => outcomes().collect(),
        Field::Is => outcomes().chain([("script", "Script")]).collect(),
        Field::Code => vec![("2xx", "2xx"), ("4xx", "4xx"), ("5xx", "5xx")],
        Field::Method => Method::KNOWN.iter().map(|method| (method.as_str(), method.as_str())).collect(),
        Field::Application => Application::KNOWN.iter().map(|known| (known.as_str(), known.label())).collect(),
        Field::Source => SourceKind::KNOWN.iter().map(|kind| (kind.as_str(), kind.label())).collect(),
        Field::Duration => vec![
            (">1s", "longer than a second"),
            (">5s", "longer than five seconds"),
            (">30s", "longer than half a minute"),
            ("<100ms", "quicker than a tenth of a second"),
        ],
        Field::Has => Presence::ALL.iter().map(|(word, presence)| (*word, about_presence(*presence))).collect(),
        Field::In => TextPart::SCOPES.iter().map(|(word, part)| (*word, about_part(*part))).collect(),
        Field::Bot | Field::Path | Field::Node | Field::User | Field::Url | Field::Host | Field::Id => Vec::new(),
    }
}

const fn about_presence(presence: Presence) -> &'static str {
    match presence {
        Presence::ScriptError => "a script that stopped",
        Presence::Body => "a body that is not empty, in either direction",
        Presence::RequestBody => "a request body that is not empty",
        Presence::ResponseBody => "a response body that is not empty",
        Presence::Bot => "a bot",
        Presence::User => "an end user who is known",
    }
}

const fn about_part(part: TextPart) -> &'static str {
    match part {
        TextPart::Anywhere => "anywhere",
        TextPart::Url => "the URL",
        TextPart::Host => "the host",
        TextPart::Request => "the request: URL, headers, body",
        TextPart::Response => "the response: headers, body",
        TextPart::Headers => "the headers of both",
        TextPart::Script => "a script's text, variables, error",
    }
}
