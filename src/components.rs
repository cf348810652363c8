//! Parts that know calls, filters and sessions. Signals in, callbacks out.

pub mod application_name;
pub mod code_view;
pub mod detail_panel;
