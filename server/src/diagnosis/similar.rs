//! Which calls failed like one: the filter that finds them, and who is affected.

use model::search::{Expression, FieldTest, Search, TextPart, Words};
use model::{
    Affected, Application, Bot, Call, Choice, CodeFilter, EndUser, LogQuery, Outcome, Share, Similar, TimeRange,
};

use super::cause::{self, host};
use crate::store::{BotNode, Spread};

/// Those with the most calls that are named.
const MOST_NAMED: usize = 5;

/// What calls that failed alike have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct SameError {
    /// In words.
    pub what: String,
    /// The filter that finds them.
    pub query: LogQuery,
    terms: Vec<Expression>,
}

/// What a failed call has in common with those that failed like it, in a time; nothing where it did not fail.
///
/// That is its application, how it ended, and the sign by which its cause was known: a text that an index finds, so
/// that they can be counted, and listed by the same filter.
pub fn same_error(call: &Call, range: TimeRange) -> Option<SameError> {
    let known = cause::find(call)?;
    let mut terms = Vec::new();
    let mut query = LogQuery { range, application: Choice::only(call.application.clone()), ..LogQuery::default() };
    let mut what = vec![call.application.label().to_owned()];
    let text = |words: &str, part| Expression::Text { words: Words::new(words), part };
    // What any HTTP service may answer is the same error only where it comes from the same host.
    if let (Application::JsonApi | Application::Other(_), Some(host)) = (&call.application, host(call)) {
        terms.push(text(host, TextPart::Host));
        what = vec![host.to_owned()];
    }
    if let Some(response) = &call.response {
        query.code = Choice::only(CodeFilter::Exact(response.status));
        what.push(format!("answered {}", response.status));
    } else if let Some(failure) = &call.failure {
        query.status = Choice::only(Outcome::NoResponse);
        terms.push(text(failure.kind.as_str(), TextPart::Anywhere));
        what.push(format!("gave no response ({})", failure.kind));
    } else {
        query.status = Choice::only(Outcome::Error);
        // A script's error is its node's: others that stop at the same words are other scripts.
        if let Some(node) = &call.source.node {
            terms.push(Expression::Field(FieldTest::Node(Words::new(&node.id))));
            query.bot.include.extend(call.bot.as_ref().map(|bot| bot.id.clone()));
            what = vec![format!("The script of {}", if node.name.is_empty() { &node.id } else { &node.name })];
        }
        what.push("stopped".to_owned());
    }
    if let Some(sign) = &known.sign {
        terms.push(text(&sign.text, sign.part));
        what.push(format!("with {}", sign.text));
    }
    query.text = Search::from(Expression::all(terms.clone())).to_string();
    Some(SameError { what: what.join(" "), query, terms })
}

/// The answer to who is affected.
pub fn similar(same: &SameError, spread: Spread) -> Similar {
    let narrowed = |expression: Expression| {
        let terms = same.terms.iter().cloned().chain([expression]);
        LogQuery { text: Search::from(Expression::all(terms)).to_string(), ..same.query.clone() }
    };
    let bot = |bot: &Bot| LogQuery { bot: Choice::only(bot.id.clone()), ..same.query.clone() }.to_query_string();
    let node = |BotNode { bot: of, source }: &BotNode| {
        let node = source.node.as_ref()?;
        let mut query = narrowed(Expression::Field(FieldTest::Node(Words::new(&node.id))));
        query.bot = of.as_ref().map_or_else(Choice::default, |bot| Choice::only(bot.id.clone()));
        let label = if node.name.trim().is_empty() { &node.id } else { &node.name };
        let label = of.as_ref().map_or_else(|| label.clone(), |bot| format!("{label} ({})", bot.name));
        Some((label, query.to_query_string()))
    };
    let user = |user: &EndUser| {
        let word = user.id.as_ref().or(user.name.as_ref()).cloned();
        word.map(|word| LogQuery { user: Choice::only(word), ..same.query.clone() }.to_query_string())
    };
    Similar {
        what: same.what.clone(),
        query: same.query.to_query_string(),
        calls: spread.calls,
        first: spread.first,
        last: spread.last,
        bots: affected(&spread.bots, |one| Some((one.name.clone(), bot(one)))),
        nodes: affected(&spread.nodes, node),
        users: affected(&spread.users, |one| user(one).map(|query| (one.label().to_owned(), query))),
        partial: spread.partial,
        notices: spread.notices,
    }
}

fn affected<T>(all: &[(T, u64)], name: impl Fn(&T) -> Option<(String, String)>) -> Affected {
    let named = all.iter().filter_map(|(one, count)| {
        let (label, query) = name(one)?;
        Some(Share { label, count: *count, query })
    });
    Affected { count: u64::try_from(all.len()).unwrap_or(u64::MAX), most: named.take(MOST_NAMED).collect() }
}
