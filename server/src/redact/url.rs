//! URLs: the user information, and parameters whose name says that they are secret.

use std::borrow::Cow;

use super::mark::{Hidden, is_mark};
use super::{form, name, text};

/// A URL with its secrets hidden. What is no URL comes back with its parameters read all the same.
pub fn redact<'t>(url: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    text::settle(url, redact_once, hidden)
}

fn redact_once<'t>(url: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let parts = Parts::of(url);
    let address = text::then(redact_user_information(parts.address, hidden), text::redact, hidden);
    let mut parameters = |part| text::then(form::redact_parameters(part, hidden), text::redact, hidden);
    let query = parts.query.map(&mut parameters);
    let fragment = parts.fragment.map(&mut parameters);
    let is_changed = |part: &Cow<'_, str>| matches!(part, Cow::Owned(_));
    if !is_changed(&address) && !query.iter().chain(&fragment).any(is_changed) {
        return Cow::Borrowed(url);
    }
    let mut whole = address.into_owned();
    for (separator, part) in [('?', query), ('#', fragment)] {
        if let Some(part) = part {
            whole.push(separator);
            whole.push_str(&part);
        }
    }
    Cow::Owned(whole)
}

/// The secrets of a URL, decoded: its password, or the user where there is none, and its secret parameters.
pub fn credentials(url: &str) -> Vec<String> {
    let parts = Parts::of(url);
    let user_information = split_user_information(parts.address)
        .map(|(_, user_information, _)| user_information)
        .filter(|user_information| !is_mark(user_information));
    let password = user_information.map(|information| match information.split_once(':') {
        Some((_, password)) if !password.is_empty() => password,
        _ => information.trim_end_matches(':'),
    });
    let parameters = parts.query.into_iter().chain(parts.fragment).flat_map(|query| query.split('&'));
    let secret = parameters
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| name::parameter_kind(&form::decoded(name)).is_some())
        .map(|(_, value)| value);
    password.into_iter().chain(secret).map(form::decoded).collect()
}

struct Parts<'t> {
    address: &'t str,
    query: Option<&'t str>,
    fragment: Option<&'t str>,
}

impl<'t> Parts<'t> {
    fn of(url: &'t str) -> Self {
        let (before_fragment, fragment) =
            url.split_once('#').map_or((url, None), |(before, fragment)| (before, Some(fragment)));
        let (address, query) =
            before_fragment.split_once('?').map_or((before_fragment, None), |(address, query)| (address, Some(query)));
        Self { address, query, fragment }
    }
}

/// What stands before the user information, the user information, and what stands behind its `@`.
fn split_user_information(address: &str) -> Option<(&str, &str, &str)> {
    let start = address.find("://")? + 3;
    let (scheme, rest) = address.split_at_checked(start)?;
    let authority = rest.split('/').next().unwrap_or_default();
    let (user_information, _) = authority.rsplit_once('@')?;
    (!user_information.is_empty())
        .then(|| (scheme, user_information, rest.get(user_information.len()..).unwrap_or_default()))
}

fn redact_user_information<'t>(address: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    match split_user_information(address) {
        Some((scheme, user_information, rest)) if !is_mark(user_information) => {
            Cow::Owned(format!("{scheme}{}{rest}", hidden.mark("credentials")))
        }
        _ => Cow::Borrowed(address),
    }
}
