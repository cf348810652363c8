//! Shape, code and word of a status: readable without colour, and quiet when all is well.

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

/// The classes of a status: success without a fill, problems with one; flat without a fill at all and its padding, where
/// it would be too loud: in filters and facts.
pub const fn pill_class(shape: Shape, is_flat: bool) -> &'static str {
    match (shape, is_flat) {
        (Shape::Success, true) => "pill pill--ok pill--flat",
        (Shape::Success, false) => "pill pill--ok",
        (Shape::Neutral, true) => "pill pill--off pill--flat",
        (Shape::Neutral, false) => "pill pill--off",
        (_, true) => "pill pill--err pill--flat",
        (_, false) => "pill pill--err",
    }
}

/// A status in a pill.
pub fn status_pill(status: &StatusText, is_flat: bool) -> Markup {
    let pill = classed("span", pill_class(status.shape, is_flat))
        .with(icon(shape_icon(status.shape), IconSize::Standard))
        .with(element("b").text(&status.code));
    if status.word.is_empty() { pill } else { pill.text(" ").with(element("span").text(&status.word)) }
}
