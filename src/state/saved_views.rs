//! The saved views of the person and their account, and what is being done with them.

use leptos::prelude::*;
use model::fold::fold;
use model::{View, ViewDraft};

use crate::api::{ApiError, views};

/// The saved views, and what is being done with them.
#[derive(Clone, Copy)]
pub struct SavedViews {
    /// The views.
    pub known: RwSignal<Vec<View>>,
    /// Whether the server has answered.
    pub is_known: RwSignal<bool>,
    /// Why the last thing asked for was not done, in a sentence; else empty.
    pub fault: RwSignal<String>,
    /// The name that is filled in.
    pub name: RwSignal<String>,
    /// Whether it is for the account.
    pub is_shared: RwSignal<bool>,
    /// The place of the view that gets the name, where it is not the present filter.
    pub renamed: RwSignal<Option<usize>>,
    /// The place of the view whose removal has been asked for once.
    pub doomed: RwSignal<Option<usize>>,
}

impl SavedViews {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            known: RwSignal::new(Vec::new()),
            is_known: RwSignal::new(false),
            fault: RwSignal::default(),
            name: RwSignal::default(),
            is_shared: RwSignal::new(false),
            renamed: RwSignal::new(None),
            doomed: RwSignal::new(None),
        }
    }

    /// Begins anew.
    pub fn begin(self) {
        self.fault.set(String::new());
        self.fill(None);
        self.ask();
    }

    /// Fills the form in: for the view at a place, which gets another name, or for the present filter.
    pub fn fill(self, place: Option<usize>) {
        self.doomed.set(None);
        self.renamed.set(place);
        let view = self.at(place);
        self.is_shared.set(view.as_ref().is_some_and(|view| view.shared));
        self.name.set(view.map(|view| view.name).unwrap_or_default());
    }

    /// The view in whose place the one in the form will stand: the one that gets another name, or one that the person
    /// may change and that has the name already.
    pub fn replaced(self) -> Option<usize> {
        let (name, is_shared) = (fold(self.name.get().trim()), self.is_shared.get());
        let is_it = |view: &View| view.may_change && view.shared == is_shared && fold(&view.name) == name;
        self.renamed.get().or_else(|| self.known.with(|known| known.iter().position(is_it)))
    }

    /// Saves what is filled in: the present filter, or the view that gets another name.
    pub fn save(self, present: String) {
        let query = self.at(self.renamed.get_untracked()).map(|view| view.query);
        let draft = ViewDraft {
            name: self.name.get_untracked(),
            query: query.unwrap_or(present),
            shared: self.is_shared.get_untracked(),
        };
        let replaced = self.at(untrack(|| self.replaced())).map(|view| view.id);
        views::save(&draft, replaced, self.then(true));
    }

    /// Removes the view at a place when it is asked for once more.
    pub fn remove(self, place: usize) {
        let doomed = self.doomed.get_untracked().filter(|doomed| *doomed == place);
        if let Some(view) = self.at(doomed) {
            views::remove(view.id, self.then(false));
        }
        self.doomed.set(Some(place));
    }

    fn at(self, place: Option<usize>) -> Option<View> {
        self.known.with_untracked(|known| known.get(place?).cloned())
    }

    /// What follows a change: the views as they are then, or why it was not done.
    fn then(self, is_of_form: bool) -> Box<dyn FnOnce(Result<String, ApiError>)> {
        Box::new(move |answer| {
            self.note(answer.as_ref().err());
            // What is filled in stays until it is saved; what was to be removed may be gone already.
            if answer.is_ok() || !is_of_form {
                self.fill(None);
                self.ask();
            }
        })
    }

    fn ask(self) {
        views::list(move |answer| match answer {
            Ok(views) => {
                self.known.set(views);
                self.is_known.set(true);
            }
            Err(error) => self.note(Some(&error)),
        });
    }

    fn note(self, error: Option<&ApiError>) {
        self.fault.set(error.map(ApiError::sentence).unwrap_or_default());
    }
}

impl Default for SavedViews {
    fn default() -> Self {
        Self::new()
    }
}
