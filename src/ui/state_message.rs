//! A region that has nothing to list: what happened, why, and what to do.

use super::icon::{IconName, IconSize, icon};
use super::markup::{Markup, button, classed, element};
use crate::words;

/// How much a state matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is wrong.
    #[default]
    Quiet,
    /// Something good is ahead.
    Information,
    /// Somebody may want to decide something.
    Warning,
    /// Something failed.
    Error,
}

/// A state in place of a list: its picture, what happened in one line, and then why and what to do.
pub fn state_message(picture: IconName, tone: Tone, title: &str) -> Markup {
    let class = match tone {
        Tone::Quiet => "state__i",
        Tone::Information => "state__i state__i--info",
        Tone::Warning => "state__i state__i--warn",
        Tone::Error => "state__i state__i--err",
    };
    classed("div", "state")
        .attr("role", if tone == Tone::Error { "alert" } else { "group" })
        .attr("aria-label", title)
        .with(classed("span", class).with(icon(picture, IconSize::Large)))
        .with(element("h2").text(title))
}

/// A sentence of a state.
pub fn sentence(words: &str) -> Markup {
    element("p").text(words)
}

/// What can be done, as buttons.
pub fn actions(buttons: impl IntoIterator<Item = Markup>) -> Markup {
    classed("div", "state__do").with_all(buttons)
}

/// A button of the class `btn btn--solid` that does the main thing, or with `btn` another one.
pub fn action(class: &str, words: &str, task: impl Fn() + 'static) -> Markup {
    button(class).on_press(task).text(words)
}

/// A button that tries once more.
pub fn retry(task: impl Fn() + 'static) -> Markup {
    let again = button("btn btn--solid").on_press(task);
    again.with(icon(IconName::Refresh, IconSize::Standard)).text(words::errors::TRY_AGAIN)
}

/// What support wants to know.
pub fn reference(id: Option<&str>) -> Option<Markup> {
    id.map(|id| classed("p", "small").text(words::errors::REFERENCE).with(element("code").text(id)))
}
