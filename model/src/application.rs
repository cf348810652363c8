//! The applications a call can be made for.

use crate::token::token_enum;

token_enum! {
    /// The third-party application or platform service that a call talks to.
    ///
    /// The eleven that the platform integrates have names of their own; any other is kept and shown by its word.
    pub enum Application {
        /// The bot platform's own APIs.
        Platform = "platform",
        /// A JSON API node: any HTTP service.
        JsonApi = "json_api",
        /// Clickatell: SMS and WhatsApp.
        Clickatell = "clickatell",
        /// Twilio: SMS, voice and WhatsApp.
        Twilio = "twilio",
        /// Google Calendar.
        GoogleCalendar = "google_calendar",
        /// Google Sheets.
        GoogleSheets = "google_sheets",
        /// An API Trigger: a call into the platform that starts a path.
        ApiTrigger = "api_trigger",
        /// Salesforce.
        Salesforce = "salesforce",
        /// Zendesk.
        Zendesk = "zendesk",
        /// Freshdesk.
        Freshdesk = "freshdesk",
        /// C2E, a service of the platform.
        C2e = "c2e",
        /// A script node: it calls nobody, its log stands among the calls.
        Script = "script",
    }
}

impl Application {
    /// The name people read.
    pub fn label(&self) -> &str {
        match self {
            Self::Platform => "Meta Humans platform",
            Self::JsonApi => "JSON API",
            Self::Clickatell => "Clickatell",
            Self::Twilio => "Twilio",
            Self::GoogleCalendar => "Google Calendar",
            Self::GoogleSheets => "Google Sheets",
            Self::ApiTrigger => "API Trigger",
            Self::Salesforce => "Salesforce",
            Self::Zendesk => "Zendesk",
            Self::Freshdesk => "Freshdesk",
            Self::C2e => "C2E",
            Self::Script => "Script",
            Self::Other(word) => word,
        }
    }
}
