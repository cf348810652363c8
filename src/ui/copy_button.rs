//! A button that copies a text and says whether it could.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::icon::{IconName, IconSize, icon};
use super::markup::{Markup, button, classed, element};
use crate::browser::clipboard;
use crate::browser::clock::Timer;
use crate::words;

/// How long it says what became of it.
const SAID_FOR: Duration = Duration::from_millis(2_500);

/// What became of the last copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Copied,
    Refused,
    /// The text could not be had.
    NotHad,
}

/// A text that is on its way; `None` where it could not be had.
pub type Coming = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Where the text comes from that is copied. It is asked for when the button is pressed, so that a large one is not held
/// twice.
enum Text {
    Here(Box<dyn Fn() -> String>),
    Elsewhere(Box<dyn Fn() -> Coming>),
}

/// Copies a text when it is pressed. The words say what is copied: `Copy as cURL`.
pub fn copy_button(words: &str, text: impl Fn() -> String + 'static) -> Markup {
    with_words(words, Text::Here(Box::new(text)))
}

/// The same for a text that has to be had from elsewhere first.
pub fn copy_coming(words: &str, text: impl Fn() -> Coming + 'static) -> Markup {
    with_words(words, Text::Elsewhere(Box::new(text)))
}

/// The same with its words for screen readers and the tooltip only.
pub fn copy_icon(picture: IconName, words: &str, text: impl Fn() -> String + 'static) -> Markup {
    let label = classed("span", "vh").text(words);
    copying(button("btn btn--icon").attr("title", words), picture, label, Text::Here(Box::new(text)))
}

fn with_words(words: &str, text: Text) -> Markup {
    copying(button("btn btn--sm btn--quiet"), IconName::Copy, element("span").text(words), text)
}

fn copying(pressed: Markup, picture: IconName, label: Markup, text: Text) -> Markup {
    let said = RwSignal::new(Said::Nothing);
    let timer = Timer::new();
    let on_press = move || {
        let text = match &text {
            Text::Here(text) => Ok(text()),
            Text::Elsewhere(text) => Err(text()),
        };
        spawn_local_scoped_with_cancellation(async move {
            let text = match text {
                Ok(text) => Some(text),
                Err(coming) => coming.await,
            };
            let outcome = match text {
                Some(text) if clipboard::copy(&text).await => Said::Copied,
                Some(_) => Said::Refused,
                None => Said::NotHad,
            };
            said.try_set(outcome);
            timer.set(SAID_FOR, move || {
                said.try_set(Said::Nothing);
            });
        });
    };
    let words = move || {
        let words = match said.get() {
            Said::Nothing => "",
            Said::Copied => words::frame::COPIED,
            Said::NotHad => words::frame::COULD_NOT_BE_HAD,
            Said::Refused => words::frame::SELECT_INSTEAD,
        };
        words.to_owned()
    };
    let shown = move || {
        let name = if said.get() == Said::Copied { IconName::Check } else { picture };
        Some(icon(name, IconSize::Standard))
    };
    let announced = classed("span", "copy__said small muted").attr("role", "status");
    classed("span", "copy").with(announced.text_now(words)).with(pressed.on_press(on_press).part(shown).with(label))
}
