//! The shape that stands for an application: neutral, no logo.

use model::Application;

use crate::ui::icon::IconName;

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
