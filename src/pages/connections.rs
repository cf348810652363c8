//! Integrations, Connections.

use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed};
use crate::ui::state_message::{Tone, sentence, state_message};
use crate::words;

/// The connections of the account.
pub fn connections() -> Markup {
    classed("main", "page").with(
        state_message(IconName::Plug, Tone::Quiet, words::frame::NO_CONNECTIONS_YET)
            .with(sentence(words::frame::WHERE_CONNECTIONS_ARE)),
    )
}
