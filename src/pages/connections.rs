//! Integrations, Connections.

use leptos::prelude::*;

use crate::ui::icon::IconName;
use crate::ui::state_message::StateMessage;

/// The connections of the account.
#[component]
pub fn Connections() -> impl IntoView {
    view! {
        <main class="page">
            <StateMessage icon=IconName::Plug title="Connections are not shown here yet">
                <p>"They are managed in the Integrations section of your bot platform. The calls they make are under API Logs."</p>
            </StateMessage>
        </main>
    }
}
