//! The rules for any text: a body, a header's value, a script, a message, and what stands encoded inside them.

use std::borrow::Cow;

use super::mark::Hidden;
use super::{contact, json, number, pem, value, xml};

/// One rule: a text that comes back changed where it holds something to hide.
pub type Rule = for<'t> fn(&'t str, &mut Hidden) -> Cow<'t, str>;

/// Whole blocks first, which the others would take apart; then names: what is hidden for its name is told by a better
/// word than what only looks like a secret.
const RULES: [Rule; 5] = [pem::redact, json::redact, xml::redact, value::redact, number::redact];
/// A mark may end a word or close a quote, so that a rule sees what it did not see before. Texts that were made for it
/// need two rounds more, all others none.
const MOST_ROUNDS: usize = 4;

/// A text with everything hidden that is to be hidden in it.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    settle(text, redact_once, hidden)
}

fn redact_once<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let contacts: Option<Rule> = hidden.hides_contacts().then_some(contact::redact);
    RULES.into_iter().chain(contacts).fold(Cow::Borrowed(text), |text, rule| then(text, rule, hidden))
}

/// Applies a rule until it changes nothing more, so that applying it again changes nothing either.
pub fn settle<'t>(text: &'t str, rule: Rule, hidden: &mut Hidden) -> Cow<'t, str> {
    let mut result = rule(text, hidden);
    for _ in 1..MOST_ROUNDS {
        let Cow::Owned(before) = &result else { break };
        let Some(after) = changed(rule(before, hidden)) else { break };
        result = Cow::Owned(after);
    }
    result
}

/// As [`redact`], for a text that stands encoded inside another; `None` where nothing in it is hidden.
pub fn redact_nested(text: &str, hidden: &mut Hidden) -> Option<String> {
    hidden.nested(|hidden| changed(redact(text, hidden)))
}

/// Applies a rule to what earlier rules left.
pub fn then<'t>(text: Cow<'t, str>, rule: Rule, hidden: &mut Hidden) -> Cow<'t, str> {
    match text {
        Cow::Borrowed(text) => rule(text, hidden),
        Cow::Owned(text) => Cow::Owned(changed(rule(&text, hidden)).unwrap_or(text)),
    }
}

/// The text where a rule changed it.
pub fn changed(text: Cow<'_, str>) -> Option<String> {
    match text {
        Cow::Borrowed(_) => None,
        Cow::Owned(text) => Some(text),
    }
}
