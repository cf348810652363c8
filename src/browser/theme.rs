//! Light, dark, or what the system says. `boot.js` sets the remembered choice before the first paint.

use leptos::prelude::document;

use super::storage;

/// The key under which the choice is kept; `boot.js` reads it too.
const KEY: &str = "api-logs.theme";

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word that is kept and set on the root element.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The choice that is kept.
    pub fn remembered() -> Self {
        match storage::get(KEY).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Shows the page in it and keeps the choice.
    pub fn apply(self) {
        storage::set(KEY, self.word());
        if let Some(root) = document().document_element() {
            // The theme stays as it was; nothing depends on it.
            let _ = match self.word() {
                Some(word) => root.set_attribute("data-theme", word),
                None => root.remove_attribute("data-theme"),
            };
        }
    }
}
