//! The pieces of a row as elements.

use leptos::prelude::*;

use crate::format::code::unit::name;
use crate::format::code::{Piece, Shown, TokenKind, pieces_of_text};
use crate::ui::icon::{Icon, IconName, IconSize};

/// The class that colours a token.
const fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Key => "k",
        TokenKind::Text(_) => "s",
        TokenKind::Number => "n",
        TokenKind::Word => "w",
        TokenKind::Flag => "f",
        TokenKind::Sign => "p",
        TokenKind::Comment(_) => "c",
        TokenKind::Plain | TokenKind::Space => "t",
    }
}

/// Pieces in order. Each stands apart from its neighbours in the order of reading: text that runs from right to left
/// does not turn the brackets and commas around it.
pub fn pieces_view(pieces: &[Piece<'_>]) -> impl IntoView + use<> {
    pieces
        .iter()
        .map(|piece| match piece.shown {
            Shown::Text(text) => view! { <span class=class(piece.kind)>{text.to_owned()}</span> }.into_any(),
            Shown::Redacted(label) => view! { <Redacted label=label.to_owned() /> }.into_any(),
            Shown::Invisible(character) => view! { <Invisible character /> }.into_any(),
        })
        .collect_view()
}

/// The place of a secret.
#[component]
fn Redacted(
    /// What is known of it: its kind, its length, its ending.
    label: String,
) -> impl IntoView {
    let words = if label.is_empty() { "redacted".to_owned() } else { format!("redacted, {label}") };
    view! {
        <em class="redacted">
            <Icon name=IconName::EyeOff size=IconSize::Small />
            {words}
        </em>
    }
}

/// A character that would not be seen, by name.
#[component]
fn Invisible(
    /// Which one.
    character: char,
) -> impl IntoView {
    view! {
        <span class="ctl" title=format!("Invisible character U+{:04X}", u32::from(character))>
            {name(character)}
        </span>
    }
}

/// A value that is shown in a table is cut after so many bytes; the request and the raw body have it whole.
const LONGEST_VALUE: usize = 2_000;

/// A text that is no code, with what is hidden in it and what would not be seen.
#[component]
pub fn MarkedText(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let end = (0..=text.len().min(LONGEST_VALUE)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let shown = text.get(..end).unwrap_or_default();
    let rest = text.len() - shown.len();
    view! {
        {pieces_view(&pieces_of_text(shown))}
        {(rest > 0)
            .then(|| {
                view! { <span class="muted">{format!(" … and {rest} more bytes")}</span> }
            })}
    }
}
