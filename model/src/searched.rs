//! The text of a call that search looks at: one definition for stores, live tail and tests.

use std::ops::Range;

use crate::fold::fold_into;
use crate::search::TextPart;
use crate::{Call, Headers};

/// Stands behind every piece of a call's text, so that nothing is found across their border by accident.
const BORDER: char = '\n';

/// The text of a call, folded, in one piece; its parts are places in it.
///
/// So whatever is found in a part is found in the whole: an index over the whole names every candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchedText {
    text: String,
    script: Range<usize>,
    request: Range<usize>,
    url: Range<usize>,
    request_headers: Range<usize>,
    response: Range<usize>,
    response_headers: Range<usize>,
}

impl SearchedText {
    /// Gathers and folds the text of a call: ids, application, bot, source, user, error, script, URL, bodies, headers.
    pub fn of(call: &Call) -> Self {
        let mut searched = Self { text: String::with_capacity(4_096), ..Self::default() };
        searched.add(&[Some(&call.id.to_string()), Some(call.application.label())]);
        searched.add(&[call.conversation_id.as_deref(), call.connection_id.as_deref()]);
        if let Some(bot) = &call.bot {
            searched.add(&[Some(&bot.id), Some(&bot.name)]);
        }
        if let Some(path) = &call.source.path {
            searched.add(&[Some(&path.id), Some(&path.name)]);
        }
        if let Some(node) = &call.source.node {
            searched.add(&[Some(&node.id), Some(&node.name)]);
        }
        if let Some(agent) = &call.source.agent {
            searched.add(&[agent.name.as_deref(), agent.email.as_deref()]);
        }
        if let Some(user) = &call.user {
            searched.add(&[user.id.as_deref(), user.name.as_deref()]);
        }
        if let Some(failure) = &call.failure {
            searched.add(&[Some(failure.kind.as_str()), Some(&failure.message)]);
        }
        if let Some(script) = &call.script {
            let variables = [script.before.as_str(), script.after.as_str(), script.result.as_str()].map(Some);
            let error = script.error.as_ref().map(|error| error.message.as_str());
            let start = searched.text.len();
            searched.add(&variables);
            searched.add(&[script.source.as_deref(), error]);
            searched.script = start..searched.text.len();
        }
        if let Some(request) = &call.request {
            searched.url = searched.add(&[Some(&request.url)]);
            searched.add(&[request.body.as_deref()]);
            searched.request_headers = searched.add_headers(&request.headers);
            searched.request = searched.url.start..searched.text.len();
        }
        if let Some(response) = &call.response {
            let body = searched.add(&[Some(response.body.as_deref().unwrap_or_default())]);
            searched.response_headers = searched.add_headers(&response.headers);
            searched.response = body.start..searched.text.len();
        }
        searched
    }

    /// All of it, for an index.
    pub fn into_anywhere(self) -> String {
        self.text
    }

    /// All of it.
    pub fn anywhere(&self) -> &str {
        &self.text
    }

    /// Whether a part holds words, which are folded already.
    pub fn holds(&self, folded_words: &str, part: TextPart) -> bool {
        self.part(part).into_iter().any(|text| text.contains(folded_words))
    }

    /// The text of a part; headers stand in two places.
    pub fn part(&self, part: TextPart) -> [&str; 2] {
        let at = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
        match part {
            TextPart::Anywhere => [&self.text, ""],
            TextPart::Url => [at(&self.url), ""],
            TextPart::Host => [host(at(&self.url)), ""],
            TextPart::Request => [at(&self.request), ""],
            TextPart::Response => [at(&self.response), ""],
            TextPart::Headers => [at(&self.request_headers), at(&self.response_headers)],
            TextPart::Script => [at(&self.script), ""],
        }
    }

    fn add(&mut self, pieces: &[Option<&str>]) -> Range<usize> {
        let start = self.text.len();
        for piece in pieces.iter().flatten() {
            fold_into(piece, &mut self.text);
            self.text.push(BORDER);
        }
        start..self.text.len()
    }

    fn add_headers(&mut self, headers: &Headers) -> Range<usize> {
        let start = self.text.len();
        for (name, value) in headers {
            fold_into(name, &mut self.text);
            self.text.push_str(": ");
            fold_into(value, &mut self.text);
            self.text.push(BORDER);
        }
        start..self.text.len()
    }
}

/// The host of a URL, with its port; what is no absolute URL has none.
fn host(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return "" };
    let authority = rest.split(['/', '?', '#', BORDER]).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_host_ends_where_the_path_begins() {
        for (url, expected) in [
            ("https://shop.example/orders?at=https://other.example\n", "shop.example"),
            ("https://shop.example:8443?x\n", "shop.example:8443"),
            ("https://me:secret@shop.example#x\n", "shop.example"),
            ("https://shop.example\n", "shop.example"),
            ("/orders\n", ""),
            ("", ""),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
