//! A text while it is being read: cut in steps between frames, so that the page answers however long it is.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{clock, element};
use crate::format::code::{Document, Ending, Language, ShownRow, value_on_line};

/// Texts up to this size are cut at once: it takes less than a frame on a slow machine.
const SHORT_BYTES: usize = 16_384;
/// Texts of up to so many lines are shown whole and wrap as the browser does; longer ones only where they are in view.
const SHORT_LINES: usize = 120;
/// A line that is longer makes the browser slow, however few there are.
const SHORT_LINE_BYTES: u32 = 4_096;
/// How long one step may take, in milliseconds: half a frame.
const STEP_MILLIS: i64 = 8;
/// Words that are found more often are not looked for further.
const MOST_FOUND: usize = 10_000;
/// How much is cut between two looks at the clock.
const STEP_BYTES: usize = 32_768;

/// How far a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The rows there are.
    pub rows: usize,
    /// The width they are cut for; rows of another width are other rows.
    pub columns: Option<u32>,
    /// Whether that is all of it.
    pub is_done: bool,
    /// How the text turned out as JSON, with the number of the line where it stopped being that.
    pub ending: Option<(Ending, usize)>,
    /// Whether there are more rows than a browser can show.
    pub is_full: bool,
}

/// A text on its way to the screen.
#[derive(Clone, Copy)]
pub struct Reading {
    document: StoredValue<Document>,
    progress: RwSignal<Progress>,
    is_working: StoredValue<bool>,
    is_short: bool,
    /// Lines of a larger text that stand before this one.
    lines_before: u32,
}

impl Reading {
    /// Begins to read. Short texts are done at once, longer ones begin when their width is known.
    pub fn new(text: Arc<str>, language: Language) -> Self {
        Self::of_part(text, language, 0)
    }

    /// Begins to read a part of a text, behind so many of its lines.
    pub fn of_part(text: Arc<str>, language: Language, lines_before: u32) -> Self {
        let mut document = Document::new(Arc::clone(&text), language, None);
        let is_short = text.len() <= SHORT_BYTES && {
            while document.advance(SHORT_BYTES) {}
            document.line_count() <= SHORT_LINES && document.longest_line() <= SHORT_LINE_BYTES
        };
        let reading = Self {
            document: StoredValue::new(document),
            progress: RwSignal::new(Progress::default()),
            is_working: StoredValue::new(false),
            is_short,
            lines_before,
        };
        if is_short {
            reading.report(true);
        } else {
            reading.document.set_value(Document::new(text, language, None));
        }
        reading
    }

    /// Whether the text is shown whole, its lines wrapped by the browser.
    pub fn is_short(self) -> bool {
        self.is_short
    }

    /// How far it is.
    pub fn progress(self) -> Progress {
        self.progress.get()
    }

    /// What the text is read as.
    pub fn language(self) -> Language {
        self.document.with_value(Document::language)
    }

    /// The rows there are now.
    pub fn rows_now(self) -> usize {
        self.document.with_value(Document::row_count)
    }

    /// The size of the text in bytes.
    pub fn bytes(self) -> usize {
        self.document.with_value(|document| document.text().len())
    }

    /// The whole text.
    pub fn text(self) -> Arc<str> {
        self.document.with_value(|document| Arc::clone(document.text()))
    }

    /// The numbers of the lines that hold some words, in any case; of many, the first. Only what is cut by now is looked
    /// through.
    pub fn lines_with(self, words: &str) -> Vec<u32> {
        if words.is_empty() {
            return Vec::new();
        }
        self.document.with_value(|document| {
            let text = document.text().to_ascii_lowercase();
            let words = words.to_ascii_lowercase();
            let places = text.match_indices(&words).take(MOST_FOUND);
            let mut lines: Vec<u32> =
                places.filter_map(|(place, _)| u32::try_from(document.line_at(place)).ok()).collect();
            lines.dedup();
            lines
        })
    }

    /// The path to the value on a line of JSON, and the value.
    pub fn value_on_line(self, number: u32) -> Option<(String, String)> {
        self.document.with_value(|document| value_on_line(document.text(), document.lines(), number))
    }

    /// Looks at a row, where it is there by now.
    pub fn with_row<T>(self, number: usize, look: impl FnOnce(ShownRow<'_>) -> T) -> Option<T> {
        self.document.with_value(|document| {
            let row = document.row(number)?;
            Some(look(ShownRow { number: row.number.saturating_add(self.lines_before), ..row }))
        })
    }

    /// The first row of a line, counted from one.
    pub fn row_of_line(self, number: u32) -> usize {
        self.document.with_value(|document| document.row_of_line(number.saturating_sub(self.lines_before)))
    }

    /// The line that a row belongs to, counted from one.
    pub fn line_of_row(self, number: usize) -> u32 {
        self.with_row(number, |row| row.number).unwrap_or(1)
    }

    /// Cuts rows of this width, from now on and between frames.
    pub fn wrap(self, columns: u32) {
        if self.is_short {
            return;
        }
        self.document.update_value(|document| {
            if document.row_count() == 0 {
                *document = Document::new(Arc::clone(document.text()), document.language(), Some(columns));
            } else {
                document.rewrap(Some(columns));
            }
        });
        if !self.is_working.get_value() {
            self.is_working.set_value(true);
            self.step();
        }
    }

    /// One step; the next one follows before the next frame, as long as somebody looks.
    fn step(self) {
        let started = clock::now().millis();
        loop {
            // Nothing is left to do when the view is gone.
            let Some(is_more) = self.document.try_update_value(|document| document.advance(STEP_BYTES)) else { return };
            if !is_more {
                self.is_working.try_set_value(false);
                self.report(true);
                return;
            }
            if clock::now().millis() - started >= STEP_MILLIS {
                self.report(false);
                element::before_paint(move || self.step());
                return;
            }
        }
    }

    fn report(self, is_done: bool) {
        let progress = self.document.try_with_value(|document| Progress {
            rows: document.row_count(),
            columns: document.columns(),
            is_done,
            ending: document.ending().filter(|_| is_done).map(|ending| {
                let line = if let Ending::NotJson(place) = ending { document.line_at(place) } else { 0 };
                (ending, line)
            }),
            is_full: document.is_full(),
        });
        if let Some(progress) = progress {
            self.progress.try_set(progress);
        }
    }
}
