//! An address that leads nowhere.

use crate::state::place::Page;
use crate::state::url::UrlState;
use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed};
use crate::ui::state_message::{Tone, action, actions, sentence, state_message};
use crate::words;

/// An address that leads nowhere.
pub fn unknown(url: UrlState) -> Markup {
    let go = action("btn btn--solid", words::frame::GO_TO_API_LOGS, move || url.go(Page::ApiLogs));
    classed("main", "page").with(
        state_message(IconName::Link, Tone::Quiet, words::frame::NO_PAGE)
            .with(sentence(words::frame::LINK_MAY_BE_OLD))
            .with(actions([go])),
    )
}
