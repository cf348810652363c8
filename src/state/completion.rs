//! What is offered below the search box: how the word under the caret may go on, as the server knows it, and in an empty
//! box the searches of before.

use std::ops::Range;
use std::time::Duration;

use leptos::prelude::*;
use model::{LogQuery, Suggestion, Suggestions};

use super::recent;
use crate::api::calls;
use crate::browser::clock::Timer;
use crate::browser::fetch::Abort;

/// The rows of what is typed are asked for at once; this comes after them.
const AFTER_ROWS: Duration = Duration::from_millis(60);

/// What is offered for a text.
#[derive(Default)]
pub struct Offers {
    /// The text for which it is.
    pub text: String,
    /// What of the text an offer takes the place of, in bytes.
    pub replaced: Range<usize>,
    /// The offers.
    pub items: Vec<Suggestion>,
    /// Whether only the newest calls were counted.
    pub partial: bool,
    /// Whether they are searches of before.
    pub are_recent: bool,
}

impl Offers {
    /// The text with an offer taken, and where the caret stands then, in bytes.
    pub fn taken(&self, index: usize) -> Option<(String, usize)> {
        let (before, after) = (self.text.get(..self.replaced.start)?, self.text.get(self.replaced.end..)?);
        let text = &self.items.get(index)?.text;
        Some((format!("{before}{text}{after}"), before.len() + text.len()))
    }
}

/// What is offered, and which offer the arrow keys have led to.
#[derive(Clone, Copy)]
pub struct Completion {
    /// What is offered; nothing while there are no items.
    pub offers: RwSignal<Offers>,
    /// The offer that is led to.
    pub active: RwSignal<Option<usize>>,
    /// Whether the offer that is led to was chosen before it was there.
    wanted: StoredValue<bool>,
    query: Memo<LogQuery>,
    /// Under which the searches of the person are remembered.
    key: StoredValue<String>,
    asked: StoredValue<u32>,
    asking: StoredValue<Option<Abort>, LocalStorage>,
    pause: Timer,
}

impl Completion {
    /// Nothing is offered until it is asked for. The person is whose searches are remembered.
    pub fn new(query: Memo<LogQuery>, person: &str) -> Self {
        let completion = Self {
            offers: RwSignal::default(),
            active: RwSignal::new(None),
            wanted: StoredValue::new(false),
            query,
            key: StoredValue::new(format!("api-logs.searches.{person}")),
            asked: StoredValue::new(0),
            asking: StoredValue::new_local(None),
            pause: Timer::new(),
        };
        on_cleanup(move || completion.take_back());
        completion
    }

    /// Whether anything is offered.
    pub fn is_open(self) -> bool {
        self.offers.with(|offers| !offers.items.is_empty())
    }

    /// Asks how a text may go on at a place of it, in bytes.
    pub fn ask(self, text: String, caret: usize) {
        self.take_back();
        self.active.set(None);
        let recent = if text.is_empty() { self.recent() } else { Offers::default() };
        // Behind a word that is done nothing is begun yet, and what was found is to be seen.
        let is_begun = text.get(..caret).is_some_and(|before| !before.ends_with(char::is_whitespace));
        if !is_begun || !recent.items.is_empty() {
            self.show(recent);
        } else {
            self.pause.set(AFTER_ROWS, move || self.ask_server(text, caret));
        }
    }

    /// Offers nothing any more.
    pub fn close(self) {
        self.take_back();
        self.active.set(None);
        self.show(Offers::default());
    }

    /// Leads to the next offer, or the one before, beyond the ends to none; whether there is anything to be led through.
    pub fn step(self, is_down: bool) -> bool {
        let is_awaited = self.is_awaited();
        let number = self.offers.with_untracked(|offers| offers.items.len());
        let next = match self.active.get_untracked() {
            // What is shown is of the text before: it will be the first of what comes.
            _ if is_awaited => Some(0).filter(|_| is_down),
            None if is_down => Some(0).filter(|_| number > 0),
            None => number.checked_sub(1),
            Some(place) if is_down => Some(place + 1).filter(|next| *next < number),
            Some(place) => place.checked_sub(1),
        };
        self.active.set(next);
        is_awaited || number > 0
    }

    /// Chooses what is led to as soon as it is there; whether it is on its way.
    pub fn want(self) -> bool {
        let is_awaited = self.is_awaited();
        self.wanted.set_value(is_awaited);
        is_awaited
    }

    /// The offer that was chosen before it was there, once it is.
    pub fn arrived(self) -> Option<usize> {
        self.offers.track();
        let is_wanted = self.wanted.get_value() && !self.is_awaited();
        if is_wanted {
            self.wanted.set_value(false);
        }
        self.active.get_untracked().filter(|_| is_wanted)
    }

    fn is_awaited(self) -> bool {
        self.asking.with_value(Option::is_some) || self.pause.is_set()
    }

    /// Remembers a search as the last one.
    pub fn remember(self, search: &str) {
        self.key.with_value(|key| recent::remember(key, search));
    }

    /// Forgets a search of before that is offered.
    pub fn forget(self, index: usize) {
        let search = self.offers.with_untracked(|offers| offers.items.get(index).map(|item| item.text.clone()));
        self.key.with_value(|key| recent::forget(key, &search.unwrap_or_default()));
        self.ask(String::new(), 0);
    }

    /// The searches of before.
    fn recent(self) -> Offers {
        let mut offers = Offers { are_recent: true, ..Offers::default() };
        for search in self.key.with_value(|key| recent::kept(key)).lines() {
            let (text, label) = (search.to_owned(), search.to_owned());
            offers.items.push(Suggestion { text, label, about: String::new(), count: None });
        }
        offers
    }

    fn ask_server(self, text: String, caret: usize) {
        let abort = Abort::new();
        self.asking.set_value(abort.clone());
        let number = self.asked.get_value();
        let query = self.query.get_untracked();
        calls::suggest(&query, &text.clone(), caret, abort, move |answer| {
            let Suggestions { start, end, items, partial } = answer;
            if self.asked.try_get_value() == Some(number) {
                self.asking.set_value(None);
                if items.is_empty() {
                    self.active.set(None);
                }
                self.show(Offers { text, replaced: start..end, items, partial, are_recent: false });
            }
        });
    }

    fn show(self, offers: Offers) {
        if !offers.items.is_empty() || untrack(|| self.is_open()) {
            self.offers.set(offers);
        }
    }

    /// Late answers to earlier questions are dropped.
    fn take_back(self) {
        self.wanted.try_set_value(false);
        self.pause.clear();
        self.asked.try_update_value(|asked| *asked = asked.wrapping_add(1));
        if let Some(Some(abort)) = self.asking.try_update_value(Option::take) {
            abort.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Offers;
    use model::Suggestion;

    #[test]
    fn what_is_taken_stands_where_it_was_typed() {
        let item =
            |text: &str| Suggestion { text: text.to_owned(), label: String::new(), about: String::new(), count: None };
        let offers = Offers {
            text: "é bot:or x".to_owned(),
            replaced: 7..9,
            items: vec![item("\"Order\""), item("")],
            ..Offers::default()
        };
        assert_eq!(offers.taken(0), Some(("é bot:\"Order\" x".to_owned(), 14)));
        assert_eq!(offers.taken(1), Some(("é bot: x".to_owned(), 7)));
        assert_eq!(offers.taken(2), None);
    }
}
