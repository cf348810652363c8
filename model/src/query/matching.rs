//! Whether a call passes a query: the one definition that stores and the live tail are held to.

use super::{Choice, LogQuery};
use crate::{Call, CodeFilter, Outcome, Search, SearchError, Timestamp};

/// A query made ready to be asked of many calls.
#[derive(Clone, Debug)]
pub struct PreparedQuery {
    query: LogQuery,
    search: Search,
    lists_no_response: bool,
}

impl LogQuery {
    /// Makes the query ready; the error where its search cannot be read.
    pub fn prepare(&self) -> Result<PreparedQuery, SearchError> {
        let search = self.search()?;
        let lists_no_response = self.lists_no_response();
        Ok(PreparedQuery { query: self.clone(), search, lists_no_response })
    }

    /// Whether a call passes, at a moment: filters, search and range. A search that cannot be read finds nothing.
    ///
    /// How long calls are kept, and who may see them, are not the query's.
    pub fn matches(&self, call: &Call, now: Timestamp) -> bool {
        self.prepare().is_ok_and(|prepared| prepared.matches(call, now))
    }
}

impl PreparedQuery {
    /// The query.
    pub const fn query(&self) -> &LogQuery {
        &self.query
    }

    /// Whether a call passes, at a moment.
    pub fn matches(&self, call: &Call, now: Timestamp) -> bool {
        let (from, to) = self.query.range.bounds(now);
        from.is_none_or(|from| call.timestamp >= from)
            && to.is_none_or(|to| call.timestamp < to)
            && self.passes_filters(call)
            && self.search.matches(call)
    }

    fn passes_filters(&self, call: &Call) -> bool {
        let LogQuery { status, method, code, bot, application, source, user, .. } = &self.query;
        let outcome = call.outcome();
        let passes_status = if outcome == Outcome::NoResponse {
            // The filter's other values do not take out what is asked for beside it.
            self.lists_no_response && !status.exclude.contains(&outcome)
        } else {
            status.passes(|value| *value == outcome)
        };
        let has_method = |value: &_| call.request.as_ref().is_some_and(|request| request.method == *value);
        let has_code =
            |value: &CodeFilter| call.response.as_ref().is_some_and(|response| value.matches(response.status));
        passes_status
            && method.passes(has_method)
            && code.passes(has_code)
            && bot.passes(|id| call.bot.as_ref().is_some_and(|bot| bot.id == *id))
            && application.passes(|value| call.application == *value)
            && source.passes(|value| call.source.kind == *value)
            && passes_user(user, call)
    }
}

fn passes_user(choice: &Choice<String>, call: &Call) -> bool {
    choice.passes(|value| {
        call.user.as_ref().is_some_and(|user| user.id.as_ref() == Some(value) || user.name.as_ref() == Some(value))
    })
}
