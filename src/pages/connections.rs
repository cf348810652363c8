//! Integrations, Connections.

use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed};
use crate::ui::state_message::{Tone, sentence, state_message};

/// The connections of the account.
pub fn connections() -> Markup {
    classed("main", "page")
        .with(state_message(IconName::Plug, Tone::Quiet, "Connections are not shown here yet").with(sentence(
        "They are managed in the Integrations section of your bot platform. The calls they make are under API Logs.",
    )))
}
