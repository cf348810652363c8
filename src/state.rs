//! Controllers: what the page knows and does, without a view. Handles are `Copy`; their verbs are what a reader does.

pub mod again;
pub mod asked;
pub mod chips;
pub mod commands;
pub mod completion;
pub mod counts;
pub mod dates;
pub mod detail;
pub mod feed;
pub mod filters;
pub mod live;
pub mod options;
pub mod panel_width;
pub mod place;
pub mod reading;
pub mod recent;
pub mod saved_views;
pub mod search;
pub mod selection;
pub mod session;
pub mod shortcuts;
pub mod table_look;
pub mod url;
pub mod zoom;
