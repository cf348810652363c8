//! The address bar as the page's only filter state.
//!
//! One signal holds where the reader is, one writer keeps the address in step: a discrete action is a step that leads
//! back, typing replaces the present step once it pauses. There is no router beside it: the product has a handful of
//! paths, and two owners of one address would have to agree.

use std::time::Duration;

use leptos::prelude::*;
use model::{CallId, LogQuery, QueryIssue};

use super::place::{Page, Place};
use crate::browser::clock::Timer;
use crate::browser::history;

/// Long enough that no word is typed into a hundred steps, which Safari refuses.
const TYPING_PAUSE: Duration = Duration::from_millis(300);

/// Where the reader is, and the verbs that lead elsewhere.
#[derive(Clone, Copy)]
pub struct UrlState {
    place: RwSignal<Place>,
    page: Memo<Page>,
    query: Memo<LogQuery>,
    call: Memo<Option<CallId>>,
    issues: Memo<Vec<QueryIssue>>,
    around_call: Memo<(String, String)>,
    typing: Timer,
}

impl UrlState {
    /// Reads the address bar and follows it from now on; for the page as long as it lives.
    pub fn new() -> Self {
        let location = history::location();
        let url = Self::at(Place::read(&location.path, &location.query_string));
        history::on_travel(move || url.follow());
        url
    }

    /// A state that begins at a place; for tests, which have no address.
    pub fn at(place: Place) -> Self {
        let place = RwSignal::new(place);
        Self {
            place,
            page: Memo::new(move |_| place.with(|place| place.page.clone())),
            query: Memo::new(move |_| place.with(|place| place.query.clone())),
            call: Memo::new(move |_| place.with(|place| place.call)),
            issues: Memo::new(move |_| place.with(|place| place.issues.clone())),
            around_call: Memo::new(move |_| place.with(Place::address_around_call)),
            typing: Timer::new(),
        }
    }

    /// The page.
    pub fn page(self) -> Memo<Page> {
        self.page
    }

    /// The filters.
    pub fn query(self) -> Memo<LogQuery> {
        self.query
    }

    /// The open call.
    pub fn call(self) -> Memo<Option<CallId>> {
        self.call
    }

    /// The tab of the open call; empty for the first.
    pub fn tab(self) -> String {
        self.place.with(|place| place.tab.clone())
    }

    /// What of the address could not be used.
    pub fn issues(self) -> Memo<Vec<QueryIssue>> {
        self.issues
    }

    /// Whether a host page frames this one; it does not change while the page is open.
    pub fn is_embedded(self) -> bool {
        self.place.with_untracked(|place| place.is_embedded)
    }

    /// What stands before and after the id of a call in its address, for links.
    pub fn around_call(self) -> Memo<(String, String)> {
        self.around_call
    }

    /// The address of a page, for links.
    pub fn address_of_page(self, page: Page) -> String {
        self.place.with(|place| place.address_of_page(page))
    }

    /// Changes the filters by one discrete action, which Back takes back.
    pub fn edit(self, change: impl FnOnce(&mut LogQuery)) {
        self.step(|place| change(&mut place.query));
    }

    /// Changes the words searched for while they are typed.
    pub fn retype(self, text: &str) {
        if self.query.with_untracked(|query| query.text == text) {
            return;
        }
        self.place.update(|place| text.clone_into(&mut place.query.text));
        self.typing.set(TYPING_PAUSE, move || self.write_over());
    }

    /// Opens a call; from one call to the next the step is the same, so that Back leads to the list.
    pub fn open(self, id: CallId) {
        let is_next = self.call.get_untracked().is_some();
        self.settle();
        self.place.update(|place| place.call = Some(id));
        if is_next { self.write_over() } else { self.write() }
    }

    /// Closes the open call.
    pub fn close(self) {
        if self.call.get_untracked().is_some() {
            self.step(|place| {
                place.call = None;
                place.tab.clear();
            });
        }
    }

    /// Shows a tab of the open call; not a step of its own.
    pub fn show_tab(self, tab: &str) {
        self.place.update(|place| tab.clone_into(&mut place.tab));
        self.write_over();
    }

    /// Goes to another page.
    pub fn go(self, page: Page) {
        self.step(|place| *place = Place { page, is_embedded: place.is_embedded, ..Place::default() });
    }

    /// Forgets what could not be used of the address.
    pub fn dismiss_issues(self) {
        self.place.update(|place| place.issues.clear());
        self.write_over();
    }

    fn step(self, change: impl FnOnce(&mut Place)) {
        self.settle();
        let before = self.place.with_untracked(Place::address);
        self.place.update(change);
        if self.place.with_untracked(Place::address) != before {
            self.write();
        }
    }

    /// Words that are not in the address yet go there first, so that the step back finds them.
    fn settle(self) {
        if self.typing.is_set() {
            self.write_over();
        }
    }

    fn write(self) {
        history::push(&self.place.with_untracked(Place::address));
    }

    fn write_over(self) {
        self.typing.clear();
        history::replace(&self.place.with_untracked(Place::address));
    }

    fn follow(self) {
        self.typing.clear();
        let location = history::location();
        let place = Place::read(&location.path, &location.query_string);
        self.place.set(place);
    }
}

impl Default for UrlState {
    fn default() -> Self {
        Self::new()
    }
}
