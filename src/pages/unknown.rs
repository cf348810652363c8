//! An address that leads nowhere.

use crate::state::place::Page;
use crate::state::url::UrlState;
use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed};
use crate::ui::state_message::{Tone, action, actions, sentence, state_message};

/// An address that leads nowhere.
pub fn unknown(url: UrlState) -> Markup {
    let go = action("btn btn--solid", "Go to API Logs", move || url.go(Page::ApiLogs));
    classed("main", "page").with(
        state_message(IconName::Link, Tone::Quiet, "There is no page at this address")
            .with(sentence("The link may be old or cut short."))
            .with(actions([go])),
    )
}
