//! API Logs, the server.
