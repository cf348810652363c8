//! A card with a title, what can be done with its content, and the content.

use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};

/// A card of code under its title, with what can be done with it.
pub fn card(title: Markup, actions: impl IntoIterator<Item = Markup>) -> Markup {
    classed("section", "code").with(classed("div", "code__h").with(title).with_all(actions))
}

/// A title with something said beside it.
pub fn title(words: &str, beside: &str) -> Markup {
    let heading = element("h3").text(words);
    if beside.is_empty() {
        heading
    } else {
        heading.text(" ").with(classed("span", "muted small code__kind").text(beside))
    }
}

/// A section that is only said.
pub fn said(title: &str, words: &str) -> Markup {
    classed("section", "sec").with(element("h3").text(title)).with(muted(words))
}

/// A quiet sentence.
pub fn muted(words: &str) -> Markup {
    classed("p", "muted").text(words)
}

/// A small quiet sentence.
pub fn small(words: &str) -> Markup {
    classed("p", "small muted").text(words)
}

/// A remark inside a card.
pub fn remark(words: &str) -> Markup {
    classed("p", "code__note").with(icon(IconName::Triangle, IconSize::Standard)).with(element("span").text(words))
}
