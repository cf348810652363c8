//! Shape, code and word of a status: readable without colour, and quiet when all is well.

use leptos::prelude::*;

use super::icon::{IconName, IconSize, icon};
use super::markup::{Markup, classed, element};
use crate::format::status::{Shape, StatusText};

/// The icon of a shape.
pub const fn shape_icon(shape: Shape) -> IconName {
    match shape {
        Shape::Success => IconName::CheckCircle,
        Shape::Refused => IconName::OctagonX,
        Shape::OtherSideFailed => IconName::SquareAlert,
        Shape::UnknownClass => IconName::Triangle,
        Shape::NoReply => IconName::Broken,
        Shape::ScriptStopped => IconName::ScriptErr,
        Shape::Neutral => IconName::Circle,
    }
}

/// A status in a pill: success without a fill, problems with one.
#[component]
pub fn StatusPill(
    /// What it says.
    status: StatusText,
    /// Without the fill and its padding, where a fill would be too loud: in filters and facts.
    #[prop(optional)]
    is_flat: bool,
) -> impl IntoView {
    status_pill(&status, is_flat)
}

/// The same as a part of other markup.
pub fn status_pill(status: &StatusText, is_flat: bool) -> Markup {
    let class = match (status.shape, is_flat) {
        (Shape::Success, true) => "pill pill--ok pill--flat",
        (Shape::Success, false) => "pill pill--ok",
        (Shape::Neutral, true) => "pill pill--off pill--flat",
        (Shape::Neutral, false) => "pill pill--off",
        (_, true) => "pill pill--err pill--flat",
        (_, false) => "pill pill--err",
    };
    let word = (!status.word.is_empty()).then(|| element("span").text(&status.word));
    let pill = classed("span", class).with(icon(shape_icon(status.shape), IconSize::Standard));
    let pill = pill.with(element("b").text(&status.code));
    match word {
        Some(word) => pill.text(" ").with(word),
        None => pill,
    }
}
