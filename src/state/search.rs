//! The search while it is typed: what of it is asked for, and what is wrong with it.

use std::time::Duration;

use leptos::prelude::*;
use model::{LogQuery, Search, SearchError};

use crate::browser::clock::Timer;

/// Nobody is told that half a word is wrong.
const TYPING_PAUSE: Duration = Duration::from_millis(600);

/// The query that is asked for: the present one, but with the last search that could be read.
pub fn asked(query: Memo<LogQuery>) -> Memo<LogQuery> {
    Memo::new(move |before: Option<&LogQuery>| with_readable_search(query.get(), before))
}

fn with_readable_search(mut query: LogQuery, before: Option<&LogQuery>) -> LogQuery {
    if query.search().is_err() {
        query.text = before.map(|before| before.text.clone()).unwrap_or_default();
    }
    query
}

/// What is wrong with the search, once typing pauses; gone as soon as it can be read.
pub fn problem(query: Memo<LogQuery>) -> RwSignal<Option<SearchError>> {
    let text = Memo::new(move |_| query.with(|query| query.text.clone()));
    let shown = RwSignal::new(None);
    let pause = Timer::new();
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read knows nothing of what it depends on.
        let error = text.with(|text| Search::parse(text).err());
        if error.is_none() || shown.with_untracked(Option::is_some) {
            pause.clear();
            shown.set(error);
        } else {
            pause.set(TYPING_PAUSE, move || {
                shown.try_set(error);
            });
        }
    });
    shown
}

#[cfg(test)]
mod tests {
    use super::with_readable_search;
    use model::LogQuery;

    #[test]
    fn what_cannot_be_read_is_not_asked_for_and_filters_work_on() {
        let query = |query_string: &str| LogQuery::parse(query_string).query;
        let asked = with_readable_search(query("q=statu:error&code=404"), Some(&query("q=refund")));
        assert_eq!(asked, query("q=refund&code=404"));
        assert_eq!(with_readable_search(query("q=statu:error&code=404"), None), query("code=404"));
        assert_eq!(with_readable_search(query("q=status:error"), Some(&query("q=refund"))), query("q=status:error"));
    }
}
