//! What stands around the pages, and what several parts of them say.

pub const API_LOGS: &str = "API Logs";
pub const INTEGRATIONS: &str = "Integrations";
pub const CONNECTIONS: &str = "Connections";
pub const PLATFORM: &str = "Platform";
pub const CLOSE: &str = "Close";

pub const LIGHT_OR_DARK: &str = "Light or dark";
pub const AS_SYSTEM: &str = "As the system";
pub const LIGHT: &str = "Light";
pub const DARK: &str = "Dark";

pub const COPIED: &str = "Copied";
pub const COULD_NOT_BE_HAD: &str = "It could not be had: try again";
pub const SELECT_INSTEAD: &str = "The browser does not allow it: select the text instead";

pub const NO_CONNECTIONS_YET: &str = "Connections are not shown here yet";
pub const WHERE_CONNECTIONS_ARE: &str = "They are managed in the Integrations section of your bot platform. The calls \
                                         they make are under API Logs.";

pub const NO_PAGE: &str = "There is no page at this address";
pub const LINK_MAY_BE_OLD: &str = "The link may be old or cut short.";
pub const GO_TO_API_LOGS: &str = "Go to API Logs";
