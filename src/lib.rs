//! API Logs, the page.
