//! An application: a neutral shape, no logo, and its name.

use model::Application;

use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed};

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
pub fn application_name(application: &Application) -> Markup {
    let picture = classed("span", "app-i").with(icon(glyph(application), IconSize::Medium));
    classed("span", "app-n").with(picture).with(classed("span", "trunc").text(application.label()))
}
