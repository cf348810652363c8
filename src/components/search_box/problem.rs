//! What is wrong with the search, under the word that is wrong, with what would do instead.

use leptos::prelude::*;
use model::SearchError;

use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element, place};
use crate::words;

/// What is wrong with what was typed; a button writes another search.
pub fn problem(typed: &str, error: SearchError, rewrite: Callback<String>) -> Markup {
    let part = |range: std::ops::Range<usize>| typed.get(range).unwrap_or_default();
    let (start, end) = (error.position.start, error.position.end);
    let instead = |words: &str, text: String| button("link").on_press(move || rewrite.run(text.clone())).text(words);
    let nearest = error.nearest.map(|field| {
        let text = format!("{}{field}{}", part(0..start), part(end..typed.len()));
        instead(&words::search::use_field(field), text)
    });
    let as_text = error.as_text.map(|text| instead(words::search::AS_TEXT, text));
    let words = element("p")
        .with(icon(IconName::Triangle, IconSize::Standard))
        .text(words::search::NOT_APPLIED)
        .text(&error.message)
        .text(" ")
        .with_all(nearest)
        .with_all(as_text);
    let marked =
        element("code").text(part(0..start)).with(element("mark").text(part(start..end))).text(part(end..typed.len()));
    place().with(classed("p", "query__marked").with(marked)).with(words)
}
