//! An application: a neutral shape, no logo, and its name.

use leptos::prelude::*;
use model::Application;

use crate::ui::icon::{Icon, IconName, IconSize};

/// The shape that stands for an application.
pub const fn glyph(application: &Application) -> IconName {
    match application {
        Application::Platform => IconName::Bot,
        Application::JsonApi => IconName::Braces,
        Application::Clickatell => IconName::Plane,
        Application::Twilio => IconName::Sms,
        Application::GoogleCalendar => IconName::Calendar,
        Application::GoogleSheets => IconName::Sheet,
        Application::ApiTrigger => IconName::Bolt,
        Application::Salesforce => IconName::Cloud,
        Application::Zendesk => IconName::Ticket,
        Application::Freshdesk => IconName::Ring,
        Application::C2e => IconName::Swap,
        Application::Script => IconName::Prompt,
        Application::Other(_) => IconName::Plug,
    }
}

/// Shape and name of an application.
#[component]
pub fn ApplicationName(
    /// Which one.
    application: Application,
) -> impl IntoView {
    view! {
        <span class="app-n">
            <span class="app-i">
                <Icon name=glyph(&application) size=IconSize::Medium />
            </span>
            <span class="trunc">{application.label().to_owned()}</span>
        </span>
    }
}
