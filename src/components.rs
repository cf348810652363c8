//! Parts that know calls, filters and sessions. Signals in, callbacks out.

pub mod access_state;
pub mod application_name;
pub mod call_row;
pub mod call_table;
pub mod code_view;
pub mod columns_menu;
pub mod date_menu;
pub mod detail_panel;
pub mod export_menu;
pub mod facet_menu;
pub mod filter_bar;
pub mod go_to_time;
pub mod histogram;
pub mod key_sheet;
pub mod list_bar;
pub mod list_notices;
pub mod list_state;
pub mod live_notices;
pub mod live_switch;
pub mod palette;
pub mod search_box;
pub mod shell;
pub mod theme_menu;
pub mod views_menu;
pub mod zone_menu;
